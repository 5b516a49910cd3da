"""The rules that figures are computed by, as plain data with one canonical form, to be held fast by a hash.

Pure: rows in, dicts of integers and strings out.
"""

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from award.editions.clauses import rule
from award.editions.models import Edition, Panel, PrizeLevel, Round
from award.editions.placing import TIE_STEPS
from award.log.operations import canonical_json


def rules_of_round(judged: Round, panels: Sequence[Panel]) -> dict[str, Any]:
    """How the round turns marks into places: scale, criteria with weights, panels and how many go on.

    That its sheets propose levels, or stay as they were locked, is said only where they do, so that the rules of other
    rounds keep their hash: one that is open while the house is renewed is counted by what was hashed when it opened.
    """
    asked = {"asks_level": 1} if judged.asks_level else {}
    revision = rule(judged.edition, "revision")
    locked = {"revision": "no"} if revision.valued and not revision.yes else {}
    return (
        asked
        | locked
        | {
            "round": judged.public_id,
            "ordinal": judged.ordinal,
            "name": judged.name,
            "blind": int(judged.blind),
            "scale_max": judged.scale_max,
            "steps_per_point": judged.steps_per_point,
            "score": rule(judged.edition, "aggregation").choice or "mean",
            "least": rule(judged.edition, "readings").number or 1,
            "shortlist_size": judged.shortlist_size,
            "floor": str(rule(judged.edition, "shortlist_floor").points or ""),
            "ties": list(_named_steps(judged.edition)),
            "criteria": [[each.ordinal, each.name, each.weight] for each in judged.criteria],
            "panels": [
                [each.public_id, each.name, each.shortlist_size]
                for each in sorted(panels, key=lambda each: each.ordinal)
            ],
        }
    )


def rules_at_opening(judged: Round, panels: Sequence[Panel]) -> dict[str, int | str]:
    """What the log says of the rules when the round opens: the hash they must still have when it is counted, and
    openly what the clauses say of the figure, so that whoever finds another hash learns which of them moved."""
    rules = rules_of_round(judged, panels)
    openly = ("score", "least", "floor", "revision")
    told: dict[str, int | str] = {name: value for name, value in rules.items() if name in openly}
    return told | {"rules_sha256": digest(rules), "ties": ",".join(rules["ties"])}


_BEFORE: dict[str, Any] = {"score": "mean", "floor": "", "ties": []}
"""The rules of a round that was counted before they were kept: none on a least number of sheets, on ties or a floor."""


def rules_then(judged: Round, panels: Sequence[Panel]) -> dict[str, Any]:
    """The rules a round was counted by, as their hash stands in the log."""
    if judged.counted_rules is not None:
        return judged.counted_rules
    found = rules_of_round(judged, panels)
    return {name: value for name, value in found.items() if name not in {"least", "floor", "ties", "revision"}} | {
        "score": "mean"
    }


def tie_steps(judged: Round) -> tuple[str, ...]:
    """The steps that part equal works of the round, in their order; none where the rules name none."""
    counted = _counted(judged)
    return _named_steps(judged.edition) if counted is None else tuple(counted["ties"])


def figure_of(judged: Round) -> str:
    """How the score of a work of the round is found: mean, trimmed or adjmean."""
    counted = _counted(judged)
    return rule(judged.edition, "aggregation").choice or "mean" if counted is None else str(counted["score"])


def floor_of(judged: Round) -> Fraction | None:
    """The fewest points with which a work goes on, where the rules of the round name them."""
    counted = _counted(judged)
    if counted is None:
        return rule(judged.edition, "shortlist_floor").points
    return Fraction(counted["floor"]) if counted["floor"] else None


def _counted(judged: Round) -> dict[str, Any] | None:
    """What a closed round was counted by; None while the rules of the edition are those of the round."""
    return judged.counted_rules or (_BEFORE if judged.state == "closed" else None)


def _named_steps(edition: Edition) -> tuple[str, ...]:
    named = rule(edition, "tie_steps").several
    return tuple(code for code, _words in TIE_STEPS if code in named)


def structure_of_prizes(levels: Sequence[PrizeLevel]) -> list[list[int | str]]:
    """Each level: its id in the log, code, name, kind and number of prizes, the highest first.

    Letters of the loại hình it is for alone follow only where it names some, so that other structures keep their hash.
    """
    ordered = sorted(levels, key=lambda each: (each.rank, each.code))
    return [[each.id, each.code, each.name, each.kind, each.quota, *sorted(each.categories or ())] for each in ordered]


def digest(rules: object) -> str:
    """SHA-256 over the canonical form, hex."""
    return hashlib.sha256(canonical_json(rules)).hexdigest()
