"""What is typed at the office's desk. Forms take objects, and send nothing."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application
from cycles.clock import day_of
from desk.models.message import TEXT_LIMIT
from desk.models.request import REASON_LIMIT, TITLE_LIMIT
from desk.pieces import LONGEST, usual_due

# Controls, and marks that turn the direction of what follows: they can make a text say something else.
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
TRICK = _(
    "This text holds invisible characters that we cannot keep. Paste it as plain text, or type it again."
)
NOTHING = _("Write something first.")


def visible(text: str) -> None:
    """Raise ValidationError for a text with characters that nobody sees."""
    if INVISIBLE.search(text):
        raise ValidationError(TRICK, code="invisible")


class Words(forms.CharField):
    """Words for another person: one kind of line break, nothing invisible, never cut off in silence."""

    def __init__(self, *, limit: int, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "data-limit": limit})
        # The length is judged here, in the same characters as the page's counter.
        super().__init__(widget=widget, error_messages={"required": NOTHING}, **kwargs)
        self.limit = limit
        self.validators = [visible]

    def to_python(self, value: Any) -> str:
        """One kind of line break."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Raise ValidationError with the count when the text is too long."""
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(
                _("%(count)s characters: at most %(limit)s.")
                % {"count": len(value), "limit": self.limit}
            )


class WhyForm(forms.Form):
    """The reason of an act."""

    why = Words(limit=REASON_LIMIT, rows=3, label=_("Why"))

    def __init__(self, *args: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = help_text


def _day() -> forms.DateField:
    """A day from today on."""
    return forms.DateField(
        label=_("Due on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until the end of that day in Montréal."),
    )


class _Dated(forms.Form):
    """A form with a day that is neither past nor far away."""

    def clean_due_on(self) -> Any:
        """Raise ValidationError for another day."""
        due_on, today = self.cleaned_data["due_on"], day_of(timezone.now())
        if not today <= due_on <= today + LONGEST:
            raise ValidationError(_("Choose a day between today and a year from now."))
        return due_on


class AskForm(_Dated):
    """A piece to ask for: what, why, by when."""

    title = forms.CharField(
        label=_("Which piece"),
        max_length=TITLE_LIMIT,
        validators=[visible],
        widget=forms.TextInput(attrs={"list": "pieces", "autocomplete": "off"}),
    )
    reason = Words(limit=REASON_LIMIT, label=_("Why"))
    due_on = _day()

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = application.applicant.get_language_display()
        text = _("The applicant reads it: write in %(language)s.") % {"language": language}
        self.fields["title"].help_text = self.fields["reason"].help_text = text
        self.fields["due_on"].initial = usual_due(day_of(timezone.now()))

    def clean_title(self) -> str:
        """On one line: it heads a letter."""
        return " ".join(self.cleaned_data["title"].split())


class ExtendForm(_Dated):
    """Another day for a piece, and why."""

    due_on = _day()
    why = Words(limit=REASON_LIMIT, rows=3, label=_("Why"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = day_of(timezone.now()) + timedelta(days=7)


class MessageForm(forms.Form):
    """A message to the other side."""

    text = Words(limit=TEXT_LIMIT, rows=6, label=_("Your message"))


class AddressForm(WhyForm):
    """An applicant's right address, and how the office knows."""

    email = forms.EmailField(label=_("Right e-mail address"), max_length=254)
    field_order = ("email", "why")


class ByAddress(forms.ModelChoiceField):
    """Accounts, told apart by their addresses."""

    def label_from_instance(self, obj: User) -> str:
        """Two accounts of one person bear one name."""
        return obj.email


class MergeForm(WhyForm):
    """Which account stays, and why the two are one person's."""

    stays = ByAddress(
        User.objects.none(),
        label=_("The account that stays"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("stays", "why")

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stays = self.fields["stays"]
        assert isinstance(stays, forms.ModelChoiceField)
        # In the order of the page: whoever signed in last does not change it.
        stays.queryset = User.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
