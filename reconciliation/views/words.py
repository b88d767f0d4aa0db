"""What UdeM's words were said to mean, to put right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from reconciliation import words
from reconciliation.forms import WordsForm
from reconciliation.permissions import settles_lists


@only(settles_lists)
@require_safe
def udem_words(request: Asked) -> HttpResponse:
    """Each word that was asked about, and the step it means."""
    return render(
        request, "reconciliation/udem_words.html", {"form": WordsForm(words=words.known())}
    )


@only(settles_lists)
@require_POST
def udem_words_learn(request: Asked) -> HttpResponse:
    """Keep what was put right, for the lists to come."""
    form = WordsForm(request.POST, words=words.known())
    if not form.is_valid():
        return render(request, "reconciliation/udem_words.html", {"form": form}, status=422)
    words.learn(form.learned(), by=request.user)
    messages.success(request, _("Kept for the lists to come; what was applied stays."))
    return redirect("udem_words")
