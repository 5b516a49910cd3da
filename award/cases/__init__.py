"""Objections after the results: numbered, with a last day, handled by people, their history never lost."""
