"""What is decided by a cut, what is tied at it, and the seven steps that part equal works."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import takewhile
from math import lcm
from typing import Literal

from judging.ranking.aggregate import Place, Totals, median


@dataclass(frozen=True)
class Cut:
    """A cut after `size` places: entries surely in, the group tied at the cut, and how many of the group fit."""

    inside: tuple[int, ...]
    tied: tuple[int, ...]
    left: int


def cut(places: Sequence[Place], size: int) -> Cut:
    """Entries above the rank at the cut are in; those level with it are tied when not all of them fit."""
    ranked = [place for place in places if place.rank is not None]
    if len(ranked) <= size:
        return Cut(tuple(place.entry_id for place in ranked), (), 0)
    if size <= 0:
        return Cut((), (), 0)
    edge = ranked[size - 1].rank
    equal = tuple(place.entry_id for place in ranked if place.rank == edge)
    better = tuple(place.entry_id for place in ranked[:size] if place.rank != edge)
    if len(better) + len(equal) == size:
        return Cut(better + equal, (), 0)
    return Cut(better, equal, size - len(better))


Step = Literal["score", "criteria", "head_to_head", "median", "ballot", "decision", "lot"]
"""In this order. The last three are what people did, and are asked for only where the first four leave works equal."""
EVERY: tuple[Step, ...] = ("score", "criteria", "head_to_head", "median", "ballot", "decision", "lot")


@dataclass(frozen=True)
class Known:
    """What may part equal works, of those that are in question. What is not there decides nothing."""

    scores: Mapping[int, Fraction | None]
    """The official scores, exact."""
    criteria: Sequence[Mapping[int, Fraction]] = ()
    """Entry → mean mark, for each criterion from the heaviest down."""
    totals: Totals = field(default_factory=dict)
    ballot: Mapping[int, Fraction] | None = None
    """Entry → what the second secret ballot among the tied gave it. None where none can be held; where one can and some
    of the tied have none yet, nothing later is asked."""
    decision: Sequence[int] = ()
    """The chair's written order."""
    lot: Sequence[int] = ()
    """The order in which the lot drew them."""
    decisions: Sequence[Sequence[int]] = ()
    """Several such orders, each over works that were equal."""
    lots: Sequence[Sequence[int]] = ()


@dataclass(frozen=True)
class Parted:
    """Entries from the best down, those that stay equal together; and the step that parted each from the next one."""

    order: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    criteria: tuple[int, ...] = ()
    """Beside each step: which criterion it was, the heaviest as 0; -1 for other steps."""


Key = Callable[[int], Fraction]


def parted(tied: Sequence[int], known: Known, steps: Collection[str] = EVERY) -> Parted:
    """The works of `tied` in order. A step is asked only about works that every earlier one left equal.

    `steps`: those the rules name; the score is always asked.
    """
    order: list[_Group] = []
    if tied:
        _part(sorted(tied), 0, ("score", -1), known, {"score", *steps}, order)
    later = order[1:]
    return Parted(
        tuple(group for group, _by in order),
        tuple(step for _, (step, _n) in later),
        tuple(n for _, (_step, n) in later),
    )


_By = tuple[Step, int]
"""A step, and which criterion where it is one."""
_Group = tuple[tuple[int, ...], _By]


def _part(
    group: list[int], number: int, parted_by: _By, known: Known, steps: Collection[str], order: list[_Group]
) -> None:
    """Appends the group's works in order, the first of them as parted from those above it by `parted_by`."""
    ladder = [(by, key) for by, key in _ladder(group, known) if by[0] in steps] if len(group) > 1 else []
    if known.ballot is not None and not set(known.ballot) >= set(group):
        ladder = list(takewhile(lambda step: step[0][0] != "ballot", ladder))
    if number >= len(ladder):
        order.append((tuple(group), parted_by))
        return
    by, key = ladder[number]
    equal: dict[tuple[int, int], list[int]] = defaultdict(list)
    for entry in group:
        equal[key(entry).as_integer_ratio()].append(entry)
    shared = lcm(*(below for _above, below in equal))  # whole numbers: to hash and to compare fractions is dear
    best_first = sorted(equal, key=lambda value: value[0] * (shared // value[1]), reverse=True)
    for position, value in enumerate(best_first):
        _part(equal[value], number + 1, by if position else parted_by, known, steps, order)


def _ladder(group: Sequence[int], known: Known) -> list[tuple[_By, Key]]:
    """The steps for these works, as many for every group. A larger key is better."""
    ladder: list[tuple[_By, Key]] = [(("score", -1), lambda entry: _or_worst(known.scores.get(entry)))]
    ladder += [(("criteria", number), _of(means)) for number, means in enumerate(known.criteria)]
    ladder += [
        (("head_to_head", -1), _head_to_head(group, known.totals)),
        (("median", -1), lambda entry: _or_worst(median(list(known.totals.get(entry, {}).values())))),
        (("ballot", -1), _of(known.ballot) if known.ballot is not None else _equal),
        (("decision", -1), _place_in(_over(group, [known.decision, *known.decisions]), group)),
        (("lot", -1), _place_in(_over(group, [known.lot, *known.lots]), group)),
    ]
    return ladder


def _over(group: Sequence[int], orders: Sequence[Sequence[int]]) -> Sequence[int]:
    """The first of the orders that has every one of the group."""
    return next((order for order in orders if set(order) >= set(group)), ())


def _equal(_entry: int) -> Fraction:
    return Fraction(0)


def _or_worst(value: Fraction | None) -> Fraction:
    return Fraction(-1) if value is None else value


def _of(values: Mapping[int, Fraction]) -> Key:
    return lambda entry: Fraction(values.get(entry, -1))


def _place_in(order: Sequence[int], group: Sequence[int]) -> Key:
    """An order that leaves one of them out decides nothing."""
    if not set(order) >= set(group):
        return _equal
    place = {entry: Fraction(-number) for number, entry in enumerate(order)}
    return lambda entry: place[entry]


def _head_to_head(group: Sequence[int], totals: Totals) -> Key:
    """Judges of both who put the work above the other; of more than two works it is not asked."""
    if len(group) != 2:
        return _equal
    one, other = (totals.get(entry, {}) for entry in group)
    above = {
        group[0]: sum(one[seat] > other[seat] for seat in one if seat in other),
        group[1]: sum(other[seat] > one[seat] for seat in other if seat in one),
    }
    return lambda entry: Fraction(above[entry])


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def lot(key: str, pool: Sequence[str], digest: Callable[[bytes], bytes] = _sha256) -> list[str]:
    """The order in which a lot that anybody can repeat draws the whole pool, sorted before it begins.

    `key` is made of public numbers that were named in advance and did not exist then. These are the steps of RFC 3797,
    whose own example has MD5 for `digest`; every lot that counts is drawn with SHA-256.
    """
    left, drawn = sorted(pool), []
    for turn in range(len(left)):
        number = turn.to_bytes(2, "big")
        drawn_number = int.from_bytes(digest(number + key.encode() + number), "big")
        drawn.append(left.pop(drawn_number % len(left)))
    return drawn
