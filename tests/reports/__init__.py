"""Tests of what reads everything."""
