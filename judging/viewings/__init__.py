"""Radio and television watched together, devices of those present led to their own sheets."""
