"""The cycles that take people in. Dates are data: no rule knows a date."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin
from cycles.clock import day_of, end_of, start_of
from cycles.models.program import Program


class Phase(models.TextChoices):
    """Where a cycle is on its calendar; computed, never stored."""

    BEFORE = "before", _("Not open yet")
    OPEN = "open", _("Open")
    READING = "reading", _("Being read")
    ANSWERS = "answers", _("Answers are out")
    AFTER = "after", _("Over")


# A name that looks like an address would hide the true one in many mail programs.
plain_name = RegexValidator(
    r"[\x00-\x1f\x7f\u2028\u2029<>@\"]",
    _("Write a name on one line, without an address."),
    inverse_match=True,
)

# Where a page says that dates contradict each other.
AT_FIELD = {
    "cycles_cycle_opens_before_closing": "closes_at",
    "cycles_cycle_reading_after_documents": "reviews_due_on",
    "cycles_cycle_release_after_reviews": "release_on",
    "cycles_cycle_reply_after_release": "reply_by",
    "cycles_cycle_udem_dates_in_order": "udem_safe_on",
    "cycles_cycle_waitlist_after_reply": "waitlist_ends_on",
    "cycles_cycle_starts_last": "starts_on",
    "cycles_cycle_second_start_later": "second_start_on",
}


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Which cycles."""

    def published(self) -> "CycleQuerySet":
        """Those that the public may see."""
        return self.filter(is_published=True)

    def current(self) -> "Cycle | None":
        """The published cycle that opened last; before any opens, the one that opens first."""
        now = timezone.now()
        opened = self.published().filter(opens_at__lte=now).order_by("-opens_at").first()
        coming = self.published().filter(opens_at__gt=now).order_by("opens_at").first()
        if opened and coming and opened.phase() == Phase.AFTER:
            return coming
        return opened or coming

    def open(self, at: datetime | None = None) -> "CycleQuerySet":
        """Those that take new applications at this moment (grace not counted: it is for finishing)."""
        moment = at or timezone.now()
        return self.published().filter(opens_at__lte=moment, closes_at__gte=moment)


