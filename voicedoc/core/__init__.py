"""What flows. Needs numpy and the standard library only."""
