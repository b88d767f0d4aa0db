"""What must be true of the outbox at any moment; most of it is kept by the table's own constraints."""

from django.apps import apps
from django.db.models import F

from audit.invariants import invariant
from notifications.models import LetterEvent, OutgoingEmail


@invariant
def letters_are_about_something() -> list[str]:
    """Each letter points at a row of a table that exists."""
    tables = {model._meta.label_lower for model in apps.get_models()}
    abouts = OutgoingEmail.objects.values_list("about", flat=True).distinct()
    unknown = {about for about in abouts.iterator() if about.partition(":")[0] not in tables}
    return [f"A letter is about {about}, which is nothing here." for about in sorted(unknown)]


@invariant
def letters_leave_after_they_are_queued() -> list[str]:
    """No letter was sent before it was queued, or without an attempt having begun."""
    early = OutgoingEmail.objects.filter(sent_at__lt=F("queued_at"))
    untried = OutgoingEmail.objects.filter(status="sent", tried_at=None)
    return [
        f"Letter {pk} was sent before it was queued." for pk in early.values_list("pk", flat=True)
    ] + [f"Letter {pk} was sent without an attempt." for pk in untried.values_list("pk", flat=True)]


@invariant
def attempts_are_counted() -> list[str]:
    """A letter that was tried has the time of its last attempt."""
    uncounted = OutgoingEmail.objects.filter(attempts__gt=0, tried_at=None)
    return [
        f"Letter {pk} has attempts but no time." for pk in uncounted.values_list("pk", flat=True)
    ]


@invariant
def letters_obey_their_events() -> list[str]:
    """No letter counts as sent after a service told that its last sending came back."""
    told = LetterEvent.objects.filter(kind=LetterEvent.Kind.BOUNCED, sending=F("letter__resent"))
    deaf = told.filter(letter__status=OutgoingEmail.Status.SENT).values_list("letter", flat=True)
    return [f"Letter {pk} came back and counts as sent." for pk in sorted(set(deaf))]
