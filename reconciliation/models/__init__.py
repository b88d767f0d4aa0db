"""The nouns of reconciliation."""
