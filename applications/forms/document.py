"""Step 5: one PDF at a time, with a verdict that names the cause and the remedy."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from papers import pdf

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 63

PROBLEMS = {
    "none": gettext_lazy("Choose a file first."),
    "size": gettext_lazy(
        "This file is 10 MB or more. Save it at a lower resolution, then upload it."
    ),
    "name": gettext_lazy("The file’s name has 64 characters or more. Shorten it, then upload it."),
    "not_pdf": gettext_lazy(
        "This file is not a PDF. Open it, choose Print, then Save as PDF, and upload the copy."
    ),
    "password": gettext_lazy(
        "This PDF is protected by a password: we cannot open it. Open it, choose Print, then Save as PDF, "
        "and upload the copy."
    ),
    "broken": gettext_lazy(
        "This PDF is damaged: we cannot open it. Save it again from its program, then upload it."
    ),
    "slow": gettext_lazy(
        "We could not check this file in time. Nothing is wrong with it yet: upload it again."
    ),
    "long": gettext_lazy("This PDF has more than 200 pages. Keep what we ask for only."),
}


class DocumentForm(forms.Form):
    """A checked PDF; `pages` is known once it is valid."""

    file = forms.FileField(required=False, allow_empty_file=True)
    pages = 0

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["file"].widget.attrs.update({"id": f"id_{kind}", "accept": "application/pdf"})

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
        self.pages = verdict.pages
        return file


def printable(name: str) -> str:
    """A label without control characters, direction marks or folders: names are theirs only as labels."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip() or "document.pdf"
