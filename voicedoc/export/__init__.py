"""Views of a journal: transcripts and other documents."""
