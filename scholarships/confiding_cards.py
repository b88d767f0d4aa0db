"""What "my application" shows of self-identification: the way there, the same for everybody, whatever they answered."""

from collections.abc import Iterator

from followup.cards import Card, shows
from followup.situation import Situation


@shows
def self_identification_card(situation: Situation) -> Iterator[Card]:
    """One link, before and after the submission."""
    if situation.application is not None:
        yield Card("scholarships/confiding_card.html")
