"""Bodies that are asked before prizes are decided, and what each of them answered."""
