"""Many recordings: found, planned, and transcribed on this machine or on a Ray cluster."""
