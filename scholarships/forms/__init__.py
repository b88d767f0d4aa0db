"""The forms of scholarships: what input means, and nothing sent."""
