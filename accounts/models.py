"""The person: an e-mail address, a language, and what they may be here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of the staff may be. Someone without a role is an applicant."""

    REVIEWER = "reviewer", _("Reviewer")
    COORDINATOR = "coordinator", _("Coordinator")
    DIRECTOR = "director", _("Director")
    PANELIST = "panelist", _("Scholarship panelist")
    EDI_OFFICER = "edi_officer", _("EDI officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class Language(models.TextChoices):
    """The two languages of the house."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Makes and finds people by address, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person; without a password they sign in by code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator, for the first sign-in of a new deployment."""
        return self.create_user(email, password, roles=[Role.ADMINISTRATOR], **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by address, case folded."""
        return self.get(email=(username or "").lower())

    def with_role(self, role: Role) -> models.QuerySet["User"]:
        """Active people who hold the role, by name."""
        return self.filter(roles__contains=[role], is_active=True).order_by("full_name", "email")


class User(AbstractBaseUser):
    """One person, known by an e-mail address. There is no superuser: no flag skips a permission."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language of correspondence"),
        max_length=2,
        choices=Language.choices,
        default=Language.FRENCH,
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [GinIndex(fields=["roles"], name="accounts_user_roles")]
        constraints = [
            models.CheckConstraint(
                name="accounts_user_email_lower",
                condition=models.Q(email=Lower("email")),
                violation_error_message=_("Write the address in lower case."),
            ),
            models.CheckConstraint(
                name="accounts_user_language_known",
                condition=models.Q(language__in=Language.values),
                violation_error_message=_("Choose French or English."),
            ),
            models.CheckConstraint(
                name="accounts_user_roles_known",
                condition=models.Q(roles__contained_by=Role.values),
                violation_error_message=_("One of these roles does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def has(self, *roles: Role) -> bool:
        """Whether the person is active and holds one of these roles."""
        return self.is_active and any(role in self.roles for role in roles)

    @property
    def is_member(self) -> bool:
        """Whether the person is staff of any kind, and so needs a second factor."""
        return bool(self.roles)

    # What Django admin asks of a user. Administrators configure; models decide further in their admin.
    @property
    def is_staff(self) -> bool:
        """Whether Django admin opens."""
        return self.has(Role.ADMINISTRATOR)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """An administrator may use what Django admin shows; each admin class narrows it."""
        return self.is_staff

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        """As has_perm."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """As has_perm."""
        return self.is_staff
