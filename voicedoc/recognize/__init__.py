"""Speech to text, and which of the visit's two languages it is in."""
