"""A year as administrators configure it: programs, dates, questions, declarations, what is asked."""
