"""What must be true of offers and files at UdeM, whatever was killed."""

from collections import Counter

from django.db.models import Q, QuerySet

from audit.invariants import invariant, off_the_trail
from audit.models import AuditEntry, subject_of
from followup.calls import TAKE_SEAT
from followup.changes import REOPEN
from followup.letters import (
    ACCEPTANCE_TAKEN_BACK,
    OFFER_ACCEPTED,
    OFFER_ACCEPTED_LATE,
    OFFER_DECLINED,
    OFFER_REOPENED,
    UDEM_FILED,
    WAITLIST_CALLED,
    key_of,
)
from followup.models import AT_AN_END, Filing, Offer, Reply, UdemFile
from notifications.letters import Letter
from notifications.models import OutgoingEmail
from reviews.models import Decision, Outcome

VISIBLE = (Decision.Status.RELEASED, Decision.Status.CORRECTED)
# What an offer that is not accepted leaves behind at UdeM when its yes was taken back.
OVER = tuple(status for status in AT_AN_END if status != Filing.REGISTERED)


@invariant
def offers_rest_on_released_answers() -> list[str]:
    """Nobody replied to what was not offered to them; nobody was called who did not wait."""
    accepted = Q(decision__outcome=Outcome.ACCEPT, called_at=None)
    called = Q(decision__outcome=Outcome.WAITLIST, called_at__isnull=False)
    shown = Q(accepted | called, decision__status__in=VISIBLE)
    return [
        f"{subject_of(row)}: its decision is no released offer."
        for row in Offer.objects.exclude(shown)
    ]


@invariant
def called_answers_stay() -> list[str]:
    """The waitlist answer behind a call was not corrected."""
    called = Offer.objects.filter(called_at__isnull=False)
    return [
        f"{subject_of(row)}: the answer behind the call gave way."
        for row in called.exclude(decision__status=Decision.Status.RELEASED)
    ]


@invariant
def seats_are_taken_for_a_reason() -> list[str]:
    """Each call, and each opening of an offer again, took a seat: a free one, or one beyond the seats with a reason."""
    label = Offer._meta.label_lower
    entries = AuditEntry.objects.filter(subject__startswith=f"{label}:")
    taken = entries.filter(verb=TAKE_SEAT)
    acts = Counter(
        entries.filter(verb__in=("call_from_waitlist", REOPEN.name)).values_list(
            "subject", flat=True
        )
    )
    seats = Counter(taken.values_list("subject", flat=True))
    called = {subject_of(row) for row in Offer.objects.filter(called_at__isnull=False).only("pk")}
    return [
        *(f"{name}: called without a line of the trail." for name in sorted(called - set(acts))),
        *(f"{name}: acts and seats differ." for name in sorted(acts) if acts[name] != seats[name]),
        *(
            f"{row.subject}: beyond the seats without a reason."
            for row in taken.filter(details__free__lt=1, why="")
        ),
    ]


@invariant
def udem_files_follow_acceptances() -> list[str]:
    """An accepted offer has one file at UdeM, for its own program; another has one only if it ended with a yes taken back."""
    accepted = Offer.objects.filter(status=Reply.ACCEPTED, udem_file=None)
    strange = UdemFile.objects.exclude(
        Q(offer__status=Reply.ACCEPTED) | Q(status__in=OVER, offer__round__gt=1)
    )
    moved = UdemFile.objects.select_related("offer__decision")
    return [
        *(f"{subject_of(row)}: accepted, without a file at UdeM." for row in accepted),
        *(f"{subject_of(row)}: its offer was not accepted." for row in strange),
        *(
            f"{subject_of(row)}: not for the program that was offered."
            for row in moved
            if row.program_id != row.offer.decision.program_id
        ),
    ]


@invariant
def replies_are_confirmed() -> list[str]:
    """Each reply, call and report of an application to UdeM has its letter; a letter has its fact.

    Letters of an earlier round of an offer tell of what was true then.
    """
    rounds = dict(Offer.objects.values_list("pk", "round"))
    sentences = []
    for letters, offers in _facts().items():
        named = [letter.name for letter in letters]
        rows = OutgoingEmail.objects.filter(letter__in=named).values_list("key", flat=True)
        # By the offer and its round, whichever of the letters it was.
        queued = {key.partition(":")[2]: key for key in rows}
        wanted = {key_of(letters[0], offer).partition(":")[2] for offer in offers}
        sentences += [f"{named[0]}:{of}: the letter is missing." for of in wanted - set(queued)]
        sentences += [
            f"{key}: the letter tells of nothing."
            for of, key in queued.items()
            if of not in wanted and not _is_past(of, rounds)
        ]
    return sorted([*sentences, *_unconfirmed_filings()])


def _facts() -> dict[tuple[Letter, ...], QuerySet[Offer]]:
    """The letters that tell of each fact of an offer; the first names it."""
    rows = Offer.objects.only("pk", "round")
    said_no = rows.filter(status=Reply.DECLINED)
    return {
        (OFFER_ACCEPTED, OFFER_ACCEPTED_LATE): rows.filter(status=Reply.ACCEPTED),
        (OFFER_DECLINED,): said_no.filter(taken_back_at=None),
        (ACCEPTANCE_TAKEN_BACK,): said_no.filter(taken_back_at__isnull=False),
        (OFFER_REOPENED,): rows.filter(opened_at__isnull=False, taken_back_at=None),
    }


def _is_past(of: str, rounds: dict[int, int]) -> bool:
    """Whether a key, without its letter, is of a round before the one that an offer is in."""
    pk, _colon, round_ = of.partition(":")
    return int(round_ or 1) < rounds.get(int(pk), 0)


def _unconfirmed_filings() -> list[str]:
    """Calls and reports to UdeM without their letter, and the other way round."""
    # What the office alone knows of a file that was never reported has no letter.
    reported = AuditEntry.objects.filter(
        verb="file_udem", subject__startswith=f"{UdemFile._meta.label_lower}:"
    )
    files = {int(entry.partition(":")[2]) for entry in reported.values_list("subject", flat=True)}
    facts = {
        WAITLIST_CALLED: Offer.objects.filter(called_at__isnull=False),
        UDEM_FILED: Offer.objects.filter(udem_file__in=files),
    }
    sentences = []
    for letter, rows in facts.items():
        queued = set(OutgoingEmail.objects.filter(letter=letter.name).values_list("key", flat=True))
        wanted = {f"{letter.name}:{pk}" for pk in rows.values_list("pk", flat=True)}
        sentences += [f"{key}: the letter is missing." for key in wanted - queued]
        sentences += [f"{key}: the letter tells of nothing." for key in queued - wanted]
    return sentences


@invariant
def moves_agree_with_the_trail() -> list[str]:
    """The status of an offer and of a file at UdeM is the one that their last move left."""
    rows = [*off_the_trail(Offer.objects.all()), *off_the_trail(UdemFile.objects.all())]
    return [f"{subject_of(row)}: its status is not the trail's." for row in rows]
