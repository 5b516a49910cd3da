"""The set-up of an edition as a file that another house reads: written here, read here, so that both agree.

What is read becomes a `Source` of rows that belong to no session, from which pieces are taken as from an earlier
edition. Reading trusts nobody; every fault is told with the place it stands at.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, inspect
from sqlalchemy.sql.elements import NamedColumn

from award.db import Base
from award.documents.paper import FORM_CODES
from award.editions.clauses import BY_CODE as MATTERS
from award.editions.copying import Source
from award.editions.issuing import KINDS as PAPERS
from award.editions.lengths import LENGTHS
from award.editions.limits import CATEGORY_LIMITS
from award.editions.media import MEDIA, needable
from award.editions.models import (
    PRIZE_KINDS,
    Category,
    Clause,
    Criterion,
    Edition,
    FileSlot,
    Genre,
    NationalEdition,
    Panel,
    PanelScope,
    PaperBody,
    PaperKind,
    PrizeLevel,
    Round,
    Topic,
)
from award.editions.outlets import OutletKind, as_rows, choices_of, first_rows
from award.foreign import Row, Unreadable
from uploads.kinds import BY_CODE as FILES

FORM = "giai-lan/1"
MOST_BYTES = 300 * 1024
"""What a page can carry along in a field, as it is sent between choosing a file and choosing its pieces."""
MOST_ROWS = 200
_BOUNDS: Mapping[type[Base], Mapping[str, tuple[int, int]]] = {
    Edition: {"year": (1990, 2199), "grace_seconds": (0, 3600), "files_follow_minutes": (0, 20_160)},
    FileSlot: {"at_least": (0, 50), "at_most": (1, 50), "max_bytes": (1, 20_000 * 10**6)},
    Round: {"scale_max": (1, 1000), "steps_per_point": (1, 20), "shortlist_size": (1, 100_000)},
    Criterion: {"weight": (1, 100)},
    Panel: {"shortlist_size": (1, 10_000)},
    PrizeLevel: {"quota": (1, 1000), "money": (0, 10**12)},
    NationalEdition: {"quota": (1, 10_000)},
}
"""What the forms of the set-up let a number be: a file says nothing that could not be typed."""
_STEPS = frozenset({1, 2, 4, 5, 10, 20})
_MOST_COUNTED, _MOST_LENGTH = 100_000, 1_000_000
_OWN = frozenset({"id", "public_id", "created_at", "edition_id", "category_id", "round_id", "version", "ordinal"})
_WITHOUT: Mapping[type[Base], frozenset[str]] = {
    Edition: frozenset({"award_id", "slug", "state", "last_dossier_number", "clock_at", "trial_of_id", "outlet_kinds"}),
    Round: frozenset({"state", "opened_at", "frozen_at", "closed_at", "counted_rules"}),
    PrizeLevel: frozenset({"rank"}),
    PaperKind: frozenset({"body_id", "number", "day"}),
    Topic: frozenset({"parent_id"}),
}
_OBJECTS = frozenset({"value", "limits", "lengths", "groups"})
"""Columns that hold objects; the other structured ones hold lists of words."""


class Faults(Exception):
    """Places that are not understood, in the order of the file."""

    def __init__(self, where: list[str]) -> None:
        super().__init__(", ".join(where))
        self.where = where


def written(source: Source) -> bytes:
    """The set-up without its people: the same for the same edition, and readable."""
    edition = source.edition
    ids = {body.id: n for n, body in enumerate(source.bodies)}
    codes = {category.id: category.code for category in edition.categories}
    genres = {genre.id: genre.name for category in edition.categories for genre in category.genres}

    def panels(of: Round) -> list[dict[str, Any]]:
        return [
            _said(panel)
            | {
                "scopes": [
                    {"category": codes[s.category_id], "genre": genres.get(s.genre_id or 0)} for s in panel.scopes
                ]
            }
            for panel in edition.panels
            if panel.round_id == of.id
        ]

    told = {
        "form": FORM,
        "edition": _said(edition) | {"ordinal": edition.ordinal},
        "clauses": [_said(clause) for clause in sorted(edition.clauses, key=lambda each: each.code)],
        "outlet_kinds": edition.outlet_kinds,
        "categories": [
            _said(each) | {"genres": [g.name for g in each.genres], "slots": [_said(slot) for slot in each.slots]}
            for each in edition.categories
        ],
        "topics": _below(source, None),
        "rounds": [
            _said(each) | {"criteria": [_said(criterion) for criterion in each.criteria], "panels": panels(each)}
            for each in edition.rounds
        ],
        "prizes": [_said(level) for level in edition.prize_levels],
        "bodies": [_said(body) for body in source.bodies],
        "papers": [_said(kind) | {"body": ids.get(kind.body_id or 0)} for kind in source.kinds],
        "national": _said(source.national) if source.national else None,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _below(source: Source, parent: int | None) -> list[dict[str, Any]]:
    found = [topic for topic in source.topics if topic.parent_id == parent]
    return [_said(topic) | {"below": _below(source, topic.id)} for topic in found]


def _columns(model: type[Base]) -> Iterator[tuple[str, NamedColumn[Any]]]:
    for attribute in inspect(model).column_attrs:
        if attribute.key not in _OWN | _WITHOUT.get(model, frozenset()):
            yield attribute.key, attribute.columns[0]


def _said(row: Base) -> dict[str, Any]:
    values = {name: getattr(row, name) for name, _column in _columns(type(row))}
    return {n: value.isoformat() if isinstance(value, date | datetime) else value for n, value in values.items()}


def read(content: bytes) -> Source:
    """What the file says. Raises Faults with every place that is not understood."""
    try:
        whole = json.loads(content.decode()) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict) or whole.get("form") != FORM:
        raise Faults(["form"])
    reader = _Reader()
    found = reader.whole(Row(whole, ""))
    if reader.faults:
        raise Faults(list(dict.fromkeys(reader.faults)))
    return found


class _Reader:
    """Reads on after a fault, so that all of them are told at once."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._numbers = iter(range(1, 10**6))

    def whole(self, row: Row) -> Source:
        edition = self.one(row, "edition", self._edition) or Edition()
        edition.clauses = self.each(row, "clauses", self._clause)
        edition.outlet_kinds = first_rows() if row.value("outlet_kinds") is None else self._outlet_kinds(row)
        edition.categories = self.each(row, "categories", lambda each: self._category(each, edition.outlet_kinds))
        self._once(row, "clauses", [clause.code for clause in edition.clauses])
        self._once(row, "categories", [category.code for category in edition.categories])
        edition.prize_levels = self.each(row, "prizes", lambda each: self._prize(each, edition.categories))
        self._once(row, "prizes", [level.code for level in edition.prize_levels])
        for place, level in enumerate(edition.prize_levels, start=1):
            level.rank = place
        edition.rounds = self.each(row, "rounds", lambda each: self._round(each, edition))
        bodies = self.each(row, "bodies", self._body)
        kinds = self.each(row, "papers", lambda each: self._paper(each, bodies))
        self._once(row, "papers", [kind.kind for kind in kinds])
        national = self.one(row, "national", self._national) if row.value("national") is not None else None
        return Source(edition, self._topics(row), bodies, kinds, national, people=0)

    # How rows are read

    def one(self, row: Row, name: str, read: Callable[[Row], Any]) -> Any:
        try:
            return read(row.below(name))
        except Unreadable as fault:
            self.faults.append(fault.where)
            return None

    def each(self, row: Row, name: str, read: Callable[[Row], Any]) -> list[Any]:
        """The rows under the name, in their order; those that are not understood are left out and told."""
        try:
            found = row.rows(name, MOST_ROWS, lambda below: below)
        except Unreadable as fault:
            self.faults.append(fault.where)
            return []
        made = []
        for ordinal, below in enumerate(found, start=1):
            thing = read(below)
            if hasattr(type(thing), "ordinal"):
                thing.ordinal = ordinal
            made.append(thing)
        return made

    def like(self, row: Row, model: type[Any], **said: Any) -> Any:
        """A row of the model with what was told of each column."""
        return model(**{name: self._value(row, name, column, model) for name, column in _columns(model)}, **said)

    def _value(self, row: Row, name: str, column: NamedColumn[Any], model: type[Any]) -> Any:
        if getattr(column, "nullable", False) and row.value(name) is None:
            return None
        try:
            if type(column.type) is BigInteger:
                return _whole(row, name, *_BOUNDS[model][name])
            return _READ[type(column.type)](row, name) if type(column.type) in _READ else _structured(row, name, column)
        except Unreadable as fault:
            self.faults.append(fault.where)
            return None

    def holds(self, row: Row, name: str, true: object) -> None:
        if not true:
            self.faults.append(row.at(name))

    def _once(self, row: Row, name: str, codes: list[str]) -> None:
        """Each code is there and stands once; the second of two is told."""
        for n, code in enumerate(codes):
            self.holds(row, f"{name}[{n}]", code and code not in codes[:n])

    # The rows

    def _edition(self, row: Row) -> Edition:
        number = row.number("ordinal", 1, 999)
        self.holds(row, "name", row.line("name"))
        return self.like(row, Edition, ordinal=number)  # type: ignore[no-any-return]

    def _outlet_kinds(self, row: Row) -> list[dict[str, Any]]:
        """The kinds of press organ; a file written before editions had their own says nothing of them."""

        def kind(below: Row) -> OutletKind | None:
            try:
                code, name = below.line("code", needed=True), below.line("name", needed=True)
                return OutletKind(code, name, below.flag("licensed"))
            except Unreadable as fault:
                self.faults.append(fault.where)
                return None

        kinds = [found for found in self.each(row, "outlet_kinds", kind) if found is not None]
        self._once(row, "outlet_kinds", [found.code for found in kinds])
        return as_rows(kinds)

    def _clause(self, row: Row) -> Clause:
        clause: Clause = self.like(row, Clause)
        matter = MATTERS.get(clause.code)
        self.holds(row, "code", matter)
        if matter is None:
            return clause
        if clause.unregulated:
            self.holds(row, "unregulated", matter.may_be_unregulated)
        elif clause.value is not None:
            self.holds(row, "value", not matter.faults(clause.value))
        return clause

    def _category(self, row: Row, kinds: list[dict[str, Any]]) -> Category:
        category: Category = self.like(row, Category, id=next(self._numbers))
        self.holds(row, "name", category.name)
        known = category.medium in MEDIA
        self.holds(row, "medium", known)
        if known:
            self.holds(
                row, "needed", set(category.needed or ()) <= {code for code, _label in needable(category.medium)}
            )
        self.holds(row, "outlets", set(category.outlets or ()) <= {code for code, _name in choices_of(kinds)})
        self.holds(row, "limits", _counted(category.limits, [code for code, _label in CATEGORY_LIMITS], _MOST_COUNTED))
        try:
            names = row.words("genres", MOST_ROWS)
        except Unreadable as fault:
            self.faults.append(fault.where)
            names = []
        category.genres = [Genre(id=next(self._numbers), ordinal=n, name=name) for n, name in enumerate(names, 1)]
        category.slots = self.each(row, "slots", self._slot)
        return category

    def _slot(self, row: Row) -> FileSlot:
        slot: FileSlot = self.like(row, FileSlot)
        self.holds(row, "kinds", slot.kinds and set(slot.kinds) <= set(FILES))
        self.holds(row, "at_most", (slot.at_least or 0) <= (slot.at_most or 0))
        self.holds(row, "lengths", _counted(slot.lengths, [code for code, _label in LENGTHS], _MOST_LENGTH))
        return slot

    def _prize(self, row: Row, categories: Collection[Category]) -> PrizeLevel:
        level: PrizeLevel = self.like(row.with_default("categories", []), PrizeLevel)
        self.holds(row, "name", level.name)
        self.holds(row, "kind", level.kind in PRIZE_KINDS)
        self.holds(row, "categories", set(level.categories or ()) <= {each.code for each in categories})
        return level

    def _round(self, row: Row, edition: Edition) -> Round:
        made: Round = self.like(row, Round, id=next(self._numbers), state="prepare")
        self.holds(row, "name", made.name)
        self.holds(row, "steps_per_point", made.steps_per_point in _STEPS)
        self.holds(row, "calibration", made.calibration in {"", "free", "first"})
        made.criteria = self.each(row, "criteria", lambda each: self.like(each, Criterion))
        weights = [criterion.weight or 0 for criterion in made.criteria]
        self.holds(row, "criteria", not weights or sum(weights) == 100)
        for panel in self.each(row, "panels", lambda each: self._panel(each, edition.categories)):
            edition.panels.append(panel)
            panel.round_id, panel.ordinal = made.id, len(edition.panels)
        return made

    def _panel(self, row: Row, categories: Collection[Category]) -> Panel:
        panel: Panel = self.like(row, Panel, id=next(self._numbers))
        self.holds(row, "name", panel.name)

        def scope(below: Row) -> PanelScope:
            code, name = below.value("category"), below.value("genre")
            category = next((each for each in categories if each.code == code), None)
            self.holds(below, "category", category)
            genre = next((each for each in category.genres if each.name == name), None) if category and name else None
            self.holds(below, "genre", genre or name is None or category is None)
            return PanelScope(category_id=category.id if category else 0, genre_id=genre.id if genre else None)

        panel.scopes = self.each(row, "scopes", scope)
        return panel

    def _topics(self, row: Row) -> list[Topic]:
        """Each before those that hang below it."""
        made: list[Topic] = []

        def topic(below: Row, parent: int | None = None, depth: int = 1) -> Topic:
            one: Topic = self.like(below, Topic, id=next(self._numbers), parent_id=parent)
            one.ordinal = len(made) + 1
            self.holds(below, "name", one.name)
            made.append(one)
            if depth > _DEEPEST:
                self.holds(below, "below", not below.value("below"))
            else:
                self.each(below, "below", lambda each: topic(each, one.id, depth + 1))
            return one

        self.each(row, "topics", topic)
        for n, each in enumerate(made, start=1):
            each.ordinal = n
        return made

    def _body(self, row: Row) -> PaperBody:
        body: PaperBody = self.like(row, PaperBody, id=next(self._numbers))
        self.holds(row, "form", body.form in FORM_CODES)
        return body

    def _paper(self, row: Row, bodies: list[PaperBody]) -> PaperKind:
        kind: PaperKind = self.like(row, PaperKind, number="", day=None)
        self.holds(row, "kind", kind.kind in PAPERS)
        try:
            place = row.number("body", 0, max(len(bodies) - 1, 0)) if bodies else None
            kind.body_id = bodies[place].id if place is not None else None
        except Unreadable as fault:
            self.faults.append(fault.where)
        return kind

    def _national(self, row: Row) -> NationalEdition:
        made: NationalEdition = self.like(row, NationalEdition)
        self.holds(row, "name", made.name)
        self.holds(row, "groups", all(isinstance(each, str) for each in (made.groups or {}).values()))
        return made


_DEEPEST = 6
_UNTOLD = re.compile(r"\\u0000|[\ud800-\udfff]")
"""What no table takes, as it is written within an object."""


def _whole(row: Row, name: str, least: int, most: int) -> int:
    found = row.number(name, least, most)
    if found is None:
        raise Unreadable(row.at(name))
    return found


_READ: Mapping[type[Any], Callable[[Row, str], Any]] = {
    Boolean: Row.flag,
    Date: Row.day,
    DateTime: Row.moment,
}


def _structured(row: Row, name: str, column: NamedColumn[Any]) -> Any:
    """A list of words, an object as it stands, or a text."""
    if not isinstance(column.type, JSON):
        return row.text(name)
    if name not in _OBJECTS:
        return row.words(name, MOST_ROWS)
    value = row.value(name)
    written = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else ""
    if not written or len(written) > 20_000 or _UNTOLD.search(written):
        raise Unreadable(row.at(name))
    return value


def _counted(numbers: object, known: Collection[str], most: int) -> bool:
    """Whether each number is of something known, and one that counts."""
    return isinstance(numbers, dict) and all(
        code in known and type(number) is int and 0 < number <= most for code, number in numbers.items()
    )
