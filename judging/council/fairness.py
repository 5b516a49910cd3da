"""Works of equal score that are treated differently: what the council ought to see before it ends. Pure."""

from collections.abc import Iterable, Mapping

from judging.ranking.board import Line


def unequal(lines: Iterable[Line], levels: Mapping[int, int]) -> dict[int, list[str]]:
    """Entry id → codes of works with the same score and another level, or none. `levels`: entry id → its level's id.

    Levels are those of the ladder: a thematic prize is given for its theme, not for a place.

    Works that are all without a prize are nothing to look at.
    """
    equal: dict[object, list[Line]] = {}
    for line in lines:
        if line.rank is not None and not line.gone:
            equal.setdefault(line.score, []).append(line)
    found: dict[int, list[str]] = {}
    for group in equal.values():
        for line in group:
            level = levels.get(line.entry_id)
            others = [other.code for other in group if levels.get(other.entry_id) != level]
            if others:
                found[line.entry_id] = others
    return found
