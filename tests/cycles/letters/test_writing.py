"""A cycle's own text: written by administrators alone, published without a gap, used at once, copied as a draft."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from answers.letters import DECISION_CORRECTED, addressed
from applications.letters import REMINDER, remind
from audit.models import AuditEntry, subject_of
from audit.moves import Refused, available
from cycles import copying, publishing
from cycles.letters import parity, writing
from cycles.models import Cycle
from notifications import outbox
from notifications.letter_text import LetterText
from notifications.letters import render
from notifications.models import OutgoingEmail
from notifications.overriding import in_use
from tests import factories
from tests.cycles.letters.words import NAME, WORDS, drafted, entry, published
from tests.followup import factories as answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


def refused(cycle: Cycle, by: User, **words: Any) -> str:
    """Why this draft is not kept, in one line."""
    with pytest.raises(Refused) as error:
        drafted(cycle, by, **words)
    return " ".join(map(str, [error.value.text, *error.value.reasons]))


def test_a_draft_is_sent_to_nobody_and_a_published_text_to_everybody(
    cycle: Cycle, adam: User, amina: User, bruno: User
) -> None:
    files = [factories.draft(person, cycle) for person in (amina, bruno)]
    row = drafted(cycle, adam)
    context = {"application": files[0], "cycle": cycle, "lacks": 0}
    assert "n’est pas encore soumise" in render(REMINDER, language="fr", context=context).subject
    writing.publish(row, by=adam)
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        transaction.atomic(),
    ):
        remind((file, f"k{index}", 2) for index, file in enumerate(files))
    assert len(queries) == 4  # the savepoint, the own texts once, the letters, the end
    french, english = OutgoingEmail.objects.filter(letter=NAME).order_by("key")
    assert french.subject == f"Il reste peu de temps ({files[0].number})"
    assert "(heure de Montréal)" in french.text
    assert english.text.startswith("Hello Bruno,")
    assert "/en/applications/mine/" in english.text


def test_another_cycle_keeps_its_own(cycle: Cycle, adam: User, amina: User) -> None:
    other = factories.cycle(code="A28")
    published(cycle, adam)
    file = factories.draft(amina, other)
    letter = render(
        REMINDER, language="fr", context={"application": file, "cycle": other, "lacks": 1}
    )
    assert "Il manque une chose." in letter.text
    assert set(in_use(NAME, [{"cycle": cycle}, {"cycle": other}, {}])) == {subject_of(cycle)}


def test_versions_follow_each_other_and_the_usual_text_comes_back(cycle: Cycle, adam: User) -> None:
    first = published(cycle, adam)
    second = published(cycle, adam, subject_fr="Autre ({number})")
    first.refresh_from_db()
    assert [first.status, second.status] == ["replaced", "published"]
    assert [first.version, second.version] == [1, 2]
    assert drafted(cycle, adam).version == 3
    assert [row.version for row in writing.texts_of(cycle)] == [3, 2, 1]
    writing.use_file(second, by=adam)
    assert not in_use(NAME, [{"cycle": cycle}])
    verbs = AuditEntry.objects.about(second).values_list("verb", "actor")
    assert [verb for verb, actor in verbs if actor == adam.pk] == [
        "write letter text",
        "publish letter text",
        "replace letter text",
    ]


def test_a_draft_is_written_over_and_thrown_away(cycle: Cycle, adam: User) -> None:
    row = drafted(cycle, adam, text_en="")
    assert drafted(cycle, adam).pk == row.pk
    writing.discard(row, by=adam)
    writing.discard(row, by=adam)
    assert not LetterText.objects.exists()
    assert AuditEntry.objects.filter(verb="discard letter text").count() == 1


def test_two_people_do_not_write_over_each_other(cycle: Cycle, adam: User) -> None:
    drafted(cycle, adam)
    with pytest.raises(Refused, match="changé ce brouillon"):
        writing.write(cycle, entry(), by=adam, seen=writing.mark_of(None), **WORDS)


@pytest.mark.parametrize("who", ["claire", "dominique", "david", "amina"])
def test_administrators_alone_write(
    cycle: Cycle, adam: User, who: str, request: pytest.FixtureRequest
) -> None:
    person, row = request.getfixturevalue(who), drafted(cycle, adam)
    for act in (
        lambda: drafted(cycle, person),
        lambda: writing.publish(row, by=person),
        lambda: writing.discard(row, by=person),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert error.value.forbidden
    assert available(row, writing.MOVES, by=person) == []
    assert available(row, writing.MOVES, by=adam) == [writing.PUBLISH]


def test_an_unknown_placeholder_is_named_with_those_that_are_known(
    cycle: Cycle, adam: User
) -> None:
    told = refused(cycle, adam, text_fr="Bonjour {prenom}, {called} {link} {closes}")
    assert "{prenom}" in told
    assert "{called}" in told


@pytest.mark.parametrize(
    "text", ["{{ called }}", "{% load x %}", "{called", "a } b", "{ called }", "{}"]
)
def test_braces_stand_around_placeholders_only(cycle: Cycle, adam: User, text: str) -> None:
    assert refused(cycle, adam, text_en=text)
    assert refused(cycle, adam, subject_fr=text)


def test_a_subject_is_one_line(cycle: Cycle, adam: User) -> None:
    assert "une ligne" in refused(cycle, adam, subject_fr="Un\nDeux")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"text_en": ""}, "texte en anglais"),
        ({"subject_fr": ""}, "objet en français"),
        ({"text_fr": "Bonjour {called}, {closes}"}, "{link}"),
        ({"text_en": "Hello, {closes} {link} {number}"}, "{called}"),
        ({"text_fr": WORDS["text_fr"] + " 31 janvier 2027"}, "31\xa0janvier\xa02027"),
        ({"text_en": WORDS["text_en"] + " $1,500"}, "1500"),
    ],
)
def test_nothing_publishes_with_a_gap(
    cycle: Cycle, adam: User, words: dict[str, str], says: str
) -> None:
    row = drafted(cycle, adam, **words)
    with pytest.raises(Refused) as error:
        writing.publish(row, by=adam)
    assert says in " ".join(map(str, error.value.reasons))
    gap = next(gap for gap in publishing.gaps(cycle) if "brouillon" in gap.text)
    assert gap.url.endswith(f"/letters/{NAME}/")


def test_doubts_do_not_stop_anybody(cycle: Cycle, adam: User) -> None:
    row = drafted(cycle, adam, text_fr=WORDS["text_fr"] + "\n\nL'heure: 7 jours")
    assert len(parity.warnings(row)) == 3
    assert writing.publish(row, by=adam).status == "published"


@pytest.mark.parametrize("name", ["decision_available", "decision_corrected"])
def test_a_letter_of_the_answer_never_tells_it(cycle: Cycle, adam: User, name: str) -> None:
    usual = writing.usual(name)
    words = {field: getattr(usual, field) for field in writing.WORDS}
    for more in (
        "Félicitations!",
        "Vous êtes admise.",
        "Votre demande est refusée",
        "une place en liste d’attente",
        "Malheureusement",
        "notre offre",
        "retenue",
        "Vous êtes prise!",
        "Vous êtes pris·e",
        "bienvenue parmi nous",
        "Rejoignez-nous",
        "Hâte de vous rencontrer",
    ):
        told = refused(cycle, adam, name=name, **{**words, "text_fr": f"{usual.text_fr} {more}"})
        assert "laisse deviner" in told
    for more in (
        *("Congratulations", "We regret", "You are admitted", "waitlisted", "Welcome!"),
        *("You got in! See you in September.", "You’re in", "You are in", "See you in September"),
        *("Join us", "Not this time", "We look forward to it: looking forward to meeting you"),
    ):
        assert refused(cycle, adam, name=name, **{**words, "subject_en": more})
    assert "outcome" not in entry(name).placeholders
    kind = {**words, "text_fr": f"{usual.text_fr}\n\nMerci de votre patience."}
    assert writing.publish(drafted(cycle, adam, name=name, **kind), by=adam)


def test_next_year_begins_with_drafts_whose_dates_are_looked_at(cycle: Cycle, adam: User) -> None:
    published(cycle, adam, subject_fr="Ancien ({number})")
    published(cycle, adam)
    drafted(cycle, adam, subject_fr="Brouillon ({number})")
    drafted(cycle, adam, name="withdrawn", text_fr="À demain. {link}", text_en="Later. {link}")
    Cycle.objects.filter(pk=cycle.pk).update(reply_to="a@mila.quebec", sender_fr="Mila")
    cycle.refresh_from_db()
    new = copying.copy_to_next_year(cycle, by=adam)
    assert (new.reply_to, new.sender_fr) == ("a@mila.quebec", "Mila")
    copies = {row.letter: row for row in writing.texts_of(new)}
    assert set(copies) == {NAME, "withdrawn"}
    assert [copies[NAME].subject_fr, copies[NAME].version] == [WORDS["subject_fr"], 1]
    with pytest.raises(Refused) as error:
        writing.publish(copies[NAME], by=adam)
    assert "année précédente" in str(error.value.reasons[0])
    assert any("brouillon" in gap.text for gap in publishing.gaps(new))
    writing.write(new, entry(), by=adam, seen=writing.mark_of(copies[NAME]), **WORDS)
    copies[NAME].refresh_from_db()
    assert writing.publish(copies[NAME], by=adam).status == "published"


def test_a_text_of_a_letter_that_is_gone_stays_a_draft(cycle: Cycle, adam: User) -> None:
    row = LetterText.objects.create(scope=subject_of(cycle), letter="gone", **WORDS)
    with pytest.raises(Refused):
        writing.publish(row, by=adam)
    assert not [gap for gap in publishing.gaps(cycle) if "brouillon" in gap.text]


def test_a_text_taken_back_does_not_come_along(cycle: Cycle, adam: User) -> None:
    writing.use_file(published(cycle, adam), by=adam)
    assert writing.texts_of(copying.copy_to_next_year(cycle, by=adam)) == []


def test_the_database_keeps_one_of_each(cycle: Cycle, adam: User) -> None:
    published(cycle, adam)
    for status, words in (("published", WORDS), ("replaced", {**WORDS, "text_en": ""})):
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterText.objects.create(
                scope=subject_of(cycle), letter=NAME, version=9, status=status, **words
            )


def test_the_letters_of_an_answer_are_the_same_for_all(
    cycle: Cycle, amina: User, bruno: User, claire: User, dominique: User
) -> None:
    told = set()
    for person, outcome in ((amina, "accept"), (bruno, "decline")):
        file = factories.submitted(person, cycle)
        decision = answers.decided(file, outcome, claire=claire, dominique=dominique)
        file.applicant.language = "fr"
        decision.application = file
        outbox.queue_all(DECISION_CORRECTED, [addressed(decision)])
        row = OutgoingEmail.objects.get(letter="decision_corrected", address=person.email)
        said = f"{row.subject}\n{row.text}".replace(file.number, "").replace(file.called, "")
        told.add((said, str(row.dates)))
    assert len(told) == 1
