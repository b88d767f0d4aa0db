"""The bound PDF of a submission: once with names, once without where the cycle is blind."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from applications.models import Submission


class State(models.TextChoices):
    """How far the binding is."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Which editions."""

    def due(self) -> "EditionQuerySet":
        """Those whose binding is to be tried now, the longest waiting first."""
        return self.filter(state=State.WAITING, due_at__lte=Now()).order_by("due_at", "pk")

    def unsettled(self) -> "EditionQuerySet":
        """Those bound while a piece was still being checked, the oldest first."""
        return self.filter(state=State.READY, is_whole=False).order_by("bound_at", "pk")


def edition_name(row: "Edition", _name: str = "") -> str:
    """Where the bytes live: named by their own SHA-256."""
    return f"dossiers/{row.sha256[:2]}/{row.sha256}.pdf"


class Edition(models.Model):
    """One bound PDF. While it is bound again, what was bound before is kept."""

    State = State

    submission = models.ForeignKey(
        Submission,
        on_delete=models.CASCADE,
        related_name="editions",
        verbose_name=_("submission"),
    )
    is_blind = models.BooleanField(_("without names"))
    state = models.CharField(
        _("binding"), max_length=10, choices=State.choices, default=State.WAITING
    )
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    due_at = models.DateTimeField(_("next try"), db_default=Now())
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # What it was bound from (dossiers.pieces.basis_of): when that changes, it is bound again.
    basis = models.CharField(_("made from"), max_length=64, blank=True)
    file = models.FileField(_("file"), upload_to=edition_name, max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    # For each piece: slot, what_fr, what_en, page (its first), pages, problem.
    outline = models.JSONField(_("pieces"), default=list, blank=True)
    is_whole = models.BooleanField(_("every check was over"), default=True)
    bound_at = models.DateTimeField(_("bound"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bound dossier")
        verbose_name_plural = _("bound dossiers")
        ordering = ["-asked_at"]
        indexes = [
            models.Index("due_at", name="dossiers_edition_due", condition=Q(state=State.WAITING)),
            models.Index(
                "bound_at",
                name="dossiers_edition_unsettled",
                condition=Q(state=State.READY, is_whole=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "is_blind"],
                name="dossiers_edition_once",
                violation_error_message=_("This submission already has this dossier."),
            ),
            models.CheckConstraint(
                name="dossiers_edition_state_known",
                condition=Q(state__in=State.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="dossiers_edition_ready_has_file",
                condition=~Q(state=State.READY)
                | (
                    ~Q(file="")
                    & ~Q(sha256="")
                    & ~Q(basis="")
                    & Q(size__gte=1, pages__gte=1, bound_at__isnull=False)
                ),
                violation_error_message=_("A dossier that is ready has its file."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} ({self.get_state_display()})"

    @property
    def is_ready(self) -> bool:
        """Whether it was bound from what is known now, as far as anybody has noticed."""
        return self.state == State.READY
