"""What comes before a visit's first word, and what is asked beside it: the same on a terminal and in a window."""
