"""An interview as a state and what to do next: pure functions over what has been said. Rules decide; nothing waits."""
