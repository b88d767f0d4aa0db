"""The world in which the table of access is read, and one request of one role in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Role, User
from answers import acts, gate
from answers import noting as noted
from answers.models import Act
from applications.models import Application
from committee import anchors, remarks
from committee.models import Plan, Remark
from cycles.clock import day_of
from cycles.models import Cycle
from desk.models import Request
from dossiers import binding, settling
from enrolment import deferring, endings, noting, sharing
from followup import filing, identifying, offers
from followup.models import Filing, UdemFile
from notifications.models import OutgoingEmail
from permits.models import Kind, PermitPath, PermitStep, PermitTerms, State
from retention import holding
from retention import incidents as register
from retention.models import Disposal, Incident, Item
from reviews import assignment as assigning
from reviews.models import Assignment, Conflict, Decision
from scholarships import abouts
from scholarships.models import Category
from scholarships.vault import entries
from tests import factories
from tests.access import awards, lists, panels, scholarships, taken
from tests.committee import factories as committee
from tests.desk.factories import asked
from tests.followup import factories as answers
from tests.reviews import factories as judging
from tests.scholarships.factories import a_candidacy, a_round

ROLES = (
    "anonymous",
    "owner",
    "other",
    "assigned",
    "unassigned",
    "conflicted",
    "coordinator",
    "director",
    "panelist",
    "edi",
    "admin",
)
METHODS = ("GET", "POST")
# Of a year that no other page would tell.
BIRTH = date(1936, 3, 19)
AWAY = "zoe@example.com"


@dataclass
class World:
    """The people by role, the values of the variable parts of addresses, and each one's session."""

    people: dict[str, Any]
    values: dict[str, Any]
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A fresh browser of this role, signed in unless nobody is there to sign in."""
        client = Client(raise_request_exception=False)
        who = self.people[role]
        if who and role not in self.cookies:
            client.force_login(who)
            self.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
        elif who:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        return client

    def address(self, name: str) -> str:
        """The page of that name, about the rows of this world."""
        keys = dict(patterns())[name]
        values = {key: self.values.get(f"{name}.{key}", self.values[key]) for key in keys}
        return reverse(name, kwargs=values)


@cache
def patterns() -> list[tuple[str, list[str]]]:
    """Every named address that we serve, with the names of its variable parts; Django admin's are apart."""

    def walk(resolver: URLResolver) -> list[tuple[str, list[str]]]:
        found: list[tuple[str, list[str]]] = []
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                if entry.namespace != "admin":
                    found += walk(entry)
            elif isinstance(entry, URLPattern) and entry.name:
                found.append((entry.name, list(entry.pattern.converters)))
        return found

    return sorted(dict(walk(get_resolver())).items())


def build(person: Callable[..., User], admin: User) -> World:
    """Made through the verbs: one file being read with a proposal, another answered last year.

    The file being read has a reader, a professor in conflict, and a proposed answer; last year's has an
    accepted offer, and a release.
    """
    cast = people(person, admin)
    offer = _answered_last_year(cast)
    now = factories.submitted(cast["owner"], judging.cycle())
    given = judging.assigned(now, cast["assigned"], by=cast["coordinator"])
    factories.referee(now)
    factories.letter_from(factories.referee(now, name="Bo", email="bo@universite.example"))
    shut = judging.assigned(now, cast["conflicted"], by=cast["coordinator"])
    assigning.declare_conflict(shut, by=cast["conflicted"], why="A friend.")
    found = Conflict.objects.create(
        application=now, person=cast["unassigned"], origin="degree", where="degree"
    )
    (proposed,) = acts.propose([now], "decline", by=cast["coordinator"])
    noted.note(now, "A strong project.", by=cast["coordinator"])
    found_again = [row.fingerprint for row in gate.findings(now.cycle, cast["director"])]
    gate.keep(now.cycle, found_again[:1], "Read by all.", by=cast["director"])
    asked_for = asked(now, by=cast["coordinator"])
    said = remarks.say(now, "Strong.", by=cast["coordinator"])
    plan = committee.ready(now.cycle, by=cast["coordinator"])
    factories.check()
    binding.bind_due()
    values = _values(now, given, proposed, offer) | _at_the_desk(asked_for)
    values |= _of_conflicts(found) | _of_the_committee(now, cast, said=said, plan=plan)
    values |= _at_udem(offer)
    values |= _of_offers(offer)
    values |= _of_blind_files(offer.application, cast["coordinator"])
    values |= _of_permits(offer.application)
    values |= lists.values(offer.application, cast["coordinator"])
    values |= _after_the_answer(offer, now.cycle, cast)
    values |= _at_their_end(now, cast)
    values |= _confidential(now)
    values |= taken.values(cast["coordinator"], [name for name, _keys in patterns()])
    values |= scholarships.values(offer.application)
    values |= panels.values(offer, cast, [name for name, _keys in patterns()])
    values |= _after_the_answer(offer, now.cycle, cast) | awards.values(offer, cast)
    return World(cast, values)


