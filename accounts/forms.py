"""The forms of signing in and of one's own account, in the house's words."""

from datetime import datetime
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import codes
from accounts.models import User

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
PASSWORD_HELP = _("At least 12 characters. Several words in a row are easy to remember.")
APP_CODE = _("Code from your authenticator app")


def code_input() -> forms.TextInput:
    """A field that telephones fill from the message, and that takes a pasted `407 198`."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"}
    return forms.TextInput({**attributes, "class": "code-in"})


class AddressForm(forms.Form):
    """The one field of the sign-in page."""

    email = forms.EmailField(
        label=EMAIL,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send you a code: no password to remember."),
    )

    def clean_email(self) -> str:
        """In lower case, and not too often."""
        address: str = self.cleaned_data["email"].lower()
        if not codes.may_ask(address):
            raise forms.ValidationError(codes.TOO_MANY_CODES, code="too_many")
        return address


class CodeForm(forms.Form):
    """Six digits that went by mail."""

    code = forms.CharField(label=_("Your code"), max_length=40, widget=code_input())

    def __init__(self, *args: Any, expected: str, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected, self.address = expected, address

    def clean_code(self) -> str:
        """Right, or counted."""
        typed: str = self.cleaned_data["code"]
        codes.check(typed, expected=self.expected, address=self.address)
        return typed


class SignInCodeForm(CodeForm):
    """The code, and whether this device is the person's own."""

    keep = forms.BooleanField(
        label=_("Stay signed in on this device for 14 days"),
        required=False,
        help_text=_("Leave it unticked on a shared computer."),
    )

    def __init__(self, *args: Any, until: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hour = time_format(timezone.localtime(until), "TIME_FORMAT")
        text = gettext("6 digits. Works once, until %(hour)s, Montréal time.")
        self.fields["code"].help_text = text % {"hour": hour}


class AddressCodeForm(CodeForm):
    """The code that proves a new address, when nobody else has it."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        """Right, and the address still free."""
        typed = super().clean_code()
        email_already_exists(self.address, user=self.user, always_raise=True)
        return typed


class PersonForm(forms.ModelForm):
    """What a person says of themselves; applicants give their name in the application."""

    class Meta:
        model = User
        fields = ("full_name", "language")
        labels = {"full_name": _("Name"), "language": _("Language of our letters to you")}
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_member:
            del self.fields["full_name"]


class PasswordSignInForm(account_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=EMAIL, widget=forms.EmailInput({"autocomplete": "username"})
        )
        self.fields["password"] = password_field("current-password", PASSWORD)
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """In lower case."""
        return str(super().clean_login()).lower()


def password_field(autocomplete: str, label: Any, help_text: Any = "") -> forms.CharField:
    """A password, never shown again."""
    widget = forms.PasswordInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=help_text, strip=False, widget=widget)


class _NewPassword:
    """One new password, typed once: a mistake is put right by a code."""

    fields: dict[str, forms.Field]

    def renew(self) -> None:
        """Give the new password our words; the field itself keeps judging its strength."""
        self.fields["password1"].label = NEW_PASSWORD
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password1"].widget.attrs.pop("placeholder", None)


class ChangePasswordForm(_NewPassword, account_forms.ChangePasswordForm):
    """The password one has, and a new one."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field("current-password", _("Current password"))
        self.renew()


class SetPasswordForm(_NewPassword, account_forms.SetPasswordForm):
    """A first password."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renew()


class ResetPasswordKeyForm(_NewPassword, account_forms.ResetPasswordKeyForm):
    """A new password after a code."""

    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.renew()


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Whose password."""

    email = forms.EmailField(label=EMAIL, widget=forms.EmailInput({"autocomplete": "email"}))


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password again, before something delicate."""

    password = password_field("current-password", PASSWORD)


class AddEmailForm(account_forms.AddEmailForm):
    """The address that letters should go to."""

    email = forms.EmailField(
        label=_("New e-mail address"), widget=forms.EmailInput({"autocomplete": "email"})
    )


class AuthenticateForm(mfa_forms.AuthenticateForm):
    """The second step of signing in."""

    code = forms.CharField(
        label=APP_CODE, widget=code_input(), help_text=_("Or one of your recovery codes.")
    )


class MFAReauthenticateForm(mfa_forms.ReauthenticateForm):
    """The second factor again, before something delicate."""

    code = forms.CharField(
        label=APP_CODE, widget=code_input(), help_text=_("Or one of your recovery codes.")
    )


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code of a new app."""

    code = forms.CharField(label=APP_CODE, widget=code_input())


class AddWebAuthnForm(webauthn_forms.AddWebAuthnForm):
    """A passkey. Its view asks for one that opens by itself, with a fingerprint, a face or a PIN."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=60, required=False)
    passwordless = None


class EditWebAuthnForm(webauthn_forms.EditWebAuthnForm):
    """Its name."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=60)
