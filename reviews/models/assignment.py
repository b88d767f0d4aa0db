"""Who reads which file."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs, reviews
from applications.models import Application
from applications.models.application import FILED
from applications.sight import hides
from dossiers.reading import reads
from reviews.models.conflict import Conflict


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Which assignments."""

    def live(self) -> "AssignmentQuerySet":
        """Those of files that count: what was withdrawn or closed disappears from every queue by itself."""
        return self.filter(application__status__in=FILED)

    def active(self) -> "AssignmentQuerySet":
        """Those that ask for a review or have one: neither taken back nor in conflict."""
        return self.filter(status__in=ACTIVE)

    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """A reader's own, never in conflict; coordinators and directors: all but their conflicts."""
        if coordinates(user) or directs(user):
            return self.exclude(application__in=conflicting(user))
        return self.of(user) if reviews(user) else self.none()

    def of(self, user: Any) -> "AssignmentQuerySet":
        """What this person reads or has read."""
        return self.live().active().filter(reviewer_id=user.pk)


@hides
def conflicting(user: Any) -> models.QuerySet[Any, Any]:
    """The applications that this person is in conflict with, and their own: nothing of them shows anywhere.

    Three look-ups in indexes, however many applications there are.
    """
    declared = Assignment.objects.order_by().filter(
        reviewer_id=user.pk, status=Assignment.Status.CONFLICT
    )
    confirmed = Conflict.objects.confirmed().order_by().filter(person_id=user.pk)
    own = Application.objects.order_by().filter(applicant_id=user.pk).values("pk")
    return declared.values("application_id").union(confirmed.values("application_id"), own)


# Where a file stands among those due on the same day: another place for each reader, always the same for one
# reader. With one order for all, the last files would be read by tired people only. PostgreSQL's own hash of the file,
# seeded by the reader: a step that goes round a prime puts some files last for many readers in a row.
PLACE = Func(
    F("application"),
    F("reviewer"),
    function="hashint8extended",
    output_field=models.BigIntegerField(),
)


class Assignment(models.Model):
    """A file given to a reader."""

    class Status(models.TextChoices):
        """What became of it."""

        ASSIGNED = "assigned", _("To read")
        HANDED_IN = "handed_in", _("Handed in")
        CONFLICT = "conflict", _("Conflict of interest")
        RETURNED = "returned", _("Taken back")

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("application"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("reader"),
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    assigned_at = models.DateTimeField(_("assigned"), default=timezone.now)
    due_on = models.DateField(_("due"))
    place = models.GeneratedField(
        expression=PLACE, output_field=models.BigIntegerField(), db_persist=True
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.ASSIGNED,
        editable=False,
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["reviewer", "status", "due_on", "place", "id"],
                name="reviews_assignment_queue",
            )
        ]
        constraints = [
            # A conflict counts: nobody is given again what they said they must not read.
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=~Q(status="returned"),
                name="reviews_assignment_once",
                violation_error_message=_(
                    "This person already has this file, or declared a conflict."
                ),
            ),
            models.CheckConstraint(
                name="reviews_assignment_status_known",
                condition=Q(status__in=["assigned", "handed_in", "conflict", "returned"]),
                violation_error_message=_("This status does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} → {self.reviewer_id}"

    @property
    def is_open(self) -> bool:
        """Whether the reader may still write."""
        return self.status == self.Status.ASSIGNED


ACTIVE = (Assignment.Status.ASSIGNED, Assignment.Status.HANDED_IN)


@reads
def being_read() -> models.QuerySet[Any, Any]:
    """What somebody was given: its dossier is bound, however early."""
    return Assignment.objects.active()
