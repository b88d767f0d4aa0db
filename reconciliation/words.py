"""UdeM's words for a state: asked once each, remembered, and put right where they were misunderstood."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, record
from reconciliation.folding import key
from reconciliation.models import Word
from reconciliation.models.learned import STEPS
from reconciliation.permissions import settles_lists

LONGEST = 100
MOST = 60


def known() -> dict[str, str]:
    """Each word that was asked about, folded, and its step; an empty one tells no step."""
    return dict(Word.objects.values_list("word", "step"))


def unknown(texts: Iterable[str]) -> list[str]:
    """The words that nobody has been asked about, as they are written, each once. Raises Refused for far too many."""
    already = known()
    found: dict[str, str] = {}
    for text in texts:
        if (word := key(text)[:LONGEST]) and word not in already:
            found.setdefault(word, text)
    if len(found) > MOST:
        raise Refused(
            _("The column of states holds too many different words: is it the right one?")
        )
    return list(found.values())


@transaction.atomic
def learn(said: Mapping[str, str], *, by: User) -> int:
    """Keep what these words mean; how many were new or another one. Raises Refused."""
    if not settles_lists(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if not set(said.values()) <= {"", *(value for value, _label in STEPS)}:
        raise Refused(_("This step does not exist."))
    wanted = {key(text)[:LONGEST]: step for text, step in said.items() if key(text)}
    held = {row.word: row for row in Word.objects.select_for_update().filter(word__in=wanted)}
    changed = 0
    for word, step in wanted.items():
        row = held.get(word) or Word(word=word)
        if row.pk and row.step == step:
            continue
        row.step, row.said_by, row.said_at = step, by, timezone.now()
        row.save()
        record("learn_word", row, by=by, new=step)
        changed += 1
    return changed
