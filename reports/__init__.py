"""Reads all, writes nothing; its rooms come later."""
