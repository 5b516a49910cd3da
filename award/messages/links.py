"""The addresses inside a plain letter, found so that a page can make them clickable."""

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]]+")
_NOT_PART_OF_IT = ".,;:!?)…"


def pieces(text: str) -> list[tuple[str, str | None]]:
    """`text` cut into (words, address or None), in order; joined again the words are the text."""
    found: list[tuple[str, str | None]] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_NOT_PART_OF_IT)
        if match.start() > end:
            found.append((text[end : match.start()], None))
        found.append((address, address))
        end = match.start() + len(address)
    if end < len(text):
        found.append((text[end:], None))
    return found
