"""What the council's room shows beside the ranking: loại hình to narrow it to, and what stands for each work. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask_babel import gettext as _

from award.text import sort_key
from judging.council.models import Proposal
from judging.ranking.board import PanelBoard


def category_of(boards: Iterable[PanelBoard]) -> dict[int, str]:
    """Entry → its loại hình."""
    return {line.entry_id: line.category for board in boards for line in board.lines}


def codes_of(together: Mapping[int, Iterable[int]], boards: Iterable[PanelBoard]) -> dict[int, tuple[str, ...]]:
    """Entry → the codes of those that go together with it and came to the last round."""
    codes = {line.entry_id: line.code for board in boards for line in board.lines}
    found = {entry: tuple(sorted(codes[one] for one in others if one in codes)) for entry, others in together.items()}
    return {entry: listed for entry, listed in found.items() if listed}


def categories(boards: Iterable[PanelBoard]) -> list[tuple[str, str, int]]:
    """Letters, name and number of works of every loại hình that came to the last round, by name."""
    lines = [line for board in boards for line in board.lines]
    counted = Counter(line.category_code for line in lines)
    named = {line.category_code: line.category for line in lines}
    return [(code, named[code], counted[code]) for code in sorted(named, key=lambda code: sort_key(named[code]))]


def narrowed(boards: Iterable[PanelBoard], code: str) -> list[PanelBoard]:
    """The works of one loại hình, panel by panel; all of them for an empty code."""
    if not code:
        return list(boards)
    kept = [(board, [line for line in board.lines if line.category_code == code]) for board in boards]
    return [replace(board, lines=tuple(lines)) for board, lines in kept if lines]


def choices(boards: Iterable[PanelBoard]) -> list[tuple[str, str]]:
    """The works that still stand, as a field offers them."""
    lines = [line for board in boards for line in board.lines if not line.gone]
    return [("", str(_("Không ghi tác phẩm"))), *((line.public_id, f"{line.code} {line.title}") for line in lines)]


def by_entry(proposed: Mapping[tuple[int, str], Proposal]) -> dict[int, dict[str, Proposal]]:
    """Entry → kind → what is proposed."""
    found: dict[int, dict[str, Proposal]] = {}
    for (entry, kind), proposal in proposed.items():
        found.setdefault(entry, {})[kind] = proposal
    return found
