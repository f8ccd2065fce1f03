"""A page to listen to and read along: one HTML file with everything in it, which asks no network for anything."""

from voicedoc.export.page.write import write_page

__all__ = ["write_page"]
