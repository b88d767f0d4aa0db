"""When a person last proved who they are, for what is shown a few minutes after that only."""

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def signed_in_at(request: HttpRequest) -> datetime:
    """The last moment at which this session signed in, or confirmed it; long ago where that is not known."""
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    return datetime.fromtimestamp(max(moments), UTC) if moments else LONG_AGO
