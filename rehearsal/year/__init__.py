"""The year from the close to the archives, day by day."""
