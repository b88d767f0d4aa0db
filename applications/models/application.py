"""One person's file in one cycle. The draft is this row, from the first click."""

import secrets
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.settled import settled
from applications.sight import unhidden
from cycles.models import Cycle, Program

# The database counts characters as the forms do: code points, one for a line break.
models.TextField.register_lookup(Length)

# No 0/O, 1/I/L, U/V: a number is read aloud on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
STATEMENT_LIMIT = 3000
GOALS_LIMIT = 1000
CIRCUMSTANCES_LIMIT = 1500
EXAMPLE_LIMIT = 500
ACCOMMODATION_LIMIT = 1000
MOST_CREDITS = 400
TFI = (10, 990)


class Status(models.TextChoices):
    """Where the file is. What the readers do shows in `reviews`, never here."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    REOPENED = "reopened", _("Reopened")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed as incomplete")


EDITABLE = (Status.DRAFT, Status.REOPENED)
FILED = (Status.SUBMITTED, Status.REOPENED)
# Out of every list of work; the person may begin again while the cycle is open.
GONE = (Status.WITHDRAWN, Status.CLOSED)


class CanadaStatus(models.TextChoices):
    """Status in Canada: it decides the permits to ask for, and no reader sees it."""

    CITIZEN = "citizen", _("Canadian citizen")
    RESIDENT = "resident", _("Permanent resident")
    PROTECTED = "protected", _("Protected person")
    STUDY = "study", _("Study permit")
    WORK = "work", _("Work permit")
    NONE = "none", _("None of these")


class Attendance(models.TextChoices):
    """How much time a person gives to the program."""

    FULL = "full", _("Full time")
    PART = "part", _("Part time")


class Skill(models.TextChoices):
    """How well a person programs in Python, in their own words."""

    NONE = "none", _("Not yet")
    BEGINNER = "beginner", _("Beginner: small exercises")
    INTERMEDIATE = "intermediate", _("Intermediate: my own programs")
    ADVANCED = "advanced", _("Advanced: programs that others use")


class Fluency(models.TextChoices):
    """Levels of a language (Common European Framework, CEFR)."""

    A1 = "a1", _("A1: first words")
    A2 = "a2", _("A2: elementary")
    B1 = "b1", _("B1: intermediate")
    B2 = "b2", _("B2: upper intermediate")
    C1 = "c1", _("C1: advanced")
    C2 = "c2", _("C2: like a first language")


class Source(models.TextChoices):
    """How a person heard of the programs."""

    MILA = "mila", _("Mila’s website or events")
    UDEM = "udem", _("Université de Montréal")
    PROFESSOR = "professor", _("A professor or a supervisor")
    STUDENT = "student", _("A student or an alumnus")
    WORK = "work", _("My employer or a colleague")
    SOCIAL = "social", _("Social media")
    SEARCH = "search", _("A web search")
    OTHER = "other", _("Another way")


def new_number() -> str:
    """Six characters that say nothing about how many people apply."""
    return "".join(secrets.choice(ALPHABET) for _index in range(6))


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Which applications."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """One's own; for coordinators and directors, all but those that something keeps from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, own=True)
        return self.filter(applicant_id=user.pk) if user.pk else self.none()

    def filed(self) -> "ApplicationQuerySet":
        """Those with a submission that counts."""
        return self.filter(status__in=FILED)

    def told_settled(self) -> "ApplicationQuerySet":
        """With `is_settled`: whether the file changes no more, in the same query."""
        column = ExpressionWrapper(settled(), output_field=models.BooleanField())
        told: dict[str, Any] = {"is_settled": column}
        return self.annotate(**told)

    def live(self) -> "ApplicationQuerySet":
        """Those neither withdrawn nor closed."""
        return self.exclude(status__in=GONE)


