"""UdeM’s list beside ours: read, compared, applied with a person’s yes, and undone."""
