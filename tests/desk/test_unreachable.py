"""Letters that did not arrive: sent again, one or all, and addresses that do not work."""

from datetime import timedelta

from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from desk import mail_reading, mailing
from desk.unreachable import unreached_by
from notifications import reach
from notifications.models import OutgoingEmail
from tests import factories
from tests.desk.mailed import WHY, became, copy_of, letter_of, page, to


def test_sent_again_to_the_address_of_today(
    office: Client, application: Application, amina: User
) -> None:
    letter = became(letter_of(application), "bounced")
    User.objects.filter(pk=amina.pk).update(email="right@example.com")
    assert "right@example.com" in page(office, "letter_read", letter.pk)
    office.post(reverse("letter_resend", args=[letter.pk]), WHY)
    letter.refresh_from_db()
    assert (letter.status, letter.address) == ("pending", "right@example.com")


def test_a_letter_about_an_account_keeps_its_address(application: Application) -> None:
    about = f"accounts.user:{application.applicant_id}"
    letter = copy_of(letter_of(application), about=about, address="before@example.com")
    owners = mail_reading.owners_of({about, "accounts.user:None", "x.y:1"})
    assert mailing.present_address(letter, owners) == "before@example.com"
    assert owners[about].name


def test_all_that_came_back_at_once(office: Client, application: Application, claire: User) -> None:
    letter = became(letter_of(application), "bounced")
    other = became(copy_of(letter), "bounced", address="AMINA@example.com")
    shown = page(office, "unreachable")
    assert "Send the 2 letters again" in shown
    assert "Benali" in shown
    said = office.post(to("letter_resend_all", letter.pk), WHY, follow=True)
    assert "2 letters leave again" in said.content.decode()
    other.refresh_from_db()
    assert (other.status, other.address) == ("pending", "amina@example.com")
    said = office.post(to("letter_resend_all", letter.pk), WHY, follow=True)
    assert "changed since" in said.content.decode()
    assert AuditEntry.objects.filter(verb="resend letter", why=WHY["why"]).count() == 2


def test_an_act_needs_its_reason(office: Client, application: Application) -> None:
    letter = became(letter_of(application), "unknown")
    for name in ("letter_resend", "letter_settle", "letter_resend_all"):
        said = office.post(to(name, letter.pk), {}, follow=True)
        assert "Write something first" in said.content.decode()
    letter.refresh_from_db()
    assert letter.status == "unknown"


def test_an_address_works_again_once_a_letter_arrived(
    application: Application, claire: User, office: Client
) -> None:
    letter = became(letter_of(application), "bounced", tried_at=Now() - timedelta(hours=2))
    referee = factories.referee(application, email="elise@uni.example")
    (asked,) = OutgoingEmail.objects.about(referee)
    became(asked, "sent", outcome="complained", text="")
    assert {row.line.letter.address for row in unreached_by(claire)} == {
        "amina@example.com",
        "elise@uni.example",
    }
    shown = page(office, "unreachable")
    assert reverse("file_referee", args=[application.number, referee.pk]) in shown
    assert reverse("desk_address", args=[application.number]) in shown
    assert reach.last_word("Amina@example.com") == letter
    assert reach.last_word("elise@uni.example") == asked
    became(copy_of(letter, address="AMINA@example.com"), "sent")
    assert reach.last_word("amina@example.com") is None
    assert [row.line.letter for row in unreached_by(claire)] == [asked]
    became(asked, "sent", outcome="delivered", text="")
    assert "Every address works" in page(office, "unreachable")


def test_a_corrected_address_only_waits_for_its_letters(
    application: Application, claire: User, amina: User, office: Client
) -> None:
    became(letter_of(application), "bounced")
    User.objects.filter(pk=amina.pk).update(email="right@example.com")
    (row,) = unreached_by(claire)
    assert row.corrected
    shown = page(office, "unreachable")
    assert "The address is right@example.com now" in shown
    assert reverse("desk_address", args=[application.number]) not in shown


def test_the_applicant_and_the_office_are_told(
    home: Client, office: Client, application: Application
) -> None:
    mine, file = "/en/applications/mine/", f"/en/desk/{application.number}/"
    assert "do not reach you" not in home.get(mine).content.decode()
    assert "do not arrive" not in office.get(file).content.decode()
    became(letter_of(application), "bounced")
    told = home.get(mine).content.decode()
    assert "do not reach you" in told
    assert reverse("account_email") in told
    assert "do not arrive" in office.get(file).content.decode()
