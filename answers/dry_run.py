"""Looking at a release before it happens: what would leave, who lacks something, what changed. Touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language

from accounts.models import Language, User
from answers.frozen import FEW, added, fingerprint, gone, objected, waiting, without_answer
from answers.letters import addressed, letter_of
from applications.sight import unhidden
from cycles.models import Cycle, Intake, Program
from notifications.letters import Letter, Rendered, Unsendable, render
from notifications.models import LetterText, OutgoingEmail
from notifications.outbox import Addressed
from notifications.overriding import in_use
from reviews.models import Decision, Outcome, Release

SAMPLE = 2
ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
SETTLED = (Decision.Status.APPROVED, Decision.Status.RELEASED)


@dataclass(frozen=True)
class Seats:
    """One program's accepted people, those of before included, against its seats."""

    program: Program
    accepted: int
    seats: int | None

    @property
    def fits(self) -> bool:
        """Whether there is a seat for everybody who is told yes."""
        return self.seats is None or self.accepted <= self.seats


@dataclass(frozen=True)
class DryRun:
    """What a release would do now: letters by kind and language, who lacks one, what changed."""

    letters: list[dict[str, Any]]
    lacking: list[str]
    unreachable: list[str]
    added: list[str]
    gone: list[str]
    changed: list[str]
    objections: list[str]
    seats: list[Seats]
    matches: bool

    @property
    def total(self) -> dict[str, int]:
        """Letters in French, in English and together."""
        return {key: sum(line[key] for line in self.letters) for key in ("fr", "en", "all")}

    @property
    def is_clear(self) -> bool:
        """Whether nothing of the list keeps a director from approving it."""
        return self.matches and not self.objections


@dataclass(frozen=True)
class Preview:
    """One letter as it would leave."""

    number: str
    language: str
    address: str
    letter: Rendered | None


def dry_run(prepared: Release, user: User) -> DryRun:
    """Look, and touch nothing. Sums are the whole cycle's; files are named only to those who may see them."""
    now = waiting(prepared.cycle, prepared.kind)
    came, went = _numbers(added(prepared), user), _numbers(gone(prepared), user)
    lacking = unhidden(without_answer(prepared.cycle), user).values_list("number", flat=True)
    return DryRun(
        letters=[{**line, "label": label_of(line)} for line in _letters(now)],
        lacking=[] if prepared.is_correction else list(lacking[:FEW]),
        unreachable=_numbers(_unreachable(now), user)[:FEW],
        added=[number for number in came if number not in went][:FEW],
        gone=[number for number in went if number not in came][:FEW],
        changed=[number for number in came if number in went][:FEW],
        objections=objected(now, user) if prepared.is_correction else [],
        seats=_seats(prepared.cycle),
        matches=fingerprint(now) == prepared.fingerprint,
    )


def _letters(rows: "models.QuerySet[Decision]") -> Any:
    """How many of each answer, by language."""
    return (
        rows.order_by()
        .values("outcome", "program__name_fr", "program__name_en", "program__position")
        .annotate(
            fr=Count("pk", filter=Q(application__applicant__language="fr")),
            en=Count("pk", filter=Q(application__applicant__language="en")),
            all=Count("pk"),
        )
        .order_by("outcome", "program__position")
    )


def label_of(line: Mapping[str, Any]) -> str:
    """`Accept, M.Sc.`: one kind of answer, in the language of the page."""
    english = (get_language() or "fr").startswith("en")
    program = line["program__name_en" if english else "program__name_fr"]
    outcome = str(Outcome(line["outcome"]).label)
    return f"{outcome}, {program}" if program else outcome


def _unreachable(rows: "models.QuerySet[Decision]") -> "models.QuerySet[Decision]":
    """Answers whose letter would not arrive: no address, or one that refused our last letter."""
    refused = OutgoingEmail.objects.filter(
        address=OuterRef("application__applicant__email"), status=OutgoingEmail.Status.BOUNCED
    )
    broken = ~Q(application__applicant__email__regex=ADDRESS)
    return rows.filter(broken | Exists(refused))


def _seats(cycle: Cycle) -> list[Seats]:
    """Every program of the cycle; a correction on the list counts in the place of what it corrects."""
    replaced = Decision.objects.corrections().filter(status=Decision.Status.APPROVED)
    counting = Decision.objects.filter(
        Q(is_current=True) | Q(corrects__isnull=False, status=Decision.Status.APPROVED),
        application__cycle=cycle,
        status__in=SETTLED,
        outcome=Outcome.ACCEPT,
    ).exclude(pk__in=replaced.values("corrects"))
    counts = dict(counting.order_by().values_list("program").annotate(Count("pk")))
    intakes = Intake.objects.filter(cycle=cycle).select_related("program")
    return [
        Seats(row.program, counts.get(row.program_id, 0), row.seats)
        for row in intakes.order_by("program__position")
    ]


def _numbers(rows: "models.QuerySet[Decision]", user: User) -> list[str]:
    """The file numbers that this person may know, of a list that changed little."""
    seen = unhidden(rows, user, "application").order_by("application__number")
    return list(seen.values_list("application__number", flat=True)[: 10 * FEW])


def previews(prepared: Release, user: User) -> list[Preview]:
    """Letters of real files drawn by lot, of both languages, exactly as they would leave."""
    rows = unhidden(waiting(prepared.cycle, prepared.kind), user, "application")
    rows = rows.select_related("application__applicant", "application__cycle")
    drawn: list[Decision] = []
    for language in Language.values:
        drawn += rows.filter(application__applicant__language=language).order_by("?")[:SAMPLE]
    copies = [(letter_of(decision), addressed(decision)) for decision in drawn]
    words = in_use(copies[0][0].name, [one.context for _letter, one in copies]) if copies else {}
    return [
        _preview(decision.application.number, *copy, words)
        for decision, copy in zip(drawn, copies, strict=True)
    ]


def _preview(
    number: str, letter: Letter, one: Addressed, words: Mapping[str, LetterText]
) -> Preview:
    """One letter, or none where its text cannot be made. `words`: the cycle's own, where it has them."""
    try:
        text = render(letter, language=one.language, context=one.context, texts=words)
    except Unsendable:
        text = None
    return Preview(number, one.language, one.address, text)
