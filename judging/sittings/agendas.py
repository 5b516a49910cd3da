"""In which order the works come before the council. Pure."""

from collections.abc import Iterable

from judging.ranking.advice import PARTS
from judging.ranking.board import Line, PanelBoard


def in_order(boards: Iterable[PanelBoard]) -> list[int]:
    """Works about which the figures leave a doubt first, the most open before the others; then all the rest.

    A work is in doubt that is tied at the cut, that is neither surely in nor surely out, or that equals another of its
    panel. Works of the same doubt, and the rest, go from the best down, panel by panel. Those that have gone since do
    not come up.
    """
    doubtful: list[tuple[int, int]] = []
    others: list[int] = []
    for board in boards:
        standing = [line for line in board.lines if not line.gone]
        for line in standing:
            doubt = _doubt(line, standing)
            if doubt is None:
                others.append(line.entry_id)
            else:
                doubtful.append((doubt, line.entry_id))
    return [*(entry for _doubt, entry in sorted(doubtful, key=lambda each: each[0])), *others]


def _doubt(line: Line, standing: list[Line]) -> int | None:
    """How open it is, 0 the most; None where nothing is."""
    if line.tied:
        return 0
    if line.side.doubt is not None:
        return line.side.doubt
    equal = line.rank is not None and any(other is not line and other.rank == line.rank for other in standing)
    return PARTS if equal else None
