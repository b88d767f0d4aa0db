"""The admission office's desk: completeness, requests of pieces, messages with applicants."""
