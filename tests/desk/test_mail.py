"""The ledger of all mail: found, read, sent again, paused; and nothing of what is kept from its reader."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from applications.models import Application
from desk import mail
from desk.unreachable import unreached_by
from notifications import reach
from notifications.catalogue import title_of
from notifications.event import LetterEvent
from notifications.mail_switch import MailSwitch
from notifications.models import OutgoingEmail
from tests import factories
from tests.desk.mailed import WHY, became, copy_of, letter_of, page, to
from tests.reviews import factories as judging


def listed(user: User, **asked: str) -> list[OutgoingEmail]:
    """What a search of the ledger finds."""
    return list(mail.matching(mail.seen_by(user), mail.wanted(asked), user))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_open(office: Client, application: Application, language: str) -> None:
    letter = letter_of(application)
    for name, args in (("letters", []), ("unreachable", []), ("letter_read", [letter.pk])):
        with translation.override(language):
            address = reverse(name, args=args)
        assert office.get(address).status_code == 200, name


def test_found_by_name_number_and_address(
    application: Application, bruno: User, claire: User
) -> None:
    factories.submitted(bruno, application.cycle)
    mine = letter_of(application)
    for words in ("benali", "AMINA", application.number, "amina@", "Amina@Example.com"):
        assert listed(claire, q=words) == [mine], words
    referee = factories.referee(application, name="Élise Ségal", email="elise@uni.example")
    (asked,) = OutgoingEmail.objects.about(referee)
    assert listed(claire, q="segal") == listed(claire, q="elise@uni") == [asked]
    assert set(listed(claire, q="benali")) == {mine, asked}
    assert listed(claire, q="nobody") == []


def test_filters(application: Application, claire: User) -> None:
    letter = letter_of(application)
    today = timezone.localdate()
    yesterday, tomorrow = str(today - timedelta(days=1)), str(today + timedelta(days=1))
    assert listed(claire, letter="acknowledgement", language="fr") == [letter]
    assert listed(claire, language="en") == listed(claire, letter="late_pass") == []
    assert listed(claire, since=yesterday, until=tomorrow) == [letter]
    assert listed(claire, since=tomorrow) == listed(claire, until=yesterday) == []
    assert listed(claire, state="nonsense", letter="x'", since="x", q="\0") == [letter]


@pytest.mark.parametrize(
    ("status", "outcome", "state", "keys"),
    [
        ("pending", "", mail.WAITING, {"waiting"}),
        ("unknown", "", mail.DOUBT, {"doubt"}),
        ("sent", "", mail.SENT, {"sent"}),
        ("sent", "delivered", mail.DELIVERED, {"sent", "delivered"}),
        ("sent", "complained", mail.UNWANTED, {"sent", "unwanted"}),
        ("bounced", "bounced", mail.BACK, {"back", "person"}),
        ("dead", "", mail.DEAD, {"dead", "person"}),
    ],
)
def test_states(
    application: Application, claire: User, status: str, outcome: str, state: Any, keys: set[str]
) -> None:
    letter = became(letter_of(application), status, outcome=outcome)
    assert mail.state_of(letter) is state
    assert {key for key in mail.FILTERS if listed(claire, state=key)} == keys | {"all"}
    told = mail.counts(mail.seen_by(claire))
    assert {key for key, count in told.items() if count} == keys - {"sent", "delivered"}


def test_what_is_kept_from_a_person_is_not_in_their_ledger(
    application: Application, person: Any, claire: User
) -> None:
    referee = factories.referee(application, name="Élise Ségal", email="elise@uni.example")
    copy_of(letter_of(application), about=f"accounts.user:{application.applicant_id}")
    copy_of(letter_of(application), about="accounts.user:None", letter="no_account")
    zoe = person("zoe", "coordinator", "reviewer")
    assert len(listed(zoe)) == 4
    judging.in_conflict(application, zoe, by=claire)
    assert [row.address for row in listed(zoe) if row.address != zoe.email] == []
    assert listed(zoe, q="benali") == listed(zoe, q=referee.email) == []
    letters = [letter_of(application), *OutgoingEmail.objects.about(referee)]
    for letter in letters:
        became(letter, "bounced", text="")
    browser = Client()
    browser.force_login(zoe)
    assert unreached_by(zoe) == []
    for letter in letters:
        assert browser.get(reverse("letter_read", args=[letter.pk])).status_code == 404
        for act in ("letter_resend", "letter_resend_all", "letter_settle"):
            assert browser.post(reverse(act, args=[letter.pk]), WHY).status_code == 404
    assert "amina" not in page(browser, "letters").lower()


def test_a_secret_is_for_its_reader(office: Client, application: Application) -> None:
    referee = factories.referee(application)
    (asked,) = OutgoingEmail.objects.about(referee)
    assert referee.token in asked.text
    shown = page(office, "letter_read", asked.pk)
    assert "only its reader saw it" in shown
    assert referee.token not in shown
    became(asked, "bounced", text="")
    assert "Send the letter" not in page(office, "unreachable")  # they are invited anew elsewhere


def test_one_letter_tells_its_story(office: Client, application: Application, claire: User) -> None:
    letter = became(letter_of(application), "bounced", sent_at=Now(), transport="resend")
    LetterEvent.objects.create(
        letter=letter, service="resend", identity="1", kind="deferred", at=timezone.now()
    )
    LetterEvent.objects.create(
        letter=letter,
        service="resend",
        identity="2",
        kind="bounced",
        detail="Full",
        at=timezone.now(),
    )
    shown = page(office, "letter_read", letter.pk)
    for words in ("Came back", "Full", "resend", "do not arrive", "Send again", "Benali"):
        assert words in shown, words
    assert letter.text.splitlines()[0] in shown
    office.post(reverse("letter_resend", args=[letter.pk]), WHY)
    became(letter, "unknown", sent_at=None)
    office.post(reverse("letter_settle", args=[letter.pk]), WHY)
    shown = page(office, "letter_read", letter.pk)
    assert "Said to have arrived" in shown
    assert "Sent again" in shown
    assert WHY["why"] in shown
    assert "Send again" not in shown


def test_no_link_leads_an_administrator_to_a_closed_door(
    application: Application, adam: User
) -> None:
    letter = became(letter_of(application), "bounced")
    browser = Client()
    browser.force_login(adam)
    shown = [page(browser, name) for name in ("letters", "unreachable")]
    shown.append(page(browser, "letter_read", letter.pk))
    assert all(application.number in text for text in shown)
    assert not any(f"/{application.number}/" in text.split("<pre")[0] for text in shown)


def test_pause_and_resume(office: Client, application: Application, home: Client) -> None:
    banner = "All mail is paused: no letter leaves"
    said = office.post(to("mail_pause"), {}, follow=True).content.decode()
    assert "Write something first" in said
    said = office.post(to("mail_pause"), WHY, follow=True).content.decode()
    assert banner in said
    assert WHY["why"] in said
    assert banner in office.get("/en/desk/").content.decode()
    mine = home.get("/en/applications/mine/").content.decode()
    assert banner not in mine
    assert "Our e-mails are on hold" in mine
    assert MailSwitch.now().paused
    said = office.post(to("mail_resume"), WHY, follow=True).content.decode()
    assert banner not in said
    assert "on hold" not in home.get("/en/applications/mine/").content.decode()
    assert not MailSwitch.now().paused


def test_the_second_transport(office: Client, settings: Any, cycle: Any) -> None:
    assert "second transport" not in page(office, "letters")
    said = office.post(to("mail_second"), WHY, follow=True).content.decode()
    assert "There is no second transport here" in said
    settings.EMAIL_SECOND = {"BACKEND": "anymail.backends.resend.EmailBackend", "OPTIONS": {}}
    assert "Take the second transport" in page(office, "letters")
    said = office.post(to("mail_second"), WHY, follow=True).content.decode()
    assert "Take the first transport again" in said
    office.post(to("mail_first"), WHY)
    assert not MailSwitch.now().by_second


READ = ("letters", "unreachable", "letter_read")
HANDLE = ("letter_resend", "letter_resend_all", "letter_settle")
SWITCH = ("mail_pause", "mail_resume")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("claire", {*READ, *HANDLE, *SWITCH}),
        ("adam", {*READ, *HANDLE, *SWITCH}),
        ("dominique", {*READ, *SWITCH}),
        ("amina", set()),
        ("bruno", set()),
        ("david", set()),
        ("gilles", set()),
        ("fatou", set()),
    ],
)
def test_who_may_what(
    request: pytest.FixtureRequest, application: Application, who: str, may: set[str]
) -> None:
    letter = letter_of(application)
    browser = Client()
    browser.force_login(request.getfixturevalue(who))
    got = set()
    for name in (*READ, *HANDLE, *SWITCH):
        address = reverse(name, args=[letter.pk] if name.startswith("letter_") else [])
        answer = browser.get(address) if name in READ else browser.post(address, WHY)
        if answer.status_code != 403:
            got.add(name)
        if name not in READ:
            assert browser.get(address).status_code in {403, 405}
    assert got == may


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_same_queries_whatever_the_number(
    office: Client,
    application: Application,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    referee = factories.referee(application)
    for _ in range(rows):
        letter = became(copy_of(letter_of(application)), "bounced")
        copy_of(letter, about=f"applications.referee:{referee.pk}")
        copy_of(letter, about=f"accounts.user:{application.applicant_id}")
    pages: list[tuple[int, str, list[Any], dict[str, str]]] = [
        (12, "letters", [], {}),
        (14, "letters", [], {"q": "benali"}),
        (7, "unreachable", [], {}),
        (10, "letter_read", [letter.pk], {}),
    ]
    for queries, name, args, query in pages:
        with django_assert_num_queries(queries):
            page(office, name, *args, **query)


def test_letters_of_others_have_a_name_too() -> None:
    assert title_of("something_old") == "something old"


def test_the_search_uses_its_indexes(application: Application, claire: User) -> None:
    """At 100,000 letters a list is read from an index, and not by looking at each letter."""
    letter = letter_of(application)
    rows = [
        OutgoingEmail(
            key=f"many:{number}",
            letter="acknowledgement",
            language="fr",
            address=f"p{number}@example.com",
            about=f"applications.application:{number + 10_000}",
            subject="Reçu",
            text=letter.text,
            status="sent",
            sent_at=letter.queued_at,
            tried_at=letter.queued_at,
            attempts=1,
        )
        for number in range(3000)
    ]
    OutgoingEmail.objects.bulk_create(rows)
    analysed()
    for asked in ({}, {"state": "back"}, {"q": "p17@example"}, {"q": application.number}):
        found = mail.matching(mail.seen_by(claire), mail.wanted(asked), claire)[:51]
        plan = found.explain()
        assert not re.search(r"Seq Scan on notifications_outgoingemail", plan), (asked, plan)
    plan = reach.unreached(mail.seen_by(claire)).explain()
    assert "outgoing_unfinished" in plan
    assert "outgoing_unfinished" in mail.seen_by(claire).filter(reach.UNFINISHED).explain()


def analysed() -> None:
    """PostgreSQL knows how many letters there are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notifications_outgoingemail")
