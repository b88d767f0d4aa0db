"""What the timetable does after the answer."""

from celery import shared_task

from audit.turns import run
from followup import errands, udem_errands


@shared_task
def lapse_offers() -> None:
    """Record the offers that nobody replied to in time."""
    run(errands.LAPSE_OFFERS)


@shared_task
def remind_of_replies() -> None:
    """Write to those whose offer waits for a reply."""
    run(errands.REMIND_OF_REPLIES)


@shared_task
def remind_of_udem() -> None:
    """Write to those who said yes and have not reported their application to UdeM."""
    run(errands.REMIND_OF_UDEM)


@shared_task
def remind_of_udem_documents() -> None:
    """Write to those whose documents are due at UdeM soon."""
    run(udem_errands.REMIND_OF_DOCUMENTS)


@shared_task
def remind_of_udem_offer() -> None:
    """Write to those who have UdeM's offer to accept soon."""
    run(udem_errands.REMIND_OF_ACCEPTING)


@shared_task
def call_by_itself() -> None:
    """Call the next of the waitlist where a cycle says so."""
    run(errands.CALL_BY_ITSELF)


@shared_task
def end_waitlists() -> None:
    """Write to those who were never called."""
    run(errands.END_WAITLISTS)


@shared_task
def tell_free_seats() -> None:
    """Tell the coordinators of places that are free."""
    run(errands.TELL_FREE_SEATS)
