"""Whatever arrives in a field becomes a sentence beside it or is kept as it is: never an error page, never a loss."""

from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications.models import Application
from applications.steps import STEPS
from cycles.models import Question
from tests import factories
from tests.applications.test_lines import fields_of

pytestmark = pytest.mark.django_db
FORMS = [step.slug for step in STEPS if step.form]
OURS = {"csrfmiddlewaretoken", "seen", "page", "remove", "stay"}
NASTY = {
    "nul": "a\x00b",
    "control": "a\x07b",
    "direction marks": "\u202eabc\u202c",
    "zero width": "\u200b\u200d\ufeff",
    "infinity": "1e400",
    "not a number": "NaN",
    "huge": "9" * 5000,
    "negative": "-1",
    "devanagari": "१२",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2026-02-30",
    "markup": "<script>alert(1)</script>",
    "template": "{{ form }}{% now %}",
    "somebody else’s": "1' OR 1=1 --",
}


@pytest.fixture
def draft(amina: User) -> Application:
    cycle = factories.cycle()
    for place, kind in enumerate(("text", "long_text", "number", "choice", "yes_no")):
        Question.objects.create(
            cycle=cycle,
            code=kind,
            kind=kind,
            label_fr=f"{kind}?",
            choices_fr="Un\nDeux",
            position=place,
        )
    application = factories.draft(amina, cycle)
    Application.objects.update(jobs=[{"role": "Analyste", "employer": "Clinique"}])
    application.refresh_from_db()
    return application


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def url_of(draft: Application, step: str) -> str:
    return reverse("application_step", args=[draft.number, step])


def shown(client: Client, draft: Application, step: str) -> dict[str, str]:
    return fields_of(client.get(url_of(draft, step)).content.decode())


def stored(draft: Application) -> tuple[Any, ...]:
    fresh = Application.objects.get(pk=draft.pk)
    row = {name: value for name, value in vars(fresh).items() if not name.startswith("_")}
    for name in ("revision", "saved_at", "writers"):
        row.pop(name)
    return row, list(fresh.degrees.values()), [choice.program_id for choice in fresh.choices.all()]


@pytest.mark.parametrize("step", FORMS)
@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY.keys())
def test_every_field_at_once(mine: Client, draft: Application, step: str, value: str) -> None:
    fields = shown(mine, draft, step)
    data = {name: text if name in OURS else value for name, text in fields.items()}
    answer = mine.post(url_of(draft, step), data)
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        problems = answer.context["form"].problems
        assert problems
        for place, sentence in problems:
            assert sentence
            assert not place or f'id="{place}"' in answer.content.decode()
    # What was kept can be shown and judged.
    for page in (url_of(draft, step), reverse("application_review", args=[draft.number])):
        assert mine.get(page).status_code == 200
    assert "<script>alert" not in mine.get(url_of(draft, step)).content.decode()


@pytest.mark.parametrize("step", FORMS)
def test_one_wrong_field_loses_nothing_of_the_others(
    mine: Client, draft: Application, step: str
) -> None:
    fields = shown(mine, draft, step)
    mine.post(url_of(draft, step), fields)
    before = stored(draft)
    # A box is ticked whatever it sends.
    boxes = ("version-", "no_job", "jobs-0-current")
    names = [name for name in fields if name not in OURS and not name.startswith(boxes)]
    assert names
    for name in names:
        seen = mine.get(url_of(draft, step)).context["seen"]
        answer = mine.post(url_of(draft, step), {**fields, "seen": seen, name: "\x00"})
        assert answer.status_code == 422, name
        ids = [place for place, _sentence in answer.context["form"].problems]
        assert any(name in place for place in ids), name
    assert stored(draft) == before


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("you", "first_names"),
        ("studies", "degrees-0-title"),
        ("studies", "degrees-0-average"),
        ("prerequisites", "credit_system"),
        ("experience", "code_example"),
        ("experience", "jobs-0-task"),
        ("statement", "statement"),
        ("questions", "question-long_text"),
    ],
)
def test_a_megabyte_is_said_to_be_too_long(
    mine: Client, draft: Application, step: str, name: str
) -> None:
    before = stored(draft)
    data = {**shown(mine, draft, step), name: "é" * 500_000}
    answer = mine.post(url_of(draft, step), data)
    assert answer.status_code == 422
    assert [place for place, _sentence in answer.context["form"].problems] == [f"id_{name}"]
    assert stored(draft)[0]["statement"] == before[0]["statement"]


