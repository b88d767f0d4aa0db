"""What can be found, by whom: each kind of row is looked through with the eyes of who looks, and in no other way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.permissions import administers, coordinates, reviews, sits
from applications.models import Degree, Referee, Submission
from applications.search import SOUGHT, Fold
from applications.sight import unhidden
from desk.sight import in_sight
from finding.permissions import works_in_office
from followup.models import UdemFile
from reviews.models import Assignment
from scholarships.models import Candidacy

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of hit: its group, whose eyes it takes, its rows and what they are found by."""

    key: str
    group: str
    may: Callable[[Any], bool]
    rows: Callable[[User], Rows]
    hay: Fold
    # What a hit of this kind says of itself, and the file that it leads to.
    says: tuple[str, ...] = ()
    file: str = ""
    # Names can be spelt wrong; a number is right or is another.
    is_spelt: bool = True


GROUPS: dict[str, Promise] = {
    "files": _("Applications"),
    "mine": _("My files to read"),
    "referees": _("Referees"),
    "studies": _("Institutions"),
    "readers": _("Readers"),
    "panel": _("Scholarship panel"),
    "accounts": _("Accounts"),
}


def _referees(user: User) -> Rows:
    return unhidden(Referee.objects.visible_to(user).kept(), user, "application")


def _degrees(user: User) -> Rows:
    return unhidden(Degree.objects.all(), user, "application")


def _receipts(user: User) -> Rows:
    return unhidden(Submission.objects.visible_to(user), user, "application")


def _named(user: User) -> Rows:
    """A reader's files whose names they may read: as submitted, whatever the draft says since."""
    last = Submission.objects.filter(application=OuterRef("application")).order_by("-version")
    told = {
        name: Subquery(last.annotate(text=KT(f"content__person__{name}")).values("text")[:1])
        for name in ("first_names", "last_names")
    }
    rows = Assignment.objects.of(user).filter(application__cycle__is_blind=False)
    return rows.annotate(told_first=told["first_names"], told_last=told["last_names"])


def _numbered(user: User) -> Rows:
    """All of a reader's files: a number says nothing of whose it is."""
    return Assignment.objects.of(user)


def _readers(user: User) -> Rows:
    return User.objects.filter(roles__contains=[Role.REVIEWER], is_active=True)


def _candidacies(user: User) -> Rows:
    return Candidacy.objects.panel_of(user)


def _accounts(user: User) -> Rows:
    return User.objects.all()


OFFICE = (
    Kind("file", "files", works_in_office, in_sight, Fold(*SOUGHT), file="pk"),
    Kind(
        *("address", "files", works_in_office, in_sight),
        *(Fold("applicant__full_name", "applicant__email"), ("applicant__email",), "pk"),
    ),
    Kind(
        *("receipt", "files", works_in_office, _receipts),
        *(Fold("receipt"), ("receipt",), "application_id"),
        is_spelt=False,
    ),
    Kind(
        *("referee", "referees", works_in_office, _referees),
        *(Fold("name", "organisation", "email"), ("name", "organisation"), "application_id"),
    ),
    Kind(
        *("degree", "studies", works_in_office, _degrees),
        *(Fold("institution"), ("institution",), "application_id"),
    ),
    Kind(
        *("reader", "readers", works_in_office, _readers),
        *(Fold("full_name", "email"), ("full_name",)),
    ),
)
OTHERS = (
    Kind(
        *("named", "mine", reviews, _named, Fold("told_first", "told_last")),
        ("told_first", "told_last"),
    ),
    Kind(
        *("numbered", "mine", reviews, _numbered),
        *(Fold("application__number"), ("application__number",)),
        is_spelt=False,
    ),
    Kind(
        *("candidacy", "panel", sits, _candidacies, Fold("number"), ("number",)),
        is_spelt=False,
    ),
    Kind(
        *("account", "accounts", administers, _accounts),
        *(Fold("full_name", "email"), ("full_name", "email")),
    ),
)
KINDS = {kind.key: kind for kind in (*OFFICE, *OTHERS)}


def kinds_for(user: User) -> Iterator[Kind]:
    """What this person can find."""
    return (kind for kind in KINDS.values() if kind.may(user))


def by_udem_number(number: str, user: User) -> Rows:
    """The file with this very number at UdeM, for coordinators, whose pages show it: it is sealed, so only the whole finds it."""
    if not coordinates(user):
        return UdemFile.objects.none()
    path = "offer__decision__application"
    return unhidden(UdemFile.objects.numbered(number), user, path)
