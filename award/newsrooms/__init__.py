"""A newsroom's desk: its works, confirmation on screen or by a signed list, and lists taken in."""
