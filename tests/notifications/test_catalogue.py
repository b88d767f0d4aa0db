"""Every letter there is: in both languages, in the catalogue, with a sample that renders, and HTML that says the same."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from accounts.models import User
from cycles.letters import parity, writing
from cycles.models import Cycle
from notifications.calendars import calendar_file
from notifications.catalogue import Asked, Entry, catalogue
from notifications.html import html_of
from notifications.letters import Rendered, render, written
from notifications.overriding import composed, parts
from tests import factories

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"
FILES = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.fr.txt"))
REWORDABLE = sorted(name for name, entry in catalogue().items() if not entry.is_fixed)
BOTH = ("fr", "en")


@pytest.fixture
def this_year() -> Cycle:
    return factories.cycle()


def sampled(entry: Entry, asked: Asked, language: str) -> Rendered:
    """The sample of a letter, from its file."""
    with translation.override(language):
        context = entry.sample(asked)
    return render(entry.letter, language=language, context=context)


def said(text: str) -> str:
    """The words alone: marks of lists, spaces, and the colon before an address that became a link do not count."""
    return re.sub(r"[:\s]", "", re.sub(r"(?m)^ *(?:[-–•]|\d{1,2}\.) ", "", text))


def seen(html: str) -> str:
    """What a mail program shows of the HTML."""
    return unescape(re.sub(r"<[^>]+>", " ", html[html.index("<body") :]))


def test_the_catalogue_lists_every_letter_and_no_other() -> None:
    assert sorted(catalogue()) == FILES
    assert sorted(path.name.split(".")[0] for path in FOLDER.glob("*.en.txt")) == FILES


def test_every_letter_renders_in_both_languages(this_year: Cycle) -> None:
    for entry in catalogue().values():
        for language in BOTH:
            letter = sampled(entry, Asked(this_year), language)
            assert letter.subject, entry.letter.name
            assert "\n\n\n" not in letter.text, entry.letter.name
            assert "{" not in letter.text + letter.subject, entry.letter.name
            html = html_of(letter.text, language=language, subject=letter.subject)
            assert f'<html lang="{language}-CA">' in html
            assert not re.search(r"<img|<script|<link|url\(|@import|\son[a-z]+=", html)
            assert said(seen(html)) == said(letter.text), entry.letter.name
            calendar_file(letter.dates, language=language, at=this_year.opens_at)


@pytest.mark.parametrize("language", BOTH)
def test_letters_of_a_cycle_say_who_answers_and_sign(this_year: Cycle, language: str) -> None:
    for name in REWORDABLE:
        text = sampled(catalogue()[name], Asked(this_year), language).text.rstrip()
        assert text.endswith(("Mila, programmes professionnels", "Mila, professional programs")), (
            name
        )
        assert re.search(r"Répondez à ce message|Reply to this message|/messages/", text), name


@pytest.mark.parametrize("name", REWORDABLE)
def test_what_changes_stands_in_placeholders_alike_in_both_languages(name: str) -> None:
    entry, usual = catalogue()[name], writing.usual(name)
    assert set(parts(name, "fr")) == set(parts(name, "en"))
    assert set(entry.required) <= set(entry.placeholders)
    assert parity.gaps(usual, entry) == []
    assert parity.warnings(usual) == []


def test_the_usual_text_rewritten_word_for_word_is_the_same_letter(this_year: Cycle) -> None:
    for name in REWORDABLE:
        entry, usual = catalogue()[name], writing.usual(name)
        for language in BOTH:
            with translation.override(language):
                context = entry.sample(Asked(this_year))
            made_of = composed(name, language, *usual.halves(language))
            own = written(made_of, language=language, context=context)
            usually = render(entry.letter, language=language, context=context)
            assert (own.subject, own.text) == (usually.subject, usually.text)


def test_a_part_repeated_in_a_file_is_made_the_same_way() -> None:
    part = re.compile(r"{% placeholder (\w+) %}(.*?){% endplaceholder %}", re.DOTALL)
    for path in FOLDER.glob("*.txt"):
        made: dict[str, str] = {}
        for found in part.finditer(path.read_text()):
            assert made.setdefault(found[1], found[2]) == found[2], (path.name, found[1])


def test_samples_of_a_real_file_are_of_a_file_that_one_may_see(
    this_year: Cycle, amina: User, claire: User
) -> None:
    file = factories.submitted(amina, this_year)
    for name in REWORDABLE:
        letter = sampled(catalogue()[name], Asked(this_year, file.number, claire), "fr")
        assert letter.text
    told = sampled(catalogue()["acknowledgement"], Asked(this_year, file.number, claire), "en")
    assert "Hello Amina" in told.text
    assert "Transcript" in told.text


def test_the_list_in_the_docs_is_this_one() -> None:
    with translation.override("en"):
        lines = [
            f"| `{name}` | {entry.title} | {entry.reader.label} | {entry.when} | {_may(entry)} |"
            for name, entry in catalogue().items()
        ]
    told = (Path(settings.BASE_DIR) / "docs" / "letters.md").read_text()
    listed = [line for line in told.splitlines() if line.startswith("| `")]
    assert listed == lines, "\n".join(lines)


def _may(entry: Entry) -> str:
    if entry.is_fixed:
        return "no"
    return "yes, never the outcome" if entry.is_silent else "yes"
