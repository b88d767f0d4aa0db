"""Signing in, and up, with a code by mail: the same steps for an address we know and one we do not."""

import time
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from accounts import codes
from accounts.people import admit

SECONDS_BETWEEN_CODES = 60


class SignIn(LoginCodeVerificationProcess):
    """One address, on its way from "send me a code" to a session.

    Nothing here looks the address up before the code was entered, so nothing can tell whether it is known.
    """

    @classmethod
    def begin(cls, request: HttpRequest, *, address: str, then: str | None) -> "SignIn":
        """Send a code to the address; `then` is where the person was going."""
        login = Login(user=None, email=address, redirect_url=then)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, email=address), initiated_by_user=True)
        sign_in = cls(stage)
        sign_in.send()
        sign_in.persist()
        return sign_in

    @property
    def address(self) -> str:
        """Where the code went."""
        return str(self.state["email"])

    @property
    def expires_at(self) -> datetime:
        """Until when the last code works, UTC."""
        return datetime.fromtimestamp(self.state["at"] + self.timeout, tz=UTC)

    @property
    def wait(self) -> int:
        """Seconds until another code may be sent."""
        return max(0, int(self.state["at"] + SECONDS_BETWEEN_CODES - time.time() + 0.999))

    def may_ask(self) -> bool:
        """Count a request for another code, and say whether it may be sent."""
        return codes.may_ask(self.address)

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """Queue the letter with a fresh code."""
        context = {"code": self.generate_code(), "minutes": self.timeout // 60}
        get_adapter().send_mail("account/email/login_code", email, context)

    def resend(self) -> None:
        """Send a fresh code; the ones before no longer work."""
        self.state.update(at=time.time(), failed_attempts=0)
        self.stage.login.initiated_at = time.time()
        super().resend()

    def finish(self, redirect_url: str | None = None, *, stay: bool = False) -> HttpResponse:
        """The code was right: find or enter the person, and go on to the second factor or in."""
        user = admit(self.address, language=get_language() or settings.LANGUAGE_CODE)
        record_authentication(self.request, user, method="code", email=self.address)
        if stay and not user.is_member:
            self.request.session.set_expiry(settings.STAY_SIGNED_IN)
        then = redirect_url or self.stage.login.redirect_url
        return perform_login(self.request, Login(user=user, redirect_url=then, email=self.address))
