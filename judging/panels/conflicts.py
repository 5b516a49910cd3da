"""Which judge has to do with which work, computed from what is on record, and what the rules say follows. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Effect = Literal["block", "waivable", "disclose"]
"""The judge does not read the work; does not unless that is allowed in writing; says so and judges all the same."""
Relation = Literal["author", "newsroom", "successor", "same_parent", "coauthor"]
"""What can be computed; judges tell the others."""
ACQUAINTED = "acquainted"

_UNSAID: Mapping[str, Effect] = {
    "author": "block",
    "editor": "block",
    "commissioner": "block",
    "subject": "block",
    "relative": "block",
    "other": "block",
    ACQUAINTED: "disclose",
}
"""What follows from a relation that the rules do not settle. One that stands nowhere is not asked for."""
_GRAVEST: Sequence[Effect] = ("block", "waivable", "disclose")


@dataclass(frozen=True)
class Policy:
    """What an edition says of ties: whose own works it minds, and what each kind of relation leads to."""

    own: Literal["none", "own_work", "own_newsroom"] = "none"
    said: Mapping[str, Effect] = field(default_factory=dict)

    def effect(self, relation: str) -> Effect | None:
        """What follows from the relation; None where the edition does not ask for it."""
        if relation in self.said:
            return self.said[relation]
        if relation == "successor":
            return self.effect("newsroom")
        if relation == "newsroom":
            return "block" if self.own == "own_newsroom" else None
        return _UNSAID.get(relation)

    def computed(self, relation: Relation) -> Effect | None:
        """The same of what is computed: own works keep their author away only where a rule says so."""
        return None if relation == "author" and self.own == "none" else self.effect(relation)

    def leading_to(self, *effects: Effect) -> frozenset[str]:
        """The relations from which one of these follows."""
        known = {*_UNSAID, *self.said, "newsroom", "successor"}
        return frozenset(each for each in known if self.effect(each) in effects)

    @property
    def parts_successors(self) -> bool:
        """Organs that became one are told from the very organ."""
        return self.effect("successor") != self.effect("newsroom")

    @property
    def computes(self) -> bool:
        """Anything is computed at all."""
        return any(self.computed(each) for each in get_args(Relation))

    def may_waive(self, relation: str, *, told: Collection[str], in_person: bool) -> bool:
        """Whether a paper can let the judge read the work all the same.

        Never the own work. Anything else only where the rules say so of it, whether the judge told it, two persons
        found it (`told`) or it was computed; but a namesake always.
        """
        if in_person or any(self.said.get(each) != "waivable" for each in told):
            return False
        return relation == "author" or self.effect(relation) == "waivable"


@dataclass(frozen=True)
class Organs:
    """Press organs as known today: a merged one is what it became, a typed name is the organ that bore it."""

    successors: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    """Folded name, past ones too → organ."""
    parents: Mapping[int, int] = field(default_factory=dict)
    """Organ → the body it stands under."""

    def today(self, organ: int) -> int:
        """The organ at the end of the chain of successors; a circle ends where it was entered."""
        seen = {organ}
        while (after := self.successors.get(organ)) is not None and after not in seen:
            seen.add(after)
            organ = after
        return organ

    def line(self, organ: int) -> frozenset[int]:
        """The organ as it is today, and every body above it, each as it is today."""
        at: int | None = self.today(organ)
        found: set[int] = set()
        while at is not None and at not in found:
            found.add(at)
            above = self.parents.get(at)
            at = None if above is None else self.today(above)
        return frozenset(found)

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
    """Where the judge works, or worked in the last two years or in the time of the edition's works."""
    wrote_with: frozenset[int] = frozenset()
    """People who are authors of another work of the edition together with the judge."""


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


_OrganRelation = Literal["newsroom", "successor", "same_parent"]
_BASES: Sequence[Literal["publisher", "employer"]] = ("publisher", "employer")


@dataclass(frozen=True)
class Tie:
    """How the judge has to do with the work, and what it was seen by."""

    relation: Relation
    basis: Literal["person", "name", "publisher", "employer"]

    @property
    def certain(self) -> bool:
        """The author in person, not a namesake: nobody may waive that."""
        return self.relation == "author" and self.basis == "person"


def own_since(window_from: date | None, today: date) -> date:
    """From this day on an organ is the judge's own: two years ago, or when the time of the works began if that is
    earlier. What was noted when works were dealt stays, however long the judging takes."""
    two_years_ago = today.replace(year=today.year - 2, day=min(today.day, 28) if today.month == 2 else today.day)
    return min(window_from or two_years_ago, two_years_ago)


def between(judge: Judge, work: Work, *, policy: Policy, organs: Organs) -> list[Tie]:
    """The ties from which something follows under the edition's policy, one of each relation.

    What keeps the judge from the work stands before what a paper may allow, and that before what is only told.
    """
    found = [*_of_person(judge, work), *_of_organs(judge, work, organs, parted=policy.parts_successors)]
    said = [(effect, tie) for tie in found if (effect := policy.computed(tie.relation))]
    return [tie for _effect, tie in sorted(said, key=lambda each: _GRAVEST.index(each[0]))]


def _of_person(judge: Judge, work: Work) -> list[Tie]:
    if any(author.person_id == judge.person_id for author in work.authors):
        return [Tie("author", "person")]
    ties: list[Tie] = []
    if any(author.name == judge.name for author in work.authors):
        ties.append(Tie("author", "name"))
    if any(author.person_id in judge.wrote_with for author in work.authors):
        ties.append(Tie("coauthor", "person"))
    return ties


def _of_organs(judge: Judge, work: Work, organs: Organs, *, parted: bool) -> list[Tie]:
    """The publisher before an author's employer. Where the two are parted, the very organ and others it became one
    with are told apart, and a work may have to do with both. Organs of one line, one under the other or both under a
    third, are always told apart from it."""
    places: dict[str, Sequence[tuple[int | None, str]]] = {
        "publisher": work.publishers,
        "employer": [(each.employer, each.employer_typed) for each in work.authors],
    }
    named = Organs(names=organs.names)
    own = {organ: organs.today(organ) for organ in judge.organs}

    lines = {after: organs.line(after) for after in own.values()}

    def meets(relation: _OrganRelation, place: tuple[int | None, str]) -> bool:
        organ = named.meant(*place)
        if organ is None:
            return False
        if relation == "newsroom" and parted:
            return organ in own
        became = organs.today(organ)
        if relation == "same_parent":
            above = organs.line(became)
            return any(after != became and not above.isdisjoint(line) for after, line in lines.items())
        return any(after == became for each, after in own.items() if not parted or each != organ)

    ties: list[Tie] = []
    relations: Sequence[_OrganRelation] = ("newsroom", "successor", "same_parent")
    for relation in relations if parted else ("newsroom", "same_parent"):
        basis = next((basis for basis in _BASES if any(meets(relation, place) for place in places[basis])), None)
        if basis is not None:
            ties.append(Tie(relation, basis))
    return ties
