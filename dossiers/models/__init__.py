"""The nouns of dossiers, one a file."""
