"""What the texts of letters are written with."""
