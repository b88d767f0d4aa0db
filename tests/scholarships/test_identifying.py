"""Self-identification: what is kept of answers, by whom, and that nothing of it shows anywhere else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role, User
from applications import erasure
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from notifications.models import OutgoingEmail
from scholarships import abouts, identifying
from scholarships.dimensions import DIMENSIONS, QUESTIONS
from scholarships.vault import entries
from tests import factories

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
CANARY = "ma façon CANARI de le dire"
SAID = {"gender": ["woman", "two_spirit"], "gender_words": CANARY, "age": "prefer_not"}


@pytest.fixture
def draft(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(), complete=False)


def page(application: Application) -> str:
    return reverse("self_identification", args=[application.number])


def test_eight_questions_each_optional_each_with_a_way_not_to_answer() -> None:
    codes = [one.code for one in DIMENSIONS]
    assert codes == [
        *("age", "gender", "orientation", "indigenous"),
        *("visible_minority", "population_group", "disability", "language"),
    ]
    assert all(one.asked[-1][0] == "prefer_not" for one in DIMENSIONS)
    # Whatever can be kept has a line of the figures: cells add up where they must.
    for one, question in zip(DIMENSIONS, QUESTIONS, strict=True):
        kept = [code for code, _label in one.asked] + ["own_words"] * one.has_words
        assert {question.into.get(code, code) for code in kept} == set(question.options)


def test_both_languages_have_every_word() -> None:
    for one in DIMENSIONS:
        for label in (one.title, one.short, *(label for _code, label in one.asked)):
            with override("en"):
                english = str(label)
            with override("fr"):
                assert str(label)
            assert english


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({}, {}),
        ({"age": "", "gender": []}, {}),
        ({"age": "prefer_not"}, {"age": "prefer_not"}),
        ({"gender": ["man", "woman"]}, {"gender": ["woman", "man"]}),
        ({"gender_words": "  agenre "}, {"gender": ["own_words"], "gender_words": "agenre"}),
        ({"disability": ["no"]}, {"disability": ["no"]}),
        (
            {"gender": ["own_words", "man"], "gender_words": "x"},
            {"gender": ["man"], "gender_words": "x"},
        ),
    ],
)
def test_what_is_kept(answers: dict[str, Any], kept: dict[str, Any]) -> None:
    assert identifying.clean(answers) == kept


@pytest.mark.parametrize(
    "answers",
    [
        {"age": "from_25", "gender": ["woman", "prefer_not"]},
        {"age": ["from_25", "from_35"]},
        {"indigenous": ["no", "metis"]},
        {"gender": ["nothing of the list"]},
        {"gender": ["prefer_not"], "gender_words": "x"},
        {"disability": ["no"], "disability_words": "x"},
        {"age_words": "x"},
        {"gender_words": "x" * 121},
    ],
)
def test_what_does_not_go_together_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        identifying.clean(answers)


def test_said_changed_and_erased_by_its_person_alone(
    draft: Application, amina: User, bruno: User, person: Any
) -> None:
    staff = [person(role.value, role) for role in Role]
    for other in (bruno, *staff):
        for verb in (
            lambda by: identifying.say(draft, SAID, by=by),
            lambda by: identifying.said(draft, by=by),
            lambda by: identifying.erase(draft, by=by),
        ):
            with pytest.raises(Refused) as refused:
                verb(other)
            assert refused.value.forbidden
    identifying.say(draft, SAID, by=amina)
    assert identifying.said(draft, by=amina) == {**SAID, "gender": ["woman", "two_spirit"]}
    identifying.say(draft, {"age": "from_25"}, by=amina)
    assert identifying.said(draft, by=amina) == {"age": "from_25"}
    with pytest.raises(Refused):
        identifying.say(draft, {}, by=amina)
    assert identifying.erase(draft, by=amina)
    assert not identifying.erase(draft, by=amina)
    assert identifying.said(draft, by=amina) == {}
    (letter,) = OutgoingEmail.objects.filter(letter="confidential_erased")
    assert letter.about == f"accounts.user:{amina.pk}"
    assert "femme" not in letter.text.lower()


def test_in_words(draft: Application) -> None:
    with override("en"):
        assert identifying.in_words({**SAID, "disability": ["gone"]}) == [
            ("Age", "I prefer not to answer"),
            ("Gender", f"Woman, Two-Spirit, “{CANARY}”"),
        ]


def test_the_page_keeps_and_gives_back(client: Client, draft: Application, amina: User) -> None:
    client.force_login(amina)
    shown = client.get(page(draft)).content.decode()
    assert shown.count("<fieldset") == 8
    assert " checked" not in shown
    answer = client.post(page(draft), SAID)
    assert answer.url == page(draft)  # type: ignore[attr-defined]
    assert identifying.said(draft, by=amina)["age"] == "prefer_not"
    with override("en"):
        shown = client.get(page(draft)).content.decode()
    assert shown.count(" checked") == 3
    assert CANARY in shown
    assert "No answer: take mine back" in shown
    client.post(page(draft), {"gender": "woman", "age": ""})
    assert identifying.said(draft, by=amina) == {"gender": ["woman"]}
    erased = client.post(reverse("self_identification_erase", args=[draft.number]), follow=True)
    assert "effacées, dès maintenant" in erased.content.decode()
    erased = client.post(reverse("self_identification_erase", args=[draft.number]), follow=True)
    assert "rien à effacer" in erased.content.decode()


def test_what_does_not_go_together_is_said_at_its_question(
    client: Client, draft: Application, amina: User
) -> None:
    client.force_login(amina)
    wrong = {"gender": ["woman", "prefer_not"], "age": "from_25", "language_words": "x" * 121}
    answer = client.post(page(draft), wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_gender_0"' in shown
    assert 'href="#id_language_words"' in shown
    assert identifying.said(draft, by=amina) == {}


def test_who_gets_there(
    client: Client, draft: Application, bruno: User, claire: User, dominique: User, fatou: User
) -> None:
    for address in (page(draft), reverse("self_identification_erase", args=[draft.number])):
        for other in (bruno, claire, dominique, fatou):
            client.force_login(other)
            assert client.post(address, SAID).status_code == 404
    assert client.get(reverse("self_identification_erase", args=[draft.number])).status_code == 405


def test_it_is_reached_before_and_after_the_submission(client: Client, amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    client.force_login(amina)
    home = reverse("my_application")
    before = client.get(home).content.decode()
    assert page(application) in before
    factories.submit(application)
    after = client.get(home).content.decode()
    assert page(application) in after
    client.post(page(application), SAID)
    said = client.get(home).content.decode()
    assert CANARY not in said


def test_nothing_else_holds_a_word_of_it(client: Client, draft: Application, amina: User) -> None:
    """No session, no trail, no letter; not even that somebody answered."""
    client.force_login(amina)
    count = AuditEntry.objects.count()
    client.post(page(draft), SAID)
    assert AuditEntry.objects.count() == count
    assert not OutgoingEmail.objects.filter(letter__startswith="confidential").exists()
    assert CANARY not in str(dict(client.session))
    draft.refresh_from_db()
    assert CANARY not in str(vars(draft))


def test_a_session_that_ended_keeps_nothing_typed(client: Client, draft: Application) -> None:
    answer = client.post(page(draft), SAID)
    assert answer.status_code == 302
    assert CANARY not in str(dict(client.session))


def test_an_erased_draft_takes_it_along(draft: Application, amina: User) -> None:
    identifying.say(draft, SAID, by=amina)
    about = abouts.identification(draft)
    erasure.erase_draft(draft, by=amina)
    assert not entries.stands(about)


def test_the_letter_shows_to_nobody_of_the_staff(
    client: Client, draft: Application, amina: User, claire: User, adam: User
) -> None:
    identifying.say(draft, SAID, by=amina)
    identifying.erase(draft, by=amina)
    (letter,) = OutgoingEmail.objects.filter(letter="confidential_erased")
    for somebody in (claire, adam):
        client.force_login(somebody)
        shown = client.get(reverse("letters")).content.decode()
        assert letter.subject not in shown
        assert "confidential_erased" not in shown
        assert client.get(reverse("letter_read", args=[letter.pk])).status_code == 404
    shown = client.get(reverse("admin:notifications_outgoingemail_changelist")).content.decode()
    assert letter.subject not in shown
    change = reverse("admin:notifications_outgoingemail_change", args=[letter.pk])
    assert client.get(change).status_code == 302
