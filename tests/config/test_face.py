"""The face: icons and dates, the menu, the other language, the home page in each state, the pages of trouble."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.forms import CharField, ChoiceField, Form, RadioSelect
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import formats, translation

from accounts.models import User
from config import context, typography
from config.kept import label_of, typed
from config.public_calendar import Left, PublicCalendar
from config.templatetags import face
from tests.config.face_pages import STATES, fall

NBSP = "\u00a0"
CLOSE = datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)
TEMPLATES = Path(settings.BASE_DIR) / "templates"
pages = pytest.mark.urls("tests.config.face_pages")


def drawn(source: str, **values: Any) -> str:
    """A snippet of template, rendered."""
    return engines["django"].from_string(source).render(values)


def visible(html: str) -> str:
    """The words of a page, without markup, each space an ordinary one."""
    body = re.sub(r"<(script|style).*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body)).replace(NBSP, " ")


# Typography ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"mardi 1er{NBSP}décembre{NBSP}2026, 23{NBSP}h{NBSP}59"),
        ("en", f"Tuesday 1{NBSP}December{NBSP}2026, 23:59"),
    ],
)
def test_a_deadline_is_written_in_montreal_in_the_page_s_language(
    language: str, expected: str
) -> None:
    with translation.override(language):
        assert typography.moment_text(CLOSE) == expected


def test_hours_and_days_of_quebec() -> None:
    with translation.override("fr"):
        assert typography.hour_text(datetime(2026, 10, 15, 13, tzinfo=UTC)) == f"9{NBSP}h"
        assert typography.hour_text(datetime(2026, 7, 1, 13, 5, tzinfo=UTC)) == f"9{NBSP}h{NBSP}05"
        assert typography.day_text(date(2027, 1, 31)) == f"31{NBSP}janvier{NBSP}2027"
        assert typography.day_text(date(2027, 2, 1), year=False) == f"1er{NBSP}février"
        assert typography.short_day_text(date(2026, 12, 1)) == f"1er{NBSP}déc."


@pytest.mark.parametrize(
    ("octets", "french", "english"),
    [
        (0, "0 octets", "0 bytes"),
        (999, "999 octets", "999 bytes"),
        (850_000, "850 ko", "850 kB"),
        (999_600, "1,0 Mo", "1.0 MB"),
        (1_432_000, "1,4 Mo", "1.4 MB"),
        (10_000_000, "10,0 Mo", "10.0 MB"),
        (2_500_000_000, "2,5 Go", "2.5 GB"),
    ],
)
def test_sizes_of_files(octets: int, french: str, english: str) -> None:
    with translation.override("fr"):
        assert face.filesize(octets) == french.replace(" ", NBSP)
    with translation.override("en"):
        assert face.filesize(octets) == english.replace(" ", NBSP)


def test_only_the_first_of_the_month_is_raised() -> None:
    assert typography.raised(f"1er{NBSP}mai") == f"1<sup>er</sup>{NBSP}mai"
    assert typography.raised("21 mai") == "21 mai"
    assert typography.raised(f"21er{NBSP}<b>") == f"21er{NBSP}&lt;b&gt;"


def test_numbers_in_words_up_to_ten() -> None:
    with translation.override("fr"):
        assert [typography.number_text(n) for n in (1, 4, 10, 11)] == ["un", "quatre", "dix", "11"]
        assert face.words(2) == "Deux"
    with translation.override("en"):
        assert face.words(4) == "Four"


def test_formats_of_both_languages() -> None:
    with translation.override("fr"):
        assert formats.localize(1234.5, use_l10n=True) in {"1234,5", f"1{NBSP}234,5"}
        assert formats.date_format(CLOSE.date()) == f"2{NBSP}décembre{NBSP}2026"
        assert formats.time_format(CLOSE, "TIME_FORMAT") == f"4{NBSP}h{NBSP}59"
        assert formats.sanitize_separators("3,5") == "3.5"
    with translation.override("en"):
        assert formats.time_format(CLOSE, "TIME_FORMAT") == "04:59"


# Tags ---------------------------------------------------------------------------------------------
def test_moments_carry_their_utc_and_ask_for_the_reader_s_zone() -> None:
    with translation.override("fr"):
        html = drawn("{{ moment|montreal }}", moment=CLOSE)
    assert html.startswith(
        '<time datetime="2026-12-02T04:59:59+00:00" data-local="">mardi 1<sup>er'
    )
    assert visible(html) == "mardi 1er décembre 2026, 23 h 59 (heure de Montréal)"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ moment|montreal_short }}", "1 December 2026, 23:59"),
        ("{{ moment|montreal_text }}", "Tuesday 1 December 2026, 23:59 (Montréal time)"),
        ("{{ moment|clock:'here' }}", "Tuesday 1 December 2026, 23:59"),
        ("{{ moment|hour }}", "23:59"),
        ("{{ moment|day }}", "1 December 2026"),
        ("{{ moment|day_text }}", "1 December 2026"),
        ("{{ moment|weekday }}", "Tuesday 1 December 2026"),
        ("{{ moment|short_day }}", "1 Dec"),
        ("{{ moment|dated }}", "1 December 2026, 23:59"),
    ],
)
def test_filters_of_moments(source: str, expected: str) -> None:
    with translation.override("en"):
        assert visible(drawn(source, moment=CLOSE)) == expected


def test_nothing_is_written_for_a_date_that_is_not_there() -> None:
    source = "{{ n|montreal }}{{ n|montreal_short }}{{ n|montreal_text }}{{ n|hour }}{{ n|day }}"
    source += "{{ n|weekday }}{{ n|short_day }}{{ n|day_text }}{{ n|dated }}{{ n|filesize }}"
    assert drawn(source, n=None) == ""


def test_what_a_timeline_carries_as_its_date() -> None:
    with translation.override("en"):
        assert face.dated(date(2027, 1, 31)) == (
            f'<time datetime="2027-01-31">31{NBSP}January{NBSP}2027</time>'
        )
        assert face.dated("<soon>") == '<span class="stamp">&lt;soon&gt;</span>'


def test_an_icon_is_silent_and_an_unknown_one_is_loud() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "check" %}')
    with pytest.raises(KeyError):
        drawn('{% icon "no-such-icon" %}')


def test_every_icon_of_the_templates_is_in_the_table() -> None:
    named = {
        (path.name, name)
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(
            r"""(?:\{% icon |icon=)["']([\w-]+)["']""", path.read_text(encoding="utf-8")
        )
    }
    assert len(named) > 20
    assert {(page, name) for page, name in named if name not in face.LUCIDE} == set()


