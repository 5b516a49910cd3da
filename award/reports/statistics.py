"""The figures of an edition, as counted rows become lines that add up. Pure: rows in, figures out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from award.editions.prizes import FOR_WORKS

WEEKLY_FROM = 32
"""A season of so many days is shown by weeks."""


@dataclass(frozen=True)
class Counted:
    """One group of works as the database counted it. `key` is None in the group of those that have no value."""

    key: object
    received: int
    eligible: int
    flagged: int = 0
    """Of those found not eligible, how many the automatic check had warned of."""
    authors: int = 0
    eligible_authors: int = 0


@dataclass(frozen=True)
class PrizeCount:
    """So many prizes of a level; for bodies and persons, who have neither category nor organ, it is both None."""

    level_id: int
    category_id: int | None
    organ: str | None
    given: int
    topic_id: int | None = None
    again: int = 0
    """Of these, how many went to a work that has another prize, under which it is counted."""

    @property
    def works(self) -> int:
        return self.given - self.again


@dataclass(frozen=True)
class CategoryRow:
    id: int
    name: str
    medium: str


@dataclass(frozen=True)
class TopicRow:
    id: int
    parent_id: int | None
    name: str
    focal: bool


@dataclass(frozen=True)
class LevelRow:
    id: int
    code: str
    name: str
    quota: int
    kind: str = "main"


@dataclass(frozen=True)
class Frame:
    """What the edition says there is to count by, in its own order; `matters` maps a clause to what it regulates."""

    categories: tuple[CategoryRow, ...]
    topics: tuple[TopicRow, ...]
    levels: tuple[LevelRow, ...]
    matters: Mapping[str, str] = field(default_factory=dict)

    @property
    def levels_of_works(self) -> tuple[LevelRow, ...]:
        return tuple(level for level in self.levels if level.kind in FOR_WORKS)


@dataclass(frozen=True)
class Counts:
    """Everything counted of an edition, by what it was counted by."""

    total: Counted
    standings: Sequence[Counted] = ()
    categories: Sequence[Counted] = ()
    organs: Sequence[Counted] = ()
    topics: Sequence[Counted] = ()
    days: Sequence[Counted] = ()
    clauses: Sequence[Counted] = ()
    prizes: Sequence[PrizeCount] = ()


@dataclass(frozen=True)
class Line:
    """A line of a table: its name and how many works."""

    name: str
    received: int
    eligible: int
    prizes: int = 0
    code: str = ""
    """What programs know the line by: print, online …"""
    depth: int = 0
    focal: bool = False

    @property
    def not_eligible(self) -> int:
        return self.received - self.eligible


@dataclass(frozen=True)
class ClauseLine:
    """So many works are not eligible under this clause, which regulates `matter`. The check had warned of `flagged`."""

    clause: str
    matter: str
    works: int
    flagged: int


@dataclass(frozen=True)
class LevelLine:
    """A level with its quota and its prizes, in all and by category in the edition's order."""

    code: str
    name: str
    quota: int
    given: int
    by_category: tuple[int, ...]


@dataclass(frozen=True)
class OrganLine:
    """A press organ with its prizes, in all and by level of works in the edition's order."""

    name: str
    given: int
    by_level: tuple[int, ...]


@dataclass(frozen=True)
class Span:
    """A day or a week, how many works came in it and how many had come by its end."""

    first: date
    last: date
    works: int
    so_far: int


@dataclass(frozen=True)
class Statistics:
    """The figures of an edition. `received` is the sum of the four that follow it."""

    received: int
    eligible: int
    ineligible: int
    undecided: int
    withdrawn: int
    authors: int
    eligible_authors: int
    categories: tuple[Line, ...]
    organs: tuple[Line, ...]
    topics: tuple[Line, ...]
    without_topic: int
    clauses: tuple[ClauseLine, ...]
    spans: tuple[Span, ...]
    levels: tuple[LevelLine, ...]
    prized_organs: tuple[OrganLine, ...]
    """Those that have a prize, most first."""
    prizes: int
    """Works that have one; a work with two is one."""

    @property
    def weekly(self) -> bool:
        return any(span.first != span.last for span in self.spans)

    @property
    def silent(self) -> tuple[Line, ...]:
        """Contents of the plan that nobody wrote about."""
        return tuple(topic for topic in self.topics if not topic.received)


