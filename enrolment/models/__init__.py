"""The nouns of enrolment."""
