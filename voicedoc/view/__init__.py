"""What a running session looks like: a state that events move on. No terminal, no window; each of those shows it."""
