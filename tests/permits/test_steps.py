"""What becomes of a step: reported by the person, put right by the office; days that can be true; nothing twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from permits import steps
from permits.days import Said
from permits.models import Kind, PermitStep, State, WhyNot
from tests.applications.test_lifecycle import in_threads
from tests.followup.factories import World
from tests.permits.factories import accepted, ago, reported, today, told

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def file(world: World, amina: User) -> Application:
    """Amina, from abroad, who said yes to the M.Sc."""
    return accepted(world, amina)


def put_right(file: Application, kind: Kind, to: State, by: User, **said: Any) -> PermitStep:
    why = said.pop("why", "Une erreur de saisie.")
    return steps.put_right(file, kind, to, Said(**said), by=by, why=why, at=NOW())


# The person -------------------------------------------------------------------------------------
def test_a_caq_from_the_first_thought_to_the_permit(file: Application) -> None:
    reported(file, Kind.CAQ, State.READY)
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(30))
    reported(file, Kind.CAQ, State.MORE, more_on=ago(20))
    reported(file, Kind.CAQ, State.ASKED)
    done = reported(
        file, Kind.CAQ, State.OBTAINED, obtained_on=ago(3), valid_until=today() + timedelta(900)
    )
    assert (done.asked_on, done.more_on, done.obtained_on) == (ago(30), None, ago(3))
    verbs = [entry.verb for entry in AuditEntry.objects.about(done)]
    assert verbs == [
        *("report_permit_ready", "report_permit_asked", "report_permit_more"),
        *("report_permit_asked", "report_permit_obtained"),
    ]


def test_what_more_was_asked_stays_with_what_is_obtained(file: Application) -> None:
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(30))
    reported(file, Kind.CAQ, State.MORE, more_on=ago(20))
    done = reported(file, Kind.CAQ, State.REFUSED, refused_on=ago(5))
    assert (done.asked_on, done.more_on, done.refused_on) == (ago(30), ago(20), ago(5))


def test_after_a_refusal_it_is_asked_for_again_on_another_day(file: Application) -> None:
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(30))
    reported(file, Kind.CAQ, State.REFUSED, refused_on=ago(10))
    with pytest.raises(Refused) as refused:
        reported(file, Kind.CAQ, State.ASKED)
    assert refused.value.reasons == ["Indiquez ce jour."]
    again = reported(file, Kind.CAQ, State.ASKED, asked_on=ago(2))
    assert (again.status, again.asked_on, again.refused_on) == (State.ASKED, ago(2), None)


def test_taking_it_back_leaves_nothing(file: Application) -> None:
    reported(file, Kind.CAQ, State.OBTAINED, obtained_on=ago(3))
    back = reported(file, Kind.CAQ, State.TO_DO)
    assert (back.status, back.obtained_on, back.valid_until) == (State.TO_DO, None, None)
    no = reported(file, Kind.CAQ, State.NOT_NEEDED, why_not=WhyNot.UDEM)
    assert no.why_not == "udem"
    assert reported(file, Kind.CAQ, State.TO_DO).why_not == ""


def test_said_twice_alike_it_is_said_once_and_another_day_is_a_correction(
    file: Application,
) -> None:
    first = reported(file, Kind.CAQ, State.ASKED, asked_on=ago(30))
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(30))
    reported(file, Kind.CAQ, State.ASKED)
    assert AuditEntry.objects.about(first).count() == 1
    second = reported(file, Kind.CAQ, State.ASKED, asked_on=ago(29))
    assert second.pk == first.pk
    assert PermitStep.objects.get().asked_on == ago(29)
    assert [row.verb for row in AuditEntry.objects.about(first)][1:] == ["correct_permit"]


@pytest.mark.parametrize(
    ("to", "said", "reasons"),
    [
        (State.ASKED, {}, ["Indiquez ce jour."]),
        (State.MORE, {"more_on": ago(1)}, ["Indiquez ce jour."]),
        (State.NOT_NEEDED, {}, ["Dites pourquoi."]),
        (State.NOT_NEEDED, {"why_not": "because"}, ["Choisissez une des réponses."]),
        (
            State.ASKED,
            {"asked_on": ago(-2)},
            ["Cette date est à venir\u00a0: indiquez le jour où cela s’est passé."],
        ),
        (
            State.OBTAINED,
            {"asked_on": ago(3), "obtained_on": ago(4)},
            ["Cette date précède celle qui vient en premier."],
        ),
        (
            State.OBTAINED,
            {"obtained_on": ago(4), "valid_until": ago(4)},
            ["La fin ne peut pas précéder le jour où vous l’avez obtenu."],
        ),
    ],
)
def test_days_that_cannot_be_true_are_not_kept(
    file: Application, to: State, said: dict[str, Any], reasons: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        reported(file, Kind.CAQ, to, **said)
    assert refused.value.reasons == reasons
    assert not PermitStep.objects.exists()
    assert not AuditEntry.objects.filter(verb__contains="permit").exists()


def test_more_is_asked_after_the_request_and_an_answer_after_that(file: Application) -> None:
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(10))
    with pytest.raises(Refused, match="enregistrer"):
        reported(file, Kind.CAQ, State.MORE, more_on=ago(11))
    reported(file, Kind.CAQ, State.MORE, more_on=ago(5))
    with pytest.raises(Refused, match="enregistrer"):
        reported(file, Kind.CAQ, State.REFUSED, refused_on=ago(6))


def test_today_somewhere_is_not_the_future(file: Application) -> None:
    at = timezone.now().replace(hour=11)
    tomorrow = at.date() + timedelta(days=1)
    said = Said(asked_on=tomorrow)
    by = file.applicant
    assert steps.report(file, Kind.CAQ, State.ASKED, said, by=by, at=at).asked_on == tomorrow


# Which steps ------------------------------------------------------------------------------------
def test_what_one_gathers_is_asked_of_nobody(file: Application) -> None:
    with pytest.raises(Refused, match="étapes"):
        reported(file, Kind.FUNDS, State.ASKED, asked_on=ago(1))
    reported(file, Kind.FUNDS, State.READY)
    assert steps.reports_from(Kind.FUNDS, State.READY) == [State.TO_DO, State.NOT_NEEDED]


def test_steps_of_another_path_are_not_reported(file: Application) -> None:
    with pytest.raises(Refused, match="étapes"):
        reported(file, Kind.PROOF, State.READY)
    told(file, "citizen", change="mistake")
    with pytest.raises(Refused, match="étapes"):
        reported(file, Kind.CAQ, State.READY)


def test_before_the_yes_there_is_no_step(world: World, bruno: User) -> None:
    with pytest.raises(Refused, match="étapes"):
        reported(world.submitted(bruno), Kind.CAQ, State.READY)


def test_after_a_withdrawal_there_is_none_either(file: Application) -> None:
    reported(file, Kind.CAQ, State.READY)
    lifecycle.withdraw(file, by=file.applicant)
    with pytest.raises(Refused, match="étapes"):
        reported(file, Kind.CAQ, State.ASKED, asked_on=ago(1))


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_nobody_reports_for_somebody_else(file: Application, person: Any, role: Role) -> None:
    other = person("zoe", role) if role else person("zoe")
    with pytest.raises(Refused) as refused:
        steps.report(file, Kind.CAQ, State.READY, Said(), by=other, at=NOW())
    assert refused.value.forbidden


# The office -------------------------------------------------------------------------------------
def test_the_office_puts_any_step_right_with_a_reason(file: Application, claire: User) -> None:
    reported(file, Kind.CAQ, State.OBTAINED, obtained_on=ago(3))
    back = put_right(file, Kind.CAQ, State.MORE, claire, asked_on=ago(9), more_on=ago(2))
    assert (back.status, back.obtained_on, back.more_on) == (State.MORE, None, ago(2))
    entry = AuditEntry.objects.about(back).last()
    assert (entry.verb, entry.why) == ("put_permit_right_more", "Une erreur de saisie.")
    assert put_right(file, Kind.STUDY, State.READY, claire).status == State.READY


def test_the_office_gives_a_reason(file: Application, claire: User) -> None:
    with pytest.raises(Refused, match="pourquoi"):
        put_right(file, Kind.CAQ, State.READY, claire, why="  ")


@pytest.mark.parametrize("role", [None, Role.DIRECTOR, Role.REVIEWER, Role.ADMINISTRATOR])
def test_only_coordinators_put_right(file: Application, person: Any, role: Role) -> None:
    other = person("zoe", role) if role else person("zoe")
    for by in (other, file.applicant):
        with pytest.raises(Refused) as refused:
            put_right(file, Kind.CAQ, State.READY, by)
        assert refused.value.forbidden


# The database -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "visa"},
        {"status": "lost"},
        {"kind": Kind.FUNDS, "status": State.ASKED, "asked_on": today()},
        {"status": State.ASKED},
        {"status": State.TO_DO, "asked_on": today()},
        {"status": State.MORE, "asked_on": today()},
        {"status": State.MORE, "asked_on": today(), "more_on": ago(1)},
        {"status": State.OBTAINED},
        {"status": State.OBTAINED, "obtained_on": ago(2), "asked_on": ago(1)},
        {"status": State.OBTAINED, "obtained_on": ago(2), "valid_until": ago(2)},
        {"status": State.ASKED, "asked_on": ago(2), "obtained_on": ago(1)},
        {"status": State.REFUSED},
        {"status": State.REFUSED, "refused_on": ago(2), "asked_on": ago(1)},
        {"status": State.ASKED, "asked_on": ago(2), "refused_on": ago(1)},
        {"status": State.NOT_NEEDED},
        {"status": State.READY, "why_not": "udem"},
    ],
)
def test_the_database_keeps_no_nonsense(file: Application, fields: dict[str, Any]) -> None:
    values = {"kind": Kind.CAQ, **fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        PermitStep.objects.create(application=file, **values)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_report(world: World, amina: User) -> None:
    file = accepted(world, amina)

    def click() -> PermitStep:
        return reported(file, Kind.CAQ, State.ASKED, asked_on=ago(1))

    assert len(in_threads(2, click)) == 2
    step = PermitStep.objects.get()
    assert AuditEntry.objects.about(step).count() == 1
