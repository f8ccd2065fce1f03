"""Where audio comes from. It is on disk before anything else looks at it."""
