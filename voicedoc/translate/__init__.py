"""Text in one language → text in another."""
