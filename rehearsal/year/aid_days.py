"""The scholarships beside the year: rounds opened and applied for, the panel, the results after the answers, the awards and their money."""

from datetime import datetime, timedelta

from config.run import run_once
from config.seed.panels import WITH
from cycles.clock import MONTREAL
from rehearsal.person import Page, Person
from rehearsal.play import Play
from rehearsal.year.canaries import planted
from rehearsal.year.hand import (
    File,
    Refusal,
    at_once,
    by_button,
    come,
    day_of,
    director,
    done,
    drawn,
    files,
    found,
    number_of,
    office,
    on,
    people,
    press,
    share,
)

ROUNDS = {
    "women_in_ai": ("Bourses d’excellence – Femmes en IA", "Excellence Scholarships – Women in AI"),
    "edi_research": ("Bourses d’excellence – ÉDI en recherche", "EDI in Research"),
}
RUBRIC = (
    ("Parcours et obstacles franchis", "Path travelled"),
    ("Clarté du projet", "Clarity of the project"),
)
AMOUNT, AWARDS = 6000, 2
STATEMENT = "J’ai appris à programmer à la bibliothèque de mon quartier, puis j’y ai ouvert un atelier du samedi."
CANDIDACIES = """
    SELECT s.number, u.email, s.round_id FROM scholarships_candidacy s
    JOIN applications_application a ON a.id = s.application_id JOIN accounts_user u ON u.id = a.applicant_id
    WHERE s.status = 'submitted' ORDER BY s.number"""


def panel_of(play: Play) -> list[Person]:
    """Three people: the one of the office, and two who sit with them."""
    first = play.staff["panelist"][0]
    known = play.staff["panelist"][1:] or [
        Person(
            one.key, str(one.language), one.email, play.stage.port, "panelist", one.full_name
        ).follow(play.stage)
        for one in WITH
    ]
    play.staff["panelist"] = [first, *known]
    return play.staff["panelist"]


def rounds_opened(play: Play) -> None:
    """On the day after the close, the administrator makes two rounds and publishes them; some people apply for each."""
    run_once(play.stage.python("panelists", "-m", "rehearsal.year.panelists"))
    on(play, "closes_at", 1)
    admin = play.staff["administrator"][0]
    come(play, admin)
    for category, names in ROUNDS.items():
        _make(play, admin, category, names)
    rows = people(play, files(play, "AND a.status = 'submitted'"))
    some = drawn("scholarship", rows, share(rows, 5, 8), by=lambda pair: pair[1].email)
    ids = [pk for (pk,) in play.stage.sql("SELECT id FROM scholarships_round ORDER BY id")]
    at_once(play, lambda one: _apply(play, *one[1], ids[one[0] % 2]), list(enumerate(some)))
    told = drawn("identifies", rows, share(rows, 5, 6), by=lambda pair: pair[1].email)
    at_once(play, lambda pair: _identify(play, *pair), told)


def _make(play: Play, admin: Person, category: str, names: tuple[str, str]) -> None:
    """One round, written in Django admin with its rubric and its panel, and published."""
    page = done(admin.get("/admin/scholarships/round/add/"), "an empty round")
    form = next(form for form in page.forms if "name_fr" in form.names)
    answer = admin.send(page, form, {**_written(play, category, names), **_judged(play)})
    if 'class="errornote"' in answer.text:
        raise Refusal(f"a round is not saved: {found(answer, r'class=.errorlist.*?</ul>')}")
    [(pk,)] = play.stage.sql("SELECT id FROM scholarships_round WHERE category = %s", [category])
    path = f"/admin/scholarships/round/{pk}/change/"
    done(press(admin, path, "/publish/"), "a round is published")
    if not play.stage.sql("SELECT 1 FROM scholarships_round WHERE id = %s AND is_published", [pk]):
        raise Refusal("a round is not published")


