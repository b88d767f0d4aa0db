"""The close, to the millisecond, and those who come after it."""

from datetime import datetime, timedelta

from rehearsal import applying
from rehearsal.applying import Draft
from rehearsal.person import Page, Person
from rehearsal.play import Play

EVENING = timedelta(hours=3)
AROUND = timedelta(seconds=5)
MILLISECOND = timedelta(milliseconds=1)


def the_last_seconds(play: Play) -> None:
    """The last people press the button within seconds of the close; when their request came in decides, for everyone."""
    play.until(play.cycle("closes_at") - EVENING)
    late = play.with_temper("late")
    drafts: dict[str, tuple[Draft, Page]] = {}

    def prepare(person: Person) -> None:
        draft = applying.fill(play, person, applying.begin(play, person))
        drafts[person.key] = draft, applying.check(person, draft.number)

    play.together(prepare, late)
    last = play.last_moment
    ready = [person for person in late if person.key in drafts]
    moments = dict(zip((one.key for one in ready), around(last, len(ready)), strict=True))
    # Their requests wait in the queue, and are looked at when the moment has passed.
    play.until(last + 2 * AROUND)
    play.together(lambda one: presses(play, one, *drafts[one.key], moments[one.key], last), ready)


def around(last: datetime, count: int) -> list[datetime]:
    """So many moments around the last one: itself, its neighbours, and others on both sides of it."""
    edge = [last + MILLISECOND, last, last + AROUND, last - AROUND]
    step = 2 * AROUND / max(1, count - len(edge))
    return [*edge, *(last - AROUND + index * step for index in range(count))][:count]


def presses(
    play: Play, person: Person, draft: Draft, page: Page, at: datetime, last: datetime
) -> None:
    """One submission that reached the front server at this moment."""
    at = datetime.fromtimestamp(round(at.timestamp(), 3), at.tzinfo)
    stamp = {"X-Request-Start": f"t={at.timestamp():.3f}"}
    shown = person.press(page, "/submit/$", applying.ticked(page), headers=stamp)
    receipt = applying.take_receipt(play, person, draft, shown)
    play.seen.submitted(person, at, last, accepted=bool(receipt))
    if not receipt and shown.status != 409:
        play.seen.wrong("P5", f"{person.key} was refused with {shown.status} instead of a reason.")


def the_day_after(play: Play) -> None:
    """Whoever still has the form open sends it a day later: it is refused, and nothing changes."""
    play.stage.tempers(dict.fromkeys((one.email for one in play.applicants), ""))
    open_forms: dict[str, Page] = {}
    unsent = [one for one in play.with_temper("late") if one.number and not one.receipt]
    play.until(play.last_moment + timedelta(days=1))
    submitted = play.submitted[:3]
    for person in submitted:
        applying.sign_in(play, person)
        path = f"/applications/{person.number}/reopen/"
        page = person.get(applying.MINE)
        if any(form.action.endswith("/reopen/") for form in page.forms):
            play.seen.wrong("P5", f"{person.key} is offered to change the file after the close.")
        token = page.forms[0].values.get("csrfmiddlewaretoken", [""])[0]
        person.visitor.post(person.address(path), {"csrfmiddlewaretoken": token})
    for person in unsent[:3]:
        applying.sign_in(play, person)
        page = person.get(f"/applications/{person.number}/check/")
        open_forms[person.key] = page
        token = page.forms[0].values.get("csrfmiddlewaretoken", [""])[0]
        said: dict[str, str | list[str]] = {
            "csrfmiddlewaretoken": token,
            "revision": "1",
            "declaration": ["true", "notice", "transfer"],
        }
        answer = person.visitor.post(person.address(f"/applications/{person.number}/submit/"), said)
        play.seen.submitted(
            person,
            play.clock.now,
            play.last_moment,
            accepted=answer.status == 302 and "receipt" in answer.location,
        )
