"""The administrator makes the rounds of scholarships in Django admin, from an empty form to the button that publishes them."""

from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.journeys.scholarship_days import RESEARCH, SOCIAL, WOMEN, Member, local

PANEL = ("Noor Bergeron-Sethi", "Pieter Achterberg", "Inès Roy-Belaïd")
RUBRIC = (
    ("Parcours et obstacles franchis", "Path, and obstacles overcome"),
    ("Clarté du projet", "Clarity of the project"),
)


@dataclass(frozen=True)
class Planned:
    """What differs between the rounds."""

    category: str
    name: dict[str, str]
    amount: str
    awards: str
    budget: str
    more: dict[str, str] = field(default_factory=dict)


ROUNDS = (
    Planned("women_in_ai", WOMEN, "6000", "2", "12000"),
    Planned("edi_research", RESEARCH, "4000", "1", "4000"),
    Planned(
        *("socioeconomic", SOCIAL, "5000", "1", "5000"),
        {
            "stacking": "top_up",
            "top_up_above": "10000",
            "top_up_amount": "1500",
            "months": "10",
        },
    ),
)


def make_all(admin: Member) -> None:
    """The three rounds; the first is looked at on its way, and refused while a language lacks."""
    admin.come()
    for place, planned in enumerate(ROUNDS):
        _make(admin, planned, name="" if place else "admin-round")


def _make(admin: Member, planned: Planned, name: str) -> None:
    """Written, with its rubric and its panel; saved; published."""
    page = admin.page
    admin.open("/admin/scholarships/round/add/", f"{name}-new" if name else "")
    page.select_option("[name=cycle]", index=1)
    values = {
        "category": planned.category,
        "name_fr": planned.name["fr"],
        "name_en": planned.name["en"],
        "text_fr": "À toute personne dont le parcours ouvre la porte à d’autres.",
        "opens_at": local(2026, 11, 20, 9, 0),
        "closes_at": local(2026, 12, 10, 23, 59),
        "reading_due_on": "2027-02-12",
        "results_on": "2027-01-28",
        "amount": planned.amount,
        "awards": planned.awards,
        "budget": planned.budget,
        **planned.more,
    }
    _write(admin, values)
    for place, names in enumerate(RUBRIC):
        page.locator("#measures-group .add-row a").click()
        start = f"measures-{place}-"
        _write(admin, {f"{start}name_fr": names[0], f"{start}name_en": names[1]})
    for place, person in enumerate(PANEL):
        page.locator("#seats-group .add-row a").click()
        page.locator(f"[name=seats-{place}-person]").select_option(label=person)
    page.check("[name=seats-0-of_edi_committee]")
    if not name:
        _write(admin, {"text_en": "For anyone whose path opens the door to others."})
    _save(admin)
    _publish(admin, planned, name)


def _publish(admin: Member, planned: Planned, name: str) -> None:
    """Refused with what lacks, where a language does; then it is there for everybody."""
    page = admin.page
    page.locator("#result_list a", has_text=planned.name["en"]).click()
    if name:
        admin.site.look(page, f"{name}-half")
        page.get_by_role("button", name="Publish").first.click()
        expect(page.locator(".messagelist")).to_contain_text("not written in both languages")
        _write(admin, {"text_en": "For anyone whose path opens the door to others."})
        _save(admin)
        page.locator("#result_list a", has_text=planned.name["en"]).click()
    page.get_by_role("button", name="Publish").first.click()
    expect(page.locator(".messagelist")).to_contain_text("is published")
    if name:
        admin.site.look(page, f"{name}-published")


def _write(admin: Member, values: dict[str, str]) -> None:
    for name, value in values.items():
        place = admin.page.locator(f"[name={name}]")
        if place.evaluate("field => field.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)


def _save(admin: Member) -> None:
    """The first of Django's buttons, without an error."""
    with admin.page.expect_navigation():
        admin.page.locator("input[name=_save]").first.click()
    assert not admin.page.locator(".errornote").count(), admin.page.locator("#content").inner_text()