def _written(play: Play, category: str, names: tuple[str, str]) -> dict[str, str]:
    """Its texts, its dates, its money."""
    [(cycle,)] = play.stage.sql("SELECT id FROM cycles_cycle WHERE code = %s", [play.cycle_code])
    released, now = day_of(play, "release_on"), play.clock.now
    return {
        "cycle": str(cycle),
        "category": category,
        "name_fr": names[0],
        "name_en": names[1],
        "text_fr": "À toute personne dont le parcours ouvre la porte à d’autres.",
        "text_en": "For anyone whose path opens the door to others.",
        "opens_at": _typed(now - timedelta(hours=1)),
        "closes_at": _typed(now + timedelta(days=6)),
        "reading_due_on": (released + timedelta(days=8)).isoformat(),
        "results_on": (released + timedelta(days=12)).isoformat(),
        "amount": str(AMOUNT),
        "awards": str(AWARDS),
        "budget": str(AMOUNT * AWARDS),
        "_save": "1",
    }


def _judged(play: Play) -> dict[str, str]:
    """Its rubric and its panel."""
    seats = [one.email for one in panel_of(play)]
    known = dict(
        play.stage.sql("SELECT email, id FROM accounts_user WHERE email = ANY(%s)", [seats])
    )
    said = {"measures-TOTAL_FORMS": str(len(RUBRIC)), "seats-TOTAL_FORMS": str(len(seats))}
    for place, (french, english) in enumerate(RUBRIC):
        start = f"measures-{place}-"
        said |= {f"{start}name_fr": french, f"{start}name_en": english}
        said |= {f"{start}weight": "1", f"{start}position": str(place + 1)}
    said |= {f"seats-{place}-person": str(known[email]) for place, email in enumerate(seats)}
    return said | {"seats-0-of_edi_committee": "on"}


def _typed(at: datetime) -> str:
    """A moment as Django admin's field takes it."""
    return at.astimezone(MONTREAL).strftime("%Y-%m-%dT%H:%M:%S")


def _apply(play: Play, person: Person, file: File, pk: int) -> None:
    """Begun, the statement written, the declaration where there is one, every sentence agreed to, sent."""
    come(play, person)
    page = done(press(person, f"/scholarships/rounds/{pk}/", "/begin/$"), "a scholarship is begun")
    number = number_of(page, r"/scholarships/mine/([^/]+)/")
    said = {"statement": f"{STATEMENT} {planted(file.email)}"}
    page = done(press(person, page, f"/mine/{number}/$", said), "a statement")
    if "/in-confidence/" in page.path:
        boxes = next(form for form in page.forms if "agree" in form.names)
        told = (
            {"agree": "on", "chosen": boxes.offered["chosen"][:1]}
            if "chosen" in boxes.names
            else {"agree": "on"}
        )
        page = done(person.send(page, boxes, told), "a declaration")
    agreed = next(form for form in page.forms if "consent" in form.names)
    done(
        person.send(page, agreed, {"consent": agreed.offered["consent"]}),
        "a scholarship application is sent",
    )
    play.seen.expect_letter(person, "scholarship_received")


def _identify(play: Play, person: Person, file: File) -> None:
    """Self-identification: one answer or “prefer not to” to each question, out of sight of everybody."""
    come(play, person)
    page = done(person.get(f"/self-identification/{file.number}/"), "self-identification")
    form = next(form for form in page.forms if form.offered and form.method == "post")
    chosen = {name: values[:1] for name, values in form.offered.items()}
    done(person.send(page, form, chosen), "self-identification is kept")


def panel_reads(play: Play) -> None:
    """Once the admission answers are out, the three of the panel read what was asked for and hand in."""
    on(play, "reply_by", 2)
    members = panel_of(play)
    come(play, *members)
    at_once(play, lambda one: _read(play, one), members)


def _read(play: Play, one: Person) -> None:
    for number, email, _round in play.stage.sql(CANDIDACIES):
        page = one.get(f"/scholarships/panel/{number}/")
        if page.status == 404:  # not eligible, or not to be seen
            continue
        names = [name for form in page.forms for name in form.offered if name.startswith("score_")]
        if not names:
            continue
        said = {
            name: str(3 + (len(email) + place) % 3)
            for place, name in enumerate(dict.fromkeys(names))
        }
        said["comment"] = f"Clair et précis. {planted(email)}"
        done(by_button(one, page, f"/panel/{number}/hand-in/$", said), "a panel's reading")


