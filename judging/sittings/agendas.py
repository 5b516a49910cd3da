"""In which order the works come before the council. Pure."""

from collections.abc import Iterable

from judging.ranking.board import Line, PanelBoard


def in_order(boards: Iterable[PanelBoard]) -> list[int]:
    """Works about which the figures leave a doubt first, then all others; both from the best down, panel by panel.

    A work is in doubt that is tied at the cut, or near it, or equal to another of its panel. Works that have gone since
    do not come up.
    """
    doubtful: list[int] = []
    others: list[int] = []
    for board in boards:
        standing = [line for line in board.lines if not line.gone]
        for line in standing:
            (doubtful if _in_doubt(line, standing) else others).append(line.entry_id)
    return [*doubtful, *others]


def _in_doubt(line: Line, standing: list[Line]) -> bool:
    if line.tied or line.side.nearness in {"near_in", "near_out"}:
        return True
    return line.rank is not None and any(other is not line and other.rank == line.rank for other in standing)
