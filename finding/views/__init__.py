"""Pages of finding and taking away."""