# Components ---------------------------------------------------------------------------------------
def test_the_thread_says_its_states_in_words() -> None:
    steps = [
        {"state": "done", "when": date(2026, 10, 15), "title": "One", "text": "T", "url": "/a/"},
        {"state": "now", "when": "soon", "title": "Two", "text": "", "url": "/b/"},
        {"state": "bad", "when": "", "title": "Three", "text": "", "url": ""},
        {"state": "", "when": "", "title": "Four", "text": "", "url": "", "number": 4},
    ]
    with translation.override("en"):
        html = drawn('{% include "components/fil.html" %}', steps=steps)
    assert [word for word in ("One, done", "Two, you are here") if word not in visible(html)] == []
    assert html.count('aria-current="step"') == 1
    assert '<li class="bad">' in html
    assert ">4</span>" in html


class Sample(Form):
    """A text and a choice, both to be filled."""

    name = CharField(label="Name")
    way = ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=RadioSelect)


def test_the_summary_of_errors_links_to_each_field() -> None:
    form = Sample({})
    with translation.override("fr"):
        html = drawn('{% include "components/errors.html" %}', form=form)
    assert "2 réponses à corriger" in html
    assert 'href="#id_name"' in html
    assert 'href="#id_way_0"' in html
    assert f"Name{NBSP}:" in html
    assert drawn('{% include "components/errors.html" %}', form=Sample()).strip() == ""


def test_errors_of_the_whole_form_are_said_too() -> None:
    form = Sample({"name": "a", "way": "b"})
    form.add_error(None, "Both at once is too much.")
    assert "Both at once" in drawn('{% include "components/errors.html" %}', form=form)


def test_small_components() -> None:
    source = '{% include "components/note.html" with tone="ok" icon="check" text=typed %}'
    note = drawn(source, typed="<b>")
    assert 'class="note t-ok"' in note
    assert "&lt;b&gt;" in note
    assert 'class="tag t-time"' in drawn(
        '{% include "components/tag.html" with tone="time" icon="clock" label="Late" %}'
    )
    empty = drawn(
        '{% include "components/empty.html" with title="Nothing" text="Yet." url="/" action="Go" %}'
    )
    assert "Nothing" in empty
    assert 'href="/"' in empty


def test_messages_are_heard_according_to_their_weight() -> None:
    heard = [{"level_tag": tag} for tag in ("error", "warning", "success", "info")]
    html = drawn('{% include "components/messages.html" %}', messages=heard)
    assert html.count('role="alert"') == 2
    assert html.count('role="status"') == 2


# The frame ----------------------------------------------------------------------------------------
def site(path: str = "/", *, person: User | None = None, cookies: bool = True) -> context.Site:
    """What a page of this address would know."""
    request = RequestFactory().get(path)
    if cookies:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    if person:
        request.user = person
    return context.site(request)["site"]


