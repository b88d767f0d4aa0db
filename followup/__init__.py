"""After the answer: the offer and the file at UdeM."""
