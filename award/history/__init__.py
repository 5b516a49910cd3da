"""Prizes of editions that were not held here: taken in as a whole, cited, and known again."""
