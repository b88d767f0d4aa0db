"""What is typed about the committee’s work, a subject a file. Forms take objects, and send nothing."""
