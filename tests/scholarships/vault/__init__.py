"""Tests of the vault of EDI answers."""
