"""Where else a person's page leads: rooms that lie elsewhere, by the names of their pages; those that there are."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates


@dataclass(frozen=True)
class Link:
    """A page about one file, by its number."""

    page: str
    label: str | Promise
    icon: str
    for_directors: bool = False


LINKS = [
    Link("udem_office", _("The file at UdeM"), "landmark"),
    Link("permits_office", _("Permits"), "plane"),
    Link("offer_reopen", _("Change the reply to our offer"), "replace"),
    Link("offer_extend", _("Give more time to reply"), "calendar-clock"),
    Link("offer_take_back", _("Take the offer back"), "ban"),
    Link("desk_messages", _("Messages"), "message-square"),
    Link("desk_file", _("Completeness, letters and address"), "clipboard-list"),
    Link("file", _("The whole file, with its readers and its answer"), "folder-open", True),
    Link("as_applicant", _("The page as this person sees it"), "eye", True),
]


def links_of(number: str, user: Any) -> list[tuple[Link, str]]:
    """The pages that this person may open, with their addresses."""
    office = coordinates(user)
    may = (link for link in LINKS if office or link.for_directors)
    return [(link, url) for link in may if (url := address_of(link.page, number))]


def address_of(page: str, *args: Any) -> str:
    """The address of a page; empty where there is no page of this name."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
