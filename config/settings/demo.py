"""`make run`: the whole product on a laptop, with demo data and a readable mailbox."""

from config import env
from config.settings.base import *  # noqa: F403

DEMO = True
MAILBOX_URL = env.text("MAILBOX_URL", "")
