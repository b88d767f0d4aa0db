"""What the timetable does for scholarships."""

from scholarships import announcing_errands  # noqa: F401  registers those of panels and results
