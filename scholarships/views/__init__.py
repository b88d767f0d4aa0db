"""Pages of scholarships."""