@pages
@pytest.mark.parametrize(
    ("language", "path", "expected"),
    [
        ("fr", "/states/open/?a=1", "/en/states/open/?a=1"),
        ("en", "/en/states/open/?a=1", "/states/open/?a=1"),
        ("fr", "/nowhere/at/all/", "/en/nowhere/at/all/"),
        ("en", "/en/nowhere/at/all/", "/nowhere/at/all/"),
        ("fr", "/?campaign=x", "/en/"),
    ],
)
def test_the_other_language_keeps_the_page(language: str, path: str, expected: str) -> None:
    with translation.override(language):
        assert site(path).other_language["url"] == expected


def test_a_visitor_without_a_session_is_never_looked_up() -> None:
    class Forbidden:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError("looked up")

    request = RequestFactory().get("/")
    request.user = Forbidden()  # type: ignore[assignment]
    assert context.Site(request).person is None
    assert context.Site(request).nav == []


def test_the_menu_follows_the_roles(
    amina: User, claire: User, david: User, adam: User, fatou: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "url_of", lambda name: f"/{name}/")

    def menu(person: User) -> list[str]:
        return [link.url for link in site("/board/3/", person=person).nav]

    assert menu(amina) == ["/my_application/"]
    assert menu(david) == ["/queue/"]
    assert menu(claire) == ["/board/", "/decisions/", "/releases/"]
    assert menu(adam) == ["/admin:index/", "/ledger/"]
    assert menu(fatou) == []
    claire.roles = ["coordinator", "director", "reviewer"]
    assert menu(claire) == ["/queue/", "/board/", "/decisions/", "/releases/"]
    assert [link.here for link in site("/board/3/", person=claire).nav] == [
        False,
        True,
        False,
        False,
    ]


def test_a_page_that_does_not_exist_leaves_the_menu() -> None:
    assert context.url_of("no_such_page") == ""


def test_the_mailbox_is_shown_in_a_demonstration_only(settings: Any) -> None:
    settings.MAILBOX_URL = "http://mailbox.invalid"
    assert site().mailbox == "http://mailbox.invalid"
    settings.DEMO = False
    assert site().mailbox == ""


# The calendar -------------------------------------------------------------------------------------
def test_the_time_left_is_cut_as_people_say_it() -> None:
    now = datetime(2026, 11, 24, 19, 20, 30, tzinfo=UTC)
    assert Left.until(CLOSE, now) == Left(7, 9, 39)
    assert Left.until(now, CLOSE) == Left(0, 0, 0)


@pytest.mark.parametrize(("gap", "words"), [(0, "same day"), (1, "One day"), (12, "12 days")])
def test_the_gap_is_computed_from_the_dates(gap: int, words: str) -> None:
    cycle = fall()
    cycle.udem_safe_on = cycle.release_on + timedelta(days=gap)
    with translation.override("en"):
        assert words in PublicCalendar(cycle).gap_sentence


def test_the_six_steps_of_the_year() -> None:
    now = datetime(2026, 11, 24, 19, 20, tzinfo=UTC)
    with translation.override("fr"):
        steps = PublicCalendar(fall(), now).steps
    assert [step["state"] for step in steps] == ["done", "now", "", "", "", ""]
    assert [visible(step["when"]) for step in steps] == [
        "15 octobre 2026",
        "1er décembre, 23 h 59",
        "8 décembre",
        "Jusqu’au 15 janvier 2027",
        "D’ici le 27 janvier",
        "31 janvier, 23 h 59",
    ]
    assert steps[1]["text"].startswith("Dans 7 jours.")
    assert steps[3]["text"].startswith("Deux professeures ou professeurs")


def test_the_last_day_says_today() -> None:
    with translation.override("en"):
        on_the_day = PublicCalendar(fall(), datetime(2026, 12, 1, 20, 0, tzinfo=UTC)).steps
        after = PublicCalendar(fall(), datetime(2026, 12, 3, 20, 0, tzinfo=UTC)).steps
    assert on_the_day[1]["text"].startswith("Today.")
    assert after[1]["text"] == "New applications are closed."


def test_the_bar_stays_within_its_ends() -> None:
    cycle = fall()
    assert PublicCalendar(cycle, cycle.opens_at - timedelta(days=9)).bar == 0
    assert PublicCalendar(cycle, cycle.opens_at).bar == 0
    assert PublicCalendar(cycle, cycle.closes_at + timedelta(days=9)).bar == 400


def test_once_the_last_limit_is_past_nothing_counts_down() -> None:
    cycle = fall()
    later = PublicCalendar(cycle, datetime(2027, 3, 1, tzinfo=UTC))
    assert (later.target, later.left) == (None, None)