@pytest.mark.parametrize("step", FORMS)
def test_half_a_character_in_every_field(mine: Client, draft: Application, step: str) -> None:
    fields = shown(mine, draft, step)
    half = quote_from_bytes(b"\xed\xa0\x80a")
    body = "&".join(
        urlencode({name: text}) if name in OURS else f"{name}={half}"
        for name, text in fields.items()
    )
    answer = mine.post(url_of(draft, step), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 422)
    assert mine.get(url_of(draft, step)).status_code == 200


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("李", "明轩"),
        ("يوسف", "بلمختار"),
        ("தமிழ்செல்வி", "முருகன்"),
        ("می‌خواهم", "رضایی"),  # a joiner inside: Persian is not written without it
        ("Nguyễn Thị", "Hồng"),
        ("Seán-Pól", "Ó’Briain"),
        ("-", "Suharto"),
        ("𐐀𐐨", "🜲"),
    ],
)
def test_names_of_every_script_are_kept_to_the_letter(
    mine: Client, draft: Application, first: str, last: str
) -> None:
    fields = {**shown(mine, draft, "you"), "first_names": first, "last_names": last}
    assert mine.post(url_of(draft, "you"), fields).status_code == 302
    draft.refresh_from_db()
    assert (draft.first_names, draft.last_names) == (first, last)


@pytest.mark.parametrize("count", [6, 40, 5000])
@pytest.mark.parametrize("step", ["studies", "experience"])
def test_too_many_lines_are_said(mine: Client, draft: Application, step: str, count: int) -> None:
    prefix, name, most = {
        "studies": ("degrees", "title", 6),
        "experience": ("jobs", "role", 10),
    }[step]
    lines = {f"{prefix}-{place}-{name}": "x" for place in range(0, count, max(1, count // 40))}
    last = {f"{prefix}-{count - 1}-{name}": "x"}
    data = {**shown(mine, draft, step), **lines, **last}
    answer = mine.post(url_of(draft, step), data)
    assert answer.status_code == (302 if count <= most else 422)
    if count > most:
        assert "ne sont pas gardés" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.degrees.count() <= 6
    assert len(draft.jobs) <= 10


@pytest.mark.parametrize("index", ["-1", "99999999999", "१", "0x", ""])
def test_lines_with_impossible_numbers_are_ignored(
    mine: Client, draft: Application, index: str
) -> None:
    data = {**shown(mine, draft, "studies"), f"degrees-{index}-title": "x"}
    assert mine.post(url_of(draft, "studies"), data).status_code == 302
    assert draft.degrees.count() == 1


def test_a_program_of_another_cycle_is_no_choice(mine: Client, draft: Application) -> None:
    stranger = factories.program("elsewhere")
    data = {**shown(mine, draft, "program"), "first_choice": str(stranger.pk)}
    assert mine.post(url_of(draft, "program"), data).status_code == 422
    assert [program.code for program in Application.objects.get(pk=draft.pk).chosen] == ["msc"]


def test_a_second_start_is_chosen_among_the_cycles(mine: Client, draft: Application) -> None:
    cycle = draft.cycle
    cycle.second_start_on = cycle.starts_on.replace(year=cycle.starts_on.year + 1)
    cycle.save()
    fields = shown(mine, draft, "program")
    assert (
        mine.post(url_of(draft, "program"), {**fields, "start_on": "2020-01-01"}).status_code == 422
    )
    chosen = cycle.second_start_on.isoformat()
    assert mine.post(url_of(draft, "program"), {**fields, "start_on": chosen}).status_code == 302
    draft.refresh_from_db()
    assert draft.begins_on == cycle.second_start_on
