"""What must be true of reminders, welcomes, deferrals and closings, whatever was killed."""

from collections.abc import Iterator

from django.db.models import F, Q

from audit.invariants import invariant, off_the_trail
from audit.models import AuditEntry, subject_of
from enrolment.letters import DEFERRAL_RECORDED, FOLLOW_UP_REMINDER, WELCOME, welcome_key
from enrolment.models import Closing, Deferral, Reminder, Welcome
from followup.models import Filing
from notifications.models import OutgoingEmail


def _queued(letter: str) -> set[str]:
    """The keys of the letters of a kind."""
    return set(OutgoingEmail.objects.filter(letter=letter).values_list("key", flat=True))


@invariant
def letters_of_the_board_have_their_rows() -> Iterator[str]:
    """Each reminder, welcome and deferral has its letter, once; and no such letter is without its row."""
    wanted = {
        FOLLOW_UP_REMINDER.name: {
            f"{FOLLOW_UP_REMINDER.name}:{key}:{pk}"
            for key, pk in Reminder.objects.values_list("batch__key", "application")
        },
        WELCOME.name: set(map(welcome_key, Welcome.objects.values_list("application", flat=True))),
        DEFERRAL_RECORDED.name: {
            f"{DEFERRAL_RECORDED.name}:{pk}" for pk in Deferral.objects.values_list("pk", flat=True)
        },
    }
    for letter, keys in wanted.items():
        queued = _queued(letter)
        yield from (f"{key}: the letter is missing." for key in sorted(keys - queued))
        yield from (f"{key}: the letter tells of nothing." for key in sorted(queued - keys))


@invariant
def only_registered_people_were_welcomed() -> Iterator[str]:
    """Whoever was welcomed has been registered: now, or by the trail when it was put right since."""
    registered = Q(application__decisions__offer__udem_file__status=Filing.REGISTERED)
    others = Welcome.objects.exclude(registered).prefetch_related(
        "application__decisions__offer__udem_file"
    )
    for row in others:
        files = [
            subject_of(offer.udem_file)
            for decision in row.application.decisions.all()
            if (offer := getattr(decision, "offer", None)) and hasattr(offer, "udem_file")
        ]
        if not AuditEntry.objects.filter(subject__in=files, new=Filing.REGISTERED).exists():
            yield f"{subject_of(row)}: welcomed, and never registered."


@invariant
def deferrals_have_their_status() -> Iterator[str]:
    """A promise that stands is of a file that is deferred at UdeM, in the same program, to a later cycle."""
    file = "application__decisions__offer__udem_file"
    standing = Deferral.objects.standing()
    sound = Q(**{f"{file}__status": Filing.DEFERRED, f"{file}__program": F("program")})
    for row in standing.exclude(pk__in=standing.filter(sound).values("pk")):
        yield f"{subject_of(row)}: its file at UdeM is not deferred."
    for row in standing.filter(to_cycle__opens_at__lte=F("application__cycle__opens_at")):
        yield f"{subject_of(row)}: not to a later cycle."


@invariant
def closings_agree_with_the_trail() -> list[str]:
    """The status of a closing is the one that its last move left, and two people stand behind it."""
    alone = Closing.objects.filter(confirmed_by=F("proposed_by"))
    return [
        *(
            f"{subject_of(row)}: its status is not the trail's."
            for row in off_the_trail(Closing.objects.all())
        ),
        *(f"{subject_of(row)}: confirmed by its proposer." for row in alone),
    ]
