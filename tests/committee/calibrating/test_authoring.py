"""From an administrator's lines to what a reader sees; the ready files; the page in Django admin; next year."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from committee import authoring
from committee.anchors import add_ready
from committee.models import Anchor
from cycles.copying import copy_to_next_year
from cycles.models import Cycle
from cycles.publishing import gaps
from tests.committee.calibrating import factories as committee


def test_a_degree_line() -> None:
    assert authoring.degree("Licence ; Université ; 2021–2024 ; 15,2/20") == {
        "title": "Licence",
        "institution": "Université",
        "level": "",
        "start_year": "2021",
        "end_year": "2024",
        "average": "15.2",
        "scale_max": "20",
    }
    bare = authoring.degree("Licence; Université")
    assert (bare["start_year"], bare["average"]) == ("", "")
    assert authoring.degree("A; B; 2024-")["end_year"] == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Licence", "semicolon"),
        ("Licence; Université; bientôt", "years"),
        ("Licence; Université; 2024; quinze", "scale"),
    ],
)
def test_what_a_line_lacks_is_said_with_its_number(line: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        authoring.lines(f"A; B\n\n{line}", authoring.degree)
    [sentence] = caught.value.messages
    assert sentence.startswith("Line 3. ")
    assert words in sentence
    with pytest.raises(ValidationError, match="employer"):
        authoring.job("Cook")


def test_the_ready_files_in_both_languages(anchors: list[Anchor]) -> None:
    for anchor in anchors:
        told = authoring.told(anchor)
        assert told.degrees[0].average
        assert {course.code for course in told.courses} == set(anchor.courses)
        assert len(told.statement) > 300
        with translation.override("fr"):
            french = authoring.told(anchor)
            assert french.statement != told.statement
            assert len(french.degrees) == len(told.degrees)
    assert Anchor.objects.complete().count() == 3


def test_the_ready_files_once(
    cycle: Cycle, anchors: list[Anchor], adam: User, claire: User
) -> None:
    with pytest.raises(Refused, match="already"):
        add_ready(cycle, by=adam)
    with pytest.raises(Refused) as caught:
        add_ready(cycle, by=claire)
    assert caught.value.forbidden
    assert AuditEntry.objects.filter(verb="add_ready_anchors", actor=adam).count() == 1


def test_the_button_of_the_configuration(client: Client, cycle: Cycle, adam: User) -> None:
    client.force_login(adam)
    listing = "/en/admin/committee/anchor/"
    assert "Give Fall 2027 the three ready files" in client.get(listing).content.decode()
    ready = f"{listing}ready/{cycle.pk}/"
    assert client.get(ready).status_code == 405
    page = client.post(ready, follow=True).content.decode()
    assert "Three calibration files" in page
    assert "File A" in page
    assert "Give Fall 2027" not in page
    assert "has calibration files already" in client.post(ready, follow=True).content.decode()
    cycle_page = client.get(f"/en/admin/cycles/cycle/{cycle.pk}/change/").content.decode()
    assert "Calibration files" in cycle_page


def form_of(anchor: Anchor, **changes: str) -> dict[str, str]:
    """What the page of an anchor file sends."""
    fields = (
        *("position", "title_fr", "title_en", "degrees_fr", "degrees_en", "experience_fr"),
        *("experience_en", "statement_fr", "statement_en"),
        *("python_level", "french_level", "english_level"),
    )
    told = {name: str(getattr(anchor, name)) for name in fields}
    for code, line in anchor.courses.items():
        told |= {f"how_{code}": line["how"], f"grade_{code}": line["grade"]}
    return {**told, **changes}


def test_written_in_the_configuration(client: Client, anchors: list[Anchor], adam: User) -> None:
    client.force_login(adam)
    first = anchors[0]
    address = f"/en/admin/committee/anchor/{first.pk}/change/"
    page = client.get(address).content.decode()
    assert "What the committee agreed on" in page
    study = first.cycle.criteria.all()[0]
    changes = {f"agreed_{study.pk}": "4", "how_MAT1400": "", "grade_MAT1600": " 18/20 "}
    assert client.post(address, form_of(first, **changes)).status_code == 302
    first.refresh_from_db()
    assert first.reference == {str(study.pk): 4}
    assert "MAT1400" not in first.courses
    assert first.courses["MAT1600"] == {"how": "taken", "grade": "18/20"}
    wrong = client.post(address, form_of(first, degrees_fr="Licence", statement_en=""))
    page = wrong.content.decode()
    assert "Line 1. Write the degree" in page
    assert "write it in both languages" in page


def test_a_new_one(client: Client, cycle: Cycle, adam: User) -> None:
    client.force_login(adam)
    address = "/en/admin/committee/anchor/add/"
    assert "MAT1400" in client.get(address).content.decode()
    said = {"cycle": str(cycle.pk), "title_fr": "A", "title_en": "A", "position": "1"}
    answer = client.post(address, said)
    assert answer.status_code == 302, answer.context["errors"]
    [anchor] = Anchor.objects.all()
    assert (anchor.courses, anchor.reference) == ({}, {})
    [gap] = [gap for gap in gaps(cycle) if "Calibration file" in gap.text]
    assert gap.url.endswith(f"/admin/committee/anchor/{anchor.pk}/change/")


def test_what_was_scored_stays(
    client: Client, anchors: list[Anchor], david: User, adam: User
) -> None:
    committee.scored(anchors[0], david, 3, 3, 3)
    client.force_login(adam)
    address = f"/en/admin/committee/anchor/{anchors[0].pk}/change/"
    page = client.get(address).content.decode()
    assert 'name="statement_fr"' not in page
    study = anchors[0].cycle.criteria.all()[0]
    changes = {f"agreed_{study.pk}": "2", "how_MAT1400": "planned", "title_fr": "Autre"}
    assert client.post(address, form_of(anchors[0], **changes)).status_code == 302
    before = anchors[0].courses
    anchors[0].refresh_from_db()
    assert anchors[0].reference == {str(study.pk): 2}
    assert (anchors[0].courses, anchors[0].title_fr) == (
        before,
        "Dossier A : une licence régulière",
    )
    assert client.get(address.replace("change", "delete")).status_code == 403
    other = f"/en/admin/committee/anchor/{anchors[1].pk}/delete/"
    assert client.post(other, {"post": "yes"}).status_code == 302
    assert Anchor.objects.count() == 2


def test_copied_to_next_year_with_its_agreed_values(
    cycle: Cycle, anchors: list[Anchor], david: User, adam: User
) -> None:
    study, code, _aim = cycle.criteria.all()
    Anchor.objects.update(reference={str(study.pk): 4, str(code.pk): 2, "0": 1})
    committee.scored(anchors[0], david, 3, 3, 3)
    new = copy_to_next_year(cycle, by=adam)
    copied = list(Anchor.objects.filter(cycle=new))
    assert [row.title_en for row in copied] == [row.title_en for row in anchors]
    next_study, next_code, _next_aim = new.criteria.all()
    assert copied[0].reference == {str(next_study.pk): 4, str(next_code.pk): 2}
    assert not copied[0].was_read
