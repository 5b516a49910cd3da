"""The record of prizes: lists of winners are taken in and back as a whole; editions held here hand theirs down."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from award.clock import now
from award.db import session
from award.documents import listings
from award.documents.listings import Told
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.history import naming, permissions, queries
from award.history.cells import Organ
from award.history.checking import Checked, Work, check
from award.history.citing import Author, Title
from award.history.columns import FIELDS
from award.history.models import HistoryImport, PastAuthor, PastWork
from award.log.operations import record
from award.text import one_line
from award.text import words as words_of
from award.verdicts import Refused, Verdict, require

_LOCK_SPACE = 0x706173  # advisory lock: lists of one award are taken in one at a time


@dataclass(frozen=True)
class Given:
    """A prize as the published results tell it. `entry_key` is the public id of its entry."""

    entry_key: str
    level: str
    level_rank: int
    title: str
    authors: tuple[Author, ...]
    newsroom: str
    category: str
    published_on: date | None
    link: str


def read_in(*, by: Capacity, edition: Edition, content: bytes, file_name: str) -> HistoryImport:
    """The list stands as a draft, for its reader to look through; nothing of it is recorded yet.

    An earlier draft of the same person is gone. Raises Refused when the file is no list.
    """
    require(permissions.can_bring_in(by, edition))
    assert by.person_id is not None
    listing = listings.read_list(content, FIELDS)
    for left in queries.old_drafts(edition.award_id, by.person_id, now()):
        session.delete(left)
    draft = HistoryImport(
        award_id=edition.award_id,
        file_name=one_line(file_name)[:200],
        file_sha256=hashlib.sha256(content).hexdigest(),
        draft={"rows": [row.as_json() for row in listing.rows], "unused": list(listing.unused)},
        read_by_id=by.person_id,
    )
    session.add(draft)
    session.flush()
    _log("history.read", by, edition, draft, rows=len(listing.rows))
    return draft


def checked(edition: Edition, draft: HistoryImport) -> list[Checked]:
    """Every row of a draft with what is said of it today."""
    rows = [Told.from_json(kept) for kept in (draft.draft or {}).get("rows", ())]
    return check(rows, queries.known(edition.award, rows))


def in_unicode(*, by: Capacity, edition: Edition, draft: HistoryImport) -> int:
    """Every cell of the draft that an old encoding wrote stands as it reads; how many they were."""
    require(permissions.can_bring_in(by, edition))
    _alone(edition, draft)
    if draft.state != "draft":
        raise Refused(Verdict("done", _("Danh sách này đã nạp hoặc đã gỡ.")))
    count = listings.old_cells(draft.draft or {})
    draft.draft = listings.in_unicode(draft.draft or {})
    session.flush()
    _log("history.read_in_unicode", by, edition, draft, cells=count)
    return count


def discard(*, by: Capacity, edition: Edition, draft: HistoryImport) -> None:
    """The draft is gone; nothing of it was ever recorded."""
    require(permissions.can_bring_in(by, edition))
    _alone(edition, draft)
    if draft.state != "draft":
        raise Refused(Verdict("done", _("Danh sách này đã nạp hoặc đã gỡ.")))
    _log("history.discarded", by, edition, draft)
    session.delete(draft)
    session.flush()


def take_in(*, by: Capacity, edition: Edition, draft: HistoryImport, public: bool) -> HistoryImport:
    """Every row that is not there yet is recorded, all in one; a single fault, found only now, refuses the whole."""
    _alone(edition, draft)
    rows = checked(edition, draft) if draft.state == "draft" else []
    new = [row for row in rows if row.state == "new"]
    bad = sum(row.state == "bad" for row in rows)
    require(permissions.can_take_in(by, edition, draft, bad, len(new)))
    for row in new:
        assert row.work is not None
        session.add(
            _recorded(edition.award_id, row.work, import_id=draft.id, source_row=row.told.number, public=public)
        )
    draft.state, draft.draft = "done", None
    draft.done_by_id, draft.done_at = by.person_id, now()
    draft.works, draft.known = len(new), len(rows) - len(new)
    session.flush()
    _log("history.taken_in", by, edition, draft, works=draft.works, known=draft.known, public=int(public))
    return draft


def take_back(*, by: Capacity, edition: Edition, done: HistoryImport, reason: str) -> None:
    """The works that the list brought are gone; who took it back and why stays.

    Raises Refused when something else in the house refers to one of them.
    """
    _alone(edition, done)
    require(permissions.can_take_back(by, edition, done))
    if not reason.strip():
        raise Refused(Verdict("reason", _("Đề nghị ghi lý do gỡ danh sách.")))
    try:
        with session.begin_nested():
            session.execute(delete(PastWork).where(PastWork.import_id == done.id))
    except IntegrityError:
        raise Refused(
            Verdict("referred", _("Có hồ sơ dự Giải đã kê khai giải thưởng thuộc danh sách này, nên không gỡ được."))
        ) from None
    done.state, done.taken_back_at = "taken_back", now()
    done.taken_back_by_id, done.taken_back_reason = by.person_id, reason.strip()
    session.flush()
    _log("history.taken_back", by, edition, done, detail={"reason": done.taken_back_reason}, works=done.works)


def show(*, by: Capacity, edition: Edition, done: HistoryImport, public: bool) -> None:
    """Everybody may read the works of the list on the award's pages; or nobody but its staff."""
    _alone(edition, done)
    require(permissions.can_take_back(by, edition, done))
    session.execute(update(PastWork).where(PastWork.import_id == done.id).values(public=public))
    _log("history.shown" if public else "history.hidden", by, edition, done, works=done.works)


