"""Deeds on the secretariat's own lists: read in as a draft, taken in as a whole, let go."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from award import dates
from award.clock import now
from award.db import session
from award.documents import listings
from award.documents.listings import Told, Unread
from award.editions import posting
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.posting import CHANNELS, Arrival
from award.entries.models import Entry
from award.intake import operations, pieces
from award.intake.columns import FIELDS
from award.intake.operations import Sent
from award.intake.permissions import can_bring_in, can_open, can_take_in
from award.log.operations import record
from award.newsrooms import brought, checking
from award.newsrooms.checking import Checked, EditionNames, Kind, WorkRead
from award.newsrooms.importing import enter
from award.newsrooms.models import EntryImport
from award.people.models import NewsroomName, Person
from award.text import folded, one_line, words
from award.verdicts import Refused, Verdict, require

_LOCK_SPACE = 0x696E6C  # advisory lock: lists of one secretariat are taken in one at a time
_WAYS = {words(str(name)): channel for channel, name in CHANNELS.items()} | {
    "buu dien": "post",
    "truc tiep": "hand",
    "email": "email",
    "o cung di dong": "disk",
}


def read_in(*, by: Capacity, edition: Edition, content: bytes, file_name: str) -> EntryImport:
    """The list stands as a draft, for its reader to look through; nothing of it is written down yet.

    An earlier draft of the same person is gone. Raises Refused when the file is no list.
    """
    require(can_bring_in(by, edition))
    assert by.person_id is not None
    listing = listings.read_list(content, FIELDS)
    for left in brought.old_drafts(edition.id, None, by.person_id):
        session.delete(left)
    draft = EntryImport(
        edition_id=edition.id,
        newsroom_id=None,
        read_by_id=by.person_id,
        file_name=one_line(file_name)[:200],
        file_sha256=hashlib.sha256(content).hexdigest(),
        draft={"rows": [row.as_json() for row in listing.rows], "unused": list(listing.unused)},
    )
    session.add(draft)
    session.flush()
    _log("parcels.read", by, edition, draft, rows=len(listing.rows))
    return draft


def known(edition: Edition) -> EditionNames:
    """What the cells of a list are read with, today: every organ by all its names, works that came on paper before."""
    every = brought.kinds(edition.id)
    names = select(NewsroomName.name, NewsroomName.newsroom_id).order_by(NewsroomName.valid_from)
    entered = select(Entry.category_id, Entry.title).where(
        Entry.edition_id == edition.id,
        Entry.came_at.is_not(None),
        Entry.revises_id.is_(None),
        Entry.state != "withdrawn",
    )
    return EditionNames(
        kinds={
            words(each.name): Kind(each.id, {words(genre.name): genre.id for genre in each.genres}) for each in every
        },
        topics={words(each.name): each.id for each in brought.topics(edition.id)},
        publishers={words(name): newsroom_id for name, newsroom_id in session.execute(names).tuples()},
        newsroom_id=None,
        last_year=now().year + 1,
        kind_names=", ".join(each.name for each in every),
        entered=frozenset((category_id, words(title)) for category_id, title in session.execute(entered).tuples()),
        more=_READERS,
    )


def checked(edition: Edition, draft: EntryImport) -> list[Checked]:
    """Every row of a draft with what is said of it today."""
    rows = [Told.from_json(kept) for kept in (draft.draft or {}).get("rows", ())]
    return agreeing(checking.check(rows, known(edition)), now())


def agreeing(rows: Sequence[Checked], at: datetime) -> list[Checked]:
    """The same rows; a work whose days contradict each other is no work."""
    wrong: dict[int, dict[str, list[str]]] = {}
    for row in rows:
        if row.first and row.work is not None and (faults := _contradictions(row.work, at)):
            wrong[row.work.row] = faults
    found = []
    for row in rows:
        if row.work is not None and row.work.row in wrong:
            row = replace(row, work=None, faults=wrong[row.work.row] if row.first else {})  # noqa: PLW2901
        found.append(row)
    return found


def _contradictions(work: WorkRead, at: datetime) -> dict[str, list[str]]:
    more, faults = work.more, {}
    if more["arrived_on"] > dates.local(at).date():
        faults["arrived_on"] = [_("Ngày đến chưa tới.")]
    if more["postmark"] is not None and more["way"] != "post":
        faults["postmark"] = [_("Chỉ hồ sơ gửi qua bưu điện có dấu bưu điện.")]
    elif more["postmark"] is not None and more["postmark"] > more["arrived_on"]:
        faults["postmark"] = [_("Dấu bưu điện ghi sau ngày đến.")]
    return faults


@dataclass
class Bundle:
    """The works that came in one parcel."""

    works: list[WorkRead] = field(default_factory=list)

    @property
    def more(self) -> Mapping[str, Any]:
        return self.works[0].more

    def came(self, stamped: datetime) -> Arrival:
        at = operations.arrival(self.more["arrived_on"], None, stamped)
        return Arrival(self.more["way"], at, self.more["postmark"])


def bundles(rows: Iterable[Checked]) -> list[Bundle]:
    """The works that are not there yet by the parcels they came in: neighbours that came alike came together."""
    new = checking.works(rows)
    return [Bundle(list(together)) for _key, together in groupby(new, key=_together)]


def _together(work: WorkRead) -> tuple[object, ...]:
    more = work.more
    return (more["way"], folded(more["sender"]), more["arrived_on"], more["postmark"])


def late(edition: Edition, found: Iterable[Bundle]) -> int:
    """How many works come too late to be entered; their parcels are written down all the same."""
    stamped = now()
    return sum(len(each.works) for each in found if not posting.in_time(edition, each.came(stamped)))


class TakenIn(NamedTuple):
    parcels: int
    works: int
    late: int


def take_in(*, by: Capacity, edition: Edition, draft: EntryImport, declared: bool) -> TakenIn:
    """Every parcel is a line of the ledger and every work in time a draft of who takes the list in, all in one.

    A single fault refuses the whole. With `declared` commitment and consent lie beside every work, signed.
    """
    session.execute(select(func.pg_advisory_xact_lock(_LOCK_SPACE, edition.id % 2**31)))
    session.refresh(draft)
    rows = checked(edition, draft) if draft.state == "draft" else []
    found = bundles(rows)
    new, bad = sum(len(each.works) for each in found), sum(row.state == "bad" for row in rows)
    require(can_take_in(by, edition, draft, bad=bad, new=new))
    assert by.person_id is not None
    keeper = session.get_one(Person, by.person_id)
    opened = sum(_take(by, edition, keeper, each, declared=declared) for each in found)
    draft.state, draft.draft, draft.done_at, draft.works = "done", None, now(), new
    session.flush()
    _log("parcels.taken_in", by, edition, draft, parcels=len(found), works=opened, late=new - opened)
    return TakenIn(len(found), opened, new - opened)


def _take(by: Capacity, edition: Edition, keeper: Person, bundle: Bundle, *, declared: bool) -> int:
    """The parcel with its works; how many of them were opened."""
    more = bundle.more
    organs = {(each.publisher_id, each.publisher_text) for each in bundle.works}
    things = dict.fromkeys(each for work in bundle.works for each in work.more["pieces"])
    parcel = operations.register(
        by=by,
        edition=edition,
        sent=Sent(more["way"], more["sender"], postmark=more["postmark"]),
        stamped_at=now(),
        arrived_on=more["arrived_on"],
        pieces=list(things),
        kept_at=more["kept_at"],
    )
    if len(organs) == 1:
        ((parcel.newsroom_id, parcel.newsroom_text),) = organs
        session.flush()
    if not can_open(edition, parcel.came):
        return 0
    for work in bundle.works:
        organ = (work.publisher_id, work.publisher_text)
        entry = enter(edition, keeper, work, employer=organ, declared=declared, came=parcel.came)
        operations.put_beside(by=by, edition=edition, parcel=parcel, entry=entry, begun=True)
    return len(bundle.works)


def in_unicode(*, by: Capacity, edition: Edition, draft: EntryImport) -> int:
    """Every cell of the draft that an old encoding wrote stands as it reads; how many they were."""
    require(can_bring_in(by, edition))
    if draft.state != "draft" or draft.read_by_id != by.person_id:
        raise Refused(Verdict("done", _("Danh sách này đã nạp.")))
    count = listings.old_cells(draft.draft or {})
    draft.draft = listings.in_unicode(draft.draft or {})
    session.flush()
    _log("parcels.read_in_unicode", by, edition, draft, cells=count)
    return count


def discard(*, by: Capacity, edition: Edition, draft: EntryImport) -> None:
    """The draft is gone; nothing of it was ever written down."""
    require(can_bring_in(by, edition))
    if draft.state != "draft" or draft.read_by_id != by.person_id:
        raise Refused(Verdict("done", _("Danh sách này đã nạp.")))
    _log("parcels.discarded", by, edition, draft)
    session.delete(draft)
    session.flush()


def _way(text: str, _known: EditionNames) -> str:
    if not one_line(text):
        raise Unread(_("Chưa ghi cách nhận."))
    found = _WAYS.get(words(text))
    if found is None:
        names = ", ".join(str(each) for each in CHANNELS.values())
        raise Unread(_("Chưa rõ cách nhận này. Các cách nhận: %(names)s.", names=names))
    return found


def _sender(text: str, _known: EditionNames) -> str:
    typed = one_line(text)
    if not typed:
        raise Unread(_("Chưa ghi người gửi."))
    return typed


def _day(text: str, known: EditionNames) -> date | None:
    typed = one_line(text)
    if not typed:
        return None
    found = dates.read_day(typed)
    if found is None or not known.last_year - 3 <= found.year <= known.last_year:
        raise Unread(_("Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2023."))
    return found


def _arrival(text: str, known: EditionNames) -> date:
    found = _day(text, known)
    if found is None:
        raise Unread(_("Chưa ghi ngày đến."))
    return found


def _pieces(text: str, _known: EditionNames) -> tuple[pieces.Told, ...]:
    try:
        return tuple(pieces.read(text))
    except pieces.Unread as unread:
        raise Unread(unread.sentence) from unread


_READERS = {
    "way": _way,
    "sender": _sender,
    "arrived_on": _arrival,
    "postmark": _day,
    "pieces": _pieces,
    "kept_at": lambda text, _known: one_line(text),
}


def _log(kind: str, by: Capacity, edition: Edition, draft: EntryImport, **facts: int) -> None:
    told: dict[str, int | str | None] = {"file": draft.file_sha256, **facts}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=draft, facts=told)
