"""Voice activity and endpoints: frames become utterances."""
