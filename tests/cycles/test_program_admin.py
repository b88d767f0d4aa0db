"""Programs and courses in Django admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditEntry
from cycles.models import Course, Program
from tests import factories

pytestmark = pytest.mark.django_db
Posted = Callable[..., dict[str, Any]]


def test_a_program_is_in_both_languages_or_neither(admin: Client, posted: Posted) -> None:
    dess = factories.program("dess")
    page = f"/en/admin/cycles/program/{dess.pk}/change/"
    answer = admin.post(page, posted(page) | {"description_fr": "Pour qui travaille."})
    assert "write it in both languages" in answer.content.decode()
    both = {"description_fr": "Pour qui travaille.", "description_en": "For those who work."}
    assert admin.post(page, posted(page) | both).status_code == 302
    dess.refresh_from_db()
    assert dess.description_en == "For those who work."
    (entry,) = AuditEntry.objects.about(dess)
    assert entry.verb == "configure"
    assert "work" not in str(entry.details), "the trail names the field, not the text"


def test_programs_are_listed_in_the_reader_s_words(admin: Client) -> None:
    factories.program()
    assert "M.Sc. in computer science" in admin.get("/en/admin/cycles/program/").content.decode()
    text = admin.get("/admin/cycles/program/").content.decode()
    assert "Maîtrise en informatique" in text
    assert "217-510" in text


def test_a_program_that_took_people_stays(admin: Client) -> None:
    factories.cycle()
    used = factories.program()
    never = Program.objects.create(code="x", name_fr="X", name_en="X")
    assert admin.post(f"/en/admin/cycles/program/{used.pk}/delete/").status_code == 403
    admin.post(f"/en/admin/cycles/program/{never.pk}/delete/", {"post": "yes"})
    assert not Program.objects.filter(code="x").exists()


def test_courses_are_no_longer_asked_rather_than_deleted(admin: Client, posted: Posted) -> None:
    course = Course.objects.all()[0]
    page = f"/en/admin/cycles/course/{course.pk}/change/"
    fields = posted(page)
    del fields["is_asked"]
    assert admin.post(page, fields).status_code == 302
    course.refresh_from_db()
    assert not course.is_asked
    assert admin.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403
    listing = admin.get("/en/admin/cycles/course/").content.decode()
    assert "delete_selected" not in listing


def test_a_new_course_is_on_the_trail(admin: Client) -> None:
    fields = {"code": "IFT3395", "name_fr": "Apprentissage", "name_en": "Learning", "position": 9}
    admin.post("/en/admin/cycles/course/add/", fields)
    course = Course.objects.get(code="IFT3395")
    assert AuditEntry.objects.about(course).get().verb == "add"
