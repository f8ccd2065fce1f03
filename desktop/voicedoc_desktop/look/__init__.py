"""Colours, type, spacing and icons: one place for how everything looks."""
