"""Commands of what comes after the answer."""
