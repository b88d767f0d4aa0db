"""A letter with other words: what they say is said as it is, and a newer file does not stop it."""

import logging

import pytest

from accounts.models import User
from audit.models import subject_of
from cycles.models import Cycle
from notifications.letter_text import LetterText
from notifications.letters import Letter, Unsendable, render
from notifications.overriding import UnknownPlaceholder, as_written, composed
from tests import factories

pytestmark = pytest.mark.django_db
PARTED = Letter("parted")


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


def text(cycle: Cycle, **words: str) -> LetterText:
    """A published text of the letter that tests have."""
    told = {"subject_fr": "Salut {name}", "subject_en": "Hi {name}", "text_fr": "A", "text_en": "B"}
    return LetterText.objects.create(
        scope=subject_of(cycle), letter="parted", status="published", **{**told, **words}
    )


def test_the_file_begins_as_a_text_with_its_placeholders() -> None:
    assert as_written("parted", "fr") == ("Bonjour {name}", "Voici {thing}.\n\n{name}")
    with pytest.raises(UnknownPlaceholder):
        as_written("probe", "fr")


def test_words_are_never_compiled_nor_escaped(cycle: Cycle) -> None:
    row = text(cycle, text_fr="& <b> {thing} 100 %")
    assert str(row) == "parted 1"
    told = render(PARTED, language="fr", context={"cycle": cycle, "name": "{% x %}", "thing": "<"})
    assert (told.subject, told.text) == ("Salut {% x %}", "& <b> < 100 %\n")


@pytest.mark.parametrize("words", ["{{ name }}", "{% now 'Y' %}", "{other}", "a } b", "{"])
def test_a_brace_is_a_placeholder_or_nothing(words: str) -> None:
    with pytest.raises(UnknownPlaceholder):
        composed("parted", "fr", "s", words)


def test_a_text_that_a_newer_file_does_not_know_gives_way_to_the_file(
    cycle: Cycle, caplog: pytest.LogCaptureFixture
) -> None:
    text(cycle, text_fr="{gone}")
    with caplog.at_level(logging.ERROR):
        told = render(PARTED, language="fr", context={"cycle": cycle, "name": "A", "thing": "b"})
    assert told.subject == "Bonjour A"
    assert "parted 1 is not used" in caplog.text


def test_a_name_cannot_break_the_subject_of_ones_own_text(cycle: Cycle) -> None:
    text(cycle)
    with pytest.raises(Unsendable):
        render(PARTED, language="fr", context={"cycle": cycle, "name": "A\nB", "thing": ""})


def test_a_letter_without_words_is_not_sent() -> None:
    with pytest.raises(Unsendable):
        render(Letter("empty"), language="fr", context={})


def test_no_cycle_costs_no_query(amina: User, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        render(PARTED, language="fr", context={"name": "A", "thing": "b"})