class Cycle(models.Model):
    """One year's intake: every date, every number that a year may change."""

    code = models.SlugField(
        _("short code"),
        max_length=10,
        unique=True,
        help_text=_("As in A27; it begins each file number."),
    )
    name_fr = models.CharField(_("name in French"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    starts_on = models.DateField(_("studies begin"))
    second_start_on = models.DateField(
        _("second start"),
        null=True,
        blank=True,
        help_text=_("For cycles that also take people in a later term."),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    grace_minutes = models.PositiveSmallIntegerField(
        _("silent grace, in minutes"),
        default=10,
        help_text=_("Never announced; for slow lines."),
    )
    documents_due_on = models.DateField(_("references and documents due"))
    reviews_due_on = models.DateField(_("reviews due"))
    release_on = models.DateField(_("answers released by"))
    reply_by = models.DateField(_("reply to an offer by"))
    udem_safe_on = models.DateField(_("UdeM application: safe date"))
    udem_official_on = models.DateField(_("UdeM application: official date"))
    waitlist_ends_on = models.DateField(_("waitlist ends"))
    reviews_per_file = models.PositiveSmallIntegerField(_("reviews per file"), default=2)
    is_blind = models.BooleanField(_("reviewers do not see names"), default=False)
    notice_version = models.CharField(_("version of the privacy notice"), max_length=20)
    notice_fr = models.TextField(_("privacy notice in French"), blank=True)
    notice_en = models.TextField(_("privacy notice in English"), blank=True)
    reply_to = models.EmailField(
        _("replies to letters go to"),
        blank=True,
        help_text=_("Empty: the address that letters come from."),
    )
    sender_fr = models.CharField(
        _("sender’s name in French"), max_length=60, blank=True, validators=[plain_name]
    )
    sender_en = models.CharField(
        _("sender’s name in English"), max_length=60, blank=True, validators=[plain_name]
    )
    is_published = models.BooleanField(_("published"), default=False)
    programs = models.ManyToManyField(Program, through="Intake", verbose_name=_("programs"))

    name = twin("name")
    notice = twin("notice")
    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="cycles_cycle_opens_before_closing",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("A cycle must open before it closes."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_reading_after_documents",
                condition=Q(reviews_due_on__gte=F("documents_due_on")),
                violation_error_message=_("Reviews cannot be due before the last documents."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_release_after_reviews",
                condition=Q(release_on__gte=F("reviews_due_on")),
                violation_error_message=_("Answers cannot be released before the reviews are due."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_reply_after_release",
                condition=Q(reply_by__gte=F("release_on")),
                violation_error_message=_("People cannot reply before the answers are released."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_udem_dates_in_order",
                condition=Q(
                    udem_official_on__gte=F("udem_safe_on"),
                    udem_safe_on__gte=F("release_on"),
                ),
                violation_error_message=_(
                    "The safe UdeM date comes after the release and not after the official one."
                ),
            ),
            models.CheckConstraint(
                name="cycles_cycle_waitlist_after_reply",
                condition=Q(waitlist_ends_on__gte=F("reply_by")),
                violation_error_message=_("The waitlist cannot end before people have replied."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_starts_last",
                condition=Q(starts_on__gt=F("waitlist_ends_on")),
                violation_error_message=_("Studies cannot begin before the waitlist ends."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_second_start_later",
                condition=Q(second_start_on__isnull=True) | Q(second_start_on__gt=F("starts_on")),
                violation_error_message=_("The second start comes after the first one."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_reviewed_at_least_once",
                condition=Q(reviews_per_file__gte=1),
                violation_error_message=_("At least one professor reads each file."),
            ),
            models.CheckConstraint(
                name="cycles_cycle_bilingual_when_published",
                condition=Q(is_published=False) | ~Q(name_en=""),
                violation_error_message=_(
                    "Nothing is published until both languages are complete."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Each contradiction at the date that has to move, the closing moment against days included."""
        wrong: dict[str, Any] = {}
        for constraint in self._meta.constraints:
            if field := AT_FIELD.get(constraint.name):
                try:
                    constraint.validate(Cycle, self)
                except ValidationError as error:
                    wrong[field] = error.messages
        closes, due = self.closes_at, self.documents_due_on
        if closes and due and day_of(closes) > due:
            wrong["documents_due_on"] = [_("Documents cannot be due before the cycle closes.")]
        if wrong:
            raise ValidationError(wrong)

    @property
    def starts(self) -> list[date]:
        """The days on which studies may begin."""
        return [day for day in (self.starts_on, self.second_start_on) if day]

    @property
    def has_opened(self) -> bool:
        """Whether people may have applied: from then on, what they saw is kept."""
        return self.is_published and self.opens_at <= timezone.now()

    def phase(self, at: datetime | None = None) -> Phase:
        """Where the cycle stands on its calendar at a moment (now when not given)."""
        moment = at or timezone.now()
        if moment < self.opens_at:
            return Phase.BEFORE
        if moment <= self.closes_at:
            return Phase.OPEN
        if moment < start_of(self.release_on):
            return Phase.READING
        return Phase.ANSWERS if moment <= end_of(self.waitlist_ends_on) else Phase.AFTER

    def accepts(self, at: datetime, *, until: datetime | None = None) -> bool:
        """Whether a draft may be changed and submitted by a request that arrived then, grace included.

        `until` is the later close of a person who got one.
        """
        # In UTC: on a night when the clocks change, minutes added to a Montréal hour can be an hour wrong.
        closes = max(self.closes_at, until or self.closes_at).astimezone(UTC)
        grace = timedelta(minutes=self.grace_minutes)
        return self.is_published and self.opens_at <= at <= closes + grace


class Intake(models.Model):
    """A program that a cycle takes people for."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="intakes")
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        related_name="intakes",
        verbose_name=_("program"),
    )
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    referees_asked = models.PositiveSmallIntegerField(_("referees asked"), default=0)

    class Meta:
        verbose_name = _("program of the cycle")
        verbose_name_plural = _("programs of the cycle")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "program"],
                name="cycles_intake_once",
                violation_error_message=_("A program stands once in a cycle."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.program}"
