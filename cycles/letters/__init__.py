"""A cycle's own words in its letters: written, checked against each other, looked at, published."""
