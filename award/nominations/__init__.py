"""The list for the national award with a decision of its own, and its dossier, out and in."""
