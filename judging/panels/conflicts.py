"""Which judge has to do with which work, computed from what is on record. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Policy = Literal["none", "own_work", "own_newsroom"]
Relation = Literal["author", "newsroom"]


@dataclass(frozen=True)
class Organs:
    """Press organs as known today: a merged one is what it became, a typed name is the organ that bore it."""

    successors: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    """Folded name, past ones too → organ."""

    def today(self, organ: int) -> int:
        """The organ at the end of the chain of successors; a circle ends where it was entered."""
        seen = {organ}
        while (after := self.successors.get(organ)) is not None and after not in seen:
            seen.add(after)
            organ = after
        return organ

    def meant(self, organ: int | None, typed: str) -> int | None:
        """The organ of today that a listed one, or a typed and folded name, stands for."""
        organ = self.names.get(typed) if organ is None else organ
        return None if organ is None else self.today(organ)


@dataclass(frozen=True)
class Judge:
    person_id: int
    name: str
    """Folded."""
    organs: frozenset[int] = frozenset()
    """Where the judge works, or worked in the time of the edition's works."""


@dataclass(frozen=True)
class Author:
    person_id: int | None
    name: str
    """Folded."""
    employer: int | None = None
    employer_typed: str = ""
    """Folded, when the employer is not listed."""


@dataclass(frozen=True)
class Work:
    entry_id: int
    authors: tuple[Author, ...]
    publisher: int | None = None
    publisher_typed: str = ""
    """Folded, when the publisher is not listed."""
    of_parts: tuple[tuple[int | None, str], ...] = ()
    """Organ, or its folded name, of parts that another organ published than the whole work."""

    @property
    def publishers(self) -> tuple[tuple[int | None, str], ...]:
        return ((self.publisher, self.publisher_typed), *self.of_parts)


@dataclass(frozen=True)
class Tie:
    """Why the judge may not judge the work, and what it was seen by."""

    relation: Relation
    basis: Literal["person", "name", "publisher", "employer"]

    @property
    def certain(self) -> bool:
        """The same person, not a namesake: nobody may waive that."""
        return self.basis == "person"


def between(judge: Judge, work: Work, *, policy: Policy, organs: Organs) -> list[Tie]:
    """The ties that the edition's policy blocks, the strongest first, one of each relation."""
    if policy == "none":
        return []
    ties = []
    if any(author.person_id == judge.person_id for author in work.authors):
        ties.append(Tie("author", "person"))
    elif any(author.name == judge.name for author in work.authors):
        ties.append(Tie("author", "name"))
    if policy == "own_newsroom":
        own = {organs.today(organ) for organ in judge.organs}
        if any(organs.meant(*publisher) in own for publisher in work.publishers):
            ties.append(Tie("newsroom", "publisher"))
        elif any(organs.meant(author.employer, author.employer_typed) in own for author in work.authors):
            ties.append(Tie("newsroom", "employer"))
    return ties
