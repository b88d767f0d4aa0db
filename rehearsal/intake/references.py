"""The letters of reference: asked for by mail, sent by a personal link, declined, or never sent."""

import re
from datetime import timedelta

from rehearsal import papers
from rehearsal.person import Person
from rehearsal.play import Play
from rehearsal.visitor import Unexpected

LINK = re.compile(r"https?://[^/\s]+(/(?:en/)?reference/\S+?/)(?=\s)")
BEFORE = timedelta(days=2)


def letters_of_reference(play: Play) -> None:
    """Most referees send a letter, some decline, some never answer."""
    due = play.cycle("closes_at") + (play.last_moment - play.cycle("closes_at"))
    play.until(due + BEFORE)
    referees = [
        Person(email, person.language, email, play.stage.port, "referee").follow(play.stage)
        for person in play.submitted
        for turn in (1, 2)
        if play.stage.letters.to(email := f"referee{turn}.{person.email}")
    ]
    answering = [one for place, one in enumerate(referees) if place % 5 != 4]
    play.together(lambda one: answers(play, one, declines=referees.index(one) % 5 == 3), answering)
    for one in referees:
        one.visitor.leave()


def answers(play: Play, referee: Person, *, declines: bool) -> None:
    """One referee follows the link of the letter."""
    asked = [letter.part("plain") for letter in play.stage.letters.to(referee.email)]
    found = next((link for text in reversed(asked) if (link := LINK.search(text))), None)
    if found is None:
        raise Unexpected("The letter to a referee has no link.")
    applicant = referee.email.partition(".")[2]
    if declines:
        referee.press(f"{found[1]}decline/", "/decline/$")
        play.seen.expect_letter(applicant, "reference_declined")
        return
    file = ("letter.pdf", papers.sound("letter", referee.email))
    page = referee.press(found[1], "/send/$", files={"file": file})
    if papers.digest(file[1]) not in page.text:
        play.seen.wrong(
            "P1", f"{referee.email}: the letter is not shown as it was sent ({page.status})."
        )
    play.seen.expect_letter(applicant, "reference_received")
    play.seen.expect_letter(referee, "reference_thanks")
