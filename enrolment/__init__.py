"""From our offers to the first day of studies: the coordination’s board, and the handing over."""
