"""What readers read: one bound PDF for each submission, and what of it a blind cycle hides."""
