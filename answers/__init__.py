"""What is answered and when it is shown: the decision board, the release of a cycle, its letters."""
