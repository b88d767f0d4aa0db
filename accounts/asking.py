"""The type of a request once the middleware has seen it: a signed-in person, at a known moment."""

from datetime import datetime

from django.http import HttpRequest

from accounts.models import User


class Asked(HttpRequest):
    """What every view behind the sign-in gets. For annotations: nothing makes one."""

    user: User
    arrived_at: datetime  # when the front server got it, UTC
    id: str
