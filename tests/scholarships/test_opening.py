"""Opening what is confidential: by one officer, who just signed in, with a purpose; its person is told, and nobody else."""

import base64
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Role, User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from scholarships import abouts, opening
from scholarships.models import Candidacy, Category, Result, Standing
from scholarships.vault import entries
from tests import factories
from tests.scholarships.factories import a_candidacy, a_round

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
CANARY = "loyer CANARI de 1 234 $"
WHY = "Juger le besoin, à la demande de la personne."
BUDGET = {"lines": [{"what": "Loyer", "amount": 900}], "circumstances": CANARY, "alone": True}
PDF = b"%PDF-1.7 CANARI"


@pytest.fixture
def cycle(db: None) -> Cycle:
    return factories.cycle()


@pytest.fixture
def budget(cycle: Cycle, amina: User) -> Candidacy:
    """Amina applied in Category 3, and told her budget."""
    row = a_candidacy(a_round(cycle, Category.SOCIOECONOMIC), factories.submitted(amina, cycle))
    entries.declare(abouts.budget(row), BUDGET, by=amina)
    return row


@pytest.fixture
def declared(cycle: Cycle, bruno: User) -> Candidacy:
    """Bruno applied in Category 1, with a declaration."""
    row = a_candidacy(a_round(cycle), factories.submitted(bruno, cycle))
    entries.declare(abouts.declaration(row), {"words": CANARY}, by=bruno)
    return row


def page(row: Candidacy, what: str = "budget") -> str:
    return reverse("edi_open", args=[row.number, what])


