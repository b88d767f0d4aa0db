"""How numbers and dates are read and written, by language."""
