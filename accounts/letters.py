"""The letters about someone's account. All are secret: their text is erased once they have left."""

import uuid
from typing import Any

from django.db import transaction

from accounts.models import User
from notifications.letters import Letter
from notifications.outbox import queue

SIGN_IN_CODE = Letter("sign_in_code", secret=True, priority=0)
PASSWORD_CODE = Letter("password_code", secret=True, priority=0)
ADDRESS_CODE = Letter("address_code", secret=True, priority=0)
NO_ACCOUNT = Letter("no_account", secret=True, priority=0)
ACCOUNT_CHANGED = Letter("account_changed", secret=True, priority=1)


@transaction.atomic
def write(letter: Letter, address: str, *, to: User | None, language: str, **context: Any) -> None:
    """Queue a letter to this address, in the language of the person who has it, or else of the page.

    Each call is a letter of its own: a second code is not the first one sent twice.
    """
    queue(
        letter,
        address=address,
        language=to.language if to else language,
        about=to or User(email=address),
        key=f"{letter.name}:{uuid.uuid4()}",
        context=context,
    )
