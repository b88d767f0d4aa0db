"""Pages of what comes after the answer, and the applicant's home."""