class Application(models.Model):
    """A person's application to one cycle. Empty fields are allowed: `missing()` judges completeness."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("applicant"),
        on_delete=models.PROTECT,
        related_name="applications",
    )
    cycle = models.ForeignKey(
        Cycle,
        verbose_name=_("cycle"),
        on_delete=models.PROTECT,
        related_name="applications",
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)

    first_names = models.CharField(_("First names"), max_length=100, blank=True)
    last_names = models.CharField(_("Last names"), max_length=100, blank=True)
    preferred_name = models.CharField(_("Preferred name"), max_length=60, blank=True)
    pronouns = models.CharField(_("Pronouns"), max_length=30, blank=True)
    phone = models.CharField(_("Phone"), max_length=16, blank=True)
    country = models.CharField(_("Country of residence"), max_length=2, blank=True)
    canada_status = models.CharField(
        _("Status in Canada"), max_length=20, choices=CanadaStatus.choices, blank=True
    )
    attendance = models.CharField(
        _("Full or part time"), max_length=10, choices=Attendance.choices, blank=True
    )
    start_on = models.DateField(_("Start of studies"), null=True, blank=True)
    # Repeated parts that nothing else points at are kept as plain data, judged by their forms: saving a step costs
    # the same few queries however many lines it has. Degrees are rows, because documents hang on them.
    prerequisites = models.JSONField(_("prerequisites"), default=dict, blank=True)
    credits = models.PositiveSmallIntegerField(
        _("Credits in computer science and mathematics"), null=True, blank=True
    )
    credit_system = models.CharField(
        _("How your institution counts them"), max_length=60, blank=True
    )
    python_level = models.CharField(_("Python"), max_length=20, choices=Skill.choices, blank=True)
    other_languages = models.CharField(_("Other programming languages"), max_length=300, blank=True)
    code_example = models.TextField(_("An example of what you programmed"), blank=True)
    jobs = models.JSONField(_("work experience"), default=list, blank=True)
    no_job = models.BooleanField(_("I have no work experience yet"), default=False)
    links = models.JSONField(_("links"), default=list, blank=True)
    french_level = models.CharField(_("French"), max_length=2, choices=Fluency.choices, blank=True)
    english_level = models.CharField(
        _("English"), max_length=2, choices=Fluency.choices, blank=True
    )
    tfi_score = models.PositiveSmallIntegerField(_("TFI score"), null=True, blank=True)
    tfi_on = models.DateField(_("Day of the test"), null=True, blank=True)
    statement = models.TextField(_("Letter of intent"), blank=True)
    internship_goals = models.TextField(_("Internship goals"), blank=True)
    circumstances = models.TextField(_("Circumstances"), blank=True)
    heard_from = models.CharField(
        _("How did you hear of the program?"), max_length=20, choices=Source.choices, blank=True
    )
    answers = models.JSONField(_("answers to the cycle’s own questions"), default=dict, blank=True)
    # Outside the form and its snapshot: for coordinators, never for readers.
    accommodation = models.TextField(_("Accommodation needs"), blank=True)
    # For each step, the page that wrote it last: a page whose answer was lost on the way is not in its own way.
    writers = models.JSONField(default=dict, editable=False)
    late_until = models.DateTimeField(_("late pass until"), null=True, blank=True, editable=False)
    programs = models.ManyToManyField(Program, through="Choice", verbose_name=_("programs"))

    # Only on rows fetched with `told_settled`.
    is_settled: bool

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["cycle", "status"], name="applications_cycle_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "cycle"],
                condition=~Q(status__in=GONE),
                name="applications_one_live_file_a_cycle",
                violation_error_message=_("There is already an application for this cycle."),
            ),
            models.CheckConstraint(
                name="applications_status_known",
                condition=Q(status__in=Status.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="applications_filed_has_a_time",
                condition=~Q(status__in=FILED) | Q(submitted_at__isnull=False),
                violation_error_message=_("A submitted application has a time of submission."),
            ),
            models.CheckConstraint(
                name="applications_statement_length",
                condition=Q(statement__length__lte=STATEMENT_LIMIT),
                violation_error_message=_("The letter of intent is too long."),
            ),
            models.CheckConstraint(
                name="applications_goals_length",
                condition=Q(internship_goals__length__lte=GOALS_LIMIT),
                violation_error_message=_("The internship goals are too long."),
            ),
            models.CheckConstraint(
                name="applications_other_texts_length",
                condition=Q(circumstances__length__lte=CIRCUMSTANCES_LIMIT)
                & Q(code_example__length__lte=EXAMPLE_LIMIT)
                & Q(accommodation__length__lte=ACCOMMODATION_LIMIT),
                violation_error_message=_("A text is too long."),
            ),
            models.CheckConstraint(
                name="applications_credits_likely",
                condition=Q(credits__isnull=True) | Q(credits__lte=MOST_CREDITS),
                violation_error_message=_("Write at most 400 credits."),
            ),
            models.CheckConstraint(
                name="applications_tfi_on_its_scale",
                condition=Q(tfi_score__isnull=True) | Q(tfi_score__range=TFI),
                violation_error_message=_("A TFI score goes from 10 to 990."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """First and last names as written; the number while there are none."""
        return f"{self.first_names} {self.last_names}".strip() or self.number

    @property
    def called(self) -> str:
        """How a letter greets the person."""
        return self.preferred_name or self.first_names or self.name

    @property
    def is_editable(self) -> bool:
        """Whether its status lets the applicant write in it; the calendar has its own say."""
        return self.status in EDITABLE

    @property
    def is_filed(self) -> bool:
        """Whether a submission of it counts."""
        return self.status in FILED

    @property
    def closes_at(self) -> datetime:
        """When the file closes: with its cycle, or later for a person who got a late pass."""
        return max(self.cycle.closes_at, self.late_until or self.cycle.closes_at)

    def accepts(self, at: datetime) -> bool:
        """Whether a request about this file that arrived then came in time, grace included."""
        return self.cycle.accepts(at, until=self.late_until)

    def may_change(self, at: datetime) -> bool:
        """Whether a request that arrived then may still change the draft."""
        return self.is_editable and self.accepts(at)

    def has_successor(self) -> bool:
        """Whether the person has another live file in this cycle."""
        others = Application.objects.live().exclude(pk=self.pk)
        return others.filter(applicant=self.applicant_id, cycle=self.cycle_id).exists()

    def may_restore(self, at: datetime) -> bool:
        """Whether a request that arrived then may still undo the withdrawal."""
        return self.status == Status.WITHDRAWN and self.accepts(at) and not self.has_successor()

    @property
    def chosen(self) -> list[Program]:
        """The programs asked for, first choice first."""
        return [choice.program for choice in self.choices.all()]

    @property
    def referees_asked(self) -> int:
        """How many letters of reference are asked: the most that one of the chosen programs wants."""
        wanted = {row.program_id: row.referees_asked for row in self.cycle.intakes.all()}
        return max((wanted.get(program.pk, 0) for program in self.chosen), default=0)

    @property
    def asks_internship(self) -> bool:
        """Whether a chosen program has a compulsory internship, whose goals are asked then."""
        return any(program.internship_required for program in self.chosen)

    @property
    def asks_attendance(self) -> bool:
        """Whether a chosen program can be followed part time."""
        return any(program.asks_attendance for program in self.chosen)

    @property
    def asks_experience(self) -> bool:
        """Whether a chosen program wants work experience, or the word that there is none."""
        return any(program.asks_experience for program in self.chosen)

    @property
    def begins_on(self) -> date | None:
        """When the studies begin: the day chosen among the cycle's; where there is one only, that one."""
        days = self.cycle.starts
        return self.start_on if self.start_on in days else days[0] if len(days) == 1 else None


class ChoiceManager(models.Manager["Choice"]):
    """Choices come with their program: nobody reads one without the other."""

    def get_queryset(self) -> models.QuerySet["Choice"]:
        """Both in one query."""
        return super().get_queryset().select_related("program")


class Choice(models.Model):
    """A program that an application asks for, and its rank."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="choices")
    program = models.ForeignKey(Program, on_delete=models.PROTECT)
    rank = models.PositiveSmallIntegerField()

    objects = ChoiceManager()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "program"],
                name="applications_choice_once",
                violation_error_message=_("Choose each program once."),
            ),
            models.UniqueConstraint(
                fields=["application", "rank"],
                name="applications_choice_one_a_rank",
                violation_error_message=_("Give each program its own rank."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.program}"
