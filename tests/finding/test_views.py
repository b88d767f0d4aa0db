"""Views of lists: kept, shared, shown first, dropped and put back; one way for every list."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications.sought import LONGEST, sealed
from audit.moves import Refused
from cycles.models import Cycle
from finding import keeping
from finding.lists import LISTS
from finding.models import SavedView
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(db: None) -> Cycle:
    """One that takes applications."""
    return judging.cycle()


def signed_in(user: User) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("cycle")
def test_a_view_of_every_list_is_kept_shown_first_and_opened(claire: User) -> None:
    browser = signed_in(claire)
    for key, listed in LISTS.items():
        if not listed.filters:
            continue
        name = listed.filters[0]
        typed = {"name": " En  retard ", "first": "1", name: "x", "evil": "1", "cycle": "A27"}
        answer = browser.post(reverse("view_keep", args=[key]), typed)
        assert answer.url == f"{reverse(key)}?{name}=x&cycle=A27", key
        view = SavedView.objects.get(listed=key)
        assert (view.name, view.query, view.is_default) == ("En retard", f"{name}=x", True)
        assert browser.get(reverse(key)).url == f"{reverse(key)}?{name}=x", key
        page = browser.get(reverse(key), {"view": "0"})
        assert page.status_code == 200
        assert "En retard" in page.content.decode(), key
        assert browser.get(reverse(key), {"page": "1"}).status_code == 200, key


def test_words_are_kept_in_plain_and_shown_sealed(cycle: Cycle, claire: User) -> None:
    browser = signed_in(claire)
    browser.post(
        reverse("view_keep", args=["board"]), {"name": "Her", "q": sealed("Éloïse"), "first": "1"}
    )
    assert SavedView.objects.get().filters == {"q": "Éloïse"}
    way = browser.get(reverse("board")).url
    assert "lo" not in way.replace("followup", "").split("q=")[0]
    assert "%C3%89" not in way
    page = browser.get(way).content.decode()
    assert 'value="Éloïse"' in page
    # The words of a search travel in the body of a form, and the other filters stay.
    answer = browser.post(
        reverse("list_ask", args=["board"]), {"q": "Zoé", "state": "draft", "cycle": "A27"}
    )
    assert "Zo" not in answer.url
    assert "state=draft" in answer.url
    assert "cycle=A27" in answer.url
    assert 'value="Zoé"' in browser.get(answer.url).content.decode()
    assert cycle.code in answer.url


@pytest.mark.parametrize("word", ["é", "名", "𠮷", "&", "+"])
def test_a_view_keeps_as_many_words_of_any_script_as_a_search_takes(
    word: str, cycle: Cycle, claire: User
) -> None:
    typed = {"name": word * 60, "q": word * LONGEST, "state": "x" * 5_000}
    answer = signed_in(claire).post(reverse("view_keep", args=["board"]), typed)
    assert answer.status_code == 302
    view = SavedView.objects.get()
    assert LISTS["board"].asked(view.filters)["q"] == word * LONGEST


def test_views_are_ones_own_unless_shared(
    person: Any, cycle: Cycle, claire: User, dominique: User, david: User, amina: User
) -> None:
    corinne = person("corinne", *claire.roles)
    board = LISTS["board"]
    mine = keeping.keep(board, "Mine", {"state": "read"}, by=claire)
    assert list(SavedView.objects.visible_to(corinne)) == []
    keeping.share(mine, by=claire)
    assert list(SavedView.objects.visible_to(corinne)) == [mine]
    assert list(SavedView.objects.visible_to(amina)) == []
    for verb in (keeping.share, keeping.show_first, keeping.drop):
        with pytest.raises(Refused) as refused:
            verb(mine, by=corinne)
        assert refused.value.forbidden
    with pytest.raises(Refused) as refused:
        keeping.keep(board, "X", {}, by=david)
    assert refused.value.forbidden
    # A director does not see the completeness board: neither may they keep a view of it.
    address = reverse("view_keep", args=["completeness_board"])
    assert signed_in(dominique).post(address, {"name": "x"}).status_code == 403
    assert signed_in(dominique).post(reverse("view_keep", args=["nothing"])).status_code == 404
    assert "· Claire Gagné" in signed_in(corinne).get(reverse("board")).content.decode()


def test_one_is_first_names_are_ones_and_twenty_are_enough(claire: User) -> None:
    board = LISTS["board"]
    first = keeping.keep(board, "One", {}, by=claire, first=True)
    other = keeping.keep(board, "Two", {}, by=claire, first=True)
    first.refresh_from_db()
    assert (first.is_default, other.is_default) == (False, True)
    keeping.show_first(other, by=claire)
    assert not SavedView.objects.filter(is_default=True).exists()
    assert keeping.keep(board, "One", {"state": "read"}, by=claire).pk == first.pk
    with pytest.raises(Refused):
        keeping.rename(other, "One", by=claire)
    keeping.rename(other, "Three", by=claire)
    with pytest.raises(Refused):
        keeping.rename(other, " \0 ", by=claire)
    for index in range(keeping.MOST - 2):
        keeping.keep(board, f"V{index}", {}, by=claire)
    keeping.keep(board, "V0", {"state": "draft"}, by=claire)
    with pytest.raises(Refused):
        keeping.keep(board, "Another", {}, by=claire)
    keeping.keep(LISTS["decisions"], "Another", {}, by=claire)


@pytest.mark.usefixtures("cycle")
def test_what_is_dropped_can_be_put_back_for_a_while(claire: User) -> None:
    browser = signed_in(claire)
    view = keeping.keep(LISTS["board"], "Late ones", {"state": "read"}, by=claire, first=True)
    assert browser.post(reverse("view_drop", args=[view.pk])).status_code == 302
    page = browser.get(reverse("board")).content.decode()
    assert reverse("view_restore", args=[view.pk]) in page
    assert (
        reverse("view_restore", args=[view.pk]) in browser.get(reverse("exports")).content.decode()
    )
    assert keeping.forget() == 0
    browser.post(reverse("view_restore", args=[view.pk]))
    view.refresh_from_db()
    assert (view.dropped_at, view.is_default) == (None, False)
    for name in ("first", "share"):
        assert browser.post(reverse(f"view_{name}", args=[view.pk])).status_code == 302
    browser.post(reverse("view_rename", args=[view.pk]), {"name": "Read"})
    view.refresh_from_db()
    assert (view.name, view.is_default, view.is_shared) == ("Read", True, True)
    keeping.drop(view, by=claire)
    SavedView.objects.update(dropped_at="2026-01-01T00:00Z")
    assert browser.post(reverse("view_restore", args=[view.pk])).status_code == 404
    assert keeping.forget() == 1


def test_filters_of_the_follow_up_board_become_views_and_go_back(claire: User) -> None:
    """On the tables as they were: the former one is made again for the time of the test."""
    moved = import_module("finding.migrations.0003_filters_become_views")
    nodes = [("enrolment", "0001_board_and_handing_over"), ("finding", "0002_views_and_exports")]
    before = MigrationLoader(connection).project_state(nodes).apps
    kept = before.get_model("enrolment", "SavedFilter")
    with connection.schema_editor(atomic=False) as editor:
        editor.create_model(kept)
    query = "show=overdue&q=%C3%89lo%C3%AFse"
    kept.objects.create(person_id=claire.pk, name="Late", query=query, is_default=True)
    moved.forwards(before, None)
    view = SavedView.objects.get()
    assert (view.listed, view.filters) == ("followup_board", {"show": "overdue", "q": "Éloïse"})
    assert not kept.objects.exists()
    keeping.keep(LISTS["board"], "Stays", {}, by=claire)
    moved.backwards(before, None)
    told = kept.objects.values_list("person", "name", "query", "is_default")
    assert list(told) == [(claire.pk, "Late", query, True)]
    assert SavedView.objects.get().name == "Stays"
