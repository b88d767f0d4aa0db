"""What scholarships tell on the pages of the file: before one leaves, and where funds are proved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.leaving import warnings_of
from permits.funds import proofs_of
from scholarships import applying, replying
from scholarships.models import Award
from tests.scholarships.awards_world import NOW, Bursary

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def award(person: Any) -> Award:
    return Bursary(person).awarded(person("amina"))


@pytest.mark.parametrize("page", ["application_withdraw", "offer_decline"])
def test_before_leaving_one_reads_what_ends_with_it(
    client: Client, award: Award, person: Any, page: str
) -> None:
    file, amina = award.candidacy.application, person("amina")
    address = reverse(page, args=[file.number])
    client.force_login(amina)
    assert "Votre bourse prend fin" in client.get(address).content.decode()
    client.force_login(person("bruno"))
    assert client.get(address).status_code == 404
    Award.objects.filter(pk=award.pk).update(status="declined", replied_at=award.offered_at)
    assert warnings_of(file) == ["Votre demande de bourse ne peut alors mener à aucune bourse."]
    applying.withdraw(award.candidacy, by=amina, at=NOW())
    assert warnings_of(file) == []


def test_the_letter_of_award_proves_the_funds_once_it_is_accepted(
    award: Award, person: Any
) -> None:
    file = award.candidacy.application
    assert proofs_of(file) == []
    replying.accept(award, by=person("amina"), at=NOW())
    (proof,) = proofs_of(file)
    assert proof.french == reverse("award_letter_file", args=[award.candidacy.number, "fr"])
    assert "6\u00a0000\u00a0$" in str(proof.text)
