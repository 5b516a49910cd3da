"""Where the works of a dossier go here: category for category by name or medium, file for file into a slot. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from award.nominations.described import FileTold, Told, WorkTold
from award.text import folded
from uploads.kinds import BY_CODE, kind_among


@dataclass(frozen=True)
class Slot:
    id: int
    code: str
    label: str
    kinds: tuple[str, ...]
    max_bytes: int
    per_part: bool
    at_most: int


@dataclass(frozen=True)
class Kind:
    """A category of the edition that takes the works in; `genres` by their folded names."""

    key: str
    id: int
    name: str
    code: str
    medium: str
    genres: Mapping[str, int]
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Group:
    """The works of one category of the sender, and the category they become here; None while nobody said which."""

    name: str
    works: int
    kind: Kind | None


@dataclass(frozen=True)
class Placed:
    """`slots`: path of a file → the slot it goes into. `homeless`: files that no slot of their category takes."""

    groups: tuple[Group, ...]
    slots: Mapping[str, Slot]
    homeless: tuple[FileTold, ...]

    def kind_of(self, work: WorkTold) -> Kind | None:
        return next(group.kind for group in self.groups if group.name == work.category)

    @property
    def undecided(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.groups if group.kind is None)


def place(told: Told, kinds: Sequence[Kind], chosen: Mapping[str, str]) -> Placed:
    """Every work and file in its place; `chosen`: the sender's category → the key of ours, where people decided."""
    by_key = {kind.key: kind for kind in kinds}
    counted: dict[str, list[WorkTold]] = {}
    for work in told.works:
        counted.setdefault(work.category, []).append(work)
    groups = tuple(
        Group(name, len(works), by_key.get(chosen.get(name, "")) or likely(works[0], kinds))
        for name, works in counted.items()
    )
    kind_of = {group.name: group.kind for group in groups}
    slots: dict[str, Slot] = {}
    homeless: list[FileTold] = []
    for work in told.works:
        kind = kind_of[work.category]
        if kind is not None:
            _place_files(work, kind, slots, homeless)
    return Placed(groups, slots, tuple(homeless))


def likely(work: WorkTold, kinds: Sequence[Kind]) -> Kind | None:
    """The category of the same name; otherwise the only one of the same medium."""
    same = [kind for kind in kinds if folded(kind.name) == folded(work.category)]
    alike = [kind for kind in kinds if kind.medium == work.medium]
    return same[0] if same else alike[0] if len(alike) == 1 else None


def _place_files(work: WorkTold, kind: Kind, slots: dict[str, Slot], homeless: list[FileTold]) -> None:
    """The slot of the same code goes first, then that of the same label, then any; one with room before a full one."""
    held: dict[tuple[int, int | None], int] = {}
    for file in work.files:
        fitting = [slot for slot in kind.slots if takes(slot, file)]
        if not fitting:
            homeless.append(file)
            continue

        def rank(slot: Slot, file: FileTold = file) -> tuple[bool, bool, bool]:
            full = held.get(_room(slot, file), 0) >= slot.at_most
            return full, slot.code != file.slot, folded(slot.label) != folded(file.label)

        chosen = min(fitting, key=rank)
        held[_room(chosen, file)] = held.get(_room(chosen, file), 0) + 1
        slots[file.path] = chosen


def takes(slot: Slot, file: FileTold) -> bool:
    """Whether a file of this ending and size may stand in the slot."""
    kind = kind_among(file.name, slot.kinds)
    return kind is not None and 0 < file.size <= min(slot.max_bytes, BY_CODE[kind.code].max_bytes)


def part_of(slot: Slot, file: FileTold) -> int | None:
    """The number of the part the file belongs to there; the whole work where the slot is not of parts."""
    return (file.part or 1) if slot.per_part else None


def _room(slot: Slot, file: FileTold) -> tuple[int, int | None]:
    return slot.id, part_of(slot, file)
