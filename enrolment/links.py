"""Where else a person's page leads: rooms that lie elsewhere, by the names of their pages; those that there are."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from enrolment.places import Place
from followup.models import Reply


@dataclass(frozen=True)
class Link:
    """A page about one file, by its number."""

    page: str
    label: str | Promise
    icon: str
    for_directors: bool = False
    # The replies to our offer with which the page is of use; empty for all.
    reply: tuple[str, ...] = ()


LINKS = [
    Link("udem_office", _("The file at UdeM"), "landmark"),
    Link("permits_office", _("Permits"), "plane"),
    Link("offer_extend", _("Give more time to reply"), "calendar-clock", reply=(Reply.OPEN,)),
    Link("offer_take_back", _("Take the yes back"), "ban", reply=(Reply.ACCEPTED,)),
    Link(
        "offer_reopen",
        _("Open the offer again"),
        "replace",
        reply=(Reply.DECLINED, Reply.EXPIRED),
    ),
    Link("desk_messages", _("Messages"), "message-square"),
    Link("desk_file", _("Completeness, letters and address"), "clipboard-list"),
    Link("file", _("The whole file, with its readers and its answer"), "folder-open", True),
    Link("as_applicant", _("The page as this person sees it"), "eye", True),
]


def links_of(number: str, user: Any, place: Place) -> list[tuple[Link, str]]:
    """The pages that this person may open and that are of use as things are, with their addresses."""
    office = coordinates(user)
    may = (link for link in LINKS if (office or link.for_directors) and _is_of_use(link, place))
    return [(link, url) for link in may if (url := address_of(link.page, number))]


def _is_of_use(link: Link, place: Place) -> bool:
    """Whether the page is not about another reply; nothing is changed of an offer to somebody who has left."""
    return not link.reply or (place.reply in link.reply and not place.is_gone)


def address_of(page: str, *args: Any) -> str:
    """The address of a page; empty where there is no page of this name."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
