"""What a reader, a coordinator and a director type. Forms take objects, and send nothing."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from applications.forms.widgets import PlainRadios
from applications.models import Application
from applications.models.application import FILED
from cycles.models import Program
from reviews.conflicts import kept_from
from reviews.models import ACTIVE, Assignment, Criterion, Outcome, Recommendation, Review
from reviews.models.review import COMMENT_LIMIT, HIGHEST, LOWEST
from reviews.scoring import Typed

CANNOT_JUDGE = "na"
VALUES = [
    *((str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)),
    (CANNOT_JUDGE, _("n/a")),
]
CONFIDENCES = [(str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)]


def _radios() -> PlainRadios:
    """Radios drawn as buttons by the stylesheet."""
    return PlainRadios(attrs={"class": "visually-hidden"})


class ReviewForm(forms.Form):
    """The rubric of a cycle, in any state of completion."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    confidence = forms.TypedChoiceField(
        label=_("How sure are you?"),
        choices=CONFIDENCES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=_radios(),
    )
    recommendation = forms.ChoiceField(
        label=_("Your advice"), choices=Recommendation.choices, required=False, widget=_radios()
    )
    recommended_program = forms.ModelChoiceField(
        Program.objects.none(),
        label=_("For which program (when several are asked for)"),
        required=False,
        empty_label="—",
    )
    comment = forms.CharField(
        label=_("For the committee"),
        help_text=_("Kept on file; the applicant may ask to read it."),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    private_notes = forms.CharField(
        label=_("Notes for yourself"),
        help_text=_("Nobody else sees them."),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, criteria: list[Criterion], application: Application, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"score_{criterion.pk}"] = forms.ChoiceField(
                label=str(criterion.name), choices=VALUES, required=False, widget=_radios()
            )
        programs = self.fields["recommended_program"]
        assert isinstance(programs, forms.ModelChoiceField)
        programs.queryset = Program.objects.filter(choice__application=application)

    @property
    def rubric(self) -> list[tuple[Criterion, BoundField]]:
        """Each criterion with its radios."""
        return [(criterion, self[f"score_{criterion.pk}"]) for criterion in self.criteria]

    def typed(self) -> Typed:
        """What the verb takes. A criterion without a choice is left out: it is not scored yet."""
        data = self.cleaned_data
        chosen = {criterion.pk: data[f"score_{criterion.pk}"] for criterion in self.criteria}
        return Typed(
            scores={
                pk: None if value == CANNOT_JUDGE else int(value)
                for pk, value in chosen.items()
                if value
            },
            comment=data["comment"],
            private_notes=data["private_notes"],
            confidence=data["confidence"],
            recommendation=data["recommendation"],
            recommended_program=data["recommended_program"],
        )


def initial_of(review: Review | None, scores: dict[int, int | None]) -> dict[str, Any]:
    """What a saved review puts in the form."""
    if review is None:
        return {"revision": 0}
    names = (
        "revision",
        "confidence",
        "recommendation",
        "recommended_program",
        "comment",
        "private_notes",
    )
    return {
        **{name: getattr(review, name) for name in names},
        **{
            f"score_{pk}": CANNOT_JUDGE if value is None else str(value)
            for pk, value in scores.items()
        },
    }


class ConflictForm(forms.Form):
    """Why one must not read a file."""

    why = forms.CharField(
        label=_("In a few words, why"),
        help_text=_(
            "Only the coordination reads this. Example: former student, relative, colleague."
        ),
        max_length=300,
    )


class ReaderField(forms.ModelChoiceField):
    """A choice of readers, each with the number of files that they hold in the cycle."""

    def label_from_instance(self, obj: Any) -> str:
        """`David Chen, 12 files`."""
        held = ngettext("%(count)s file", "%(count)s files", obj.held) % {"count": obj.held}
        return f"{obj}, {held}"


class AssignForm(forms.Form):
    """A reader for a file: anyone who reads, least loaded first, without those who have it or are kept apart."""

    reviewer = ReaderField(User.objects.none(), label=_("Reader"), empty_label="—")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = Assignment.objects.active().filter(application=application)
        apart = kept_from(application)
        everyone = User.objects.with_role(Role.REVIEWER)
        reads = Q(
            assignments__status__in=ACTIVE,
            assignments__application__cycle=application.cycle_id,
            assignments__application__status__in=FILED,
        )
        readers = self.fields["reviewer"]
        assert isinstance(readers, forms.ModelChoiceField)
        readers.queryset = (
            everyone.exclude(pk__in=taken.values("reviewer"))
            .exclude(pk__in=apart)
            .annotate(held=Count("assignments", filter=reads))
            .order_by("held", "full_name", "email")
        )
        if names := ", ".join(str(reader) for reader in everyone.filter(pk__in=apart)):
            readers.help_text = _("Kept apart from this file: %(names)s.") % {"names": names}


class ProposeForm(forms.Form):
    """An outcome, and the program it is for."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "—"), *Outcome.choices])
    program = forms.ModelChoiceField(
        Program.objects.none(), label=_("Program"), required=False, empty_label="—"
    )
    rank = forms.IntegerField(
        label=_("Place on the waitlist (empty: the next one)"), required=False, min_value=1
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programs = self.fields["program"]
        assert isinstance(programs, forms.ModelChoiceField)
        programs.queryset = Program.objects.filter(choice__application=application)

    def clean(self) -> dict[str, Any]:
        """Decline is for no program; the others are for one, and only the waitlist has places."""
        data: dict[str, Any] = super().clean() or {}
        outcome = data.get("outcome")
        if outcome == Outcome.DECLINE:
            data["program"] = None
        elif outcome and not data.get("program"):
            self.add_error("program", _("Choose the program."))
        if outcome != Outcome.WAITLIST:
            data["rank"] = None
        return data


class BulkProposeForm(forms.Form):
    """The same outcome for the files ticked in a ranked list."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    ticked = forms.MultipleChoiceField(
        error_messages={"required": _("Tick at least one file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = self.data.getlist("ticked")  # type: ignore[attr-defined]
        ticked = self.fields["ticked"]
        assert isinstance(ticked, forms.MultipleChoiceField)
        ticked.choices = [(number, number) for number in numbers]
