"""Step 5: one PDF at a time, with a verdict that names the cause and the remedy."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from papers import pdf
from papers.fit import HEAD, problem_of
from papers.labels import printable
from papers.pdf import Verdict
from papers.problems import PROBLEMS


class DocumentForm(forms.Form):
    """A checked PDF; `pages` and the picture of the first are known once it is valid.

    `label` is the name to keep it under, where its own is too long.
    """

    file = forms.FileField(label=_("Your file"), required=False, allow_empty_file=True)
    label = forms.CharField(required=False)
    problem = ""
    pages = 0
    preview = b""

    def __init__(self, *args: Any, slot: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slot = slot
        self.fields["file"].widget.attrs.update({"id": f"id_{slot}", "accept": "application/pdf"})

    def clean(self) -> dict[str, Any]:
        """Add the sentence for the first problem found, with its code."""
        data = super().clean() or {}
        file: UploadedFile | None = data.get("file")
        if not file:
            return self._refuse("none")
        file.name = printable(data.get("label") or file.name or "")
        head = file.read(HEAD)
        file.seek(0)
        problem = problem_of(file.name, file.size or 0, head)
        verdict = Verdict(problem=problem) if problem else pdf.inspect(file)
        if verdict.problem:
            return self._refuse(verdict.problem)
        self.pages, self.preview = verdict.pages, verdict.preview
        return data

    def _refuse(self, problem: str) -> dict[str, Any]:
        self.problem = problem
        self.add_error("file", ValidationError(PROBLEMS[problem], code=problem))
        return self.cleaned_data
