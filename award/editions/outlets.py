"""Kinds of press organ as an edition tells them apart: its own data, in its order. Pure.

An organ of the register is of kinds by their codes, so that editions which know a kind by the same code agree on it.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import count
from typing import Any, NamedTuple

from award.text import canonical, folded, one_line


class OutletKind(NamedTuple):
    """One kind. `licensed`: organs of this kind are press organs by licence, where the register does not deny it."""

    code: str
    name: str
    licensed: bool


FIRST_KINDS: tuple[OutletKind, ...] = (
    OutletKind("newspaper", "báo", licensed=True),
    OutletKind("magazine", "tạp chí", licensed=True),
    OutletKind("station", "đài phát thanh, truyền hình", licensed=True),
    OutletKind("bulletin", "bản tin", licensed=False),
    OutletKind("portal", "cổng, trang thông tin điện tử", licensed=False),
    OutletKind("grassroots", "truyền thanh cơ sở", licensed=False),
    OutletKind("channel", "kênh nội dung của cơ quan báo chí", licensed=True),
)
"""What a new draft begins with; they are renamed, removed and added on a screen."""


def as_rows(kinds: Iterable[OutletKind]) -> list[dict[str, Any]]:
    """As an edition keeps them."""
    return [kind._asdict() for kind in kinds]


def first_rows() -> list[dict[str, Any]]:
    return as_rows(FIRST_KINDS)


def kinds_of(rows: Iterable[dict[str, Any]]) -> list[OutletKind]:
    return [OutletKind(**row) for row in rows]


def chosen_of(rows: Iterable[dict[str, Any]], codes: Collection[str]) -> list[str]:
    """Of these codes those that the edition knows, each once, in its order."""
    return [kind.code for kind in kinds_of(rows) if kind.code in set(codes)]


def choices_of(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in kinds_of(rows)]


def outlet_words(names: Iterable[tuple[str, str]], codes: Collection[str]) -> str:
    """báo; tạp chí: the kinds in their order, for within a sentence."""
    return "; ".join(name for code, name in names if code in codes)


def told(said: Sequence[tuple[str, str, bool]], known: Collection[str]) -> list[OutletKind]:
    """Code, name and licence as typed. A kind keeps the code it is known by; a new one is known by its folded name."""
    taken = {code for code, _name, _licensed in said if code in known}
    made: list[OutletKind] = []
    for claimed, typed, licensed in said:
        name = one_line(canonical(typed))
        if claimed in known and claimed not in {kind.code for kind in made}:
            made.append(OutletKind(claimed, name, licensed))
            continue
        plain = folded(name).replace(" ", "-")
        code = next(free for n in count(1) if (free := plain if n == 1 else f"{plain}-{n}") not in taken)
        taken.add(code)
        made.append(OutletKind(code, name, licensed))
    return made
