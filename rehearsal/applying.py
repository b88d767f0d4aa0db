"""How somebody applies: the steps of the form with believable answers, the papers, the referees, the last button.

Everything is read from the pages: which steps there are, what each asks, which papers and how many referees.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rehearsal import papers
from rehearsal.forms import Form
from rehearsal.person import Page, Person, Values
from rehearsal.play import Play
from rehearsal.visitor import Unexpected

MINE = "/applications/mine/"
STEP = re.compile(r"/applications/([A-Z0-9]+-[A-Z0-9]+)/(\w+)/")
SLOT = re.compile(r"/documents/([\w-]+)/upload/")
RECEIPT = re.compile(r"/applications/receipt/([A-Z0-9-]+)/")
MOST_STEPS, MOST_TRIES = 20, 5
LETTER = {
    "fr": "J’ai appris à programmer en aidant mes voisins à tenir leurs comptes. " * 12,
    "en": "I learned to program while I helped my neighbours with their books. " * 12,
}
DEGREE = {
    "level": "bachelor",
    "start_year": "2020",
    "end_year": "2024",
    "scale_direction": "up",
    "progress": "done",
}
SIMPLE = {
    "credits": "60",
    "credit_system": "ECTS",
    "python_level": "intermediate",
    "no_job": "on",
    "french_level": "c1",
    "english_level": "b2",
    "attendance": "full",
    "phone": "+1 514 555 0123",
}


@dataclass
class Draft:
    """What somebody has put together: the papers by place, and the referees by address."""

    number: str
    papers: dict[str, bytes] = field(default_factory=dict)
    referees: list[str] = field(default_factory=list)


def begin(play: Play, person: Person) -> Page:
    """Sign in and open the form; its first step."""
    sign_in(play, person)
    page = person.get(MINE)
    start = next(
        (form for form in page.forms if form.action.endswith("/applications/start/")), None
    )
    if start is None:
        raise Unexpected(f"{page.path} offers no application to begin.")
    ((cycle,),) = play.stage.sql("SELECT id FROM cycles_cycle WHERE code = %s", [play.cycle_code])
    page = person.send(page, start, {"cycle": str(cycle)})
    person.number, _step = where(page)
    return page


def sign_in(play: Play, person: Person) -> Page:
    """Sign in, by a code that is one more letter to await."""
    play.seen.expect_letter(person, "sign_in_code")
    return person.sign_in(play.stage)


def where(page: Page) -> tuple[str, str]:
    """The file's number and the step, from the address of a page of the form."""
    found = STEP.search(page.path)
    if found is None:
        raise Unexpected(f"{page.path} ({page.status}) is no page of the form.")
    return found[1], found[2]


def fill(play: Play, person: Person, page: Page) -> Draft:
    """Every step in its order; the draft is ready to be checked and submitted."""
    number, step = where(page)
    draft = Draft(number)
    for _turn in range(MOST_STEPS):
        if step == "documents":
            send_papers(play, person, page, draft)
            page = person.get(f"/applications/{number}/referees/")
        elif step == "referees":
            name_referees(play, person, page, draft)
            return draft
        else:
            page = save(person, page, step)
        before, (_number, step) = step, where(page)
        if step == before:
            raise Unexpected(f"The step {step} was not taken. {page.errors}")
    raise Unexpected("The form has no end.")


def save(person: Person, page: Page, step: str) -> Page:
    """Answer one step and go on."""
    form = page.form(rf"/{step}/$")
    return person.send(page, form, answers(person, form))


def answers(person: Person, form: Form) -> Values:
    """A believable answer for each field of a form, whatever a cycle asks."""
    return {name: value for name in form.names if (value := answer(person, form, name))}


def answer(person: Person, form: Form, name: str) -> str:
    """What this person says in one field; empty for what is left as it is."""
    offered = [value for value in form.offered.get(name, []) if value]
    plain = name.rpartition("-")[2]
    if name.startswith("degrees-") and not name.startswith("degrees-0-"):
        return ""
    if name.startswith("jobs-") or name in ("csrfmiddlewaretoken", "remove", "stay"):
        return ""
    if name.startswith("course-"):
        return {"how": "equivalent", "note": LETTER[person.language][:70]}.get(plain, "")
    if name.startswith("question-"):
        return offered[0] if offered else "12"
    choices = {"first_choice": 0, "second_choice": 1}
    if name in choices:
        return offered[choices[name]] if len(offered) > choices[name] else ""
    known = {
        **SIMPLE,
        **person.about,
        **(DEGREE if name.startswith("degrees-") else {}),
        "language": person.language,
        "statement": LETTER[person.language],
        "internship_goals": LETTER[person.language][:70],
    }
    value = known.get(plain, "")
    return offered[0] if offered and value not in offered else value


