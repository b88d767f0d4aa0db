"""The own words of a cycle's letters: copied to the next one, and whole before it is published."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.models import subject_of
from cycles.letters.writing import copy, what_lacks
from cycles.models import Cycle
from cycles.parts import Gap, register
from notifications.catalogue import rewordable
from notifications.letter_text import LetterText


def gaps(cycle: Cycle) -> Iterator[Gap]:
    """Each draft that could not be published as it is; having no text of one's own is fine."""
    entries = rewordable()
    for draft in LetterText.objects.drafts().filter(scope=subject_of(cycle)):
        if draft.letter in entries and list(what_lacks(draft)):
            text = _("Letter “%(title)s”: the draft is not ready in both languages.")
            page = reverse("admin:cycle_letter", args=[cycle.pk, draft.letter])
            yield Gap(text % {"title": entries[draft.letter].title}, page)


register(copy=copy, gaps=gaps)
