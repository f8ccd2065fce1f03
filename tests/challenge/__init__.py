"""The generated challenge set of the guard: pairs of sentences, correct or with one planted error, and their scorer."""
