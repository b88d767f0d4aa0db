"""Second factors: whether someone has one, and how its secret is kept."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Whether the person has an authenticator app or a passkey. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def may_remove(authenticator: Authenticator) -> bool:
    """Staff keep one second factor; the others may go."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=KINDS)
    return not authenticator.user.is_member or others.exclude(pk=authenticator.pk).exists()


def _locks() -> MultiFernet:
    """Keys made from SECRET_KEY, and from the ones before it while they are being retired."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"accounts.second_factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    """django-allauth's questions about second factors, answered."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Staff keep at least one second factor. Set another one up first."
        ),
        "incorrect_code": _("This is not the code that your app shows now."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps are not readable in the database or its backups."""
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`. Raises InvalidToken when SECRET_KEY changed without a fallback."""
        return _locks().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """See `may_remove`."""
        return may_remove(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002
        """A first name for a passkey; the person may give a better one."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The product's name, as a telephone shows it when it asks for a passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": "Mila admissions"}