def people(person: Callable[..., User], admin: User) -> dict[str, Any]:
    """Who asks, by role; nobody, for the anonymous one."""
    return {
        "anonymous": None,
        "owner": person("amina"),
        "other": person("bruno"),
        "assigned": person("david", Role.REVIEWER),
        "unassigned": person("denise", Role.REVIEWER),
        "conflicted": person("didier", Role.REVIEWER),
        "coordinator": person("claire", Role.COORDINATOR),
        "director": person("dominique", Role.DIRECTOR),
        "panelist": person("gilles", Role.PANELIST),
        "edi": person("fatou", Role.EDI_OFFICER),
        "admin": admin,
    }


def _answered_last_year(cast: dict[str, Any]) -> Decision:
    """A released answer whose offer was accepted; somebody else is on the waitlist, a third person goes away."""
    staff = {"claire": cast["coordinator"], "dominique": cast["director"]}
    past = factories.cycle(code="A26", is_blind=True)
    answered = factories.submitted(cast["owner"], past)
    offer = answers.decided(answered, "accept", **staff)
    answers.decided(factories.submitted(cast["other"], past), "waitlist", **staff)
    away = User.objects.create(email=AWAY, full_name="Zoe Roy", password="!")
    leaves = answers.decided(factories.submitted(away, past), "accept", **staff)
    answers.release_all(past, **staff)
    for row, who in ((offer, cast["owner"]), (leaves, away)):
        row.refresh_from_db()
        offers.accept(row, by=who, at=timezone.now())
    return offer


def _values(
    now: Application, given: Assignment, proposed: Decision, offer: Decision
) -> dict[str, Any]:
    """The variable parts, by their name or by `address.name` where an address needs another row."""
    document = now.documents.all()[0]
    begun = factories.begun(now)
    factories.pictured(document)
    awaited, arrived = now.referees.all()
    about_referees = [
        name for name, _keys in patterns() if name.startswith(("referee_", "file_referee"))
    ]
    readers = [name for name, _keys in patterns() if name.startswith(("review", "assignment"))]
    about_last_year = ("offer_accept", "offer_decline")
    of_release = [name for name, keys in patterns() if name.startswith("release_") and keys]
    return {
        "number": now.number,
        "receipt": now.submissions.get().receipt,
        "step": "you",
        "code": now.cycle.code,
        "line_restore.step": "studies",
        "slot": "cv",
        "key": "nobody",
        "pk": document.pk,
        "outcome": "waitlist",
        "document": document.pk,
        "upload": begun.pk,
        **{f"{name}.pk": begun.pk for name in ("upload_state", "upload_part", "upload_drop")},
        "document_restore.pk": factories.earlier(document).pk,
        "preparation_tick.pk": factories.preparation().pk,
        "token": awaited.token,
        "letter": arrived.pk,
        "name": "remind_referees",
        "row": awaited.pk,
        "file_letter.pk": arrived.pk,
        **{f"{name}.pk": given.pk for name in readers},
        **{f"{name}.pk": awaited.pk for name in about_referees},
        **{f"{name}.pk": offer.release_id for name in of_release},
        **{f"{name}.pk": offer.pk for name in ("decision_correct", "decision_called")},
        **{
            f"{name}.pk": proposed.pk
            for name in ("decision_approve", "decision_withdraw", "waitlist_place")
        },
        "act_undo.pk": Act.objects.get().pk,
        **{f"{name}.number": offer.application.number for name in about_last_year},
    }


