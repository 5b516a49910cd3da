"""Which place of a work a file belongs to by its name, as the newsroom's list tells. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from award.entries.dossiers import Dossier, Place
from award.newsrooms.brought import Expected
from award.text import folded
from uploads.kinds import BY_CODE


@dataclass(frozen=True)
class Waiting:
    """One place of a work with the files it waits for. Without a place no file of that kind goes anywhere."""

    place: Place | None
    names: tuple[str, ...]
    there: tuple[str, ...]
    """Those of them that have come."""
    others: int = 0
    """Files that came under another name: each stands for one that is waited for, nobody knows for which."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Those that have not come under their own names: a file of such a name still belongs here."""
        return tuple(name for name in self.names if name not in self.there)

    @property
    def left(self) -> int:
        """How many files are still waited for."""
        return max(0, len(self.missing) - self.others)


def takes(place: Place, name: str) -> bool:
    """Whether files with this ending go into the place."""
    ending = name.rpartition(".")[2].lower()
    return any(ending in BY_CODE[kind].endings for kind in place.slot.kinds)


def waiting(work: Dossier, expected: Sequence[Expected]) -> list[Waiting]:
    """Every place of a work in its order, with the files that a list names for it, if it names any."""
    named: dict[str, list[str]] = {}
    nowhere = []
    for each in expected:
        place = _place_of(work, each)
        if place is None:
            nowhere.append(each.name)
        else:
            named.setdefault(place.key, []).append(each.name)
    found = []
    for place in work.places:
        names = tuple(named.get(place.key, ()))
        come = [folded(file.name) for file in place.files if file.state != "rejected"]
        listed = {folded(name) for name in names}
        there = tuple(name for name in names if folded(name) in come)
        found.append(Waiting(place, names, there, sum(name not in listed for name in come)))
    return found + ([Waiting(None, tuple(nowhere), ())] if nowhere else [])


def _place_of(work: Dossier, each: Expected) -> Place | None:
    """A place of the part itself goes before one of the whole work."""
    fitting = [place for place in work.places if takes(place, each.name)]
    own = [place for place in fitting if place.part is not None and place.part.id == each.part_id]
    whole = [place for place in fitting if place.part is None]
    return next(iter(own or whole), None)
