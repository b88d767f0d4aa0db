"""Addresses for the tests of the face: the home page in each of its states, and each page of trouble."""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from config.urls import urlpatterns as product
from cycles.clock import day_of
from cycles.models import Cycle, Program

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


LOOK = """{% extends "base.html" %}{% load crispy_forms_tags %}
{% block title %}Look{% endblock %}
{% block body_class %}{% if staff %}staff{% endif %}{% endblock %}
{% block main_class %}{% if staff %}page{% else %}wrap{% endif %}{% endblock %}
{% block content %}{% calendar_of cycle as calendar %}
<h1>Every component</h1>
<p>{{ cycle.closes_at|montreal }}. {{ cycle.closes_at|montreal_short }}.</p>
{% include "components/errors.html" %}
<form method="post" novalidate>{% csrf_token %}{{ form|crispy }}
<div class="bar-x"><button class="btn btn-primary">Go on {% icon "arrow-right" %}</button>
<button class="btn btn-outline-secondary" type="button">Back</button>
<button class="btn btn-outline-danger" type="button">Withdraw</button>
<button class="btn btn-outline-secondary" type="button" aria-disabled="true">Later</button></div></form>
<h2>Lists</h2>
{% include "components/fil.html" with steps=calendar.steps %}
{% include "components/countdown.html" with until=calendar.target left=calendar.left small=True %}
{% include "components/tag.html" with tone="ok" icon="check" label="Complete" %}
{% include "components/tag.html" with tone="bad" icon="x" label="Missing" quiet=True %}
{% include "components/empty.html" with title="Nothing to read" text="Files arrive here." %}
{% endblock %}"""


class Sample(forms.Form):
    """A field of each kind, as the pages' forms have them."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), help_text="name@example.com")
    level = forms.ChoiceField(choices=[("", "–"), ("m", "M.Sc."), ("d", "D.E.S.S.")])
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField()
    agree = forms.BooleanField()


def signed_in(request: HttpRequest, *roles: Role) -> None:
    """As if this person had come with a session."""
    request.user = User(email="noor@example.com", full_name="Noor Haddad", roles=list(roles))
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "as-if"


@login_not_required
def look(request: HttpRequest, name: str) -> HttpResponse:
    """Every component once, as an applicant or as staff sees it."""
    signed_in(request, *([Role.REVIEWER, Role.COORDINATOR] if name == "staff" else []))
    for level in ("success", "info", "warning", "error"):
        getattr(messages, level)(request, f"{level.title()}: two lines of words at most.")
    cycle = fall(timezone.now() - timedelta(days=39, hours=2))
    values = {"form": Sample({"words": "x"}), "cycle": cycle, "staff": name == "staff"}
    return HttpResponse(engines["django"].from_string(LOOK).render(values, request))


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    """403."""
    raise PermissionDenied


@login_not_required
def unreadable(request: HttpRequest) -> HttpResponse:
    """400."""
    raise BadRequest


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
        path("looks/<slug:name>/", look),
        path("trouble/400/", unreadable),
        path("trouble/403/", forbidden),
        path("trouble/429/", slow_down),
        path("trouble/500/", broken),
        path("trouble/503/", away),
        prefix_default_language=False,
    ),
    *product,
]
