"""Who signed a paper, read from the one line in which it was recorded."""

import re
from dataclasses import replace

from award.editions.papers import Letterhead
from award.text import folded

_POST = re.compile(r"(phó |quyền )?(trưởng|chủ|bí|giám|chánh|tổng|viện)\b", re.IGNORECASE)
"""How a post begins, and no name of a person does."""


def signed_by(signatory: str) -> tuple[str, str]:
    """Name and post of "Nguyễn Văn Hòa, Trưởng Ban", "Trưởng Ban" or a name alone; empty what is not told."""
    first, _comma, second = (each.strip() for each in signatory.partition(","))
    if not _POST.match(first):
        return first, second
    return ("", signatory.strip()) if not second or _POST.match(second) else (second, first)


def headed_as_recorded(head: Letterhead, body: str, signatory: str) -> Letterhead:
    """Body and signer as they were recorded with number and day: they go before whatever is settled for the kind.

    Of another body nothing that is settled is true; who signs for the body in another post does not sign so.
    """
    signer, post = signed_by(signatory)
    if folded(body) != folded(head.name):
        head = replace(head, name=body, parent="", body_symbol="", authority="")
    elif folded(post) != folded(head.post):
        head = replace(head, authority="")
    return replace(head, signer=signer, post=post)
