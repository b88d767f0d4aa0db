"""Aid: rounds, applications for them, the panel, awards; and behind one door, the vault of EDI answers."""
