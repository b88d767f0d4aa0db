"""Pages that read everything."""
