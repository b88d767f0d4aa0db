"""What may happen to a person's account."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Role, User
from accounts.sessions import end_sessions
from audit.moves import Refused, record


@transaction.atomic
def admit(address: str, *, language: str) -> User:
    """The person who proved this address: found, or entered as an applicant who reads this language."""
    user, new = User.objects.get_or_create(
        email=address, defaults={"language": language, "password": make_password(None)}
    )
    if new:
        record("sign up", user, by=user)
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def enter(user: User, *, by: User) -> User:
    """A new person, entered by an administrator; they sign in with a code sent to their address."""
    user.set_unusable_password()
    user.save()
    record("enter person", user, by=by, roles=sorted(user.roles))
    return user


def refusal_to_appoint(user: User, roles: Iterable[str], *, active: bool, by: User) -> str:
    """Why these roles may not be given, or nothing: one does not end one's own administration."""
    ends = Role.ADMINISTRATOR not in roles or not active
    if user == by and by.has(Role.ADMINISTRATOR) and ends:
        return _("Ask another administrator to take this role from you.")
    return ""


@transaction.atomic
def appoint(user: User, roles: Iterable[str], *, active: bool, by: User) -> User:
    """Say what a person is here and whether they may sign in; what changes is written in the trail.

    Raises Refused when someone takes their own administration away.
    """
    wanted = sorted({Role(role).value for role in roles})
    if text := refusal_to_appoint(user, wanted, active=active, by=by):
        raise Refused(text)
    before = User.objects.select_for_update().get(pk=user.pk)
    user.roles, user.is_active = wanted, active
    user.save(update_fields=["roles", "is_active"])
    if sorted(before.roles) != wanted:
        record("change roles", user, by=by, before=sorted(before.roles), after=wanted)
    if before.is_active != active:
        record("let sign in" if active else "stop from signing in", user, by=by)
    return user


@transaction.atomic
def correct_address(user: User, address: str, *, by: User, why: str = "") -> User:
    """Someone lost their mailbox: their address becomes this one, which their next code proves.

    Sessions end, codes on their way no longer work, and a password is forgotten: whoever holds the old mailbox may
    know it. Both addresses are told; the trail says why, not which. Raises Refused when somebody else has the address.
    """
    before, address = User.objects.select_for_update().get(pk=user.pk).email, address.lower()
    others = EmailAddress.objects.filter(email=address, verified=True).exclude(user=user)
    if others.exists() or User.objects.filter(email=address).exclude(pk=user.pk).exists():
        raise Refused(_("This address belongs to another account."))
    EmailAddress.objects.filter(user=user).delete()
    user.email = address
    user.set_unusable_password()
    user.save(update_fields=["email", "password"])
    record("change address", user, by=by, why=why)
    end_sessions(user, before)
    for one in (before, address):
        letters.write(
            letters.ACCOUNT_CHANGED, one, to=user, language=user.language, change="corrected"
        )
    return user


@transaction.atomic
def forget_second_factor(user: User, *, by: User) -> None:
    """Someone lost their telephone or key: staff set a new second factor up at their next sign-in.

    Raises Refused for oneself: another administrator must have seen the person.
    """
    if user == by:
        raise Refused(_("Ask another administrator to do this for you."))
    Authenticator.objects.filter(user=user).delete()
    record("forget second factor", user, by=by)
    letters.write(
        letters.ACCOUNT_CHANGED, user.email, to=user, language=user.language, change="forgotten"
    )
