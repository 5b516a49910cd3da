"""Figures of an edition, counted from what stands, each with its table."""
