"""The app: visits, transcripts, notes, recordings and models in a window."""
