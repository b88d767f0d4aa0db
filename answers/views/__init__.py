"""The pages of deciding and releasing."""
