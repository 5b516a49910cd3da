"""Freezing and closing a round, and the mathematics between: numbers in, numbers out."""
