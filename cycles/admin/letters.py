"""A cycle's letters in Django admin: which there are, one's own words for each, a look at them, a test to oneself."""

import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import administers, coordinates, directs
from audit.models import AuditEntry, subject_of
from audit.moves import Refused
from cycles.admin.pages import page
from cycles.letters import parity, previewing, writing
from cycles.letters.writing import WORDS
from cycles.models import Cycle
from notifications.catalogue import Asked, Entry, NoSuchFile, rewordable
from notifications.letter_text import LetterText

Status = LetterText.Status
DONE = {
    "write letter text": gettext_lazy("wrote version %(n)s"),
    writing.PUBLISH.name: gettext_lazy("published version %(n)s"),
    writing.REPLACE.name: gettext_lazy("ended the use of version %(n)s"),
}
# As every page, and it may hold a frame of ours: the letter as a mail program shows it.
WITH_FRAMES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'"
)
# A letter brings its own styles, and nothing else works in it.
OF_A_LETTER = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


class WordsForm(forms.Form):
    """The subject and the text, in both languages."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    subject_fr = forms.CharField(
        label=gettext_lazy("Subject in French"), max_length=200, required=False
    )
    subject_en = forms.CharField(
        label=gettext_lazy("Subject in English"), max_length=200, required=False
    )
    text_fr = forms.CharField(
        label=gettext_lazy("Text in French"),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 22, "lang": "fr-CA"}),
    )
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 22, "lang": "en-CA"}),
    )

    def __init__(self, entry: Entry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry

    def clean(self) -> dict[str, Any]:
        """What cannot be kept, at its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in WORDS:
            for reason in writing.refusals(self.entry, name, data.get(name, "")):
                self.add_error(name, reason)
        return data


@dataclass
class Own:
    """A letter of a cycle: the catalogue's entry, and its versions, the newest first."""

    entry: Entry
    versions: list[LetterText] = field(default_factory=list)

    @property
    def draft(self) -> LetterText | None:
        """The one that is being written."""
        return next((row for row in self.versions if row.status == Status.DRAFT), None)

    @property
    def published(self) -> LetterText | None:
        """The one that is used."""
        return next((row for row in self.versions if row.status == Status.PUBLISHED), None)

    @property
    def newest(self) -> LetterText:
        """What one sees first: the draft, else what is used, else the usual text."""
        return self.draft or self.published or writing.usual(self.entry.letter.name)

    def version(self, number: str) -> LetterText:
        """One version by its number; 0 is the usual text. Raises Http404."""
        if not number:
            return self.newest
        rows = [*self.versions, writing.usual(self.entry.letter.name)]
        found = next((row for row in rows if str(row.version) == number), None)
        if found is None:
            raise Http404
        return found


def _own(request: HttpRequest, pk: int, letter: str) -> tuple[Cycle, Own]:
    """The cycle and its letter, for an administrator. Raises Http404, PermissionDenied."""
    if not administers(request.user):
        raise PermissionDenied
    cycle, entry = get_object_or_404(Cycle, pk=pk), rewordable().get(letter)
    if entry is None:
        raise Http404
    return cycle, Own(entry, [row for row in writing.texts_of(cycle) if row.letter == letter])


