"""By which words a sentence of a consultation is known to belong to a section of its note."""
