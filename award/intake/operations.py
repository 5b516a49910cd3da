"""Deeds of the ledger: a parcel is written down, corrected, crossed out; works are opened from it or put beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from award import dates
from award.arrival import bounded
from award.clock import VIETNAM, now
from award.db import session
from award.editions.models import Category, Edition
from award.editions.permissions import Capacity
from award.editions.posting import Arrival
from award.entries import keeping
from award.entries import operations as entering
from award.entries.models import Entry
from award.entries.outlets import newsrooms_called
from award.entries.queries import database_now
from award.history.citing import Author
from award.intake import queries
from award.intake.models import Handover, Parcel, ParcelWork, Piece
from award.intake.permissions import (
    can_attach,
    can_begin,
    can_change,
    can_drop,
    can_give_back,
    can_register,
    can_void,
)
from award.intake.pieces import Told
from award.log.operations import record
from award.newsrooms.checking import PartRead, WorkRead
from award.newsrooms.importing import enter
from award.people.models import Person
from award.text import canonical, folded, one_line
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True)
class Sent:
    """What a parcel says of itself. `newsroom` is the organ's name as typed."""

    channel: str
    sender: str
    newsroom: str = ""
    postmark: date | None = None
    contents: str = ""


@dataclass(frozen=True)
class Named:
    """The work as its cover letter names it: enough to open a dossier in the name of its authors."""

    category: Category
    title: str
    authors: Sequence[Author]
    phone: str = ""
    declared: bool = False
    """Commitment and consent lie beside it, signed."""


def arrival(day: date | None, hour: time | None, stamped: datetime) -> datetime:
    """The instant a parcel arrived: this one, unless an earlier day or hour of its arrival is known.

    Of a day without an hour its last second counts, but never one that has not passed. Raises Refused for the future.
    """
    today = dates.local(stamped).date()
    day = day or today
    if hour is None:
        at = min(dates.end_of_day(day) - timedelta(seconds=1), stamped) if day <= today else None
    else:
        at = datetime.combine(day, hour, VIETNAM)
    if at is None or at > stamped:
        raise Refused(Verdict("future", _("Ngày, giờ đến chưa tới.")))
    return at


def register(
    *,
    by: Capacity,
    edition: Edition,
    sent: Sent,
    stamped_at: datetime,
    arrived_on: date | None = None,
    arrived_time: time | None = None,
    pieces: Sequence[Told] = (),
    kept_at: str = "",
    named: Named | None = None,
    beside: Entry | None = None,
) -> Parcel:
    """The parcel is the next line of the ledger; with `named` the dossier of its work is opened too, if it is in time.

    With `beside` it belongs to this dossier, which was entered online, and none is opened.

    `stamped_at` is the application's stamp of the form; the database's clock decides where they differ.
    """
    require(can_register(by, edition))
    assert by.person_id is not None
    at = arrival(arrived_on, arrived_time, bounded(stamped_at, here=now(), there=database_now()))
    _agree(sent, at)
    newsroom_id, newsroom_text = _organ(sent.newsroom)
    parcel = Parcel(
        edition_id=edition.id,
        number=queries.alone_with_ledger(edition.id),
        channel=sent.channel,
        sender=sent.sender,
        newsroom_id=newsroom_id,
        newsroom_text=newsroom_text,
        postmark_on=sent.postmark,
        arrived_at=at,
        contents=canonical(sent.contents),
        registered_by_id=by.person_id,
        pieces=[
            Piece(ordinal=n, kind=each.kind, count=each.count, words=each.words, kept_at=one_line(kept_at))
            for n, each in enumerate(pieces, start=1)
        ],
    )
    session.add(parcel)
    session.flush()
    when = at.isoformat(timespec="seconds")
    told = _said(parcel)
    _log("parcel.registered", by, edition, parcel, told, channel=parcel.channel, arrived=when, pieces=len(pieces))
    if beside is not None:
        attach(by=by, edition=edition, parcel=parcel, entry=beside)
    elif named is not None and can_begin(by, edition, parcel):
        begin(by=by, edition=edition, parcel=parcel, named=named)
    return parcel


