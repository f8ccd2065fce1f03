"""Text to speech: clauses, text that loses nothing, voices, and the stage that speaks."""
