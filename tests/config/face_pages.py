"""Addresses for the tests of the face: the home page in each of its states, and each page of trouble."""

from datetime import UTC, date, datetime, timedelta

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from applications.clock import day_of
from applications.models import Cycle, Program
from config.urls import urlpatterns as product

handler500 = "config.views.server_error"

# Days from the opening to now, by state.
STATES = {"before": -20, "open": 39, "reading": 70, "answers": 105, "after": 200}


def fall(opens_at: datetime | None = None) -> Cycle:
    """A cycle with the dates of 2026-2027, or the same shape from another opening."""
    opens_at = opens_at or datetime(2026, 10, 15, 13, 0, tzinfo=UTC)
    first = day_of(opens_at)

    def on(days: int) -> date:
        return first + timedelta(days=days)

    return Cycle(
        code="A27",
        name_fr="Automne 2027",
        name_en="Fall 2027",
        starts_on=on(321),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=47, hours=15, minutes=59, seconds=59),
        documents_due_on=on(54),
        reviews_due_on=on(92),
        release_on=on(104),
        reply_by=on(107),
        udem_safe_on=on(108),
        udem_official_on=on(109),
        waitlist_ends_on=on(182),
        reviews_per_file=2,
    )


def programs() -> list[Program]:
    """The two programs."""
    return [
        Program(
            name_fr="Maîtrise professionnelle en apprentissage automatique (M. Sc.)",
            name_en="Professional M.Sc. in machine learning",
            description_fr="Vous voulez un stage encadré en entreprise ou en organisme.",
            description_en="You want a supervised internship in a company or an organisation.",
            udem_code="217-510",
            udem_segment="77",
            internship_required=True,
        ),
        Program(
            name_fr="D.E.S.S. en apprentissage automatique",
            name_en="D.E.S.S. in machine learning",
            description_fr="Vous travaillez déjà, ou voulez vous spécialiser sans stage.",
            description_en="You already work, or want to specialise without an internship.",
            udem_code="217512",
            asks_attendance=True,
        ),
    ]


@login_not_required
def state(request: HttpRequest, name: str) -> HttpResponse:
    """The home page in one of its states."""
    if name == "none":
        return render(request, "home.html", {"cycle": None, "programs": []})
    cycle = fall(timezone.now() - timedelta(days=STATES[name], hours=2))
    return render(request, "home.html", {"cycle": cycle, "programs": programs(), "referees": 2})


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    """403."""
    raise PermissionDenied


@login_not_required
def slow_down(request: HttpRequest) -> HttpResponse:
    """429, as the sign-in pages answer it."""
    return render(request, "429.html", status=429)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    raise RuntimeError("broken on purpose")


@login_not_required
def away(request: HttpRequest) -> HttpResponse:
    """503."""
    raise OperationalError("the database is away, on purpose")


urlpatterns = [
    *i18n_patterns(
        path("states/<slug:name>/", state),
        path("trouble/403/", forbidden),
        path("trouble/429/", slow_down),
        path("trouble/500/", broken),
        path("trouble/503/", away),
        prefix_default_language=False,
    ),
    *product,
]
