"""Deeds of a sitting: meeting, and voting."""
