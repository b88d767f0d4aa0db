"""Category 3: the one PDF of a shortlisted person; it is judged by `proofs`, never here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.problems import PROBLEMS


class ProofForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("Your proof, one PDF of at most 5 MB"),
        allow_empty_file=True,
        max_length=None,
        widget=forms.ClearableFileInput({"accept": "application/pdf"}),
        error_messages={"required": PROBLEMS["none"]},
    )
