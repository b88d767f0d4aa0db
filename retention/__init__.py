"""What is kept, for how long, and how it ends: by two people, with a certificate."""
