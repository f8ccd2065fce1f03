"""Corpora: one module each, with a card (where it comes from, its licences) and readers of what was fetched."""
