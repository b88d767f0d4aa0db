"""A late pass: one person's later close."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications import lifecycle
from applications.models import Application, Status
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import MONTREAL
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def cycle() -> Cycle:
    """Open when drafts are made; `shut` closes it."""
    return factories.cycle()


def shut(cycle: Cycle) -> Cycle:
    """Closed since yesterday."""
    cycle.closes_at = timezone.now() - DAY
    cycle.save()
    return cycle


def give(application: Application, by: User, **changes: Any) -> Application:
    values: dict[str, Any] = {"until": timezone.now() + DAY, "why": "Panne de réseau.", **changes}
    return lifecycle.give_late_pass(application, by=by, **values)


@pytest.fixture
def late(amina: User, claire: User, cycle: Cycle) -> Application:
    """A whole draft that missed the close, with a pass until tomorrow."""
    application = factories.draft(amina, cycle)
    shut(cycle)
    application.refresh_from_db()
    return give(application, claire)


def letters(name: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter=name).order_by("pk"))


# What it opens ------------------------------------------------------------------------------------
def test_the_person_fills_submits_reopens_and_submits_again(late: Application) -> None:
    factories.attach(late, "cv", factories.pdf(2))
    assert factories.submit(late).version == 1
    late.refresh_from_db()
    lifecycle.reopen(late, by=late.applicant, at=timezone.now())
    assert factories.submit(late).version == 2


def test_the_person_undoes_a_withdrawal(late: Application) -> None:
    lifecycle.withdraw(late, by=late.applicant)
    assert "annuler ce retrait" in letters("withdrawn")[0].text
    late.refresh_from_db()
    assert lifecycle.restore(late, by=late.applicant, at=timezone.now()).status == Status.DRAFT


@pytest.mark.parametrize(("seconds", "accepted"), [(0, True), (600, True), (601, False)])
def test_it_ends_with_the_same_grace(late: Application, seconds: int, accepted: bool) -> None:
    assert late.late_until
    assert late.accepts(late.late_until + timedelta(seconds=seconds)) is accepted


def test_it_does_not_open_a_cycle_that_is_taken_down(late: Application) -> None:
    late.cycle.is_published = False
    assert not late.accepts(timezone.now())


def test_a_cycle_that_closes_later_wins(late: Application) -> None:
    late.cycle.closes_at = timezone.now() + 3 * DAY
    assert late.closes_at == late.cycle.closes_at


def test_nobody_else_gets_more_time(late: Application, bruno: User, client: Client) -> None:
    with pytest.raises(Refused):
        lifecycle.start(late.cycle, by=bruno)
    client.force_login(bruno)
    assert "Start my application" not in client.get("/en/applications/mine/").content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_of_the_person_know_it(late: Application, client: Client, language: str) -> None:
    client.force_login(late.applicant)
    for page in ("applications/mine/", f"applications/{late.number}/check/"):
        said = client.get(f"{language}/{page}").content.decode()
        assert late.closes_at.date().isoformat() in said
        assert late.cycle.closes_at.isoformat() not in said


# Giving -------------------------------------------------------------------------------------------
def test_it_is_written_down_and_told(late: Application, claire: User) -> None:
    entry = AuditEntry.objects.about(late).last()
    assert (entry.verb, entry.actor, entry.why) == ("give_late_pass", claire, "Panne de réseau.")
    (letter,) = letters("late_pass")
    assert letter.subject.startswith("Vous avez jusqu’au ")
    assert "Panne" not in letter.text
    assert "la soumettre" in letter.text


def test_a_second_pass_has_its_own_letter(late: Application, claire: User) -> None:
    give(late, claire, until=timezone.now() + 2 * DAY)
    assert len(letters("late_pass")) == 2


def test_the_letter_of_a_submitted_file_says_that_it_stays(amina: User, claire: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    give(application, claire, until=application.cycle.closes_at + DAY)
    assert "reste valable" in letters("late_pass")[0].text


def test_someone_who_never_began_gets_a_draft(cycle: Cycle, bruno: User, claire: User) -> None:
    shut(cycle)
    moment = timezone.now() + DAY
    one = lifecycle.give_late_pass_to(bruno, cycle, until=moment, why="Malade.", by=claire)
    assert (one.status, one.applicant, one.late_until) == (Status.DRAFT, bruno, moment)
    assert [entry.actor for entry in AuditEntry.objects.about(one)] == [claire, claire]
    again = lifecycle.give_late_pass_to(bruno, cycle, until=moment + HOUR, why="Encore.", by=claire)
    assert again == one
    assert "extra" not in letters("late_pass")[0].text
    assert "finish your application" in letters("late_pass")[0].text


def test_a_pass_that_is_refused_begins_nothing(cycle: Cycle, bruno: User, claire: User) -> None:
    with pytest.raises(Refused):
        lifecycle.give_late_pass_to(bruno, cycle, until=timezone.now(), why="Malade.", by=claire)
    assert not Application.objects.exists()


@pytest.mark.parametrize("who", ["amina", "bruno", "dominique", "david", "adam"])
def test_only_the_coordination_gives_and_takes_back(
    late: Application, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    for act in (
        lambda: give(late, person),
        lambda: lifecycle.take_late_pass_back(late, why="Non.", by=person),
        lambda: lifecycle.give_late_pass_to(
            late.applicant, late.cycle, until=timezone.now() + DAY, why="Oui.", by=person
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.forbidden


def test_staff_get_none(cycle: Cycle, claire: User, david: User) -> None:
    for person in (claire, david):
        with pytest.raises(Refused) as refused:
            lifecycle.give_late_pass_to(
                person, cycle, until=cycle.closes_at + DAY, why="Oui.", by=claire
            )
        assert refused.value.forbidden


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"why": " \n"}, "pourquoi"),
        ({"until": datetime(2020, 1, 1, tzinfo=MONTREAL)}, "à venir"),
        ({"until": datetime(1, 1, 1, tzinfo=MONTREAL)}, "à venir"),
        ({"until": datetime(9999, 12, 31, 23, 59, tzinfo=MONTREAL)}, "réponses"),
    ],
)
def test_what_makes_no_sense_is_refused(
    amina: User, claire: User, cycle: Cycle, fields: dict[str, Any], word: str
) -> None:
    application = factories.draft(amina, cycle)
    with pytest.raises(Refused) as refused:
        give(application, claire, **{"until": cycle.closes_at + DAY, **fields})
    assert word in str(refused.value.text)
    application.refresh_from_db()
    assert application.late_until is None


def test_a_pass_within_the_cycle_or_before_it_opens_is_refused(amina: User, claire: User) -> None:
    application = factories.draft(amina, factories.cycle())
    with pytest.raises(Refused):
        give(application, claire, until=application.cycle.closes_at - HOUR)
    application.cycle.opens_at = timezone.now() + DAY
    application.cycle.save()
    with pytest.raises(Refused):
        give(application, claire, until=application.cycle.closes_at + DAY)


def test_a_withdrawn_file_gets_none(amina: User, claire: User, cycle: Cycle) -> None:
    application = lifecycle.withdraw(factories.draft(amina, cycle), by=amina)
    with pytest.raises(Refused):
        give(application, claire, until=cycle.closes_at + DAY)


# Taking back --------------------------------------------------------------------------------------
def test_taken_back_it_closes_and_the_person_is_told(late: Application, claire: User) -> None:
    lifecycle.take_late_pass_back(late, why="Erreur de dossier.", by=claire)
    late.refresh_from_db()
    assert not late.accepts(timezone.now())
    assert AuditEntry.objects.about(late).last().why == "Erreur de dossier."
    (letter,) = letters("late_pass_ended")
    assert "n’est pas soumise" in letter.text
    with pytest.raises(Refused):
        lifecycle.take_late_pass_back(late, why="Encore.", by=claire)


def test_taken_back_before_the_close_it_leaves_the_cycle_s_own(bruno: User, claire: User) -> None:
    application = factories.submitted(bruno, factories.cycle())
    give(application, claire, until=application.cycle.closes_at + DAY)
    lifecycle.take_late_pass_back(application, why="Inutile.", by=claire)
    assert "closes with its cycle" in letters("late_pass_ended")[0].text
    assert "stays received" in letters("late_pass_ended")[0].text


# The page -----------------------------------------------------------------------------------------
@pytest.fixture
def office(client: Client, claire: User) -> Client:
    client.force_login(claire)
    return client


def send(client: Client, of: Cycle, **changes: Any) -> Any:
    moment = (timezone.now() + DAY).astimezone(MONTREAL)
    data = {
        "cycle": of.pk,
        "who": "amina@example.org",
        "until": f"{moment:%Y-%m-%dT%H:%M}",
        "why": "Panne.",
        **changes,
    }
    return client.post(reverse("late_pass_give"), data)


def test_a_pass_is_given_by_address_or_by_number(
    office: Client, cycle: Cycle, amina: User, bruno: User
) -> None:
    number = factories.draft(bruno, cycle).number
    shut(cycle)
    for who in (f" {amina.email.upper()} ", number.lower()):
        assert send(office, cycle, who=who).status_code == 302
    assert Application.objects.filter(late_until__isnull=False).count() == 2
    page = office.get(reverse("late_passes")).content.decode()
    assert page.count("Panne.") == 2
    assert number in page


@pytest.mark.parametrize(
    "changes",
    [
        *({"who": ""}, {"who": "nobody@example.org"}, {"who": "A27-XXXXXX"}, {"who": "a\x00b"}),
        *({"until": ""}, {"until": "demain"}, {"until": "0001-01-01T00:00"}),
        *(
            {"until": "9999-12-31T23:59"},
            {"until": "2027-03-14T02:30"},
            {"until": "2020-01-01T00:00"},
        ),
        *({"why": ""}, {"why": "x" * 501}, {"why": "a\x00b"}, {"who": "\u202e" * 1000}),
        {"why": "x" * 1_000_000},
    ],
)
def test_what_is_wrong_is_said_and_kept(
    office: Client, cycle: Cycle, amina: User, changes: dict[str, str]
) -> None:
    answer = send(office, shut(cycle), **changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Erreur" in page
    if "why" not in changes:
        assert "Panne." in page
    assert not Application.objects.filter(late_until__isnull=False).exists()


def test_the_staff_is_refused_in_words(office: Client, cycle: Cycle, david: User) -> None:
    answer = send(office, shut(cycle), who=david.email)
    assert answer.status_code == 422
    assert "équipe" in answer.content.decode()


@pytest.mark.parametrize("pk", ["", "0", "x", "9" * 40, "\x00", "²"])
def test_a_cycle_that_is_none_is_404(office: Client, cycle: Cycle, pk: str) -> None:
    assert send(office, cycle, cycle=pk).status_code == 404


def test_it_is_taken_back_with_a_reason(office: Client, late: Application) -> None:
    url = reverse("late_pass_take_back", args=[late.number])
    assert office.get(url).status_code == 405
    office.post(url, {"why": ""})
    late.refresh_from_db()
    assert late.late_until
    office.post(url, {"why": "Erreur\x00" + "x" * 1_000_000})
    late.refresh_from_db()
    assert late.late_until is None
    assert office.post(reverse("late_pass_take_back", args=["A27-XXXXXX"])).status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_renders_in_both_languages(
    office: Client, late: Application, language: str
) -> None:
    assert late.number in office.get(f"{language}/late-passes/").content.decode()


def test_without_a_cycle_the_page_says_so(office: Client) -> None:
    assert "late-passes/give" not in office.get(reverse("late_passes")).content.decode()


@pytest.mark.parametrize("who", ["amina", "dominique", "david", "gilles", "fatou", "adam"])
def test_the_page_is_for_the_coordination(
    client: Client, late: Application, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("late_passes")).status_code == 403
    assert client.post(reverse("late_pass_give")).status_code == 403
    assert client.post(reverse("late_pass_take_back", args=[late.number])).status_code == 403


def test_the_list_costs_the_same_with_one_and_with_three(
    office: Client, late: Application, person: Any, claire: User, django_assert_num_queries: Any
) -> None:
    for count in (1, 3):
        while Application.objects.count() < count:
            someone = person(f"p{Application.objects.count()}")
            lifecycle.give_late_pass_to(
                someone, late.cycle, until=timezone.now() + DAY, why="Oui.", by=claire
            )
        with django_assert_num_queries(7):
            office.get(reverse("late_passes"))
