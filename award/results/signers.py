"""Who signed a paper, read from the one line in which it was recorded."""

import re

_POST = re.compile(r"(phó |quyền )?(trưởng|chủ|bí|giám|chánh|tổng|viện)\b", re.IGNORECASE)
"""How a post begins, and no name of a person does."""


def signed_by(signatory: str) -> tuple[str, str]:
    """Name and post of "Nguyễn Văn Hòa, Trưởng Ban", "Trưởng Ban" or a name alone; empty what is not told."""
    first, _comma, second = (each.strip() for each in signatory.partition(","))
    if not _POST.match(first):
        return first, second
    return ("", signatory.strip()) if not second or _POST.match(second) else (second, first)
