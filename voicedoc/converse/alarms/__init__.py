"""What cannot wait: emergencies told from signs by rules, and what is said about them at once."""
