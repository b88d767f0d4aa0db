"""What goes over the wire: the text, the same as HTML, the dates as a calendar, the cycle's sender and address for replies."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from icalendar import Calendar

from notifications import delivery
from notifications.calendars import Entry
from notifications.forgetting import forget
from notifications.models import OutgoingEmail
from tests import factories
from tests.mail import TestMailbox
from tests.notifications.conftest import Queue

pytestmark = pytest.mark.django_db(transaction=True)
DATES = [
    Entry(
        "closes",
        gettext_lazy("Last moment to submit to Mila"),
        datetime(2027, 2, 1, 4, 59, 59, tzinfo=UTC),
        "A27-X",
        "my_application",
    ),
    Entry("answer", "Réponse", date(2027, 1, 31), "A27-X"),
    Entry("alone", "Seule", date(2027, 1, 31)),
]


def delivered(mailbox: TestMailbox) -> EmailMessage:
    """The one letter that came."""
    delivery.deliver()
    (kept,) = mailbox.store.find()
    return kept.message


def test_text_html_and_calendar_travel_together(mailbox: TestMailbox, queued: Queue) -> None:
    cycle = factories.cycle(
        sender_fr="Admissions – Élèves", sender_en="Mila", reply_to="reponses@mila.quebec"
    )
    row = queued(context={"name": "Amina", "cycle": cycle, "dates": DATES})
    message = delivered(mailbox)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert message["From"] == "Admissions – Élèves <admissions@localhost>"
    assert message["Reply-To"] == "reponses@mila.quebec"
    html = message.get_body(("html",))
    assert html is not None
    assert "Bonjour Amina" in html.get_content()
    (attached,) = message.iter_attachments()
    assert attached["Content-Type"].params["method"] == "PUBLISH"
    text: Any = attached.get_payload(decode=True)
    calendar: Any = Calendar.from_ical(text)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert list(events) == ["closes-A27-X@localhost", "answer-A27-X@localhost", "alone@localhost"]
    closes = events["closes-A27-X@localhost"]
    assert closes["SUMMARY"] == "Dernier moment pour soumettre à Mila"
    assert closes["SUMMARY"].params["LANGUAGE"] == "fr-CA"
    assert closes.decoded("DTSTART") == DATES[0].when
    assert b"DTSTART:20270201T045959Z" in text
    assert b"DTSTART;VALUE=DATE:20270131" in text
    assert closes["URL"] == "http://localhost:8000/applications/mine/"
    assert abs(closes.decoded("DTSTAMP") - row.queued_at).total_seconds() < 1
    assert len(closes.walk("VALARM")) == 2
    assert not events["answer-A27-X@localhost"].walk("VALARM")


def test_what_was_queued_is_what_is_sent(mailbox: TestMailbox, queued: Queue) -> None:
    cycle = factories.cycle(reply_to="avant@mila.quebec", sender_fr="Avant", sender_en="Before")
    queued(language="en", context={"name": "Amina", "cycle": cycle})
    cycle.reply_to, cycle.sender_en = "apres@mila.quebec", "After"
    cycle.save()
    message = delivered(mailbox)
    assert (message["Reply-To"], message["From"]) == (
        "avant@mila.quebec",
        "Before <admissions@localhost>",
    )


def test_without_a_cycle_the_deployment_writes(mailbox: TestMailbox, queued: Queue) -> None:
    queued()
    message = delivered(mailbox)
    assert message["From"] == "Mila admissions <admissions@localhost>"
    assert message["Reply-To"] is None
    assert not list(message.iter_attachments())


def test_a_sender_cannot_add_a_header(queued: Queue) -> None:
    row = queued()
    for name in ("sender", "reply_to"):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutgoingEmail.objects.filter(pk=row.pk).update(**{name: "a\nBcc: b@example.com"})


def test_what_is_forgotten_loses_its_dates(queued: Queue, amina: Any) -> None:
    row = queued(context={"name": "Amina", "dates": DATES})
    assert len(row.dates) == 3
    OutgoingEmail.objects.update(status="sent", sent_at=timezone.now())
    forget(amina)
    row.refresh_from_db()
    assert (row.text, row.dates) == ("", [])
