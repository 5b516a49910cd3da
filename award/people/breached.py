"""Whether a password stands in a list of those that came to light elsewhere, which whoever runs the house brings along.

The list is a text with one SHA-1 in hexadecimal a line, in order, each perhaps with a colon and how often it was seen:
the form in which such lists are given out. It is searched where it lies, so it may be as large as the disk allows; no
password and no part of its hash leaves the machine.
"""

import hashlib
from pathlib import Path

DIGITS = 40


def is_breached(password: str, listed: Path) -> bool:
    """Whether the list holds this very password."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with listed.open("rb") as lines:
        low, high = 0, lines.seek(0, 2)  # the line that is looked for begins in [low, high)
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(middle - 1, low))
            if middle > low:
                lines.readline()  # to the first line that begins at the middle or after it
            begins = lines.tell()
            line = lines.readline() if begins < high else b""
            found = line[:DIGITS].upper()
            if found == wanted:
                return True
            if not line or found > wanted:
                high = middle
            else:
                low = begins + len(line)
    return False
