"""The documents step in a real browser: a file sent in parts, refused, renamed, interrupted, gone on with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect

from accounts.models import User
from applications.models import Application, Degree
from tests import factories
from tests.journeys.browser import (
    NARROW,
    PHONE,
    WIDE,
    axe,
    chromium,
    complaints,
    overflow,
    picture,
    reader,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def draft(amina: User) -> Application:
    application = factories.draft(amina, factories.cycle(), complete=False)
    Degree.objects.create(application=application, position=0, title="B. Sc., Université de Dakar")
    Degree.objects.create(application=application, position=1, title="M. Sc.", language="other")
    return application


@pytest.fixture
def page(browser: Browser, live_server: Any, draft: Application) -> Iterator[Page]:
    """Amina's documents, in French."""
    with reader(browser) as opened:
        enter(opened, live_server, draft.applicant)
        visit(opened, live_server, draft)
        yield opened


def enter(page: Page, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


def visit(page: Page, live_server: Any, draft: Application, language: str = "fr") -> None:
    with translation.override(language):
        page.goto(live_server.url + reverse("application_step", args=[draft.number, "documents"]))


def a_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def large(pages: int = 1) -> bytes:
    """A sound PDF of two megabytes."""
    return factories.pdf(pages, text="x" * 2_000_000)


def choose(page: Page, slot: str, path: Path) -> None:
    page.set_input_files(f"#id_{slot}", path)


def sound(page: Page, name: str) -> None:
    assert [str(found) for found in axe(page)] == []
    assert overflow(page) == 0
    # The browser itself says in its console that it has no line.
    assert [said for said in complaints(page) if "ERR_INTERNET" not in said] == []
    picture(page, name)


def test_a_chosen_file_is_sent_at_once_and_its_row_says_so(
    page: Page, draft: Application, tmp_path: Path
) -> None:
    sound(page, "documents-empty")
    choose(page, "cv", a_file(tmp_path, "cv-amina.pdf", large(3)))
    row = page.locator("#row-cv")
    expect(row).to_contain_text("3 pages")
    expect(row).to_contain_text("En vérification")
    expect(page.locator("[data-said]")).to_have_text("cv-amina.pdf\u00a0: reçu et vérifié")
    expect(row.locator("img")).to_be_visible()
    assert draft.documents.get().size > 2_000_000
    factories.check()
    expect(row).to_contain_text("Vérifié", timeout=15_000)
    sound(page, "documents-held")


def test_a_picture_is_refused_before_it_is_sent_and_the_good_version_stays(
    page: Page, live_server: Any, draft: Application, tmp_path: Path
) -> None:
    factories.attach(draft)
    page.reload()
    choose(page, "cv", a_file(tmp_path, "cv.jpg", b"\xff\xd8\xff\xe0" + b"x" * 900_000))
    expect(page.locator("#err_cv")).to_contain_text("C’est une image")
    expect(page.locator("#err_cv")).to_contain_text("Votre dernière bonne version")
    expect(page.locator("#row-cv")).to_contain_text("cv.pdf")
    sound(page, "documents-refused")


def test_a_name_too_long_is_offered_shorter_and_confirmed(
    page: Page, draft: Application, tmp_path: Path
) -> None:
    name = "curriculum-vitae-amina-benali-version-definitive-corrigee-deux-fois.pdf"
    choose(page, "cv", a_file(tmp_path, name, factories.pdf()))
    offer = page.locator("#label_cv")
    expect(offer).to_have_value(name[:59] + ".pdf")
    sound(page, "documents-name")
    offer.fill("cv-amina.pdf")
    page.get_by_role("button", name="Téléverser sous ce nom").click()
    expect(page.locator("#row-cv a").nth(1)).to_have_text("cv-amina.pdf")
    assert draft.documents.get().label == "cv-amina.pdf"


def test_a_lost_line_is_waited_for_and_nothing_starts_over(
    page: Page, draft: Application, tmp_path: Path
) -> None:
    places: list[str] = []

    def falter(route: Route) -> None:
        places.append(route.request.headers["upload-offset"])
        if len(places) == 3:
            page.context.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/part/", falter)
    choose(page, "cv", a_file(tmp_path, "cv.pdf", large()))
    row = page.locator("#row-cv")
    expect(row.locator("[data-far]")).to_contain_text("La connexion est coupée")
    sound(page, "documents-offline")
    page.context.set_offline(False)
    expect(row).to_contain_text("1 page", timeout=20_000)
    assert places.count("0") == 1
    assert draft.documents.count() == 1


def test_after_a_reload_the_same_file_goes_on(
    page: Page, live_server: Any, draft: Application, tmp_path: Path
) -> None:
    sent: list[int] = []
    path = a_file(tmp_path, "cv.pdf", large())
    page.route("**/part/", lambda route: route.continue_() if len(sent) < 2 else None)
    page.on("response", lambda answer: sent.append(1) if "/part/" in answer.url else None)
    page.on("dialog", lambda dialog: dialog.accept())
    choose(page, "cv", path)
    expect(page.locator("#row-cv [data-percent]")).not_to_have_text("0\u00a0%")
    page.unroute("**/part/")
    visit(page, live_server, draft)
    expect(page.locator("#row-cv")).to_contain_text("a été interrompu")
    sound(page, "documents-interrupted")
    offsets: list[str] = []
    page.on(
        "request",
        lambda asked: (
            offsets.append(asked.headers["upload-offset"]) if "/part/" in asked.url else None
        ),
    )
    choose(page, "cv", path)
    expect(page.locator("#row-cv")).to_contain_text("1 page")
    assert offsets
    assert "0" not in offsets


def test_several_files_go_one_after_the_other_and_one_may_be_given_up(
    page: Page, draft: Application, tmp_path: Path
) -> None:
    held: list[Route] = []
    page.route("**/part/", lambda route: held.append(route))  # noqa: PLW0108
    choose(page, "cv", a_file(tmp_path, "cv.pdf", large()))
    choose(page, "diploma", a_file(tmp_path, "diploma.pdf", factories.pdf()))
    expect(page.locator("#row-diploma [data-far]")).to_contain_text("Attend")
    picture(page, "documents-sending")
    page.unroute("**/part/")
    page.locator("#row-cv [data-cancel]").click()
    expect(page.locator("#row-diploma")).to_contain_text("1 page")
    assert [row.slot for row in draft.documents.all()] == ["diploma"]
    expect(page.locator("#row-cv form[data-upload]")).to_be_visible()


@pytest.mark.parametrize(("language", "width"), [("fr", PHONE), ("en", WIDE), ("en", NARROW)])
def test_the_step_with_everything_in_it(
    browser: Browser, live_server: Any, draft: Application, language: str, width: int
) -> None:
    for name in ("first", "second"):
        factories.attach(draft, "cv", factories.pdf(2, text=name))
    factories.attach(draft, "diploma").delete()
    factories.attach(draft, "other", slot="piece-gone")
    transcript = f"transcript-{draft.degrees.all()[0].pk}"
    factories.attach(draft, "transcript", slot=transcript)
    draft.documents.filter(slot=transcript).leave()
    factories.begun(draft, f"transcript-{draft.degrees.all()[1].pk}")
    with reader(browser, width=width) as page:
        enter(page, live_server, draft.applicant)
        visit(page, live_server, draft, language)
        page.locator("details.earlier summary").click()
        sound(page, f"documents-all-{language}-{width}")


def test_without_javascript_it_is_an_ordinary_form(
    browser: Browser, live_server: Any, draft: Application, tmp_path: Path
) -> None:
    with reader(browser, java_script_enabled=False) as page:
        enter(page, live_server, draft.applicant)
        visit(page, live_server, draft)
        name = "curriculum-vitae-amina-benali-version-definitive-corrigee-deux-fois.pdf"
        path = a_file(tmp_path, name, factories.pdf())
        choose(page, "cv", path)
        page.locator("#row-cv form[data-upload] [data-plain]").click()
        picture(page, "documents-plain")
        choose(page, "cv", path)
        page.locator("#row-cv form[data-upload] [data-plain]").click()
        expect(page.locator("#row-cv a").nth(1)).to_have_text(name[:59] + ".pdf")
