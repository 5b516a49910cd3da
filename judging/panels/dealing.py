"""Who reads what, and in which order. Pure: the same seed gives the same order, on any machine."""

import hashlib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Dealt:
    """A new place in a seat's reading order. `blocked`: the judge has to do with the work and does not read it."""

    seat_id: int
    entry_id: int
    ordinal: int
    blocked: bool


def deal(
    scopes: Mapping[int, Iterable[int]],
    *,
    blocked: Set[tuple[int, int]],
    standing: Mapping[tuple[int, int], int],
    seed: str,
) -> list[Dealt]:
    """Every seat gets every work of its scope that it has not got yet, after those it has, in an order of its own.

    `scopes` maps a seat to the works its panel judges; `blocked` and `standing` are keyed (seat, work), `standing`
    holds the ordinals already dealt. Dealing the outcome again adds nothing and moves nothing.
    """
    last: dict[int, int] = {}
    for (seat, _), ordinal in standing.items():
        last[seat] = max(ordinal, last.get(seat, 0))
    dealt = []
    for seat in sorted(scopes):
        new = {entry for entry in scopes[seat] if (seat, entry) not in standing}
        for ordinal, entry in enumerate(shuffled(seed, seat, new), start=last.get(seat, 0) + 1):
            dealt.append(Dealt(seat, entry, ordinal, (seat, entry) in blocked))
    return dealt


def shuffled(seed: str, seat: int, entries: Iterable[int]) -> list[int]:
    """The works in the seat's own random order: by SHA-256 of seed, seat and work."""
    return sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}/{seat}/{entry}".encode()).digest())
