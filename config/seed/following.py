"""How the office followed last year's people: who looked after whom, what was noted, a reminder, a filter kept."""

from datetime import timedelta
from uuid import UUID

from applications.models import Application
from config.seed import pretence
from config.seed.judging import Staff
from cycles.clock import at_hour
from cycles.models import Cycle
from enrolment import noting, reminding, sharing
from enrolment.models import Batch, Care, Kind, Note, Reminder
from enrolment.places import places
from finding import keeping as views
from finding.lists import LISTS
from notifications.models import OutgoingEmail

SENDING = UUID("5f0c7c1e-6b0a-4d57-9a3b-0f6f6e2b7a10")
SAID = (
    (Note.About.TRIED, ""),
    (Note.About.SPOKEN, "La demande est presque prête; le relevé traduit arrive vendredi."),
    (Note.About.NOTE, "Préfère les courriels : travaille de nuit cet hiver."),
)


def look_after(cycle: Cycle, staff: Staff) -> None:
    """Everyone is looked after; those who have not filed are reminded three days before the safe date, then called."""
    by = staff.coordinator
    moment = at_hour(cycle.udem_safe_on - timedelta(days=3), 10)
    with pretence.at(moment):
        everyone = [row for row in places(by, cycle, moment) if row.said_yes]
        people = list(Application.objects.filter(pk__in=[row.application for row in everyone]))
        if not people:
            return
        sharing.share(people, [by], by=by)
        late = [row.application for row in everyone if not row.numbered]
        if late:
            reminding.remind(cycle, late, Kind.FILING, key=SENDING, by=by)
        for person, (about, text) in zip(people, SAID, strict=False):
            noting.note(person, text, about=about, by=by)
    Care.objects.filter(application__cycle=cycle).update(at=moment)
    Batch.objects.filter(key=SENDING).update(at=moment)
    Reminder.objects.filter(batch__key=SENDING).update(at=moment)
    sent = OutgoingEmail.objects.filter(letter="follow_up_reminder")
    sent.filter(key__contains=str(SENDING)).update(queued_at=moment)
    Note.objects.filter(application__cycle=cycle).update(at=moment + timedelta(days=1))
    late_first = {"show": "overdue", "sort": "program"}
    name = "En retard, programme par programme"
    views.keep(LISTS["followup_board"], name, late_first, share=True, by=by)
