"""What judges do with entries. Outcomes are handed down to award.results; nothing in award knows this package."""
