"""The nouns of permits."""
