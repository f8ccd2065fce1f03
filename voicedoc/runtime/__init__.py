"""How facts flow: stages, a runner, a floor, workers, a clock. Knows nothing of speech."""
