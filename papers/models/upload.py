"""A file on its way: received in parts, in any web process, until it is whole."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import subject_of

KEPT_FOR = timedelta(hours=24)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Which uploads."""

    def visible_to(self, holder: Any) -> "UploadQuerySet":
        """Those that this person, or this referee, began."""
        return self.filter(owner=subject_of(holder)) if holder.pk else self.none()

    def under_way(self) -> "UploadQuerySet":
        """Those that may still receive a part."""
        return self.filter(subject="", problem="")

    def expired(self) -> "UploadQuerySet":
        """Those begun a day ago and more."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class Upload(models.Model):
    """One file that somebody sends. It ends as a row (`subject`) or with a `problem`, and its parts go.

    The owner is a string, as in the ledgers: a referee has no account. The purpose is the sender's door.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.CharField(_("sent by"), max_length=120)
    purpose = models.CharField(_("sent for"), max_length=160)
    name = models.CharField(_("file name"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    subject = models.CharField(_("became"), max_length=120, blank=True)
    problem = models.CharField(_("problem"), max_length=20, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["owner", "created_at"], name="papers_upload_owner")]
        constraints = [
            models.CheckConstraint(
                name="papers_upload_one_end",
                condition=Q(subject="") | Q(problem=""),
                violation_error_message=_("An upload ends in one way."),
            ),
            models.CheckConstraint(
                name="papers_upload_has_bytes",
                condition=Q(size__gte=1),
                violation_error_message=_("An empty file is not sent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether it became something, was refused or was dropped."""
        return bool(self.subject or self.problem)

    @property
    def received(self) -> int:
        """How many bytes are here, counted on the parts: they alone would be lost with the database's power."""
        if self.is_over:
            return self.size
        return self.parts.aggregate(n=Sum("size"))["n"] or 0


class UploadPart(models.Model):
    """Some bytes of a file on its way, in a table without a write-ahead log: a part that is lost is sent again."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("part of an upload")
        verbose_name_plural = _("parts of uploads")
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "start"], name="papers_uploadpart_once")
        ]

    def __str__(self) -> str:
        return f"{self.start}+{self.size}"
