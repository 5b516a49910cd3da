"""Whom a judge may have to do with: authors and press organs, as works name them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from award.text import folded
from judging.panels.conflicts import Organs, Work

Kind = Literal["author", "organ"]


@dataclass(frozen=True)
class Party:
    """An author or a press organ; `number` is that of the person or of the listed organ, None where nobody knows it."""

    kind: Kind
    number: int | None
    name: str

    def has_part_in(self, work: Work, organs: Organs) -> bool:
        """One of its authors, or an organ that published some of it or employs an author, as organs are today.

        An author without an account is known by name alone, and then every bearer of the name is meant.
        """
        name = folded(self.name)
        if self.kind == "author":
            return any(
                each.person_id == self.number
                if self.number is not None and each.person_id is not None
                else bool(name) and each.name == name
                for each in work.authors
            )
        places = (*work.publishers, *((each.employer, each.employer_typed) for each in work.authors))
        own = organs.meant(self.number, name)
        if own is not None:
            return any(organs.meant(*place) == own for place in places)
        return bool(name) and any(place == (None, name) for place in places)


@dataclass(frozen=True)
class Named:
    """One author of one work, as the dossier names them."""

    number: int | None
    key: str
    """The person's public id; empty where there is no account."""
    name: str
    order: bytes
    organ: str
    title: str
    """Of the work; empty where titles are hidden."""


@dataclass(frozen=True)
class Listed:
    """A line of the list. `key` and place tell nothing of a work: they come of the name, or of the person."""

    key: str
    party: Party
    order: bytes
    beside: tuple[str, ...] = ()
    """Press organs of an author, and titles where they are shown."""

    def answers(self, words: str) -> bool:
        """Whether the folded words stand in the line."""
        return words in folded(" ".join((self.party.name, *self.beside)))


def authors(rows: Iterable[Named]) -> list[Listed]:
    """Everybody once, in Vietnamese order. A name without an account is the account's that bears it, where one does."""
    rows = list(rows)
    with_account = {folded(row.name) for row in rows if row.number is not None}
    groups: dict[str, list[Named]] = {}
    for row in rows:
        name = folded(row.name)
        if row.number is not None:
            groups.setdefault(f"tg:{row.key}", []).append(row)
        elif name not in with_account:
            groups.setdefault(f"tg-ten:{name}", []).append(row)
    listed = [
        Listed(
            key,
            Party("author", of[0].number, of[0].name),
            of[0].order,
            (*sorted({row.organ for row in of if row.organ}), *sorted({row.title for row in of if row.title})),
        )
        for key, of in groups.items()
    ]
    return sorted(listed, key=lambda each: (each.order, each.key))


def found(listed: Sequence[Listed], words: str) -> list[Listed]:
    """The lines in which the words stand, whatever their marks; all of them without words."""
    return [each for each in listed if each.answers(folded(words))]


def by_key(*lists: Sequence[Listed]) -> Mapping[str, Listed]:
    return {each.key: each for listed in lists for each in listed}