@require_safe
def cycle_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Every letter of the cycle: when it leaves, to whom, with whose words."""
    if not administers(request.user):
        raise PermissionDenied
    cycle = get_object_or_404(Cycle, pk=pk)
    owns = {name: Own(entry) for name, entry in rewordable().items()}
    for row in writing.texts_of(cycle):
        if row.letter in owns:
            owns[row.letter].versions.append(row)
    return page(
        request,
        "admin/cycles/letters.html",
        _("Letters of the cycle"),
        cycle=cycle,
        owns=owns.values(),
    )


def cycle_letter(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """One letter: its words in both languages, what lacks, and the placeholders beside them."""
    cycle, own = _own(request, pk, letter)
    begun = own.version(request.GET.get("version", ""))
    initial = {name: getattr(begun, name) for name in WORDS}
    form = WordsForm(
        own.entry,
        request.POST or None,
        initial={**initial, "seen": writing.mark_of(own.draft)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            writing.write(cycle, own.entry, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, " ".join([str(refused.text), *map(str, refused.reasons)]))
        else:
            messages.success(
                request, _("The draft is kept. Nobody gets it before it is published.")
            )
            name = "cycle_letter_look" if "look" in request.POST else "cycle_letter"
            return redirect(f"admin:{name}", cycle.pk, letter)
    draft = own.draft
    return page(
        request,
        "admin/cycles/letter.html",
        str(own.entry.title),
        cycle=cycle,
        own=own,
        form=form,
        begun=begun,
        lacks=parity.gaps(draft, own.entry) if draft else [],
        doubts=parity.warnings(draft) if draft else [],
        history=_history(own),
    )


def _history(own: Own) -> list[tuple[AuditEntry, str]]:
    """Who wrote, published or took back which version; the last twenty acts, the newest first."""
    versions = {subject_of(row): row.version for row in own.versions}
    lines = AuditEntry.objects.filter(subject__in=versions).select_related("actor")
    return [
        (line, str(DONE[line.verb]) % {"n": versions[line.subject]})
        for line in lines.order_by("-at", "-pk")[:20]
    ]


def _asked(request: HttpRequest, cycle: Cycle, number: str) -> Asked:
    """Whose sample: the number as people type it."""
    return Asked(cycle, number.strip().upper()[:20], request.user)


@require_safe
def cycle_letter_look(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """The letter in both languages, as text and as a mail program shows it, for a real file or for nobody."""
    cycle, own = _own(request, pk, letter)
    row, asked = own.version(request.GET.get("version", "")), None
    number, wrong = request.GET.get("file", ""), ""
    try:
        asked = _asked(request, cycle, number)
        both = previewing.in_both(own.entry, row, asked)
    except NoSuchFile:
        wrong = _("You see no file with this number in this cycle.")
        both = previewing.in_both(own.entry, row, Asked(cycle))
        asked = Asked(cycle)
    response = page(
        request,
        "admin/cycles/letter_look.html",
        _("How it looks"),
        cycle=cycle,
        own=own,
        row=row,
        both=both,
        number=number,
        wrong=wrong,
        sees_files=coordinates(request.user) or directs(request.user),
        may_publish=row == own.draft and not parity.gaps(row, own.entry),
        frame=urlencode({"version": row.version, "file": asked.number}),
        click=uuid.uuid4().hex,
    )
    response["Content-Security-Policy"] = WITH_FRAMES
    return response


@require_safe
@xframe_options_sameorigin
def cycle_letter_html(request: HttpRequest, pk: int, letter: str, language: str) -> HttpResponse:
    """The letter's HTML alone, for the frame."""
    cycle, own = _own(request, pk, letter)
    if language not in parity.LANGUAGES:
        raise Http404
    asked = _asked(request, cycle, request.GET.get("file", ""))
    try:
        one = previewing.shown(
            own.entry, own.version(request.GET.get("version", "")), asked, language
        )
    except NoSuchFile as error:
        raise Http404 from error
    response = HttpResponse(one.html)
    response["Content-Security-Policy"] = OF_A_LETTER
    return response


@require_POST
def cycle_letter_test(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """Both languages to one's own address."""
    cycle, own = _own(request, pk, letter)
    row, number = own.version(request.POST.get("version", "")), request.POST.get("file", "")
    try:
        sent = previewing.send_to_oneself(
            own.entry,
            row,
            _asked(request, cycle, number),
            by=request.user,  # type: ignore[arg-type]
            click=request.POST.get("click", ""),
        )
    except NoSuchFile as error:
        raise Http404 from error
    if sent:
        messages.success(request, _("On its way to %(to)s.") % {"to": request.user.email})  # type: ignore[union-attr]
    else:
        messages.error(request, _("There is nothing to send yet."))
    query = urlencode({"version": row.version, "file": number})
    return redirect(f"{reverse('admin:cycle_letter_look', args=[cycle.pk, letter])}?{query}")


@require_POST
def cycle_letter_publish(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """Use the draft from now on."""
    cycle, own = _own(request, pk, letter)
    if own.draft is None:
        raise Refused(_("There is no draft to publish."))
    writing.publish(own.draft, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("From now on this letter leaves with these words."))
    return redirect("admin:cycle_letter", cycle.pk, letter)


@require_POST
def cycle_letter_usual(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """Back to the usual text."""
    cycle, own = _own(request, pk, letter)
    if own.published is None:
        raise Refused(_("The usual text is in use already."))
    writing.use_file(own.published, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("From now on this letter leaves with its usual text."))
    return redirect("admin:cycle_letter", cycle.pk, letter)


@require_POST
def cycle_letter_discard(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """Throw the draft away."""
    cycle, own = _own(request, pk, letter)
    if own.draft is not None:
        writing.discard(own.draft, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The draft is gone."))
    return redirect("admin:cycle_letter", cycle.pk, letter)


def urls(wrap: Any) -> list[Any]:
    """The pages of a cycle's letters, under the cycle's own."""
    one = "<int:pk>/letters/<slug:letter>/"
    views = {
        "<int:pk>/letters/": cycle_letters,
        one: cycle_letter,
        f"{one}look/": cycle_letter_look,
        f"{one}look/<slug:language>/": cycle_letter_html,
        f"{one}test/": cycle_letter_test,
        f"{one}publish/": cycle_letter_publish,
        f"{one}usual/": cycle_letter_usual,
        f"{one}discard/": cycle_letter_discard,
    }
    return [path(route, wrap(view), name=view.__name__) for route, view in views.items()]
