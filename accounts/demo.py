"""The people of the demonstration: one click signs in as any of them, where settings.DEMO is on."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils.translation import gettext

from accounts.models import Language, Role, User

# Anyone may know it: it opens demonstration accounts only.
DEMO_AUTHENTICATOR_SECRET = "MILADEMOMILADEMOMILADEMOMILADEMO"  # noqa: S105


@dataclass(frozen=True)
class Character:
    """One person of the demonstration."""

    key: str
    full_name: str
    language: Language
    roles: tuple[Role, ...] = ()

    @property
    def email(self) -> str:
        """An address in a domain that no one can own."""
        return f"{self.key}@example.com"

    @property
    def part(self) -> str:
        """The roles as people call them."""
        return ", ".join(str(role.label) for role in self.roles) or gettext("Applicant")


FR, EN = Language.FRENCH, Language.ENGLISH
CAST = (
    Character("aminata.sow-gagnon", "Aminata Sow-Gagnon", FR),
    Character("mateus.oliveira-roy", "Mateus Oliveira-Roy", EN),
    Character("helene.marchand-ito", "Hélène Marchand-Ito", FR, (Role.REVIEWER,)),
    Character("rafael.nunez-cote", "Rafael Núñez-Côté", EN, (Role.REVIEWER,)),
    Character("ngoc.tran-bouchard", "Ngọc Trần-Bouchard", FR, (Role.REVIEWER,)),
    Character("samuel.okafor-levy", "Samuel Okafor-Lévy", EN, (Role.REVIEWER,)),
    Character("chantal.desrosiers-khan", "Chantal Desrosiers-Khan", FR, (Role.COORDINATOR,)),
    Character("david.mercier-haddad", "David Mercier-Haddad", FR, (Role.DIRECTOR,)),
    Character("noor.bergeron-sethi", "Noor Bergeron-Sethi", EN, (Role.PANELIST,)),
    Character("fabienne.leduc-diallo", "Fabienne Leduc-Diallo", FR, (Role.EDI_OFFICER,)),
    Character("alex.fournier-wong", "Alex Fournier-Wong", EN, (Role.ADMINISTRATOR,)),
)


def settle(character: Character) -> User:
    """The account of this person, made when it is not there yet; staff have a second factor."""
    user = User.objects.filter(email=character.email).first() or User.objects.create_user(
        character.email,
        full_name=character.full_name,
        language=character.language,
        roles=list(character.roles),
    )
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if user.is_member and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, DEMO_AUTHENTICATOR_SECRET)
    return user


def settle_all() -> list[User]:
    """Every account of the demonstration."""
    return [settle(character) for character in CAST]
