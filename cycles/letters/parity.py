"""What keeps a letter's own text from being used: a language that lacks, a placeholder, a date that differs."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from cycles.letters.figures import figures, in_words
from cycles.letters.spelling import doubts
from notifications.catalogue import Entry
from notifications.letter_text import LetterText
from notifications.overriding import PLACEHOLDER

LANGUAGES = ("fr", "en")
# Words that let an outcome be guessed, without their accents; a letter that must keep silent has none of them.
TELLING = re.compile(
    r"\b(?:accepte\w*|acceptee?s?|acceptation\w*|accept(?:ed|ance|ing)?|admis(?:e|es)?|admitted|admit"
    r"|refus\w*|reject\w*|declin\w*|denied|deny|retenue?s?|selectionne\w*|selected|shortlist\w*"
    r"|liste d.attente|wait[ -]?list\w*|felicit\w*|congrat\w*|bravo|bienvenue|welcome"
    r"|regret\w*|malheureusement|unfortunately|unable|sorry to|desolee?s? de (?:vous|ne)"
    r"|heureu\w+|plaisir|pleased|delighted|happy to|glad|offre\w*|offer\w*|bonne nouvelle|good news"
    r"|got in|(?:you.re|you are) in|you.ve made it|made it|see you (?:in|on|at|this|next|soon)"
    r"|(?:etes|etais|fut|avez ete|as ete|sera|serez) prise?s?|prise?[·.(]e?s?\)?|parmi (?:nous|les)|rejoi\w+|join us"
    r"|accueill\w+|au rendez-vous|on se voit|hate de vous|looking forward to (?:meeting|seeing|having|working)"
    r"|(?:answer|reponse) (?:is|est) (?:yes|no|oui|non)|positive?s?|positif|negative?s?|negatif|not this time|pas cette fois"
    r"|succes|success\w*|unsuccessful\w*|place|seat|spot|defavorable\w*|favorable\w*|favourable\w*)\b"
)


def placeholders(text: str) -> list[str]:
    """What stands between braces, in order."""
    return PLACEHOLDER.findall(text)


def wrong_words(entry: Entry, text: str) -> Iterator[str]:
    """Why this subject or text cannot even be kept, a sentence each."""
    known = entry.placeholders
    unknown = [name for name in dict.fromkeys(placeholders(text)) if name not in known]
    names = ", ".join(f"{{{name}}}" for name in known)
    for name in unknown:
        sentence = _("This letter knows no {%(name)s}. It knows %(names)s.")
        yield sentence % {"name": name, "names": names}
    if not unknown and re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield _("A brace stands only around the name of a placeholder: {name}.")
    if entry.is_silent and (found := TELLING.search(_plain(text))):
        sentence = _("“%(word)s” lets the answer be guessed: this letter never tells it.")
        yield sentence % {"word": found[0]}


def _plain(text: str) -> str:
    """Small letters without accents, and without the names of placeholders."""
    bare = unicodedata.normalize("NFD", PLACEHOLDER.sub(" ", text).casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def gaps(row: LetterText, entry: Entry) -> list[str]:
    """Everything that keeps this text from being published, a sentence each."""
    found = [*_missing(row), *_unfit(row, entry)]
    return found or [*_differing(row, entry)]


def _missing(row: LetterText) -> Iterator[str]:
    """A language without its words, or dates of another year."""
    for field, sentence in (
        ("subject_fr", _("The subject in French is missing.")),
        ("subject_en", _("The subject in English is missing.")),
        ("text_fr", _("The text in French is missing.")),
        ("text_en", _("The text in English is missing.")),
    ):
        if not getattr(row, field).strip():
            yield sentence
    if row.carried_over:
        yield _("This text comes from the year before: look at its dates, then save it.")


def _unfit(row: LetterText, entry: Entry) -> Iterator[str]:
    """Words that could not be kept today, though they once were, and placeholders that lack."""
    for language, lacks in (
        ("fr", _("The French lacks {%(name)s}, which this letter needs.")),
        ("en", _("The English lacks {%(name)s}, which this letter needs.")),
    ):
        words = "\n".join(row.halves(language))
        yield from wrong_words(entry, words)
        for name in entry.required:
            if words.strip() and name not in placeholders(row.halves(language)[1]):
                yield lacks % {"name": name}


def _differing(row: LetterText, entry: Entry) -> Iterator[str]:
    """What one language says and the other does not."""
    french, english = ("\n".join(row.halves(language)) for language in LANGUAGES)
    parts = [set(placeholders(words)) for words in (french, english)]
    firm = [figures(words)[0] for words in (french, english)]
    only_french = _("Only the French says %(what)s: dates, hours, amounts, addresses must agree.")
    only_english = _("Only the English says %(what)s: dates, hours, amounts, addresses must agree.")
    for ours, theirs, sentence in (
        (parts[0], parts[1], _("Only the French has {%(what)s}.")),
        (parts[1], parts[0], _("Only the English has {%(what)s}.")),
        (firm[0], firm[1], only_french),
        (firm[1], firm[0], only_english),
    ):
        for what in sorted(ours - theirs):
            yield sentence % {"what": in_words(what)}


def warnings(row: LetterText) -> list[str]:
    """What somebody should look at again; it keeps nothing from being published."""
    loose = [figures("\n".join(row.halves(language)))[1] for language in LANGUAGES]
    told = [
        _("The number or page %(what)s is in one language only.") % {"what": what}
        for what in sorted(loose[0] ^ loose[1])
    ]
    french = "\n".join(row.halves("fr"))
    return told + [_("In the French: %(what)s.") % {"what": doubt} for doubt in doubts(french)]
