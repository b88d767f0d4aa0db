"""What wraps every request: the moment of arrival, typed text that is kept, and refusals in words."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import product as product_of
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, path, resolve, reverse
from django.utils import timezone, translation

from accounts.models import User
from audit.moves import Refused
from config.middleware import KEPT_BYTES, arrival, moment_of_arrival, page_above
from config.urls import urlpatterns as product
from tests.access.test_table import LINES
from tests.access.world import patterns

NOW = datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)


@login_not_required
def not_now(request: HttpRequest) -> HttpResponse:
    """A rule says no."""
    raise Refused("This cannot be done yet.", ["The cycle is closed.", "Come back in fall."])


@login_not_required
def never(request: HttpRequest) -> HttpResponse:
    """A rule says never."""
    raise Refused("You may not do this.", forbidden=True)


@login_not_required
def oops(request: HttpRequest) -> HttpResponse:
    """No rule: a fault of ours."""
    raise ValueError("broken on purpose")


urlpatterns = [
    path("not-now/", not_now),
    path("never/", never),
    path("oops/", oops),
    *product,
]


# The moment of arrival ----------------------------------------------------------------------------
@pytest.mark.parametrize("earlier", [0, 0.25, 3, 599.999, 600])
def test_a_request_that_waited_counts_from_its_arrival(earlier: float) -> None:
    moment = NOW - timedelta(seconds=earlier)
    assert moment_of_arrival(f"t={moment.timestamp():.6f}", NOW) == moment


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=",
        "soon",
        "t=nan",
        "t=inf",
        "t=-inf",
        "t=1e300",
        "t=-1",
        f"t={NOW.timestamp() + 0.001}",  # from the future
        f"t={NOW.timestamp() - 600.001}",  # older than any queue of ours
        f"t={NOW.timestamp() * 1000:.0f}",  # milliseconds
        f"t={NOW.timestamp()}, t=1",  # two headers in one
    ],
)
def test_a_moment_that_cannot_be_is_ignored(header: str) -> None:
    assert moment_of_arrival(header, NOW) == NOW


def arrived(**headers: str) -> datetime:
    """When the middleware says that a request with these headers arrived."""
    request = RequestFactory().get("/", headers=headers)
    arrival(lambda request: HttpResponse())(request)
    moment: datetime = request.arrived_at  # type: ignore[attr-defined]
    return moment


def test_the_front_server_is_believed_where_there_is_one(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    earlier = time.time() - 90
    assert arrived(**{"X-Request-Start": f"t={earlier:.3f}"}).timestamp() == pytest.approx(
        earlier, abs=0.001
    )


def test_a_visitor_is_not_believed(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 0
    before = timezone.now()
    moment = arrived(**{"X-Request-Start": f"t={time.time() - 90:.3f}"})
    assert before <= moment <= timezone.now()


def test_without_the_header_it_is_now(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    before = timezone.now()
    assert before <= arrived() <= timezone.now()


# Typed text ---------------------------------------------------------------------------------------
@pytest.fixture
def step() -> str:
    return reverse("application_step", args=["A27-ABCDEF", "statement"])


@pytest.mark.django_db
def test_a_session_that_ended_keeps_what_was_typed(client: Client, step: str) -> None:
    typed = {"statement": "Un long texte", "languages": ["fr", "en"]}
    answer = client.post(step, {**typed, "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={step}"
    assert client.session["kept"] == {
        "path": step,
        "fields": {"statement": ["Un long texte"], "languages": ["fr", "en"]},
    }


@pytest.mark.django_db
def test_a_form_sent_to_an_address_without_a_page_leads_back_to_its_page(client: Client) -> None:
    url, page = reverse("review_hand_in", args=[1]), reverse("review", args=[1])
    answer = client.post(url, {"comment": "x"}, headers={"Referer": f"http://testserver{page}"})
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"
    stranger = client.post(url, {"comment": "x"}, headers={"Referer": "http://elsewhere.example/"})
    assert stranger["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.django_db
def test_secrets_are_not_kept(client: Client) -> None:
    secrets = {"oldpassword": "a", "password1": "b", "code": "123456", "credential": "{}"}
    client.post(reverse("account_change_password"), {**secrets, "word": "kept"})
    assert client.session["kept"]["fields"] == {"word": ["kept"]}


@pytest.mark.django_db
def test_more_than_a_form_holds_is_not_kept(client: Client, step: str) -> None:
    client.post(step, {"statement": "a" * KEPT_BYTES})
    assert "kept" not in client.session


@pytest.mark.django_db
def test_looking_at_a_page_keeps_nothing(client: Client, step: str) -> None:
    assert client.get(step).status_code == 302
    assert "kept" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("here", "then"),
    [
        ("http://testserver/en/account/", "%2Fen%2Faccount%2F"),
        ("", None),
    ],
)
def test_autosave_sends_the_whole_page_to_sign_in(
    client: Client, step: str, here: str, then: str | None
) -> None:
    htmx = {"HX-Request": "true", **({"HX-Current-URL": here} if here else {})}
    answer = client.post(step, {"statement": "Un mot"}, headers=htmx)
    assert answer.status_code == 401
    assert answer.content == b""
    expected = then or step.replace("/", "%2F")
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next={expected}"
    assert client.session["kept"]["fields"] == {"statement": ["Un mot"]}


# Refusals -----------------------------------------------------------------------------------------
def said(answer: Any) -> list[tuple[str, str]]:
    """The messages that the next page will show."""
    return [(one.level_tag, one.message) for one in get_messages(answer.wsgi_request)]


@pytest.mark.urls(__name__)
def test_a_refusal_is_said_on_the_page_one_came_from(client: Client) -> None:
    page = "http://testserver/en/files/?page=2"
    answer = client.post("/not-now/", headers={"Referer": page})
    assert (answer.status_code, answer["Location"]) == (302, page)
    sentence = "This cannot be done yet. The cycle is closed. Come back in fall."
    assert said(answer) == [("error", sentence)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "http://testserver.evil.example/",
        "http://testserver@evil.example/",
        "javascript:alert(1)",
        "http:///evil.example/",
        "\\\\evil.example",
    ],
)
def test_a_refusal_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    answer = client.post("/not-now/", headers={"Referer": elsewhere})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home_for_me"))


@pytest.mark.urls(__name__)
def test_a_refusal_over_tls_does_not_lead_out_of_it(client: Client) -> None:
    plain = {"Referer": "http://testserver/en/"}
    answer = client.post("/not-now/", secure=True, headers=plain)
    assert answer["Location"] == reverse("home_for_me")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_one_may_never_do_is_a_page_of_its_own(client: Client, language: str) -> None:
    answer = client.post("/never/", headers={"Accept-Language": language})
    assert answer.status_code == 403
    assert said(answer) == []


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_is_no_refusal(client: Client) -> None:
    client.raise_request_exception = False
    assert client.post("/oops/").status_code == 500


# Addresses that only take forms -------------------------------------------------------------------
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
# Buttons whose answer is never a page: where only the home page is above them, a page says so.
NOWHERE = {"application_start", "assignment_unassign", "mail_events", "remark_withdraw"}


def only_forms() -> dict[str, str]:
    """Every address of ours that answers no GET, by its name, with something in its variable parts."""
    # Some convert to numbers, others to a word: the first that fits.
    fits = ["7", "A27-ABCDEF", "cv", "0b9ac5bd-0000-4000-8000-000000000000"]
    found = {}
    for name, keys in patterns():
        for values in product_of(fits, repeat=len(keys)):
            with suppress(NoReverseMatch):
                address = reverse(name, kwargs=dict(zip(keys, values, strict=True)))
                if "405" in LINES[name, "GET"]:
                    found[name] = address
                break
    return found


def test_no_address_that_takes_a_form_leads_into_the_void() -> None:
    forms = only_forms()
    assert len(forms) > 80
    for language in ("fr", "en"):
        with translation.override(language):
            for name, address in only_forms().items():
                above = page_above(address)
                assert bool(above) is (name not in NOWHERE), name
                assert not above or resolve(above).url_name not in forms, name


@pytest.mark.django_db
def test_a_form_shown_again_leads_back_to_its_page(client: Client, dominique: User) -> None:
    client.force_login(dominique)
    keep = reverse("gate_keep")
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/decisions/gate/keep/?program=dess", headers=BROWSER)
        assert answer.status_code == 302
        assert answer["Location"] == f"{prefix}/decisions/gate/?program=dess"
        assert client.get(answer["Location"], headers=BROWSER).status_code in {200, 404}
    # A machine, and the part of a page that asks by itself, hear what is so.
    assert client.get(keep).status_code == 405
    assert client.get(keep, headers={**BROWSER, "HX-Request": "true"}).status_code == 405


@pytest.mark.parametrize(
    ("home", "said"), [("/", "Cette adresse ne reçoit"), ("/en/", "This address only takes a form")]
)
@pytest.mark.django_db
def test_a_page_says_what_is_no_page(client: Client, home: str, said: str) -> None:
    answer = client.post(home, headers=BROWSER)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert said in answer.content.decode()
    assert client.get("/mail/events/resend/", headers=BROWSER).status_code == 405


@pytest.mark.django_db
def test_each_request_has_a_number_of_its_own(client: Client, amina: User) -> None:
    numbers = {client.get("/")["X-Request-ID"] for _time in range(3)}
    assert len(numbers) == 3
    assert all(len(number) == 12 for number in numbers)
