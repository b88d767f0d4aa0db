"""`make run`: the whole product on a laptop, with demo data and a readable mailbox."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEMO = True
MAILBOX_URL = env.text("MAILBOX_URL", "")
