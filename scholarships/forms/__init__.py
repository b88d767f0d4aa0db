"""What is typed about scholarships."""
