"""The scene of the tests of answering: that of judging."""

from tests.reviews.conftest import _in_english, _no_kept_counts, application, assignment, cycle

__all__ = ["_in_english", "_no_kept_counts", "application", "assignment", "cycle"]
