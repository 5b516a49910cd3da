"""Papers that bear a number are kept as they were, and are never drawn otherwise."""
