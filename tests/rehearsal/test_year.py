"""What the year's days share, where the small run does not show it."""

from rehearsal.year import canaries, hand, paper
from tests.papers import judged


def test_a_lot_with_a_name_draws_the_same_people_again() -> None:
    """Whatever the order they stand in; another name draws others."""
    people = [f"person-{index}" for index in range(50)]
    first = hand.drawn("asked", people, 5)
    assert hand.drawn("asked", reversed(people), 5) == first
    assert hand.drawn("writes", people, 5) != first
