"""The ready pack of one's own PDFs for UdeM."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.asking import Asked
from followup.pack import archive, pack_of
from followup.preparation import prepares
from followup.views.home import own_situation
from papers.handing import sealed


@require_safe
def preparation_pack(request: Asked, number: str) -> HttpResponseBase:
    """The archive, sent while it is made; 404 for everybody else, staff included."""
    one = own_situation(request, number)
    if one.application is None or not prepares(one):
        raise Http404
    pack = pack_of(one.application, one.submission)
    if not pack.items:
        messages.info(request, _("There is no file for the pack yet."))
        return redirect("preparation", number)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type="application/zip")
    else:
        pieces = archive(pack, one.application, at=one.at)
        response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{number}-UdeM.zip"'
    return sealed(response)
