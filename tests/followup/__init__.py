"""Tests of what comes after the answer."""