def signed_in(client: Client, user: User, *, minutes: int = 0) -> None:
    """Signed in, with a proof of who they are that many minutes ago."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time() - 60 * minutes, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def opened(row: Candidacy, what: str, by: User, **more: Any) -> Any:
    fields = {"purpose": WHY, "signed_in_at": timezone.now(), **more}
    return opening.open_entry(row, what, by=by, **fields)


def test_opened_written_down_and_told(budget: Candidacy, amina: User, fatou: User) -> None:
    assert opened(budget, "budget", fatou) == BUDGET
    (told,) = entries.disclosures(amina, by=amina)
    assert (told.kind, told.purpose, told.by) == ("budget", WHY, fatou.pk)
    (letter,) = OutgoingEmail.objects.filter(letter="confidential_opened")
    assert letter.address == amina.email
    for secret in (CANARY, WHY, budget.number):
        assert secret not in letter.text + letter.subject
    assert CANARY not in str(list(AuditEntry.objects.values()))


def test_nobody_else_and_nothing_else(
    budget: Candidacy, declared: Candidacy, fatou: User, person: Any
) -> None:
    for role in (role for role in Role if role != Role.EDI_OFFICER):
        with pytest.raises(Refused) as refused:
            opened(budget, "budget", person(role.value, role))
        assert refused.value.forbidden
    for row, what in ((budget, "declaration"), (declared, "budget"), (budget, "identification")):
        with pytest.raises(Refused):
            opened(row, what, fatou)
    with pytest.raises(Refused):
        opened(budget, "proof", fatou)  # nothing there
    with pytest.raises(Refused):
        opened(budget, "budget", fatou, signed_in_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(Refused):
        opened(budget, "budget", fatou, purpose="Pour voir.")
    assert not OutgoingEmail.objects.filter(letter="confidential_opened").exists()


def test_a_need_is_judged_and_taken_back(
    budget: Candidacy, declared: Candidacy, fatou: User, claire: User
) -> None:
    opening.judge_need(budget, 4, by=fatou)
    budget.refresh_from_db()
    assert (budget.need, budget.need_by) == (4, fatou)
    opening.judge_need(budget, 4, by=fatou)
    opening.judge_need(budget, None, by=fatou)
    budget.refresh_from_db()
    assert (budget.need, budget.need_by) == (None, None)
    trail = AuditEntry.objects.about(budget)
    assert [(one.verb, one.old, one.new, one.why) for one in trail] == [
        ("judge_need", "", "", ""),
        ("take_need_back", "", "", ""),
    ]
    for row, need, by in ((budget, 6, fatou), (budget, 3, claire), (declared, 3, fatou)):
        with pytest.raises(Refused):
            opening.judge_need(row, need, by=by)


def test_shortlisted_asked_once_and_undone(budget: Candidacy, amina: User, fatou: User) -> None:
    opening.take_off_shortlist(budget, by=fatou)
    opening.shortlist(budget, by=fatou)
    opening.shortlist(budget, by=fatou)
    budget.refresh_from_db()
    assert budget.shortlisted_at
    letters = OutgoingEmail.objects.filter(letter="confidential_proof")
    assert [one.address for one in letters] == [amina.email]
    opening.take_off_shortlist(budget, by=fatou)
    budget.refresh_from_db()
    assert budget.shortlisted_at is None
    opening.shortlist(budget, by=fatou)
    assert letters.all().count() == 2
    entries.declare(abouts.proof(budget), {"content": "x"}, by=amina)
    with pytest.raises(Refused):
        opening.take_off_shortlist(budget, by=fatou)
    verbs = [one.verb for one in AuditEntry.objects.about(budget)]
    assert verbs == ["shortlist", "take_off_shortlist", "shortlist"]


def test_not_before_it_is_in_nor_after_the_result(
    budget: Candidacy, fatou: User, person: Any
) -> None:
    claire, dominique = person("c", Role.COORDINATOR), person("d", Role.DIRECTOR)
    result = Result.objects.create(candidacy=budget, outcome="awarded", proposed_by=claire)
    opening.judge_need(budget, 2, by=fatou)
    Result.objects.filter(pk=result.pk).update(status="approved", approved_by=dominique)
    with pytest.raises(Refused):
        opening.judge_need(budget, 3, by=fatou)
    Result.objects.all().delete()
    Candidacy.objects.filter(pk=budget.pk).update(status=Standing.WITHDRAWN)
    with pytest.raises(Refused):
        opening.shortlist(budget, by=fatou)


def test_the_list_tells_numbers_alone(
    client: Client, budget: Candidacy, declared: Candidacy, amina: User, bruno: User, fatou: User
) -> None:
    client.force_login(fatou)
    for row, other in ((budget, declared), (declared, budget)):
        shown = client.get(reverse("edi_requests"), {"round": row.round_id}).content.decode()
        assert row.number in shown
        assert other.number not in shown
        for secret in (CANARY, amina.full_name, bruno.full_name, amina.email, bruno.email):
            assert secret not in shown
    assert client.get(reverse("home_for_me")).url == reverse("edi_requests")  # type: ignore[attr-defined]


def test_the_list_says_what_is_next(
    client: Client, budget: Candidacy, declared: Candidacy, fatou: User
) -> None:
    client.force_login(fatou)

    def said(row: Candidacy) -> str:
        return client.get("/en/confidential/", {"round": row.round_id}).content.decode()

    assert "Next: 1 need is to judge." in said(budget)
    assert "a declaration needs no check" in said(declared)
    opening.judge_need(budget, 3, by=fatou)
    assert "Every need is judged" in said(budget)


def test_the_list_costs_the_same(
    client: Client, budget: Candidacy, fatou: User, person: Any, django_assert_num_queries: Any
) -> None:
    client.force_login(fatou)
    address = f"{reverse('edi_requests')}?round={budget.round_id}"
    client.get(address)
    with django_assert_num_queries(6), django_assert_num_queries(1, using="vault"):
        client.get(address)
    for name in ("zoe", "yan"):
        a_candidacy(budget.round, factories.submitted(person(name), budget.round.cycle))
    with django_assert_num_queries(6), django_assert_num_queries(1, using="vault"):
        shown = client.get(address).content.decode()
    assert shown.count("<tr>") == 4


def test_one_signs_in_again_says_why_and_sees_it_once(
    client: Client, budget: Candidacy, amina: User, fatou: User
) -> None:
    signed_in(client, fatou, minutes=6)
    away = client.get(page(budget))
    assert away.url.startswith(reverse("mfa_reauthenticate"))  # type: ignore[attr-defined]
    assert client.post(page(budget), {"purpose": WHY}).url == page(budget)  # type: ignore[attr-defined]
    assert WHY not in str(dict(client.session))
    signed_in(client, fatou)
    asked = client.get(page(budget)).content.decode()
    assert CANARY not in asked
    short = client.post(page(budget), {"purpose": "Pour voir."})
    assert short.status_code == 422
    assert entries.disclosures(amina, by=amina) == []
    shown = client.post(page(budget), {"purpose": WHY})
    assert CANARY in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert CANARY not in client.get(page(budget)).content.decode()
    assert CANARY not in str(dict(client.session))
    assert len(entries.disclosures(amina, by=amina)) == 1
    with override("en"):
        assert "Open, this once" in client.get(page(budget)).content.decode()
        assert (
            "How great is the need?" in client.post(page(budget), {"purpose": WHY}).content.decode()
        )


def test_what_is_opened_reads_in_words(
    client: Client, budget: Candidacy, declared: Candidacy, amina: User, bruno: User, fatou: User
) -> None:
    said = {
        "income": {"work": "9000.00"},
        "expenses": {"housing": "11000.50", "food": "4000.00"},
        "circumstances": CANARY,
    }
    entries.declare(abouts.budget(budget), said, by=amina)
    chosen = {"chosen": ["non_binary", "two_spirit"], "words": CANARY}
    entries.declare(abouts.declaration(declared), chosen, by=bruno)
    signed_in(client, fatou)
    for language, words, others in (
        (
            "fr",
            ("Travail", "9 000 $", "Total des dépenses", "15 000,50 $", "−6 000,50 $"),
            ("Personne non binaire", "Dans les mots de la personne"),
        ),
        (
            "en",
            ("Work", "$9,000", "Total expenses", "$15,000.50", "−$6,000.50", "Circumstances"),
            ("Non-binary person", "Two-Spirit person", "In the person’s own words"),
        ),
    ):
        with override(language):
            shown = client.post(page(budget), {"purpose": WHY}).content.decode()
            told = client.post(page(declared, "declaration"), {"purpose": WHY}).content.decode()
        shown = shown.replace("\u00a0", " ")
        assert [one for one in (*words, CANARY) if one not in shown] == []
        assert [one for one in (*others, CANARY) if one not in told] == []
        for raw in ("housing", "Chosen", "non_binary"):
            assert raw not in shown + told


def test_a_proof_comes_as_a_download(
    client: Client, budget: Candidacy, amina: User, fatou: User
) -> None:
    said = {"label": "avis.pdf", "file": base64.b64encode(PDF).decode()}
    entries.declare(abouts.proof(budget), said, by=amina)
    signed_in(client, fatou)
    answer = client.post(page(budget, "proof"), {"purpose": WHY})
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{budget.number}.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_acts_of_the_page(client: Client, budget: Candidacy, fatou: User) -> None:
    signed_in(client, fatou)

    def post(name: str, **data: Any) -> str:
        answer = client.post(reverse(name, args=[budget.number]), data, follow=True)
        budget.refresh_from_db()
        return answer.content.decode()

    assert "C’est inscrit." in post("edi_need", need="5")
    assert budget.need == 5
    assert "va de 1 à 5" in post("edi_need", need="9")
    post("edi_need", need="")
    assert budget.need is None
    assert "Une lettre demande une preuve" in post("edi_shortlist")
    assert budget.shortlisted_at
    assert "Aucune preuve" in post("edi_shortlist_undo")
    assert not budget.shortlisted_at


def test_who_gets_there(
    client: Client, budget: Candidacy, declared: Candidacy, amina: User, fatou: User, person: Any
) -> None:
    named = ("edi_need", "edi_shortlist", "edi_shortlist_undo")
    acts = [reverse(name, args=[budget.number]) for name in named]
    others = [
        amina,
        *(person(f"o-{role.value}", role) for role in Role if role != Role.EDI_OFFICER),
    ]
    for other in others:
        signed_in(client, other)
        assert client.get(reverse("edi_requests")).status_code == 403
        assert client.post(page(budget), {"purpose": WHY}).status_code == 403
        assert {client.post(act).status_code for act in acts} == {403}
    signed_in(client, fatou)
    assert {client.get(act).status_code for act in acts} == {405}
    assert client.get(page(budget, "declaration")).status_code == 404
    assert client.get(page(declared, "declaration")).status_code == 200
    assert client.get(reverse("edi_open", args=["S9-9", "budget"])).status_code == 404
    Candidacy.objects.update(status=Standing.WITHDRAWN)
    assert client.get(page(budget)).status_code == 404


def test_no_round_yet_and_a_round_without_anybody(
    client: Client, cycle: Cycle, fatou: User
) -> None:
    client.force_login(fatou)
    assert "Aucune ronde" in client.get(reverse("edi_requests")).content.decode()
    a_round(cycle)
    assert "Personne n’a fait" in client.get(reverse("edi_requests")).content.decode()