def _of_offers(offer: Decision) -> dict[str, Any]:
    """The variable parts of calls and of what the coordination changes of an offer."""
    acts = ("offer_reopen", "offer_extend", "offer_take_back")
    waits = Decision.objects.released().get(outcome="waitlist")
    return {
        **{f"{name}.number": offer.application.number for name in acts},
        "call_make.pk": waits.pk,
    }


def _of_conflicts(found: Conflict) -> dict[str, Any]:
    """The variable parts of conflicts of interest."""
    acts = ("confirm", "dismiss", "propose_again")
    about = {f"conflict_{act}.pk": found.pk for act in acts}
    return {**about, "ties_of.pk": found.person_id}


def _of_the_committee(
    now: Application, cast: dict[str, Any], *, said: Remark, plan: Plan
) -> dict[str, Any]:
    """The variable parts of calibration, progress, discussion and plans."""
    anchor = anchors.add_ready(now.cycle, by=cast["admin"])[0]
    about_a_reader = ("progress_reader", "progress_move", "progress_extend")
    return {
        "calibration_read.pk": anchor.pk,
        **{f"{name}.pk": cast["assigned"].pk for name in about_a_reader},
        **{f"{name}.pk": said.pk for name in ("remark_correct", "remark_withdraw")},
        **{f"{name}.pk": plan.pk for name in ("plan_show", "plan_apply", "plan_discard")},
    }


def _at_the_desk(piece: Request) -> dict[str, Any]:
    """The variable parts of the office's desk."""
    acts = [name for name, _keys in patterns() if name.startswith("request_")]
    letter = OutgoingEmail.objects.get(letter="piece_asked")
    two = {
        "first": piece.application.applicant_id,
        "second": User.objects.get(email__startswith="bruno").pk,
    }
    of_letters = [name for name, _keys in patterns() if name.startswith("letter_")]
    return {
        "service": "resend",
        "desk_resend.pk": letter.pk,
        **two,
        **{f"{name}.pk": letter.pk for name in of_letters},
        **{f"{name}.pk": piece.pk for name in acts},
    }


def _at_udem(offer: Decision) -> dict[str, Any]:
    """The variable parts of the file at UdeM: last year's offer was accepted, and the application there reported."""
    file, today = offer.application, day_of(timezone.now())
    row = UdemFile.objects.get(offer__decision=offer)
    filing.report_filing(row, by=file.applicant, number=answers.NUMBER, filed_on=today)
    identifying.tell(file, by=file.applicant, birth=BIRTH, citizenships=["SN"], code="BENA06036509")
    names = [name for name, _keys in patterns() if name.startswith("udem_")]
    return {
        **{f"{name}.number": file.number for name in names},
        **{f"{name}.slot": "udem-filing" for name in ("udem_proof", "udem_proof_remove")},
    }


def _of_blind_files(file: Application, by: User) -> dict[str, Any]:
    """The variable parts of what hides names: last year was read blindly."""
    row = settling.hide_part(file.submissions.get(), "cv", 1, "top_third", by=by)
    names = [name for name, _keys in patterns() if name.startswith("redaction")]
    return {
        **{f"{name}.number": file.number for name in names},
        **{f"{name}.pk": row.pk for name in names},
    }