def correct(
    *, by: Capacity, edition: Edition, parcel: Parcel, sent: Sent, pieces: Sequence[Told], kept_at: str
) -> None:
    """The line says this now. Number and arrival stay; dossiers opened from it follow its postmark.

    Things that were given back stay as they were.
    """
    require(can_change(by, edition, parcel))
    _agree(sent, parcel.arrived_at)
    if sent.channel != parcel.channel:
        raise Refused(Verdict("channel", _("Cách nhận đã ghi không đổi được. Ghi nhầm thì ghi lại dòng khác.")))
    before = _said(parcel)
    parcel.sender, parcel.postmark_on, parcel.contents = sent.sender, sent.postmark, canonical(sent.contents)
    parcel.newsroom_id, parcel.newsroom_text = _organ(sent.newsroom)
    _set_pieces(parcel, pieces, one_line(kept_at))
    session.flush()
    for entry in queries.begun_from(parcel.id):
        if entry.postmark_on != sent.postmark:
            keeping.postmark(by=by, edition=edition, entry=entry, day=sent.postmark)
    _log("parcel.corrected", by, edition, parcel, {"before": before, "after": _said(parcel)})


def void(*, by: Capacity, edition: Edition, parcel: Parcel, reason: str) -> None:
    """The line was made by mistake. It keeps its number, so that the ledger has no gap."""
    works = len(queries.works_of([parcel.id]).get(parcel.id, ()))
    require(can_void(by, edition, parcel, works=works))
    parcel.voided_at, parcel.void_reason = now(), canonical(reason)
    session.flush()
    _log("parcel.voided", by, edition, parcel, {"reason": parcel.void_reason})


def begin(*, by: Capacity, edition: Edition, parcel: Parcel, named: Named) -> Entry:
    """A draft of the work stands, kept by who opened it, its authors as named; it came as the parcel came."""
    require(can_begin(by, edition, parcel))
    assert by.person_id is not None
    keeper = session.get_one(Person, by.person_id)
    organ = (parcel.newsroom_id, parcel.newsroom_text)
    entry = _entered(edition, keeper, named, organ, parcel.came)
    put_beside(by=by, edition=edition, parcel=parcel, entry=entry, begun=True)
    return entry


def opened(*, edition: Edition, keeper: Person, named: Named, organ: str, came: Arrival) -> Entry:
    """The same before there is a parcel and whatever the calendar says, to be looked at; `organ` as it was typed."""
    return _entered(edition, keeper, named, _organ(organ), came)


def _entered(edition: Edition, keeper: Person, named: Named, organ: tuple[int | None, str], came: Arrival) -> Entry:
    empty = PartRead("", None, "", "", "", "", None, "", ())
    work = WorkRead(
        row=0,
        title=one_line(named.title),
        category_id=named.category.id,
        genre_id=None,
        topic_id=None,
        authors=tuple(named.authors),
        phone=named.phone,
        byline="",
        publisher_id=organ[0],
        publisher_text=organ[1],
        summary="",
        prizes=None,
        parts=[empty],
    )
    return enter(edition, keeper, work, employer=organ, declared=named.declared, came=came)


def attach(*, by: Capacity, edition: Edition, parcel: Parcel, entry: Entry) -> None:
    """The parcel stands beside a dossier that was submitted; doing it again changes nothing."""
    require(can_attach(by, edition, parcel))
    if queries.work_of(parcel.id, entry.public_id) is None:
        put_beside(by=by, edition=edition, parcel=parcel, entry=entry, begun=False)


def put_beside(*, by: Capacity, edition: Edition, parcel: Parcel, entry: Entry, begun: bool) -> None:
    """The work stands beside the parcel. Whoever calls has asked whether it may."""
    session.add(ParcelWork(parcel_id=parcel.id, entry_id=entry.id, begun=begun))
    session.flush()
    _log("parcel.work_added", by, edition, parcel, entry=entry.id, begun=int(begun))


