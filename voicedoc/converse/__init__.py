"""The assistant: it asks, looks up, warns and writes. Rules decide; a dialogue model words and reads."""
