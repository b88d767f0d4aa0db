"""How the committee organises its reading: who takes how much, plans of assignment, calibration, discussion."""
