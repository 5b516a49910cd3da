"""Each role's home: the queue of next acts that every room puts together."""
