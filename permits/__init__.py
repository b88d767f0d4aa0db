"""Permits to study and to work: what a person needs, by when, and how far it is."""
