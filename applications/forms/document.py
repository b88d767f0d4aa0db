"""Step 5: one PDF at a time, with a verdict that names the cause and the remedy."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from papers import pdf
from papers.pdf import LARGEST
from papers.problems import PROBLEMS

LONGEST_NAME = 63


class DocumentForm(forms.Form):
    """A checked PDF; `pages` and the picture of the first are known once it is valid."""

    file = forms.FileField(required=False, allow_empty_file=True)
    pages = 0
    preview = b""

    def __init__(self, *args: Any, slot: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slot = slot
        self.fields["file"].widget.attrs.update({"id": f"id_{slot}", "accept": "application/pdf"})

    def clean_file(self) -> UploadedFile:
        """Raise ValidationError with the sentence for the first problem found."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if not file:
            raise ValidationError(PROBLEMS["none"])
        file.name = printable(file.name or "document.pdf")
        if (file.size or 0) >= LARGEST:
            raise ValidationError(PROBLEMS["size"])
        if len(file.name) > LONGEST_NAME:
            raise ValidationError(PROBLEMS["name"])
        verdict = pdf.inspect(file)
        if verdict.problem:
            raise ValidationError(PROBLEMS[verdict.problem])
        self.pages, self.preview = verdict.pages, verdict.preview
        return file


def printable(name: str) -> str:
    """A label without control characters, direction marks or folders: names are theirs only as labels."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip() or "document.pdf"