def results_decided(play: Play) -> None:
    """The office proposes each round as it is ranked and the director approves it, then the lists and their hour; all is visible at once."""
    on(play, "release_on", 10)
    one, two = office(play), director(play)
    for (pk,) in play.stage.sql("SELECT id FROM scholarships_round ORDER BY id"):
        done(
            press(
                one,
                f"/scholarships/judging/{pk}/",
                f"/judging/{pk}/propose/$",
                {"why": "Selon le rang."},
            ),
            "results",
        )
        done(
            press(two, f"/scholarships/judging/{pk}/", f"/judging/{pk}/approve/$"),
            "results approved",
        )
    path = f"/scholarships/announcements/{play.cycle_code}/"
    done(press(one, path, "/prepare/$"), "the results are frozen")
    hour = {"at": f"{(day_of(play, 'release_on') + timedelta(days=12)).isoformat()}T10:00"}
    done(press(two, path, "/approve/$", hour), "the results have their hour")
    on(play, "release_on", 12, at="10:01")
    if not play.stage.sql("SELECT 1 FROM scholarships_result WHERE status = 'shown'"):
        play.seen.wrong("story", "The results of the scholarships were not shown at their hour.")


OFFERED = """
    SELECT s.number, u.email FROM scholarships_award w JOIN scholarships_candidacy s ON s.id = w.candidacy_id
    JOIN applications_application a ON a.id = s.application_id JOIN accounts_user u ON u.id = a.applicant_id
    WHERE w.status = 'offered' ORDER BY s.number"""


def awards_replied(play: Play) -> None:
    """Everybody says yes but one; the office calls the next of that round, who says yes too."""
    on(play, "release_on", 12, at="11:00")
    known = {person.email: person for person in play.applicants}
    awards = play.stage.sql(OFFERED)
    for place, (number, email) in enumerate(awards):
        _reply(
            play, known[email], number, "decline" if place == 0 and len(awards) > 1 else "accept"
        )
    one = office(play)
    for (pk,) in play.stage.sql("SELECT id FROM scholarships_round ORDER BY id"):
        page = done(one.get(f"/scholarships/judging/{pk}/awards/"), "the awards of a round")
        calls = found(page, r'href="[^"]*/scholarships/results/(\d+)/call/"')
        if calls:
            done(
                press(one, f"/scholarships/results/{calls[0]}/call/", "/call/$"),
                "the next is called",
            )
    for number, email in play.stage.sql(OFFERED):
        _reply(play, known[email], number, "accept")
    ledger = done(one.get(f"/scholarships/ledger/?cycle={play.cycle_code}"), "the ledger")
    play.seen.note(
        "story", f"The ledger of the scholarships was read: {len(ledger.text)} characters."
    )


def holders(play: Play) -> set[str]:
    """The addresses of those who said yes to an award."""
    rows = play.stage.sql(OFFERED.replace("'offered'", "'accepted'"))
    return {email for _number, email in rows}


def _reply(play: Play, person: Person, number: str, reply: str) -> None:
    come(play, person)
    page: str | Page = f"/scholarships/awards/{number}/" + (
        "decline/" if reply == "decline" else ""
    )
    done(press(person, page, f"/{reply}/$"), f"an award: {reply}")
    play.seen.expect_letter(person, "award_replied")


def awards_paid(play: Play) -> None:
    """Once people are registered, awards are confirmed and payments planned; the first ones are made, and one is undone and made again."""
    on(play, "starts_on", -11)
    one = office(play)
    for (pk,) in play.stage.sql("SELECT id FROM scholarships_round ORDER BY id"):
        path = f"/scholarships/judging/{pk}/awards/"
        page = done(one.get(path), "the awards of a round")
        form = next((form for form in page.forms if form.action.endswith("/payments/paid/")), None)
        if form is None or not form.offered["payments"]:
            continue
        said = {
            "payments": form.offered["payments"][:2],
            "paid_on": play.clock.now.astimezone(MONTREAL).date().isoformat(),
        }
        done(press(one, page, "/payments/paid/$", said), "payments are made")
        undone = done(one.get(path), "the payments")
        back = next(
            (form for form in undone.forms if form.action.endswith("/payments/undo/")), None
        )
        if back:
            first = back.offered["payments"][:1]
            done(press(one, undone, "/payments/undo/$", {"payments": first}), "a payment is undone")
            said["payments"] = first
            done(press(one, path, "/payments/paid/$", said), "the payment is made again")
