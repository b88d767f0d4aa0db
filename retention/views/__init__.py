"""Pages about the end of records."""
