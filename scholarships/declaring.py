"""Category 1: the express declaration, from a list with several choices, in one's own words, or both.

It serves one purpose, eligibility, and is never taken from what somebody said for statistics.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from audit.moves import Refused
from scholarships import applying, confidences
from scholarships.models import Candidacy

LONGEST = 300


class Declared(models.TextChoices):
    """What one may declare; "women+" as Mila's programs understand it."""

    WOMAN = "woman", gettext_lazy("Woman")
    TRANS_WOMAN = "trans_woman", gettext_lazy("Trans woman")
    NON_BINARY = "non_binary", gettext_lazy("Non-binary person")
    TWO_SPIRIT = "two_spirit", gettext_lazy("Two-Spirit person")
    MISOGYNY = "misogyny", gettext_lazy("Person who lives or has lived with misogyny")


@sensitive_variables("chosen", "words")
@transaction.atomic
def declare(
    candidacy: Candidacy, *, chosen: Sequence[str], words: str, by: User, at: datetime
) -> None:
    """Keep the declaration in the vault, for the first time or anew, until the close. Raises Refused."""
    row = applying.writable(candidacy, by=by, at=at)
    if not chosen and not words.strip():
        raise Refused(_("Choose at least one line, or write it in your own words."))
    if set(chosen) - set(Declared.values) or len(words) > LONGEST:
        raise Refused(_("This cannot be recorded."))
    said: dict[str, Any] = {"chosen": sorted(chosen), "words": words.strip()}
    confidences.keep(row, said, by=by, at=at)