# The home page ------------------------------------------------------------------------------------
FIRST_WORDS = {
    "before": ("Voir ce qu’il faut préparer", "See what to prepare"),
    "open": ("Commencer ma demande", "Start my application"),
    "reading": ("Suivre ma demande", "Follow my application"),
    "answers": ("Ouvrir ma demande", "Open my application"),
    "after": ("Cette période d’admission est terminée", "This intake is over"),
    "none": ("Aucune période d’admission", "No intake is announced"),
}


@pages
@pytest.mark.parametrize("state", [*STATES, "none"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_home_page_in_each_state(client: Client, state: str, language: str) -> None:
    response = client.get(f"{'/en' if language == 'en' else ''}/states/{state}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert FIRST_WORDS[state][language == "en"] in visible(html)
    assert f'<html lang="{language}-CA">' in html
    assert "csrf" not in html
    assert response.cookies == {}
    # Everything that the browser fetches by itself comes from this site.
    fetched = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', html)
    assert fetched
    assert [address for address in fetched if not re.match(r"/(?!/)", address)] == []
    assert "style=" not in html
    assert not re.search(r"<script(?![^>]+src=)", html)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_the_public_home_page_says_when_nothing_is_announced(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.cookies == {}
    assert response["Vary"] == "Cookie" or "Cookie" in response["Vary"]


@pages
def test_a_first_visit_is_light(client: Client) -> None:
    """250 kB compressed at most: the page, its sheets, its scripts, and the fonts that its letters need."""
    html = client.get("/states/open/").content
    addresses = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
    addresses |= {"vendor/fonts/source-serif-4-latin-opsz-normal.woff2"}
    total = len(gzip.compress(html))
    for address in addresses:
        found = finders.find(address)
        assert found, address
        content = Path(str(found)).read_bytes()
        total += len(content) if address.endswith("woff2") else len(gzip.compress(content))
    assert total <= 250_000, f"{total} bytes"
    assert len(gzip.compress(html)) <= 30_000


# Pages of trouble ---------------------------------------------------------------------------------
TROUBLE = {
    "403": ("Cette page ne vous est pas ouverte", "This page is not yours to open"),
    "404": ("Il n’y a rien à cette adresse", "There is nothing at this address"),
    "429": ("Trop d’essais", "Too many tries"),
    "500": ("Une erreur est survenue de notre côté", "Something broke on our side"),
    "503": ("Fermé pour un instant", "Closed for a moment"),
}


@pages
@pytest.mark.parametrize("code", TROUBLE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_trouble_says_what_to_do_and_its_number(code: str, language: str) -> None:
    client = Client(raise_request_exception=False)
    response = client.get(f"{'/en' if language == 'en' else ''}/trouble/{code}/")
    words = visible(response.content.decode())
    assert response.status_code == int(code)
    assert TROUBLE[code][language == "en"] in words
    assert response["X-Request-ID"] in words
    assert "Traceback" not in words


@pages
def test_an_outage_gives_back_what_was_typed() -> None:
    fields = {
        "statement": "Mon <i>texte</i>",
        "password": "secret-1",
        "csrfmiddlewaretoken": "tok",
        "x": "",
    }
    response = Client(raise_request_exception=False).post("/trouble/503/", fields)
    html = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Mon &lt;i&gt;texte&lt;/i&gt;</textarea>" in html
    assert "n’a pas été reçu" in html
    assert "secret-1" not in html
    assert "tok<" not in html
    assert html.count("<textarea") == 1
    assert ">Lettre d’intention</label>" in html


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("statement", "Letter of intent"),
        ("form-1-institution", "Institution (2)"),
        ("comment", "For the committee"),
        ("assignment", "Assignment"),
        ("review", "review"),
        ("of-the-page-only", "of-the-page-only"),
    ],
)
def test_kept_fields_have_the_labels_of_their_form(name: str, label: str) -> None:
    with translation.override("en"):
        assert label_of(name) == label


def test_kept_fields_leave_out_secrets_and_book_keeping() -> None:
    names = [
        "statement",
        "old_password",
        "csrfmiddlewaretoken",
        "form-TOTAL_FORMS",
        "form-0-id",
        "code",
    ]
    request = RequestFactory().post("/", dict.fromkeys(names, "x"))
    assert [text for _label, text in typed(request)] == ["x"]


@pages
def test_an_outage_without_text_promises_nothing_below() -> None:
    html = Client(raise_request_exception=False).get("/trouble/503/").content.decode()
    assert "textarea" not in html
    assert "ci-dessous" not in html


@pages
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_form_of_another_session_is_given_back(language: str) -> None:
    client = Client(enforce_csrf_checks=True)
    prefix = "/en" if language == "en" else ""
    response = client.post(f"{prefix}/states/open/", {"statement": "My text"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "My text</textarea>" in html
    assert ("open too long" in html) is (language == "en")
    assert response["X-Request-ID"] in html
