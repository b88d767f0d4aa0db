"""The pages of the office's desk, and the applicant's side of them."""
