"""The nouns of committee, one a file."""
