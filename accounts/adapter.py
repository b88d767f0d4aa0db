"""Where django-allauth meets the house: its mail goes to the outbox, its words are ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import letters
from accounts.codes import TOO_MANY_TRIES, WRONG_CODE
from accounts.models import User
from audit.moves import record

# What happened to an account, as the letter `account_changed` tells it.
CHANGES = {
    "account/email/password_changed": "password",
    "account/email/password_set": "password",
    "account/email/password_reset": "password",
    "account/email/email_changed": "address",
    "mfa/email/totp_activated": "app_added",
    "mfa/email/totp_deactivated": "app_removed",
    "mfa/email/webauthn_added": "key_added",
    "mfa/email/webauthn_removed": "key_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes",
}
CODES = {
    "account/email/login_code": letters.SIGN_IN_CODE,
    "account/email/password_reset_code": letters.PASSWORD_CODE,
    "account/email/email_confirmation": letters.ADDRESS_CODE,
    "account/email/email_confirmation_signup": letters.ADDRESS_CODE,
    "account/email/unknown_account": letters.NO_ACCOUNT,
}
# What the next page says; allauth's other messages stay unsaid.
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("This address could not be confirmed."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes."),
}


class AccountAdapter(DefaultAccountAdapter):
    """django-allauth's questions about accounts, answered."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not go together."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "duplicate_email": _("This is already your address."),
        "email_taken": _("This address belongs to another account."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": TOO_MANY_TRIES,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter in the outbox. Raises KeyError for a mail that the house does not send."""
        to = User.objects.filter(email=email.lower(), is_active=True).first()
        to = to or (self.request.user if self.request.user.is_authenticated else None)
        language = get_language() or settings.LANGUAGE_CODE
        if change := CHANGES.get(template_prefix):
            letters.write(letters.ACCOUNT_CHANGED, email, to=to, language=language, change=change)
            return
        letters.write(
            CODES[template_prefix],
            email,
            to=to,
            language=language,
            code=context.get("code", ""),
            minutes=context.get("minutes", 15),
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all."""
        text = message or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The person proved a new address; the trail keeps the one before."""
        user = email_address.user
        before = user.email
        confirmed = super().confirm_email(request, email_address)
        if confirmed and before != email_address.email:
            record("change address", user, by=user)
        return confirmed

    def clean_email(self, email: str) -> str:
        """Addresses are kept in lower case."""
        return email.lower()

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set it and nothing else: the row may have changed elsewhere meanwhile."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return reverse("account_home")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Back to one's account."""
        return reverse("account_home")
