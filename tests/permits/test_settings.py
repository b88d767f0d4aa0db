"""What the office writes of permits for a year: on the page of its cycle, copied to the next; never a bad link."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cycles import copying
from cycles.models import Cycle
from permits import cycle_parts
from permits.models import Kind, PermitGuide, PermitTerms
from tests import factories
from tests.permits.factories import guides, terms, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    """This year's."""
    return factories.cycle()


def test_without_a_row_udem_s_own_words_count(cycle: Cycle) -> None:
    usual = PermitTerms(cycle=cycle)
    assert (usual.months_min, usual.months_max) == (3, 6)
    assert (usual.internship_months, usual.internship_credits) == (6, 22)
    assert (usual.funds_one, usual.funds_two, usual.internship_hours) == (None, None, None)
    assert not usual.letter_is_ready


def test_everything_comes_along_to_the_next_year(cycle: Cycle, adam: User) -> None:
    guides(cycle)
    terms(cycle, funds_one=100, funds_as_of=today())
    new = copying.copy_to_next_year(cycle, by=adam)
    assert new.permit_guides.count() == 3
    assert new.permit_terms.funds_as_of == today()
    assert cycle.permit_guides.count() == 3
    assert list(cycle_parts.gaps(new)) == []


def test_it_is_on_the_page_of_the_cycle(cycle: Cycle, adam: User) -> None:
    guides(cycle)
    terms(cycle)
    client = Client()
    client.force_login(adam)
    answer = client.get(reverse("admin:cycles_cycle_change", args=[cycle.pk]))
    text = answer.content.decode()
    for name in ("permit_guides-0-weeks_max", "permit_terms-0-signer"):
        assert f'name="{name}"' in text


@pytest.mark.parametrize(
    "fields",
    [
        {"weeks_min": 3},
        {"weeks_min": 5, "weeks_max": 4},
        {"weeks_min": 1, "weeks_max": 105},
        {"text_fr": "Seulement en français."},
        {"source_en": "English only."},
        {"link_fr": "http://example.org/"},
        {"link_en": "javascript:alert(1)"},
    ],
)
def test_a_guide_keeps_no_nonsense(cycle: Cycle, fields: dict[str, Any]) -> None:
    row = PermitGuide(cycle=cycle, kind=Kind.CAQ, **fields)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"months_min": 7},
        {"months_max": 25},
        {"funds_one": 1},
        {"funds_fr": "Seulement en français."},
        {"signer_title_en": "English only"},
    ],
)
def test_terms_keep_no_nonsense(cycle: Cycle, fields: dict[str, Any]) -> None:
    row = PermitTerms(cycle=cycle, **fields)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_rows_say_what_they_are(cycle: Cycle) -> None:
    guides(cycle)
    assert "CAQ" in str(PermitGuide.objects.get(kind=Kind.CAQ))
    assert "permits" in str(PermitTerms(cycle=cycle))
