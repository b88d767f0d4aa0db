"""What is typed about conflicts of interest: a reason with one key, a judgement, what a person is close to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from desk.forms import visible
from reviews.comparing import people
from reviews.models import Reason, Ties
from reviews.models.conflict import WORDS_LIMIT
from reviews.models.ties import TIES_LIMIT

LONGEST_LINE = 200


class FirstFocused(forms.RadioSelect):
    """Radios of which the first has the keyboard: arrows choose, Enter sends the form."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Focus goes to one radio only."""
        option = super().create_option(*args, **kwargs)
        if option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


class ConflictForm(forms.Form):
    """Why one must not read a file: one choice, and words for those who want to say more."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Reason.choices,
        widget=FirstFocused,
        error_messages={"required": _("Choose a reason.")},
    )
    words = forms.CharField(
        label=_("In a few words (optional)"),
        help_text=_("Only the coordination and the direction read this."),
        max_length=WORDS_LIMIT,
        required=False,
        validators=[visible],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def said(self) -> dict[str, str]:
        """What the verbs take."""
        return {"reason": self.cleaned_data["reason"], "words": self.cleaned_data["words"]}


class StateForm(forms.Form):
    """A conflict of somebody else that the coordination knows of."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"), empty_label="—")
    words = forms.CharField(label=_("How you know"), max_length=WORDS_LIMIT, validators=[visible])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people().order_by("full_name", "email")


class JudgeForm(forms.Form):
    """Why a conflict is dismissed."""

    why = forms.CharField(
        label=_("Why"),
        max_length=WORDS_LIMIT,
        validators=[visible],
        error_messages={"required": _("Say why.")},
    )


class TiesForm(forms.ModelForm):
    """A line each, in any order."""

    class Meta:
        model = Ties
        fields = ("institutions", "people")
        widgets = {
            "institutions": forms.Textarea(
                attrs={"rows": 6, "data-limit": TIES_LIMIT, "spellcheck": "false"}
            ),
            "people": forms.Textarea(
                attrs={"rows": 6, "data-limit": TIES_LIMIT, "spellcheck": "false"}
            ),
        }
        help_texts = {
            "institutions": _(
                "Where you study, teach or work, or did: one a line. Two names of one place on one line: "
                "Université de Montréal = UdeM."
            ),
            "people": _("First and last name, one a line: co-authors, family, close colleagues."),
        }

    def _lines(self, name: str) -> str:
        """Each line once, without what is invisible, none too long."""
        lines = [" ".join(line.split()) for line in self.cleaned_data[name].splitlines()]
        text = "\n".join(dict.fromkeys(line for line in lines if line))
        visible(text)
        if any(len(line) > LONGEST_LINE for line in text.split("\n")):
            raise ValidationError(_("One line is too long: write one name a line."))
        if len(text) > TIES_LIMIT:
            raise ValidationError(
                _("%(count)s characters: at most %(limit)s.")
                % {"count": len(text), "limit": TIES_LIMIT}
            )
        return text

    def clean_institutions(self) -> str:
        """As lines."""
        return self._lines("institutions")

    def clean_people(self) -> str:
        """As lines."""
        return self._lines("people")
