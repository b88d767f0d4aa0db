"""Judging: assignment, scores, decisions and their release."""
