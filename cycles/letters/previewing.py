"""Looking at a letter before anybody gets it, and sending it to oneself. Looking writes nothing."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import administers
from audit.moves import Refused, record
from cycles.letters.parity import LANGUAGES
from cycles.models import Cycle
from notifications import outbox
from notifications.catalogue import Asked, Entry
from notifications.html import html_of
from notifications.letter_text import LetterText
from notifications.letters import Letter, Rendered, Unsendable, written
from notifications.overriding import UnknownPlaceholder, composed

# Secret: it may be about a real file, and is of no use once it was read.
LETTER_TEST = Letter("letter_test", secret=True, priority=1)


@dataclass(frozen=True)
class Shown:
    """A letter in one language; `wrong` says why there is none."""

    language: str
    letter: Rendered | None
    wrong: str = ""

    @property
    def html(self) -> str:
        """The same as a mail program shows it."""
        if self.letter is None:
            return ""
        return html_of(self.letter.text, language=self.language, subject=self.letter.subject)


def shown(entry: Entry, row: LetterText, asked: Asked, language: str) -> Shown:
    """This text of the letter, filled in for the sample that is asked. Raises NoSuchFile."""
    with translation.override(language):
        context = {"cycle": asked.cycle, **entry.sample(asked)}
    try:
        made_of = composed(entry.letter.name, language, *row.halves(language))
        return Shown(language, written(made_of, language=language, context=context))
    except UnknownPlaceholder as error:
        wrong = _("It has a placeholder that this letter does not know: {%(name)s}.")
        return Shown(language, None, wrong % {"name": error})
    except Unsendable:
        return Shown(language, None, _("It has no subject, or no text, in this language."))


def in_both(entry: Entry, row: LetterText, asked: Asked) -> list[Shown]:
    """French and English, side by side. Raises NoSuchFile."""
    return [shown(entry, row, asked, language) for language in LANGUAGES]


@transaction.atomic
def send_to_oneself(
    entry: Entry, row: LetterText, asked: Asked, *, by: User, click: str
) -> list[Shown]:
    """Both languages to one's own address, once a click, with “test” in the subject. Raises Refused, NoSuchFile."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if not re.fullmatch(r"[0-9a-f]{32}", click):
        raise Refused(_("Open the page again, then send."))
    cycle: Cycle = asked.cycle
    ready = [one for one in in_both(entry, row, asked) if one.letter]
    for one in ready:
        assert one.letter is not None
        with translation.override(one.language):
            dates = entry.sample(asked).get("dates", ())
        outbox.queue(
            LETTER_TEST,
            address=by.email,
            language=one.language,
            about=cycle,
            key=f"{LETTER_TEST.name}:{by.pk}:{click}:{one.language}",
            context={
                "cycle": cycle,
                "subject": one.letter.subject,
                "text": one.letter.text,
                "dates": dates,
            },
        )
    record("test letter", cycle, by=by, letter=entry.letter.name)
    return ready