def statistics(frame: Frame, counts: Counts) -> Statistics:
    """The lines of every table, those the edition names without any work too."""
    standing = {str(each.key): each.received for each in counts.standings}
    given = Counter[object]()
    of_works = [prize for prize in counts.prizes if prize.category_id is not None]
    for prize in of_works:
        given[prize.category_id] += prize.works
        given[prize.organ] += prize.works
    of_topics = Counter[object]()
    for prize in of_works:
        of_topics[prize.topic_id] += prize.works
    return Statistics(
        received=counts.total.received,
        eligible=standing.get("eligible", 0),
        ineligible=standing.get("ineligible", 0),
        undecided=standing.get("pending", 0) + standing.get("correction", 0),
        withdrawn=standing.get("withdrawn", 0),
        authors=counts.total.authors,
        eligible_authors=counts.total.eligible_authors,
        categories=_categories(frame, counts, given),
        organs=_organs(counts.organs, given),
        topics=_topics(frame.topics, counts.topics, of_topics),
        without_topic=sum(each.received for each in counts.topics if each.key is None),
        clauses=_clauses(frame, counts.clauses),
        spans=_spans(counts.days),
        levels=_levels(frame, counts.prizes),
        prized_organs=_prized_organs(frame, of_works),
        prizes=sum(prize.works for prize in of_works),
    )


def _categories(frame: Frame, counts: Counts, given: Mapping[object, int]) -> tuple[Line, ...]:
    found = {each.key: each for each in counts.categories}
    lines = []
    for category in frame.categories:
        counted = found.get(category.id, Counted(category.id, 0, 0))
        prizes = given.get(category.id, 0)
        lines.append(Line(category.name, counted.received, counted.eligible, prizes, code=category.medium))
    return tuple(lines)


def _organs(organs: Iterable[Counted], given: Mapping[object, int]) -> tuple[Line, ...]:
    """The organs with most works first."""
    lines = [Line(str(each.key or ""), each.received, each.eligible, given.get(each.key, 0)) for each in organs]
    return most_first(lines)


def most_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those with most works first."""
    return tuple(sorted(lines, key=lambda line: (-line.received, -line.eligible, line.name)))


def _topics(tree: Sequence[TopicRow], counted: Iterable[Counted], given: Mapping[object, int]) -> tuple[Line, ...]:
    """The contents of the plan in the order of the tree; each with the works and prizes of those below it."""
    own = {each.key: each for each in counted}
    below: dict[int | None, list[TopicRow]] = {}
    for topic in tree:
        below.setdefault(topic.parent_id, []).append(topic)

    def lines(topic: TopicRow, depth: int) -> list[Line]:
        inner = [lines(child, depth + 1) for child in below.get(topic.id, ())]
        mine = own.get(topic.id, Counted(topic.id, 0, 0))
        received = mine.received + sum(branch[0].received for branch in inner)
        eligible = mine.eligible + sum(branch[0].eligible for branch in inner)
        prizes = given.get(topic.id, 0) + sum(branch[0].prizes for branch in inner)
        here = Line(topic.name, received, eligible, prizes, depth=depth, focal=topic.focal)
        return [here, *(line for branch in inner for line in branch)]

    return tuple(line for topic in below.get(None, ()) for line in lines(topic, 0))


def _clauses(frame: Frame, counted: Iterable[Counted]) -> tuple[ClauseLine, ...]:
    lines = [
        ClauseLine(str(each.key), frame.matters.get(str(each.key), ""), each.received, each.flagged)
        for each in counted
        if each.key
    ]
    return tuple(sorted(lines, key=lambda line: (-line.works, line.clause)))


def _levels(frame: Frame, prizes: Sequence[PrizeCount]) -> tuple[LevelLine, ...]:
    lines = []
    for level in frame.levels:
        ours = [prize for prize in prizes if prize.level_id == level.id]
        by_category = tuple(sum(p.given for p in ours if p.category_id == c.id) for c in frame.categories)
        lines.append(LevelLine(level.code, level.name, level.quota, sum(p.given for p in ours), by_category))
    return tuple(lines)


def _prized_organs(frame: Frame, of_works: Sequence[PrizeCount]) -> tuple[OrganLine, ...]:
    given = Counter[tuple[str, int]]()
    for prize in of_works:
        given[prize.organ or "", prize.level_id] += prize.given
    ladder = [level.id for level in frame.levels_of_works]
    told = [(name, tuple(given[name, level] for level in ladder)) for name in {name for name, _level in given}]
    lines = [OrganLine(name, sum(by_level), by_level) for name, by_level in told]
    return tuple(sorted(lines, key=lambda line: (-line.given, [-each for each in line.by_level], line.name)))


def _spans(days: Iterable[Counted]) -> tuple[Span, ...]:
    """Every day from the first work to the last, or every week from Monday to Sunday where they are many."""
    came = {each.key: each.received for each in days if isinstance(each.key, date)}
    if not came:
        return ()
    first, last = min(came), max(came)
    length = 1
    if (last - first).days >= WEEKLY_FROM:
        first, length = first - timedelta(days=first.weekday()), 7
    spans: list[Span] = []
    so_far = 0
    while first <= last:
        inside = [first + timedelta(days=n) for n in range(length)]
        works = sum(came.get(day, 0) for day in inside)
        so_far += works
        spans.append(Span(first, inside[-1], works, so_far))
        first += timedelta(days=length)
    return tuple(spans)
