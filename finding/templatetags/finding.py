"""The bar above a list: the views kept of it, and the ways to keep what is shown and to take it away."""

from typing import Any

from django import template

from finding.lists import LISTS
from finding.middleware import views_of
from finding.models import Export

register = template.Library()


@register.inclusion_tag("finding/list_bar.html", takes_context=True)
def list_bar(context: template.Context, key: str, cycle: Any = None) -> dict[str, Any]:
    """The views of a list as chips, the one that is shown marked; costs one query."""
    request: Any = context["request"]
    listed = LISTS[key]
    shown = listed.asked(request.GET)
    code = {"cycle": cycle.code} if cycle else {}
    kept, dropped = [], []
    for view in views_of(request, key):
        mine = view.owner_id == request.user.pk
        filters = listed.asked(view.filters)
        if view.dropped_at:
            dropped.append(view)
        else:
            kept.append(
                (view, listed.address(filters, **(code or {"view": "1"})), filters == shown, mine)
            )
    return {
        "key": key,
        "can_keep": bool(listed.filters),
        "kept": kept,
        "mine": [view for view, _url, _here, mine in kept if mine],
        "dropped": dropped,
        "plain": listed.address({}, **(code or {"view": "0"})),
        "is_plain": not shown,
        "hidden": listed.hidden(shown, **code),
        "kinds": Export.Kind.choices,
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }
