"""The people of the tests, as `accounts.demo.settle` makes them, in a third of its queries: every test makes some."""

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP

from accounts.demo import DEMO_AUTHENTICATOR_SECRET, Character
from accounts.models import User


def settled(character: Character) -> User:
    """The account of this person, who is there already or is valid: nothing is looked through."""
    if there := User.objects.filter(email=character.email).first():
        return there
    user = User(
        email=character.email,
        full_name=character.full_name,
        language=character.language,
        roles=list(character.roles),
    )
    user.set_password(None)
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if user.is_member:
        TOTP.activate(user, DEMO_AUTHENTICATOR_SECRET)
    return user
