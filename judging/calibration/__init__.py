"""Published works that a panel marks before the real ones. They are no entries: nothing can rank or publish them."""
