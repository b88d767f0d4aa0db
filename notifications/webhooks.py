"""Where mail services tell what became of letters: an address for each that is configured, none for the others.

django-anymail reads and checks what each service posts; nothing is taken that neither a shared secret nor a
signature vouches for.
"""

import base64
import binascii
import hashlib
import hmac
import logging
import time
from typing import Any

from anymail.exceptions import (
    AnymailConfigurationError,
    AnymailError,
    AnymailWebhookValidationFailure,
)
from anymail.urls import urlpatterns as anymail_addresses
from anymail.utils import get_anymail_setting
from anymail.webhooks.resend import ResendTrackingWebhookView, SvixWebhookValidationMixin
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import ways
from notifications.events import note

logger = logging.getLogger(__name__)

# A batch of events of the most talkative service stays below it.
LONGEST = 1024 * 1024
# How old a signed request may be, in seconds: one that was overheard cannot be told again for ever.
FRESH = 300
SUFFIX = "_tracking_webhook"
# What makes a service's requests trustworthy without the shared secret, by the name of its setting.
SIGNED_BY = (
    *("signing_secret", "webhook_signing_key", "webhook_key"),
    "tracking_webhook_verification_key",
)


class ResendEvents(ResendTrackingWebhookView):
    """Resend's events with their signature checked here: its own library for that is one package more."""

    def __init__(self, **kwargs: Any) -> None:
        self.secret = get_anymail_setting("signing_secret", esp_name="Resend", default="")
        self.warn_if_no_basic_auth = not self.secret
        self._svix_webhook = None
        super(SvixWebhookValidationMixin, self).__init__(**kwargs)

    def validate_request(self, request: HttpRequest) -> None:
        """Raise AnymailWebhookValidationFailure unless Resend signed these very bytes, a moment ago."""
        if self.secret and not _signed_by_svix(request, self.secret):
            raise AnymailWebhookValidationFailure("The signature is not Resend's.")


def _signed_by_svix(request: HttpRequest, secret: str) -> bool:
    """Whether one of the signatures of the request is that of its id, its time and its body."""
    said = [request.headers.get(f"svix-{part}", "") for part in ("id", "timestamp", "signature")]
    number, moment, signatures = said
    try:
        fresh = abs(time.time() - int(moment)) <= FRESH
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (ValueError, binascii.Error):
        return False
    signed = f"{number}.{moment}.".encode() + request.body
    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    told = [part.partition(",")[2].encode() for part in signatures.split()]
    return fresh and any(hmac.compare_digest(right, one) for one in told)


READERS: dict[str, Any] = {
    (entry.name or "").removesuffix(SUFFIX): entry.callback.view_class
    for entry in anymail_addresses
    if (entry.name or "").endswith(SUFFIX)
} | {"resend": ResendEvents}


def vouched_for(service: str) -> bool:
    """Whether something tells this service's requests from anybody's."""
    if get_anymail_setting("webhook_secret", default=""):
        return True
    name = READERS[service].esp_name
    return any(get_anymail_setting(key, esp_name=name, default="") for key in SIGNED_BY)


def listened_to(service: str) -> bool:
    """Whether letters may leave by this service, and its words can be trusted."""
    known = [way.service for way in (ways.first(), ways.second()) if way]
    return service in READERS and service in known and vouched_for(service)


@csrf_exempt  # No browser comes here, and no session is looked at.
@login_not_required
@require_http_methods(["HEAD", "POST"])
def mail_events(request: HttpRequest, service: str) -> HttpResponse:
    """What a service tells: 200 once it is kept, 403 for a forgery, 400 for what cannot be read."""
    if not listened_to(service):
        raise Http404
    if request.method == "HEAD":  # some services ask whether somebody is there
        return HttpResponse()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=413)
    reader = READERS[service]()
    try:
        reader.run_validators(request)
        events = reader.parse_events(request)
    except AnymailWebhookValidationFailure:
        return _refused(service, 403)
    except (
        AnymailError,
        AnymailConfigurationError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ):
        return _refused(service, 400)
    for event in events:
        note(event, service=service)
    return HttpResponse()


def _refused(service: str, status: int) -> HttpResponse:
    """No, and a line for the logs without a word of what was said."""
    logger.warning("Events of %s: refused with %s.", service, status)
    return HttpResponse(status=status)
