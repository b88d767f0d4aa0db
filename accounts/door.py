"""Who gets in: the role is judged before anything is looked up, so that nothing shows in the answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def only(*predicates: Callable[[Any], bool]) -> Callable[[View], View]:
    """403 for whoever fits none of these predicates."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(predicate(request.user) for predicate in predicates):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return door


def never_kept(view: View) -> View:
    """What is typed here does not wait in a session that ended: the database would hold it in clear."""
    view.never_kept = True  # type: ignore[attr-defined]
    return view
