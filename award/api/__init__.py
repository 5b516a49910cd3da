"""Doors for programs: what its owner may read and do with a key; receivers that are told of what happens."""