def drop(*, by: Capacity, edition: Edition, parcel: Parcel, beside: ParcelWork, entry: Entry) -> None:
    """The work no longer stands beside the parcel; a draft that was opened from it is gone with its files."""
    require(can_drop(by, edition, parcel, entry, begun=beside.begun))
    begun = beside.begun
    session.delete(beside)
    session.flush()
    _log("parcel.work_dropped", by, edition, parcel, entry=entry.id, begun=int(begun))
    if begun:
        assert by.person_id is not None
        keeping.keep(by=by, edition=edition, entry=entry, keeper=session.get_one(Person, by.person_id))
        entering.delete_draft(by=by, edition=edition, entry=entry)


def keep(*, by: Capacity, edition: Edition, parcel: Parcel, entry: Entry) -> None:
    """Who asks fills in the dossier from now on."""
    require(can_change(by, edition, parcel))
    assert by.person_id is not None
    keeping.keep(by=by, edition=edition, entry=entry, keeper=session.get_one(Person, by.person_id))


def give_back(
    *, by: Capacity, edition: Edition, pieces: Sequence[Piece], receiver: str, given_on: date, today: date
) -> Handover:
    """The things are given back, all at once and to one person, with a sheet to be signed."""
    require(can_give_back(by))
    assert by.person_id is not None
    if not pieces:
        raise Refused(Verdict("none", _("Chưa chọn hiện vật nào đang giữ.")))
    if given_on > today:
        raise Refused(Verdict("future", _("Ngày trả chưa tới.")))
    made = Handover(edition_id=edition.id, receiver=one_line(receiver), given_on=given_on, given_by_id=by.person_id)
    session.add(made)
    session.flush()
    for piece in pieces:
        piece.handover_id = made.id
    session.flush()
    record(
        "parcel.things_given_back",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=made,
        facts={"pieces": len(pieces), "on": given_on.isoformat()},
        detail={"receiver": made.receiver},
    )
    return made


def _set_pieces(parcel: Parcel, told: Sequence[Told], kept_at: str) -> None:
    """What is still held is as told now, row by row; what was given back stands before it."""
    given = [piece for piece in parcel.pieces if piece.handover_id is not None]
    held = [piece for piece in parcel.pieces if piece.handover_id is None]
    for n, each in enumerate(told):
        if n >= len(held):
            held.append(Piece())
            parcel.pieces.append(held[n])
        piece = held[n]
        piece.kind, piece.count, piece.words, piece.kept_at = each.kind, each.count, each.words, kept_at
    for gone in held[len(told) :]:
        parcel.pieces.remove(gone)
    for ordinal, piece in enumerate([*given, *held[: len(told)]], start=1):
        piece.ordinal = ordinal


def _agree(sent: Sent, arrived_at: datetime) -> None:
    """Only post has a postmark, and nothing arrives before it was posted."""
    if sent.postmark is None:
        return
    if sent.channel != "post":
        raise Refused(Verdict("postmark", _("Chỉ hồ sơ gửi qua bưu điện có dấu bưu điện.")))
    if sent.postmark > dates.local(arrived_at).date():
        raise Refused(Verdict("postmark", _("Dấu bưu điện ghi sau ngày đến.")))


def _organ(name: str) -> tuple[int | None, str]:
    """The listed organ of this name, or none and the name as typed."""
    typed = one_line(name)
    found = newsrooms_called([folded(typed)]).get(folded(typed)) if typed else None
    return found, "" if found is not None else typed


def _said(parcel: Parcel) -> dict[str, object]:
    return {
        "sender": parcel.sender,
        "newsroom": parcel.newsroom_id or parcel.newsroom_text,
        "postmark": parcel.postmark_on.isoformat() if parcel.postmark_on else None,
        "contents": parcel.contents,
        "pieces": [f"{each.count} {each.words or each.kind}" for each in parcel.pieces],
    }


def _log(
    kind: str,
    by: Capacity,
    edition: Edition,
    parcel: Parcel,
    detail: dict[str, object] | None = None,
    **facts: int | str | None,
) -> None:
    told: dict[str, int | str | None] = {"number": parcel.number, **facts}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=parcel, facts=told, detail=detail)
