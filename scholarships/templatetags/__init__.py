"""Tags of scholarships."""
