"""The rubric in Django admin, and what the rows say of themselves."""

import pytest
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from reviews.admin import CriterionAdmin
from reviews.models import Criterion, Standing
from tests.reviews import factories as judging


def test_standings_without_a_mark() -> None:
    assert Standing().apart == 0


def test_listed_for_administrators(client: Client, cycle: Cycle, adam: User) -> None:
    client.force_login(adam)
    assert client.get("/en/admin/reviews/criterion/").status_code == 200
    assert client.get("/en/admin/reviews/criterion/add/").status_code == 200


def test_weights_stay_once_a_review_counts(
    application: Application, david: User, claire: User, adam: User
) -> None:
    page = CriterionAdmin(Criterion, site)
    request = RequestFactory().get("/")
    request.user = adam
    criterion = application.cycle.criteria.first()
    assert page.get_readonly_fields(request, criterion) == ()
    assert page.has_delete_permission(request, criterion)
    judging.reviewed(application, david, 5, 4, 3, by=claire)
    assert page.get_readonly_fields(request, criterion) == ("cycle", "weight")
    assert page.get_readonly_fields(request) == ()
    with pytest.raises(ValidationError, match="stays as it is"):
        Criterion(cycle=application.cycle, name_fr="Tard", name_en="Late").full_clean()
    assert not page.has_delete_permission(request, criterion)


def test_rows_in_words(application: Application, david: User, claire: User) -> None:
    row = judging.reviewed(application, david, 5, None, 3, by=claire)
    criterion = Criterion.objects.all()[0]
    assert (str(criterion), criterion.anchors) == ("Study (en)", [(1, "Little"), (5, "Much")])
    with translation.override("fr"):
        assert str(criterion) == "Study (fr)"
    assert str(row.review) == str(row)
    assert str(Standing.objects.get()) == f"{application.pk}: 4.333"
    assert str(row.review.scores.order_by("criterion").first()) == f"{criterion.pk}: 5"
