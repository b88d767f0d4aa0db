"""Every table that points at a person or an application is told in "my file", or it is said why not."""

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from applications.models import Application
from reports.holdings import HOLDINGS, NOT_TOLD

SECRETS = {"password", "data"}


def pointing_at_people() -> set[type[models.Model]]:
    """Every model that leads to a person or an application, however long the way."""
    found: set[type[models.Model]] = {User, Application}
    while True:
        more = {
            model
            for model in apps.get_models()
            if any(one.related_model in found for one in model._meta.fields if one.is_relation)
        }
        if more <= found:
            return found
        found |= more


def test_no_table_about_people_is_forgotten() -> None:
    told = {holding.model for holding in HOLDINGS}
    forgotten = pointing_at_people() - told - set(NOT_TOLD)
    assert not forgotten, "Say in reports/holdings.py what the person gets of these tables."
    assert not told & set(NOT_TOLD)


def test_what_is_left_out_says_why() -> None:
    assert all(why.endswith(".") for why in NOT_TOLD.values())


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda one: one.model._meta.label)
@pytest.mark.django_db
def test_every_way_leads_to_one_person(holding: object, amina: User) -> None:
    rows = holding.rows(amina)  # type: ignore[attr-defined]
    assert list(rows) == ([amina] if rows.model is User else list(rows))


def test_no_secret_is_told() -> None:
    names = {field.name for holding in HOLDINGS for field in holding.fields()}
    assert not names & SECRETS
