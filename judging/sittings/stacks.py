"""Papers for a vote: which works stand on one paper, their codes, what came back. Pure.

A work that somebody may not vote on cannot stand beside works that everybody may vote on: a paper without its line
would tell whose it is, and a paper with it would be one ballot too many. So works are put together by exactly who may
vote on them, each set of works is a stack of its own, every paper of a stack is like every other, and a work with fewer
voters is voted on with fewer papers. How many lines say yes is then counted of as many as were handed out.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from judging.sittings.majorities import OnPaper

MOST_LINES = 10
"""So many works stand on one paper: a page."""
SPARE = 3
"""So many papers more than are handed out are printed among them: a spoiled one is exchanged for one of those, drawn
unseen. One printed when it is asked for would tell by its code who got it."""
TO_DRAW_FROM = 2
"""Of so many at least a paper is drawn: who takes the only one that is left holds one whose code tells whose it is."""
CODE = 8
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is taken for another when it is read aloud."""

Paper = tuple[str, tuple[OnPaper, ...]]
"""The code of a paper, empty where none can be read, and what each of its lines says."""


def grouped(voters: Mapping[int, Collection[int]]) -> list[list[int]]:
    """Works → works of one stack, in their order; those with the most voters first."""
    alike: dict[frozenset[int], list[int]] = {}
    for work, people in voters.items():
        alike.setdefault(frozenset(people), []).append(work)
    by_size = sorted(alike.items(), key=lambda each: -len(each[0]))
    return [works[at : at + MOST_LINES] for _people, works in by_size for at in range(0, len(works), MOST_LINES)]


def codes(number: int) -> list[str]:
    """As many different random codes, in an order that says nothing."""
    made: set[str] = set()
    while len(made) < number:
        made.add("".join(secrets.choice(SIGNS) for _ in range(CODE)))
    return sorted(made)


def in_halves(code: str) -> str:
    """As it is printed, and read out."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def code_of(typed: str) -> str:
    """The code as it is kept, of what somebody typed."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def codes_of(typed: str) -> list[str]:
    """The codes of several papers as they are kept, of what was typed with a comma or a blank between them."""
    found = []
    for each in typed.replace(";", ",").split(","):
        code = code_of(each)
        found += [code[at : at + CODE] for at in range(0, len(code), CODE)]
    return found


def papers_of(read: Mapping[str, Any]) -> list[Paper]:
    """The papers of a whole reading, page by page; pages without one are left out."""
    return [(read[page][0], tuple(read[page][1])) for page in sorted(read, key=int) if read[page] is not None]


def lines_of(papers: Sequence[Paper], number: int) -> list[list[OnPaper]]:
    """What was said of each of so many works, one word for each paper that came back."""
    return [[says[line] for _code, says in papers] for line in range(number)]


def unlike(
    page: int, code: str, read: Mapping[str, Any], issued: Collection[str], void: Collection[str], most: int
) -> tuple[str, int | None]:
    """Why a paper with this code cannot be on this page: `foreign`, `void`, `twice` with the other page, `too_many`; or
    "". At most so many were handed out of those that were printed."""
    others = {int(at): paper[0] for at, paper in read.items() if paper is not None and int(at) != page}
    if code and code not in issued:
        return "foreign", None
    if code in void:
        return "void", None
    twice = next((at for at, other in sorted(others.items()) if code and other == code), None)
    if twice is not None:
        return "twice", twice
    return ("too_many", None) if len(others) >= most else ("", None)


def placed(pages: Sequence[int], page: int) -> tuple[int, int]:
    """Which of several files with so many pages holds this one, counted through all of them, and which page of it."""
    for at, number in enumerate(pages):
        if page <= number:
            return at, page
        page -= number
    raise IndexError(page)


def address_of(stack: str, code: str) -> str:
    """What the code on a paper says: where its stack is, and which of the papers it is."""
    return f"{stack}?phieu={code}"


def said_by(codes: Collection[str], stack: str) -> tuple[Literal["this", "another", "unread"], str]:
    """What the codes on a page say: that it is this paper of the stack at the address, one of another, or nothing."""
    own = address_of(stack, "")
    mine = next((code.removeprefix(own) for code in codes if code.startswith(own)), "")
    if mine:
        return "this", mine
    return ("another" if any(code.startswith(f"{stack.rpartition('/')[0]}/") for code in codes) else "unread"), ""
