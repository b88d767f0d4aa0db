"""A whole cycle played on a fast clock, with faults on the way, before it counts."""
