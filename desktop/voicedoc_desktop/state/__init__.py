"""What screens know, as frozen values, and the pure functions that advance them. No Qt."""