def _of_permits(file: Application) -> dict[str, Any]:
    """The variable parts of permits: a CAQ that was asked for."""
    PermitStep.objects.create(
        application=file, kind=Kind.CAQ, status=State.ASKED, asked_on=day_of(timezone.now())
    )
    PermitPath.objects.create(application=file, canada_status="none")
    PermitTerms.objects.create(
        cycle=file.cycle,
        internship_hours=1,
        signer="A",
        signer_title_fr="B",
        signer_title_en="C",
    )
    names = [name for name, _keys in patterns() if name.startswith("permit")]
    return {
        "kind": "caq",
        "to": "more",
        "language": "fr",
        **{f"{name}.number": file.number for name in names},
    }


def _after_the_answer(offer: Decision, later: Cycle, cast: dict[str, Any]) -> dict[str, Any]:
    """The variable parts of the board: somebody of last year is deferred, after an end that was recorded and changed."""
    by, file, act = cast["coordinator"], offer.application, uuid4()
    today = day_of(timezone.now())
    ended = Filing.NOT_REGISTERED
    away = Application.objects.get(applicant__email=AWAY)
    endings.record_ends(file.cycle, [away.pk], ended, on=today, key=act, by=by)
    promised = deferring.defer(away, later, reason="A birth.", by=by)
    sharing.give([file], by, by=by)
    noting.note(file, "Called on Monday.", about="spoken", by=by)
    persons = ("followup_person", "followup_note", "followup_defer")
    of_cycle = [name for name, _keys in patterns() if name.startswith("closing_")]
    of_cycle += ["handing_over", "followup_welcome", "cycle_closing"]
    return {
        "act": act,
        "deferral_undo.pk": promised.pk,
        **{f"{name}.number": file.number for name in persons},
        **{f"{name}.code": file.cycle.code for name in of_cycle},
    }


def _at_their_end(file: Application, cast: dict[str, Any]) -> dict[str, Any]:
    """The variable parts of retention: a list to check with a line, a hold, an incident."""
    held = holding.hold(file, why="A complaint is open.", by=cast["coordinator"])
    listed = Disposal.objects.create(kind="ended", rule="24 months", size=1)
    subject = f"applications.application:{file.pk}"
    line = Item.objects.create(disposal=listed, subject=subject, due_on=day_of(timezone.now()))
    entered = Incident(found_on=day_of(timezone.now()), what="A list.", information="Names.")
    register.save(entered, by=cast["director"])
    of_lists = [name for name, keys in patterns() if name.startswith("disposal")]
    return {
        "item": line.pk,
        "hold_lift.pk": held.pk,
        "incident.pk": entered.pk,
        **{f"{name}.pk": listed.pk for name in of_lists},
    }


def _confidential(file: Application) -> dict[str, Any]:
    """The variable parts of what is confidential: a budget of Category 3, with its proof."""
    row = a_candidacy(a_round(file.cycle, Category.SOCIOECONOMIC), file)
    entries.declare(abouts.budget(row), {"rent": 900}, by=file.applicant)
    acts = ("edi_need", "edi_shortlist", "edi_shortlist_undo", "edi_open")
    return {"what": "budget", **{f"{name}.number": row.number for name in acts}}


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def status(world: World, role: str, method: str, name: str) -> str:
    """What this role gets: the code, `in` for being sent to sign in, `to` for any other redirect."""
    client = world.client(role)
    answer: Any = None
    try:
        with transaction.atomic(), transaction.atomic("vault"):
            ask = client.get if method == "GET" else client.post
            answer = ask(world.address(name))
            raise _Undo
    except _Undo:
        pass
    if answer.streaming:
        list(answer.streaming_content)  # the client closes it at its end
    if answer.status_code in (301, 302):
        return "in" if "/sign-in/?next=" in answer.url else "to"
    return str(answer.status_code)
