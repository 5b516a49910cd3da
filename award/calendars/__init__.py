"""The dates of an edition and of one person, as calendar programs take them."""
