"""What the timetable does for scholarships."""

from scholarships import announcing_errands, award_errands  # noqa: F401  they register theirs
