"""Letters are rows of the commit they follow from, and are sent once."""
