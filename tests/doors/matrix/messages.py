"""Doors of letters. The outbox stands open where it exists at all: on the machine of whoever tries the house out."""

from tests.doors.matrix import Row

ROWS = [Row("messages.outbox", "GET", "/hop-thu", 200)]
