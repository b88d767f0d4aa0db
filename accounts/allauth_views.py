"""Views of django-allauth with the house's rules added."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.account.stages import LoginStage
from allauth.account.views import (
    AccountInactiveView,
    CompletePasswordResetView,
    ConfirmEmailVerificationCodeView,
    ConfirmPasswordResetCodeView,
    LoginView,
    PasswordResetFromKeyDoneView,
    PasswordResetView,
)
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic.base import ContextMixin

from accounts.second_factor import SecondFactorAdapter, may_remove


class Entrance(ContextMixin):
    """A page before one is in. What allauth calls `site` there is the house's word for something else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's variables, without that one."""
        page = super().get_context_data(**kwargs)
        page.pop("site", None)
        return page


class Inactive(Entrance, AccountInactiveView):
    """A closed account."""


class ForgottenPassword(Entrance, PasswordResetView):
    """Whose password."""


class NewPassword(Entrance, CompletePasswordResetView):
    """A new password, after the code."""


class PasswordChanged(Entrance, PasswordResetFromKeyDoneView):
    """It is done."""


class SecondStep(Entrance, AuthenticateView):
    """The second factor, at sign-in."""


class PasswordSignIn(Entrance, LoginView):
    """Address and password, for those who set one."""

    template_name = "account/password_sign_in.html"

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        """Someone who came back here starts again, whatever was pending."""
        return None


class ConfirmPasswordCode(Entrance, ConfirmPasswordResetCodeView):
    """The code for a new password; wrong ones are counted for the address."""

    _process: PasswordResetVerificationProcess

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form compares, and for which address it counts."""
        kwargs = super().get_form_kwargs()
        return kwargs | {"expected": kwargs.pop("code"), "address": self._process.state["email"]}


@method_decorator(login_not_required, name="dispatch")
class ConfirmAddressCode(Entrance, ConfirmEmailVerificationCodeView):
    """The code that proves an address."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form compares, for which address it counts, and who asks for it."""
        kwargs = super().get_form_kwargs()
        return kwargs | {"expected": kwargs.pop("code"), "address": kwargs.pop("email")}


class AddApp(ActivateTOTPView):
    """An authenticator app. Its first code also confirms the person, who sees the recovery codes next."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app."""
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", reauthenticated=True)
        return answer


class AddPasskey(AddWebAuthnView):
    """A key that opens by itself: it must know its owner by a fingerprint, a face or a PIN.

    Making one also confirms the person, who sees the recovery codes next.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the key."""
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", reauthenticated=True)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser asks the key to make."""
        page = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return page | {"js_data": {"creation_options": options}}


class RemovePasskey(RemoveWebAuthnView):
    """Staff keep one second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, unless it is the last of a member of the staff."""
        if not may_remove(self.object):
            text = SecondFactorAdapter.error_messages["cannot_delete_authenticator"]
            messages.error(self.request, text)
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)
