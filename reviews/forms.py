"""What a reader, a coordinator and a director type. Forms take objects, and send nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from applications.forms.text import CountedText
from applications.models import Application
from applications.models.application import FILED
from cycles.models import Program
from reviews.advice import summed_up
from reviews.conflicts import kept_from
from reviews.marking import initial_scores, radios, score_fields, scores_in, shares
from reviews.models import ACTIVE, Assignment, Criterion, Outcome, Recommendation, Review
from reviews.models.review import COMMENT_LIMIT, HIGHEST, LOWEST
from reviews.scoring import Typed
from reviews.whole import Kept

# No dossier is longer.
MOST_PAGES = 2000
CONFIDENCES = [(str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)]


def _pages() -> forms.NumberInput:
    """A small field for a page of the dossier."""
    return forms.NumberInput(attrs={"class": "page-n", "inputmode": "numeric"})


@dataclass(frozen=True)
class Line:
    """One criterion as the page draws it. `share`: of the whole, in per cent."""

    criterion: Criterion
    field: BoundField
    page: BoundField
    share: int


class ReviewForm(forms.Form):
    """The rubric of a cycle, in any state of completion.

    A file that asks for one program has one advice, `recommendation`; one that asks for several has one for
    each, `advice_<code>`.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    submission = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    confidence = forms.TypedChoiceField(
        label=_("How sure are you?"),
        choices=CONFIDENCES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=radios(),
    )
    comment = CountedText(
        limit=COMMENT_LIMIT,
        rows=4,
        label=_("For the committee"),
        help_text=_("Kept on file; the applicant may ask to read it."),
    )
    private_notes = CountedText(
        limit=COMMENT_LIMIT,
        rows=2,
        label=_("Notes for yourself"),
        help_text=_("Nobody else sees them."),
    )

    def __init__(
        self, *args: Any, criteria: list[Criterion], programs: Sequence[Program], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.programs = criteria, programs if len(programs) > 1 else []
        for (name, score), criterion in zip(
            score_fields(criteria, required=False).items(), criteria, strict=True
        ):
            self.fields[name] = score
            self.fields[f"page_{criterion.pk}"] = forms.IntegerField(
                label=_("Page"), min_value=1, max_value=MOST_PAGES, required=False, widget=_pages()
            )
        advice = {f"advice_{row.code}": row.short for row in self.programs}
        for name, label in (advice or {"recommendation": str(_("Your advice"))}).items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=Recommendation.choices, required=False, widget=radios()
            )

    @property
    def rubric(self) -> list[Line]:
        """Each criterion with its radios, its page and what it weighs."""
        share = shares(self.criteria)
        return [
            Line(
                row,
                self[f"score_{row.pk}"],
                self[f"page_{row.pk}"],
                share=share[row.pk],
            )
            for row in self.criteria
        ]

    @property
    def advices(self) -> list[tuple[str, BoundField]]:
        """The rows of advice: the program's short name, empty where there is only one."""
        if not self.programs:
            return [("", self["recommendation"])]
        return [(row.short, self[f"advice_{row.code}"]) for row in self.programs]

    def typed(self) -> Typed:
        """What the verb takes. A criterion without a choice is left out: it is not scored yet."""
        data = self.cleaned_data
        pages = {row.pk: page for row in self.criteria if (page := data[f"page_{row.pk}"])}
        advice = {row.code: said for row in self.programs if (said := data[f"advice_{row.code}"])}
        best, program = summed_up(advice, self.programs)
        return Typed(
            scores=scores_in(data, self.criteria),
            pages=pages,
            comment=data["comment"],
            private_notes=data["private_notes"],
            confidence=data["confidence"],
            recommendation=best if self.programs else data["recommendation"],
            recommended_program=program,
            advice=advice,
            submission=data["submission"],
        )


def initial_of(review: Review | None, scores: Mapping[int, Kept]) -> dict[str, Any]:
    """What a saved review puts in the form."""
    if review is None:
        return {"revision": 0}
    names = ("revision", "confidence", "recommendation", "comment", "private_notes")
    return {
        **{name: getattr(review, name) for name in names},
        **{f"advice_{code}": said for code, said in review.advice.items()},
        **initial_scores({pk: kept.value for pk, kept in scores.items()}),
        **{f"page_{pk}": kept.page for pk, kept in scores.items() if kept.page},
    }


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
