"""Which place of which work a file of many belongs to: by its name, by the folder it lies in, by a code. Pure.

Paths are written by many hands. What decides, in this order: the name a list gives for the file; then the
longest title, code of a dossier or code of a parcel that stands whole in the file's name, or else in the nearest folder
that has one. Where two works would do, none does: a person puts the file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from award.entries.dossiers import Dossier, Place
from award.newsrooms.brought import Expected
from award.newsrooms.matching import takes, waiting
from award.text import folded, words

LEAST = 4
"""A title of fewer letters stands in too many names by chance."""
_PART = re.compile(r"\b(?:ky|bai|phan|tap)\s?0*(\d{1,2})\b")


@dataclass(frozen=True)
class SoughtWork:
    """A work that files are looked for, with the codes it goes by and the files its list names."""

    work: Dossier
    codes: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What speaks of it in a path, as bare words."""
        return tuple(name for name in map(words, (self.work.title, *self.codes)) if len(name) >= LEAST)


@dataclass(frozen=True)
class Spot:
    """Where a file goes: a place of a work, by their addresses."""

    work: str
    place: str


def placed(paths: Iterable[str], works: Sequence[SoughtWork]) -> dict[str, Spot | None]:
    """Path → where its file goes; None for those that a person has to put. A place takes as many as it has room for."""
    room = {Spot(each.work.key, place.key): _room(place) for each in works for place in each.work.places}
    listed = _listed(works)
    found: dict[str, Spot | None] = {}
    for path in paths:
        segments = [part for part in re.split(r"[/\\]", path) if part]
        name = segments[-1] if segments else ""
        spots = listed.get(folded(name)) or _spots(segments, works)
        spot = next((each for each in spots if room[each] > 0), None)
        if spot is not None:
            room[spot] -= 1
        found[path] = spot
    return found


def _room(place: Place) -> int:
    return place.slot.at_most - sum(file.state != "rejected" for file in place.files)


def _listed(works: Sequence[SoughtWork]) -> Mapping[str, tuple[Spot, ...]]:
    """Folded name of a file → the place that waits for it, where only one does."""
    found: dict[str, set[Spot]] = {}
    for each in works:
        for wait in waiting(each.work, each.expected):
            for name in wait.missing if wait.place else ():
                assert wait.place is not None
                found.setdefault(folded(name), set()).add(Spot(each.work.key, wait.place.key))
    return {name: tuple(spots) for name, spots in found.items() if len(spots) == 1}


def _spots(segments: Sequence[str], works: Sequence[SoughtWork]) -> list[Spot]:
    """The places of the one work that the path speaks of, which take such a file, the likeliest first."""
    if not segments:
        return []
    stem = segments[-1].rpartition(".")[0]
    for segment in (stem, *reversed(segments[:-1])):
        told = f" {words(segment)} "
        speaking = [(len(name), each) for each in works for name in each.names if f" {name} " in told]
        if speaking:
            longest = max(length for length, _each in speaking)
            meant = {each.work.key: each for length, each in speaking if length == longest}
            return _places(next(iter(meant.values())), segments) if len(meant) == 1 else []
    return []


def _places(sought: SoughtWork, segments: Sequence[str]) -> list[Spot]:
    """Those of the part that the path numbers go before those of the whole work; in a series only it has any."""
    number = _part_named(sought, segments)
    fitting = [place for place in sought.work.places if takes(place, segments[-1])]
    single = len(sought.work.parts) == 1
    own = [place for place in fitting if place.part is not None and (single or place.part.ordinal == number)]
    return [Spot(sought.work.key, place.key) for place in [*own, *(each for each in fitting if each.part is None)]]


def _part_named(sought: SoughtWork, segments: Sequence[str]) -> int | None:
    """Kỳ 2, bài 2, ky-2 in the name of the file or in a folder; a number within the title of the work is none."""
    for segment in reversed(segments):
        told = words(segment)
        for name in sought.names:
            told = told.replace(name, " ")
        if found := _PART.search(told):
            return int(found[1])
    return None
