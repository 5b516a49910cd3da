"""Invented works and people in a believable edition, for trying the product; labelled as invented wherever shown."""
