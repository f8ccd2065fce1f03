"""Speech to text, and which of the languages named it is in."""
