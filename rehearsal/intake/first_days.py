"""The opening, and the calm weeks after it."""

from datetime import timedelta

from rehearsal import applying
from rehearsal.play import Play

MINUTES = timedelta(minutes=10)


def the_eve(play: Play) -> None:
    """The cycle is announced and not open: nobody can begin an application, not even by sending the form."""
    play.until(play.cycle("opens_at") - MINUTES)
    person = play.applicants[0]
    applying.sign_in(play, person)
    page = person.get(applying.MINE)
    if any(form.action.endswith("/applications/start/") for form in page.forms):
        play.seen.wrong("P5", f"{person.key} could begin before the opening.")
    for number in play.stage.sql("SELECT number FROM applications_application"):
        play.seen.wrong("P5", f"{number} was begun before the opening.")


def the_opening(play: Play) -> None:
    """The first people apply on the first morning, several at once."""
    play.until(play.cycle("opens_at") + MINUTES)
    honest = play.with_temper("honest")
    play.together(lambda person: applying.apply(play, person), honest[: len(honest) // 2])


def a_quiet_week(play: Play) -> None:
    """More people apply; some come back, read their receipt and what they sent, and change it before the close."""
    play.until(play.during(0.4))
    honest = play.with_temper("honest")
    some = honest[: max(1, len(honest) // 8)]
    play.together(lambda person: applying.change(play, person), some)
    play.together(lambda person: applying.apply(play, person), honest[len(honest) // 2 : -2])
