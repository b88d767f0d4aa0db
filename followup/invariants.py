"""What must be true of offers and files at UdeM, whatever was killed."""

from django.db.models import Q

from audit.invariants import invariant, off_the_trail
from audit.models import AuditEntry, subject_of
from followup.letters import OFFER_ACCEPTED, OFFER_DECLINED, UDEM_FILED
from followup.models import Offer, Reply, UdemFile
from notifications.models import OutgoingEmail
from reviews.models import Decision, Outcome


@invariant
def offers_rest_on_released_answers() -> list[str]:
    """Nobody replied to what was not offered to them."""
    visible = (Decision.Status.RELEASED, Decision.Status.CORRECTED)
    shown = Q(decision__status__in=visible, decision__outcome=Outcome.ACCEPT)
    return [
        f"{subject_of(row)}: its decision is no released offer."
        for row in Offer.objects.exclude(shown)
    ]


@invariant
def udem_files_follow_acceptances() -> list[str]:
    """An accepted offer has one file at UdeM, for its own program; no other offer has one."""
    accepted = Offer.objects.filter(status=Reply.ACCEPTED, udem_file=None)
    strange = UdemFile.objects.exclude(offer__status=Reply.ACCEPTED)
    moved = UdemFile.objects.filter(offer__status=Reply.ACCEPTED).select_related("offer__decision")
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
    """Each reply, and each report of an application to UdeM, has its letter; a letter has its fact."""
    # What the office alone knows of a file that was never reported has no letter.
    reported = AuditEntry.objects.filter(
        verb="file_udem", subject__startswith=f"{UdemFile._meta.label_lower}:"
    )
    files = {int(entry.partition(":")[2]) for entry in reported.values_list("subject", flat=True)}
    facts = {
        OFFER_ACCEPTED: Offer.objects.filter(status=Reply.ACCEPTED),
        OFFER_DECLINED: Offer.objects.filter(status=Reply.DECLINED),
        UDEM_FILED: Offer.objects.filter(udem_file__in=files),
    }
    sentences = []
    for letter, offers in facts.items():
        wanted = {f"{letter.name}:{pk}" for pk in offers.values_list("pk", flat=True)}
        queued = set(OutgoingEmail.objects.filter(letter=letter.name).values_list("key", flat=True))
        sentences += [f"{key}: the letter is missing." for key in sorted(wanted - queued)]
        sentences += [f"{key}: the letter tells of nothing." for key in sorted(queued - wanted)]
    return sentences


@invariant
def moves_agree_with_the_trail() -> list[str]:
    """The status of an offer and of a file at UdeM is the one that their last move left."""
    rows = [*off_the_trail(Offer.objects.all()), *off_the_trail(UdemFile.objects.all())]
    return [f"{subject_of(row)}: its status is not the trail's." for row in rows]
