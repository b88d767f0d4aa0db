"""Rows of the office's desk, made through its verbs."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications.models import Application
from cycles.clock import day_of
from desk import pieces
from desk.models import Request
from tests import factories


def asked(application: Application, *, by: User, days: int = 7, **fields: Any) -> Request:
    """A piece asked for, due in this many days; in the past with a negative number."""
    today = day_of(timezone.now())
    values = {"title": "Relevé final", "reason": "Le vôtre s’arrête en 2025.", **fields}
    due_on = today + timedelta(days=max(days, 0))
    request = pieces.ask(application, due_on=due_on, by=by, **values)
    if days < 0:
        request.due_on = today + timedelta(days=days)
        request.save(update_fields=["due_on"])
    return request


def received(request: Request, content: bytes | None = None) -> Request:
    """What was asked, sent by the applicant."""
    applicant = request.application.applicant
    return pieces.receive(
        request, factories.upload_of(content), pages=1, by=applicant, at=timezone.now()
    )


def accepted(application: Application, *, by: User, **fields: Any) -> Request:
    """A piece that was asked for, came and does."""
    return pieces.accept(received(asked(application, by=by, **fields)), by=by)
