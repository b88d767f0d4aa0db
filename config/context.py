"""What every page knows: who reads it, where it leads, and the same page in the other language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from config.public_calendar import PublicCalendar
from cycles.models import Cycle
from finding.permissions import searches
from retention.due import OF_PEOPLE, rules
from retention.lists import length_of
from retention.models import Rule

Entry = tuple[str, Any, str]

# Where each role works: page, words, icon. An applicant is someone without a role.
APPLICANT: list[Entry] = [("my_application", _("My application"), "file-text")]
STAFF: dict[Role, list[Entry]] = {
    Role.REVIEWER: [("queue", _("My queue"), "book-open")],
    Role.COORDINATOR: [
        ("dashboard", _("Dashboard"), "house"),
        ("board", _("Applications"), "table"),
        ("completeness_board", _("Completeness"), "clipboard-list"),
        ("progress", pgettext_lazy("menu", "Reading"), "chart-column"),
        ("decisions", _("Decisions"), "gavel"),
        ("releases", pgettext_lazy("menu", "Release"), "megaphone"),
        ("followup_board", _("Follow-up"), "landmark"),
        ("scholarship_rounds", pgettext_lazy("menu", "Scholarships"), "award"),
        ("timetable", pgettext_lazy("menu", "Timetable"), "calendar-clock"),
        ("letters", _("Mail"), "mails"),
        ("statistics", pgettext_lazy("menu", "Statistics"), "chart-column"),
        ("retention", pgettext_lazy("menu", "Records"), "folder-open"),
    ],
    Role.DIRECTOR: [
        ("dashboard", _("Dashboard"), "house"),
        ("board", _("Applications"), "table"),
        ("progress", pgettext_lazy("menu", "Reading"), "chart-column"),
        ("decisions", _("Decisions"), "gavel"),
        ("releases", pgettext_lazy("menu", "Release"), "megaphone"),
        ("followup_board", _("Follow-up"), "landmark"),
        ("scholarship_rounds", pgettext_lazy("menu", "Scholarships"), "award"),
        ("timetable", pgettext_lazy("menu", "Timetable"), "calendar-clock"),
        ("letters", _("Mail"), "mails"),
        ("statistics", pgettext_lazy("menu", "Statistics"), "chart-column"),
        ("retention", pgettext_lazy("menu", "Records"), "folder-open"),
    ],
    Role.PANELIST: [("panel", _("Scholarship panel"), "award")],
    Role.ADMINISTRATOR: [
        ("admin:index", _("Configuration"), "settings"),
        ("timetable", pgettext_lazy("menu", "Timetable"), "calendar-clock"),
        ("letters", _("Mail"), "mails"),
    ],
    Role.EDI_OFFICER: [
        ("edi_requests", _("Confidential requests"), "lock"),
        ("edi_aggregates", _("Who applies: figures"), "chart-column"),
    ],
}
# Pages that belong to an entry without beginning with its address.
BELONG: dict[str, tuple[str, ...]] = {
    "board": ("late_passes", "redactions"),
    "followup_board": ("udem_lists", "handing_over"),
    "retention": ("incidents",),
}
# A bar of more entries than this folds the pages that are not about one file under one word at its end.
MOST = 7
FOLDED = ("timetable", "letters", "statistics", "retention")
# The pages about the reading, which share one entry of the menu and link to each other.
READING: dict[Role, list[Entry]] = {
    Role.COORDINATOR: [
        ("progress", _("Progress"), "chart-column"),
        ("plans", _("Give files to readers"), "scale"),
        ("readership", _("How much each reader takes"), "users"),
        ("conflicts_board", _("Conflicts of interest"), "ban"),
        ("readers_scales", _("How the readers use the scale"), "scale"),
        ("progress_calibration", _("Calibration"), "target"),
    ],
    Role.DIRECTOR: [
        ("progress", _("Progress"), "chart-column"),
        ("progress_calibration", _("Calibration"), "target"),
    ],
}
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


@dataclass(frozen=True)
class Link:
    """One entry of the main menu."""

    url: str
    label: Any
    icon: str
    here: bool


def url_of(name: str) -> str:
    """The address of a page, or nothing when this deployment has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def above(name: str) -> str:
    """What the addresses of a page begin with, one that names a cycle included."""
    try:
        return url_of(name) or reverse(name, args=["x"]).removesuffix("x/")
    except NoReverseMatch:
        return ""


def same_page(path: str, language: str) -> str:
    """The same address in the other language; one that leads nowhere keeps its place all the same."""
    translated = translate_url(path, language)
    if translated != path:
        return translated
    bare = path.removeprefix("/en") if urlsplit(path).path.startswith("/en/") else path
    return f"/en{bare}" if language == "en" else bare


