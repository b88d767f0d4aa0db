"""Tests of scholarships, and of the vault."""