def keep_published(*, edition: Edition, given: Sequence[Given]) -> None:
    """The record holds exactly these prizes of an edition held here; after a correction it is called again.

    A prize that a list told of already stays that list's. One that is no longer given goes; where an entry refers to
    it, it stays and is not public.
    """
    _lock(edition)
    award_id, levels = edition.award_id, queries.own_levels(edition.award_id)
    organs = queries.organs_called({words_of(each.newsroom) for each in given})
    standing = {(row.entry_key, row.level): row for row in queries.published_of(edition.id)}
    told = queries.told_by_lists(award_id)
    for each in given:
        work = _work(edition, each, levels, organs)
        row = standing.pop((each.entry_key, each.level), None)
        if row is None and work.identity not in told:
            row = PastWork(award_id=award_id, edition_id=edition.id, entry_key=each.entry_key, public=True)
            session.add(row)
        if row is not None:
            _write(row, work)
    session.flush()
    for row in standing.values():
        _let_go(row)
    record("history.published", actor_id=None, award_id=award_id, subject=edition, facts={"works": len(given)})


def _alone(edition: Edition, of: HistoryImport) -> None:
    """Nobody else takes in or takes back a list of the award until the unit of work ends; its state is read anew."""
    _lock(edition)
    found = select(HistoryImport.id).where(HistoryImport.id == of.id).with_for_update()
    if session.scalar(found) is None:
        raise Refused(Verdict("gone", _("Danh sách này không còn.")))
    session.refresh(of)


def _let_go(row: PastWork) -> None:
    try:
        with session.begin_nested():
            session.execute(delete(PastWork).where(PastWork.id == row.id))
    except IntegrityError:
        row.public = False
        session.flush()
    else:
        session.expunge(row)


def _lock(edition: Edition) -> None:
    """Nobody else writes in the record of the award until the unit of work ends."""
    session.execute(select(func.pg_advisory_xact_lock(_LOCK_SPACE, edition.award_id % 2**31)))


def _recorded(award_id: int, work: Work, **source: object) -> PastWork:
    made = PastWork(award_id=award_id, **source)
    _write(made, work)
    return made


def _write(row: PastWork, work: Work) -> None:
    """The row says what is known of the work, its authors included."""
    row.identity = work.identity
    row.award_name, row.ordinal, row.year = work.award_name, work.ordinal, work.year
    row.level, row.level_rank = work.level.words, work.level.rank
    row.unit, row.title = work.title.unit, work.title.title
    row.newsroom_words, row.newsroom_id, row.category = work.newsroom, work.newsroom_id, work.category
    row.published_on, row.link = work.published_on, work.link
    row.authors_words = ", ".join(str(author) for author in work.authors)
    row.authors = [
        PastAuthor(ordinal=number, name=name, pen=pen)
        for number, author in enumerate(work.authors, start=1)
        for name, pen in ((author.name, False), *((pen_name, True) for pen_name in author.pen_names))
    ]


def _work(edition: Edition, given: Given, levels: Mapping[str, int], organs: Mapping[str, Sequence[Organ]]) -> Work:
    level = naming.level(given.level, levels)
    organ = organs.get(words_of(given.newsroom))
    return Work(
        award_name=edition.award.name,
        ordinal=edition.ordinal_words,
        year=edition.year,
        level=level or naming.Level(given.level, naming.own_level(given.level), given.level_rank),
        title=Title("", given.title),
        authors=given.authors,
        newsroom=given.newsroom,
        category=given.category,
        published_on=given.published_on,
        link=given.link,
        newsroom_id=organ[0].id if organ else None,
    )


def _log(
    kind: str, by: Capacity, edition: Edition, of: HistoryImport, detail: dict[str, str] | None = None, **facts: int
) -> None:
    told: dict[str, int | str | None] = {"file": of.file_sha256, **facts}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=of, facts=told, detail=dict(detail or {}))
