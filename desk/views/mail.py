"""The ledger of all mail: what was said to whom, and the acts on letters that did not arrive."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.models import User
from accounts.permissions import coordinates, directs
from applications.paging import page_of
from desk import mail, mailing
from desk.forms import WhyForm
from desk.mail_reading import acts_on, history_of, lines_of
from desk.permissions import handles_mail, reads_mail
from desk.unreachable import unreached_by
from notifications import ledger, reach, switching, ways
from notifications.mail_switch import MailSwitch
from notifications.models import OutgoingEmail


@only(reads_mail)
@require_safe
def letters(request: Asked) -> HttpResponse:
    """All letters, the newest first; the address holds the search."""
    seen, asked = mail.seen_by(request.user), mail.wanted(request.GET)
    page = page_of(
        mail.matching(seen, asked, request.user).defer("text"), request.GET.get("page", "1")
    )
    told = mail.counts(seen)
    context = {
        "asked": asked,
        "page": page,
        "lines": lines_of(page.rows),
        "filters": [(one, told.get(one.key)) for one in mail.FILTERS.values()],
        "kinds": mail.kinds(),
        "switch": None if asked.words else MailSwitch.now(),
        "has_second": ways.second() is not None,
    }
    return render(request, "desk/letters.html", {**context, **doors(request.user)})


def doors(user: User) -> dict[str, bool]:
    """Which pages a link may lead this person to: administrators read no files."""
    return {
        "opens_files": coordinates(user) or directs(user),
        "may_correct": coordinates(user),
        "may_handle": handles_mail(user),
    }


def seen(request: Asked, pk: int) -> OutgoingEmail:
    """A letter that this person may know of, or 404."""
    return get_object_or_404(mail.seen_by(request.user), pk=pk)


@only(reads_mail)
@require_safe
def letter_read(request: Asked, pk: int) -> HttpResponse:
    """One letter: the text as it left, its history, and what may be done."""
    letter = seen(request, pk)
    (line,) = lines_of([letter])
    context = {
        "line": line,
        "letter": letter,
        "history": history_of(letter),
        "acts": acts_on(letter, request.user),
        "trouble": reach.last_word(letter.address),
        **doors(request.user),
    }
    return render(request, "desk/letter_read.html", context)


@only(reads_mail)
@require_safe
def unreachable(request: Asked) -> HttpResponse:
    """The addresses that do not work."""
    context = {"rows": unreached_by(request.user), **doors(request.user)}
    return render(request, "desk/unreachable.html", context)


def _with_reason(request: Asked, act: Callable[..., Any], said: Callable[[Any], str]) -> None:
    """The act with the reason that was typed, or a sentence that it lacks one."""
    form = WhyForm(request.POST)
    if form.is_valid():
        messages.success(request, said(act(by=request.user, **form.cleaned_data)))
    else:
        messages.error(request, " ".join(map(str, form.errors["why"])))


@only(handles_mail)
@require_POST
def letter_resend(request: Asked, pk: int) -> HttpResponse:
    """Let it leave once more."""
    letter = seen(request, pk)
    _with_reason(
        request,
        lambda **why: mailing.resend(letter, **why),
        lambda sent: _("The letter leaves again, to %(address)s.") % {"address": sent.address},
    )
    return redirect("letter_read", pk)


@only(handles_mail)
@require_POST
def letter_resend_all(request: Asked, pk: int) -> HttpResponse:
    """Let all that did not arrive at its address leave once more."""
    letter = seen(request, pk)
    _with_reason(
        request,
        lambda **why: mailing.resend_all(letter, **why),
        lambda n: (
            ngettext("%(n)s letter leaves again.", "%(n)s letters leave again.", n) % {"n": n}
        ),
    )
    return redirect("unreachable")


@only(handles_mail)
@require_POST
def letter_settle(request: Asked, pk: int) -> HttpResponse:
    """Say that it did arrive."""
    letter = seen(request, pk)
    _with_reason(
        request,
        lambda **why: ledger.settle_as_sent(letter, **why),
        lambda _letter: _("The letter counts as arrived."),
    )
    return redirect("letter_read", pk)


def _switch(request: Asked, verb: Callable[..., Any], said: str) -> HttpResponse:
    _with_reason(request, verb, lambda _switch: said)
    return redirect("letters")


@only(reads_mail)
@require_POST
def mail_pause(request: Asked) -> HttpResponse:
    """No letter leaves any more."""
    return _switch(
        request, switching.pause, _("All mail is paused. Letters wait, and none is lost.")
    )


@only(reads_mail)
@require_POST
def mail_resume(request: Asked) -> HttpResponse:
    """Letters leave again."""
    return _switch(request, switching.resume, _("Letters leave again, those that waited first."))


@only(reads_mail)
@require_POST
def mail_second(request: Asked) -> HttpResponse:
    """Letters leave by the second transport."""
    return _switch(request, switching.take_second, _("Letters leave by the second transport."))


@only(reads_mail)
@require_POST
def mail_first(request: Asked) -> HttpResponse:
    """Letters leave by the first transport."""
    return _switch(request, switching.take_first, _("Letters leave by the first transport again."))