class Site:
    """Read by templates as `site`; each part is worked out only when a page asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def demo(self) -> bool:
        """Whether people and figures here are invented."""
        return settings.DEMO

    @property
    def mailbox(self) -> str:
        """Where the letters of a demonstration can be read."""
        return getattr(settings, "MAILBOX_URL", "") if settings.DEMO else ""

    @cached_property
    def visited(self) -> bool:
        """Whether the browser brought a session or a message; without one, neither is looked up."""
        cookies = self._request.COOKIES
        return settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies

    @cached_property
    def person(self) -> User | None:
        """Who is signed in. A visitor without a session costs no look-up and leaves the page cacheable."""
        user = getattr(self._request, "user", None) if self.visited else None
        return user if isinstance(user, User) else None

    @property
    def searches(self) -> bool:
        """Whether the reader has something to find, and so a field in the header."""
        return self.person is not None and searches(self.person)

    @cached_property
    def nav(self) -> list[Link]:
        """The pages in the bar, in the order of the work: all of them, or those of a long bar that are not folded."""
        return [link for name, link in self._links.items() if not self._folds(name)]

    @cached_property
    def folded(self) -> list[Link]:
        """The pages of a long bar that open from one word at its end."""
        return [link for name, link in self._links.items() if self._folds(name)]

    @property
    def here_is_folded(self) -> bool:
        """Whether the page is one of those."""
        return any(link.here for link in self.folded)

    def _folds(self, name: str) -> bool:
        return name in FOLDED and len(self._links) > MOST

    @cached_property
    def _links(self) -> dict[str, Link]:
        """The pages of the reader's roles, once each."""
        if self.person is None:
            return {}
        entries = [
            entry for role, pages in STAFF.items() if self.person.has(role) for entry in pages
        ]
        links: dict[str, Link] = {}
        for name, label, icon in entries or ([] if self.person.is_member else APPLICANT):
            if url := url_of(name):
                here = self._is_at(url) or self._is_in(name)
                links[name] = Link(url, label, icon, here)
        return links

    @cached_property
    def reading(self) -> list[Link]:
        """The pages about the reading that this person may open, once each; the one that is open is the longest fit."""
        if self.person is None:
            return []
        roles = [pages for role, pages in READING.items() if self.person.has(role)]
        found = {url_of(name): (label, icon) for pages in roles for name, label, icon in pages}
        at = max(filter(self._is_at, found), key=len, default="")
        return [Link(url, label, icon, url == at) for url, (label, icon) in found.items()]

    @property
    def _reads_about_reading(self) -> bool:
        return any(link.here for link in self.reading)

    def _is_in(self, name: str) -> bool:
        """Whether the page is one of an entry whose pages do not all begin with its address."""
        if name == "scholarship_rounds":
            return self._is_at(url_of("scholarships")) and not self._is_at(url_of("panel"))
        if name == "progress":
            return self._reads_about_reading
        return any(self._is_at(above(page)) for page in BELONG.get(name, ()))

    def _is_at(self, url: str) -> bool:
        return bool(url) and self._request.path.startswith(url)

    @cached_property
    def calendar(self) -> PublicCalendar | None:
        """The current cycle as the public reads it; looked up only by the pages that show it."""
        cycle = Cycle.objects.current()
        return PublicCalendar(cycle) if cycle else None

    @cached_property
    def keeps(self) -> list[tuple[Rule, str]]:
        """How long what is kept of people who apply; looked up only by the page that says it."""
        return [(rule, length_of(rule)) for rule in rules() if rule.kind in OF_PEOPLE]

    @property
    def home(self) -> str:
        """The public home page."""
        return url_of("home")

    @property
    def sign_in(self) -> str:
        """The one sign-in page."""
        return url_of("account_login")

    @property
    def sign_out(self) -> str:
        """Where the sign-out form posts."""
        return url_of("account_logout")

    @property
    def account(self) -> str:
        """The reader's own account."""
        return url_of("account_home")

    @property
    def session_ends(self) -> datetime | None:
        """When the reader's session ends, for the bar that warns of it."""
        return getattr(self._request.session, "ends_at", None)

    @property
    def mail_is_paused(self) -> bool:
        """Whether no letter leaves now; known from the session's own look-up, so never without one."""
        return self.visited and getattr(self._request.session, "mail_is_paused", False)

    @property
    def way_out(self) -> str:
        """Where a page that leads nowhere sends the reader: their own first page, or the public one."""
        return (self.person and url_of("home_for_me")) or self.home or "/"

    @cached_property
    def language(self) -> str:
        """`fr` or `en`."""
        return "en" if (get_language() or "fr").startswith("en") else "fr"

    @cached_property
    def other_language(self) -> dict[str, str]:
        """Code, own name, and the address of this page in the other language."""
        code = "fr" if self.language == "en" else "en"
        # The home page is kept and served to everyone: one visitor's query must not stay in it.
        at_home = self._request.path == self.home
        path = self._request.path if at_home else self._request.get_full_path()
        return {"code": code, "name": LANGUAGE_NAMES[code], "url": same_page(path, code)}


def site(request: HttpRequest) -> dict[str, Site]:
    """The context processor."""
    return {"site": Site(request)}