def send_papers(play: Play, person: Person, page: Page, draft: Draft) -> Page:
    """A sound PDF for each place that asks for one; it counts as sent once the page says that it is there."""
    for slot in dict.fromkeys(SLOT.findall(page.text)):
        content = papers.sound(slot.partition("-")[0], f"{person.email} {slot}")
        file, action = {"file": (f"{slot}.pdf", content)}, rf"/documents/{slot}/upload/$"
        for _try in range(MOST_TRIES):
            page = person.press(f"/applications/{draft.number}/documents/", action, files=file)
            if f"<bdi>{slot}.pdf</bdi>" in page.text and f'id="err_{slot}"' not in page.text:
                draft.papers[slot] = content
                break
            said = " ".join(re.sub(r"<[^>]+>", " ", "".join(page.notices(slot))).split())
            play.seen.note("uploads", f"{person.key}: {slot} ({page.status}): {said}")
        else:
            play.seen.wrong("story", f"{person.key} could not send {slot} ({page.status}).")
    return page


def name_referees(play: Play, person: Person, page: Page, draft: Draft) -> None:
    """As many referees as are asked for, two at most; each gets our letter at once."""
    for turn in (1, 2):
        form = next((one for one in page.forms if one.action.endswith("/referees/check/")), None)
        if form is None:
            return
        email = f"referee{turn}.{person.email}"
        said = {
            "name": f"Élise Fortin {turn}",
            "organisation": person.about.get("institution", "Université de la Teranga"),
            "relation": form.offered["relation"][0],
            "email": email,
            "language": person.language,
        }
        page = person.press(person.send(page, form, said), r"/referees/invite/$")
        play.seen.expect_letter(email, "reference_request")
        draft.referees.append(email)


def check(person: Person, number: str) -> Page:
    """The last page before submitting, with what it says is missing, if anything is."""
    page = person.get(f"/applications/{number}/check/")
    if "/submit/" not in "".join(form.action for form in page.forms):
        lacks = re.findall(r'<ul class="plain miss">.*?</ul>', page.text, re.DOTALL)
        words = " ".join(re.sub(r"<[^>]+>", " ", "".join(lacks)).split())
        raise Unexpected(f"Nothing can be submitted. {words}")
    return page


def ticked(page: Page) -> Values:
    """Every declaration of the last page, ticked."""
    return {"declaration": page.form("/submit/$").offered["declaration"]}


def submit(play: Play, person: Person, draft: Draft, headers: dict[str, str] | None = None) -> Page:
    """Check, declare, press the button; what came of it is kept for the judge."""
    page = check(person, draft.number)
    page = person.press(page, r"/submit/$", ticked(page), headers=headers)
    take_receipt(play, person, draft, page)
    return page


def take_receipt(
    play: Play,
    person: Person,
    draft: Draft,
    page: Page,
    *,
    digests: Mapping[str, str] | None = None,
) -> str:
    """What the browser shows: the receipt's number and the fingerprints of what was sent; empty when it shows none."""
    found = RECEIPT.search(page.path)
    if found is None or page.status != 200:
        return ""
    sent = {slot: papers.digest(content) for slot, content in draft.papers.items()}
    digests = digests or sent
    for slot, wanted in digests.items():
        if wanted not in page.text:
            play.seen.wrong("P1", f"{found[1]} does not list {slot} as it was sent.")
    if not person.receipt:
        play.seen.expect_letter(person, "acknowledgement")
    person.receipt = found[1]
    play.seen.receipt(person, draft.number, found[1], digests, moment(play))
    return found[1]


def moment(play: Play) -> datetime:
    """Now, by the stage's clock."""
    return play.clock.now


def change(play: Play, person: Person) -> Draft:
    """Come back before the close, read back what was sent, open it again, change the letter, submit once more."""
    sign_in(play, person)
    read_back(play, person)
    person.press(MINE, "/reopen/$")
    page = person.get(f"/applications/{person.number}/statement/")
    words = LETTER[person.language] + "PS. "
    person.send(page, page.form("/statement/$"), {"statement": words})
    last = next(one for one in reversed(play.seen.receipts) if one.person == person.key)
    before, person.receipt = person.receipt, ""
    page = check(person, person.number)
    page = person.press(page, r"/submit/$", ticked(page))
    draft = Draft(person.number)
    receipt = take_receipt(play, person, draft, page, digests=last.digests)
    if not receipt or receipt == before:
        play.seen.wrong("story", f"{person.key} submitted again and saw no new receipt.")
    return draft


def read_back(play: Play, person: Person) -> None:
    """Download every file of one's own receipt: it is what was sent, to the byte."""
    told = next(one for one in reversed(play.seen.receipts) if one.person == person.key)
    rows = play.stage.sql(
        "SELECT d.id, d.sha256 FROM applications_document d"
        " JOIN applications_submission_documents j ON j.document_id = d.id"
        " JOIN applications_submission s ON s.id = j.submission_id WHERE s.receipt = %s",
        [told.receipt],
    )
    if {sha256 for _pk, sha256 in rows} != set(told.digests.values()):
        play.seen.wrong("P1", f"{told.receipt} holds other files than were sent.")
    for pk, sha256 in rows:
        if papers.digest(person.get(f"/documents/{pk}/").body) == sha256:
            play.seen.count("read_back")
        else:
            play.seen.wrong("P1", f"{told.receipt}: a file does not come back as it was sent.")


def apply(play: Play, person: Person) -> Draft:
    """From the sign-in page to the receipt."""
    draft = fill(play, person, begin(play, person))
    submit(play, person, draft)
    if not person.receipt:
        play.seen.wrong("story", f"{person.key} pressed the last button and saw no receipt.")
    return draft
