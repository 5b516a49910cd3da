"""A trial is gone: every row that hangs on it in any room, and every object of the store that those rows name.

Rooms above hang their rows on editions, people and files by foreign keys: the keys say what is to go, whichever rooms
there are. Only the numbered facts of the log stay, as of everything that ever happened; what they told in words goes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Column, ColumnElement, Table, and_, delete, or_, select, tuple_

from award import jobs
from award.db import Base, session
from uploads.protocol import IN_ONE

Row = tuple[int, ...]
Doomed = dict[Table, set[Row]]

_KEPT = frozenset({"event"})


def wipe(*, award_id: int, edition_id: int, people: Collection[int]) -> int:
    """Nothing hangs on the edition, its award and these people any more; how many rows that were.

    Bytes go once this commits. Raises AssertionError when another edition would go with it.
    """
    tables = Base.metadata.tables
    doomed: Doomed = {
        tables["award"]: {(award_id,)},
        tables["edition"]: {(edition_id,)},
        tables["person"]: {(person,) for person in people},
    }
    _spread(doomed)
    while files := _files_of(doomed):
        doomed.setdefault(tables["file"], set()).update(files)
        _spread(doomed)
    assert doomed[tables["edition"]] == {(edition_id,)}, "only the trial goes"
    assert doomed[tables["award"]] == {(award_id,)}, "only the trial's award goes"
    assert doomed[tables["person"]] == {(person,) for person in people}, "only invented people go"
    keys, unfinished = _kept_in_store(doomed)
    _forget_words(doomed, award_id)
    for table in reversed(Base.metadata.sorted_tables):
        for some in _pieces(doomed.get(table, ())):
            session.execute(delete(table).where(_is_one_of(table, some)))
    session.expire_all()
    if keys:
        jobs.defer("files.erase", keys=keys, unfinished=[])
    for key, upload in unfinished:
        jobs.defer("files.erase", keys=[key], unfinished=[key, upload])
    return sum(len(rows) for rows in doomed.values())


def _spread(doomed: Doomed) -> None:
    """Whatever names a row that goes, goes too."""
    waiting = [(table, set(rows)) for table, rows in doomed.items()]
    while waiting:
        parent, rows = waiting.pop()
        for table, column in _naming(parent):
            known = doomed.setdefault(table, set())
            found = {row for some in _pieces(rows) for row in _rows(table, column.in_([one[0] for one in some]))}
            if fresh := found - known:
                known |= fresh
                waiting.append((table, fresh))


def _naming(parent: Table) -> Iterator[tuple[Table, Column[int]]]:
    """Every column of any table that names rows of this one."""
    for table in Base.metadata.tables.values():
        if table.name in _KEPT:
            continue
        for key in table.foreign_keys:
            if key.column.table is parent:
                yield table, key.parent


def _rows(table: Table, condition: ColumnElement[bool]) -> set[Row]:
    """The primary keys of these rows; of a row known by a pair, both."""
    found = session.execute(select(*table.primary_key.columns).where(condition))
    return {tuple(row) for row in found}


def _files_of(doomed: Doomed) -> set[Row]:
    """Files that only rows which go have named: somebody real may have sent them into the trial."""
    file = Base.metadata.tables["file"]
    known = {row[0] for row in doomed.get(file, ())}
    named: set[int] = set()
    for table, column in _naming(file):
        for some in _pieces(doomed.get(table, ())):
            found = session.scalars(select(column).where(_is_one_of(table, some), column.is_not(None)))
            named |= set(found)
    named -= known
    for table, column in _naming(file):
        if not named:
            break
        gone = doomed.get(table, set())
        keys = table.primary_key.columns
        for row in session.execute(select(column, *keys).where(column.in_(named))):
            if tuple(row[1:]) not in gone and table.name not in {"rendition", "fingerprint", "resemblance"}:
                named.discard(row[0])
    return {(each,) for each in named}


def _kept_in_store(doomed: Doomed) -> tuple[list[str], list[tuple[str, str]]]:
    """The keys of the store in these rows: they begin with the name of a folder. And uploads that never ended."""
    keys: list[str] = []
    unfinished: list[tuple[str, str]] = []
    for table, rows in doomed.items():
        columns = [c for c in table.columns if c.name == "key" or c.name.endswith("_key")]
        upload = table.columns.get("upload_id")
        for some in _pieces(rows):
            for column in columns:
                found = session.scalars(select(column).where(_is_one_of(table, some), column.is_not(None)))
                keys += [key for key in found if isinstance(key, str) and "/" in key]
            if upload is not None and "key" in table.columns:
                begun = select(table.columns["key"], upload).where(_is_one_of(table, some), upload != IN_ONE)
                unfinished += [(row[0], row[1]) for row in session.execute(begun)]
    ended = {key for key, _upload in unfinished}
    return [key for key in keys if key not in ended], unfinished


def _forget_words(doomed: Mapping[Table, set[Row]], award_id: int) -> None:
    """What the log told in words about these rows is erased; the facts stand by their numbers."""
    event, detail = Base.metadata.tables["event"], Base.metadata.tables["event_detail"]
    about = [
        and_(event.c.subject_kind == table.name, event.c.subject_id.in_([row[0] for row in some]))
        for table, rows in doomed.items()
        for some in _pieces(rows)
        if rows
    ]
    concerned = select(event.c.id).where(or_(event.c.award_id == award_id, *about))
    session.execute(delete(detail).where(detail.c.event_id.in_(concerned)))


def _is_one_of(table: Table, rows: Collection[Row]) -> ColumnElement[bool]:
    keys = list(table.primary_key.columns)
    if len(keys) == 1:
        return keys[0].in_([row[0] for row in rows])
    return tuple_(*keys).in_(list(rows))


def _pieces(rows: Iterable[Row], size: int = 5000) -> Iterator[list[Row]]:
    listed = list(rows)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
