"""The code of a parcel as its label bears it, and what a scanner or a person typed read back into a number. Pure."""

import re

_CODE = re.compile(r"TN\s*-?\s*0*(\d{1,9})$", re.IGNORECASE)
_NUMBER = re.compile(r"0*(\d{1,9})")


def code_of(prefix: str, number: int) -> str:
    """KH3-TN0012. It has no vowels: a keyboard that sets Vietnamese marks leaves it as a scanner types it."""
    return f"{prefix}-TN{number:04d}"


def number_in(text: str) -> int | None:
    """The number of the ledger in a scanned address, a code or a bare number; None where there is none."""
    typed = text.strip().rstrip("/").rpartition("/")[2]
    found = _CODE.search(typed) or _NUMBER.fullmatch(typed)
    return int(found[1]) if found else None
