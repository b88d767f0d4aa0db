"""What templates of scholarships load."""
