"""The log, read by those who watch over an award."""
