"""Who may do what, as far as the person alone decides. Other apps add what the row decides."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

Visitor = AbstractBaseUser | AnonymousUser | None


def holds(visitor: Visitor, *roles: Role) -> bool:
    """Whether an active person holds one of these roles. Nobody, for anonymous visitors."""
    return isinstance(visitor, User) and visitor.has(*roles)


def applies(visitor: Visitor) -> bool:
    """Whether the person may have an application: anyone active who is not staff."""
    return isinstance(visitor, User) and visitor.is_active and not visitor.is_member


def reviews(visitor: Visitor) -> bool:
    """Whether the person reads and scores files."""
    return holds(visitor, Role.REVIEWER)


def coordinates(visitor: Visitor) -> bool:
    """Whether the person runs the cycle."""
    return holds(visitor, Role.COORDINATOR)


def directs(visitor: Visitor) -> bool:
    """Whether the person approves decisions and releases."""
    return holds(visitor, Role.DIRECTOR)


def sits(visitor: Visitor) -> bool:
    """Whether the person judges scholarships."""
    return holds(visitor, Role.PANELIST)


def protects(visitor: Visitor) -> bool:
    """Whether the person is the privacy service for EDI answers."""
    return holds(visitor, Role.EDI_OFFICER)


def administers(visitor: Visitor) -> bool:
    """Whether the person configures the product in Django admin."""
    return holds(visitor, Role.ADMINISTRATOR)
