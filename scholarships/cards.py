"""What "my application" shows of scholarships: a card with one line on what is next. For the person's own eyes."""

from collections.abc import Iterator

from followup.cards import Card, shows
from followup.situation import Situation
from scholarships.listing import Place, in_the_eyes, rounds_for


@shows
def scholarships_card(situation: Situation) -> Iterator[Card]:
    """Theirs, each with what is next; the others, how many are open to them. Nothing before they have submitted."""
    application = situation.application
    if application is None or situation.submission is None:
        return
    rows = rounds_for(application.applicant).filter(cycle=situation.cycle)
    found = [in_the_eyes(row, [situation], at=situation.at) for row in rows]
    mine = [one for one in found if one.place == Place.MINE]
    beginnable = [one for one in found if one.may_begin]
    coming = [one for one in found if one.place == Place.COMING and not one.why_not]
    if mine or beginnable or coming:
        context = {"mine": mine, "beginnable": beginnable, "coming": coming}
        yield Card("scholarships/card.html", context, is_private=True)
