"""What was done: the trail, and the only writer of any status."""
