"""The doors of a file on its way: add a part, ask how far it is, give it up. Whoever begins it has another door."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from papers import uploads
from papers.models import Upload


@require_POST
def upload_part(request: Asked, pk: UUID) -> JsonResponse:
    """The next bytes of a file, from the place that the header `Upload-Offset` says."""
    return take_part(request, get_object_or_404(Upload.objects.visible_to(request.user), pk=pk))


@require_safe
def upload_state(request: Asked, pk: UUID) -> JsonResponse:
    """How much of a file is here."""
    return told(get_object_or_404(Upload.objects.visible_to(request.user), pk=pk))


@require_POST
def upload_drop(request: Asked, pk: UUID) -> JsonResponse:
    """Give a file up."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user), pk=pk)
    uploads.drop(upload)
    return told(Upload.objects.get(pk=upload.pk))


def take_part(request: HttpRequest, upload: Upload) -> JsonResponse:
    """Add the request's body to an upload that its sender may see; what it says is never believed about its size."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    place = request.headers.get("Upload-Offset", "")
    if not (announced.isdecimal() and place.isascii() and place.isdecimal() and len(place) < 12):
        return told(upload, status=400)
    if int(announced) > uploads.PART:
        return told(upload, status=413)
    try:
        uploads.append(upload, start=int(place), content=request.body)
    except uploads.OutOfPlace:
        return told(upload, status=409)
    return told(upload)


def told(upload: Upload, status: int = 200) -> JsonResponse:
    """What the sender needs to go on: bytes received, bytes in all, whether it is over."""
    state = {"received": upload.received, "size": upload.size, "over": upload.is_over}
    return JsonResponse(state, status=status)
