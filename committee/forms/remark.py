"""What is said about a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models.remark import REMARK_LIMIT


class RemarkForm(forms.Form):
    """One remark."""

    text = forms.CharField(
        label=_("Your remark"),
        help_text=_("Kept on file; the applicant may ask to read it."),
        max_length=REMARK_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
