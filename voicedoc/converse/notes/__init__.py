"""The note of a visit: drafted from what was said, each sentence with its evidence; a draft until a person signs it."""
