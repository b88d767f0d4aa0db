"""The office's pages about the end of records: who reads what, who may act, both languages, a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Role, User
from applications.models import Application
from cycles.clock import day_of
from notifications.models import OutgoingEmail
from retention import holding, incidents, lists, reminding
from retention.executing import execute_approved
from retention.models import Disposal, Hold, Incident
from tests import factories
from tests.followup.factories import World
from tests.retention.factories import years_later

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WHY = "Une plainte est à l’étude."


@pytest.fixture
def world(person: Any) -> World:
    return World(person)


@pytest.fixture
def draft(world: World, amina: User) -> Application:
    return factories.draft(amina, world.cycle)


@pytest.fixture
def listed(draft: Application) -> Disposal:
    lists.list_due(at=draft.cycle.closes_at + timedelta(days=91))
    return Disposal.objects.get()


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def to(name: str, *args: Any, language: str = "fr") -> str:
    with override(language):
        return reverse(name, args=args)


def test_nothing_waits(world: World) -> None:
    for language, words in (("fr", "Rien n’attend"), ("en", "Nothing waits")):
        said = entered(world.claire).get(to("retention", language=language)).content.decode()
        assert words in said
    assert (
        "Aucun dossier n’est retenu."
        in entered(world.dominique).get(to("retention")).content.decode()
    )
    assert "90 jours" in entered(world.dominique).get(to("retention")).content.decode()


@pytest.mark.parametrize(
    "role", [Role.REVIEWER, Role.PANELIST, Role.EDI_OFFICER, Role.ADMINISTRATOR]
)
def test_nobody_else_reads_it(role: Role, listed: Disposal, person: Any) -> None:
    client = entered(person("zoe", role))
    for name, args in (("retention", ()), ("disposal", (listed.pk,))):
        assert client.get(to(name, *args)).status_code == 403


def test_from_the_list_to_the_certificate(
    world: World, listed: Disposal, draft: Application
) -> None:
    claire, dominique = entered(world.claire), entered(world.dominique)
    page = claire.get(to("disposal", listed.pk)).content.decode()
    assert draft.number in page
    assert "J’ai vérifié cette liste" in page
    assert "Approuver la destruction" not in page
    assert claire.post(to("disposal_check", listed.pk)).status_code == 302
    assert "Approuver la destruction" not in claire.get(to("disposal", listed.pk)).content.decode()
    page = dominique.get(to("disposal", listed.pk)).content.decode()
    assert "sans retour" in page
    listed.refresh_from_db()
    refused = dominique.post(to("disposal_approve", listed.pk), {"seen": "x"}, follow=True)
    assert "regardez-la de nouveau" in refused.content.decode()
    assert dominique.get(to("disposal_certificate", listed.pk)).status_code >= 300
    dominique.post(to("disposal_approve", listed.pk), {"seen": listed.fingerprint})
    execute_approved(at=years_later(1))
    page = dominique.get(to("disposal", listed.pk)).content.decode()
    assert "Certificat (PDF)" in page
    assert draft.number not in page
    pdf = dominique.get(to("disposal_certificate", listed.pk))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].startswith("attachment")
    assert "Exécutée" in claire.get(to("retention")).content.decode()


def test_left_out_put_back_cancelled(world: World, listed: Disposal) -> None:
    claire, item = entered(world.claire), listed.items.get()
    page = claire.post(to("disposal_leave_out", listed.pk, item.pk), {"why": "non"}, follow=True)
    assert "Dites pourquoi" in page.content.decode()
    page = claire.post(to("disposal_leave_out", listed.pk, item.pk), {"why": WHY}, follow=True)
    assert WHY in page.content.decode()
    claire.post(to("disposal_put_back", listed.pk, item.pk))
    claire.post(to("disposal_check", listed.pk))
    claire.post(to("disposal_uncheck", listed.pk))
    assert claire.post(to("disposal_cancel", listed.pk), {"why": ""}).status_code == 422
    page = claire.post(to("disposal_cancel", listed.pk), {"why": WHY}, follow=True)
    assert "rien n’a été détruit" in page.content.decode()
    assert WHY in page.content.decode()


def test_a_file_is_held_and_let_go(world: World, draft: Application) -> None:
    claire, dominique = entered(world.claire), entered(world.dominique)
    wrong = claire.post(to("hold_set"), {"number": "A27-NOBODY", "why": WHY})
    assert wrong.status_code == 422
    assert "Aucun dossier ne porte ce numéro." in wrong.content.decode()
    assert WHY in wrong.content.decode()
    page = claire.post(to("hold_set"), {"number": draft.number.lower(), "why": WHY}, follow=True)
    assert WHY in page.content.decode()
    held = Hold.objects.get()
    assert "Lever la retenue" not in page.content.decode()
    assert claire.post(to("hold_lift", held.pk), {"why": WHY}).status_code == 403
    assert (
        "Dites pourquoi"
        in dominique.post(to("hold_lift", held.pk), {"why": ""}, follow=True).content.decode()
    )
    dominique.post(to("hold_lift", held.pk), {"why": WHY})
    assert not Hold.objects.standing().exists()


def test_the_register(world: World, person: Any) -> None:
    dominique, fatou = entered(world.dominique), entered(person("fatou", Role.EDI_OFFICER))
    assert entered(world.claire).get(to("incidents")).status_code == 403
    assert "Aucun incident inscrit" in fatou.get(to("incidents")).content.decode()
    today = day_of(timezone.now())
    said = {"found_on": today.isoformat(), "what": "Une liste envoyée.", "information": "Noms."}
    late = {**said, "found_on": (today + timedelta(days=2)).isoformat()}
    assert dominique.post(to("incident_add"), late).status_code == 422
    more = {**said, "people": 2, "of_quebec": 3}
    assert dominique.post(to("incident_add"), more).status_code == 422
    assert dominique.post(to("incident_add"), said).status_code == 302
    row = Incident.objects.get()
    assert row.written_by == world.dominique
    closing = {**said, "closed_on": today.isoformat()}
    assert fatou.post(to("incident", row.pk), closing).status_code == 422  # the risk is not judged
    judged = {**closing, "is_serious": "False", "assessment": "Faible.", "measures": "Rappel."}
    assert fatou.post(to("incident", row.pk), judged).status_code == 302
    page = dominique.get(to("incident", row.pk)).content.decode()
    assert "Rappel." in page
    assert "<textarea" not in page.partition("<main")[2]
    again = dominique.post(to("incident", row.pk), said, follow=True)
    assert "inscrivez-en un autre" in again.content.decode()


def test_those_who_check_are_told_once_a_week(world: World, draft: Application) -> None:
    at = draft.cycle.closes_at + timedelta(days=91)
    assert reminding.list_and_tell(at=draft.cycle.closes_at) == 0
    assert reminding.list_and_tell(at=at) == 2
    assert reminding.list_and_tell(at=at + timedelta(hours=6)) in (0, 2)
    reminding.list_and_tell(at=at + timedelta(days=7))
    letters = OutgoingEmail.objects.filter(letter="disposal_waiting")
    assert set(letters.values_list("address", flat=True)) == {
        world.claire.email,
        world.dominique.email,
    }
    assert len(set(letters.values_list("key", flat=True))) == letters.count()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_whatever_their_number(count: int, world: World, person: Any) -> None:
    for number in range(count):
        file = factories.draft(person(f"p{number}"), world.cycle)
        if number:
            holding.hold(file, why=WHY, by=world.claire)
            Hold.objects.all()
    lists.list_due(at=world.cycle.closes_at + timedelta(days=91))
    for _number in range(count):
        row = Incident(found_on=day_of(timezone.now()), what="x", information="y")
        incidents.save(row, by=world.dominique)
    client, pk = entered(world.dominique), Disposal.objects.get().pk
    costs = {}
    for name, args in (("retention", ()), ("disposal", (pk,)), ("incidents", ())):
        client.get(to(name, *args))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(to(name, *args)).status_code == 200
        costs[name] = len(queries)
    assert costs == {"retention": 6, "disposal": 7, "incidents": 4}
