"""English, as Canada writes it."""
