"""Taking a dossier in: what it would make, the one act that asks for it, and all of it made at once or nothing.

Works come in as those of any parcel do: a line in the ledger of what arrived, a dossier opened from it in the hands of
who took it in, submitted where it lacks nothing. A work that was taken in before is not taken in again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from award import dates, jobs
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.posting import Arrival
from award.entries import operations as entering
from award.entries.dossiers import pen_names
from award.entries.models import Authorship, Entry, EntryFile, PriorPrize
from award.entries.outlets import newsrooms_called
from award.files.receiving import Brought, adopt
from award.history.citing import Author
from award.intake import operations as ledger
from award.intake.models import Parcel
from award.intake.operations import Sent
from award.intake.permissions import can_open
from award.log.operations import record
from award.newsrooms.brought import topics
from award.newsrooms.checking import PartRead, WorkRead
from award.newsrooms.importing import enter
from award.nominations import arrivals, described, permissions, placing
from award.nominations.arrivals import Before
from award.nominations.arriving import content_of
from award.nominations.described import AuthorTold, Told, WorkTold
from award.nominations.models import DeliveredWork, Delivery
from award.nominations.placing import Kind, Placed
from award.people.models import Person
from award.text import folded
from award.verdicts import YES, Refused, Verdict, require

_NUMBER = re.compile("[0-9]{1,9}")
_LOCK_SPACE = 0x64656C  # advisory lock: dossiers of one edition are taken in one at a time


@dataclass(frozen=True)
class Trial:
    """What taking the dossier in would make, today and with these categories."""

    told: Told
    placed: Placed
    before: Mapping[str, Before]
    """Works that came before, by their origin."""
    parcel: Parcel | None
    verdict: Verdict
    """Whether it can be taken in as it stands, and what stands in the way."""

    @property
    def new(self) -> tuple[WorkTold, ...]:
        return tuple(work for work in self.told.works if work.origin not in self.before)

    @property
    def changed(self) -> tuple[WorkTold, ...]:
        """Works that came before, and of which something else is told now. They stay as they are."""
        return tuple(
            work
            for work in self.told.works
            if work.origin in self.before and self.before[work.origin].row.content != content_of(work)
        )


def trial(*, edition: Edition, delivery: Delivery, chosen: Mapping[str, str], parcel: str = "") -> Trial:
    """Nothing is made. `chosen`: the sender's category → the key of ours; `parcel`: a number of the ledger as typed."""
    told = described.from_json(delivery.told or {})
    placed = placing.place(told, arrivals.kinds(edition.id), chosen)
    before = arrivals.came_before(edition.id, [work.origin for work in told.works])
    line = arrivals.parcel_of_number(edition.id, int(parcel)) if _NUMBER.fullmatch(parcel) else None
    found = Trial(told, placed, before, line, YES)
    if parcel and line is None:
        return _with(found, Verdict("parcel", _("Sổ tiếp nhận không có gói số này.")))
    return _with(found, _stands_in_the_way(edition, delivery, found))


def ask(
    *, by: Capacity, edition: Edition, delivery: Delivery, chosen: Mapping[str, str], compared: bool, parcel: str = ""
) -> None:
    """A worker takes the whole dossier in after the commit. Raises Refused with what stands in the way."""
    locked = arrivals.locked(delivery.id)
    assert locked is not None
    known = arrivals.key_seen(delivery) is not None
    require(permissions.can_take_in(by, edition, delivery, key_known=known, compared=compared))
    found = trial(edition=edition, delivery=delivery, chosen=chosen, parcel=parcel)
    require(found.verdict)
    delivery.state, delivery.percent, delivery.fault = "taking", 0, ""
    delivery.kinds = {group.name: group.kind.key for group in found.placed.groups if group.kind is not None}
    delivery.compared, delivery.taken_by_id = compared, by.person_id
    delivery.parcel_id = None if found.parcel is None else found.parcel.id
    session.flush()
    facts: dict[str, int | str | None] = {"works": len(found.new), "key_known": int(known), "compared": int(compared)}
    record("delivery.asked_for", actor_id=by.person_id, award_id=edition.award_id, subject=delivery, facts=facts)
    ask_taking(delivery=delivery)


def ask_taking(*, delivery: Delivery) -> None:
    jobs.defer("nominations.take", at_most_one=f"nominations.take:{delivery.id}", delivery_id=delivery.id)


def give_up(*, delivery_id: int, sentence: str) -> None:
    """Nothing was taken in; the page says why, and it may be asked for again."""
    delivery = arrivals.locked(delivery_id)
    if delivery is None or delivery.state != "taking":
        return
    delivery.state, delivery.fault = "checked", sentence
    session.flush()
    award_id = session.get_one(Edition, delivery.edition_id).award_id
    record("delivery.not_taken", actor_id=None, award_id=award_id, subject=delivery)


def take(*, by: Capacity, edition: Edition, delivery_id: int, files: Mapping[str, Brought]) -> list[Entry]:
    """Every work that is not there yet is an entry with its files, and the dossier is 'taken': all in one.

    `files`: path → the bytes that were brought into the store of files. Raises Refused with what stands in the way.
    """
    session.execute(select(func.pg_advisory_xact_lock(_LOCK_SPACE, edition.id % 2**31)))
    delivery = arrivals.locked(delivery_id)
    if delivery is None or delivery.state != "taking":
        return []
    assert by.person_id is not None
    require(permissions.can_receive(by, edition))
    line = session.get(Parcel, delivery.parcel_id) if delivery.parcel_id else None
    found = trial(
        edition=edition, delivery=delivery, chosen=delivery.kinds, parcel="" if line is None else str(line.number)
    )
    require(found.verdict)
    parcel = found.parcel or _register(by, edition, delivery)
    keeper = session.get_one(Person, by.person_id)
    made = [_enter(by, edition, keeper, delivery, parcel, found.placed, work, files) for work in found.new]
    for entry, row in made:
        row.lacks = _submit(by, edition, entry)
    delivery.state, delivery.percent, delivery.told, delivery.fault = "taken", 100, None, ""
    delivery.parcel_id, delivery.taken_at = parcel.id, now()
    session.flush()
    drafts = sum(bool(row.lacks) for _entry, row in made)
    facts: dict[str, int | str | None] = {"works": len(made), "drafts": drafts, "parcel": parcel.number}
    record("delivery.taken_in", actor_id=by.person_id, award_id=edition.award_id, subject=delivery, facts=facts)
    return [entry for entry, _row in made]


def _with(found: Trial, verdict: Verdict) -> Trial:
    return Trial(found.told, found.placed, found.before, found.parcel, verdict)


def _stands_in_the_way(edition: Edition, delivery: Delivery, found: Trial) -> Verdict:
    if not found.new:
        return Verdict("nothing_new", _("Mọi tác phẩm của hồ sơ này đã nạp, không có gì để nạp thêm."))
    if found.placed.undecided:
        names = "; ".join(found.placed.undecided)
        return Verdict("kinds", _("Chưa chọn loại hình cho: %(names)s.", names=names))
    new = {file.path for work in found.new for file in work.files}
    homeless = next((file for file in found.placed.homeless if file.path in new), None)
    if homeless is not None:
        told = {"name": homeless.path, "size": dates.size(homeless.size)}
        return Verdict("homeless", _("Loại hình đã chọn không có mục nào nhận tệp “%(name)s” (%(size)s).", **told))
    return can_open(edition, _arrival(delivery) if found.parcel is None else found.parcel.came)


def _arrival(delivery: Delivery) -> Arrival:
    return Arrival("dossier", delivery.arrived_at or delivery.created_at)


def _register(by: Capacity, edition: Edition, delivery: Delivery) -> Parcel:
    """The line of the ledger for a dossier that came by itself: it arrived when its last byte had come."""
    at = dates.local(_arrival(delivery).at)
    letter = _("Công văn số %(number)s.", number=delivery.letter) if delivery.letter else ""
    key = _("Khóa ký: %(key)s.", key=(delivery.fingerprint or "")[:16])
    return ledger.register(
        by=by,
        edition=edition,
        sent=Sent("dossier", delivery.sender, contents=f"{delivery.sender_edition}. {letter} {key}".replace("  ", " ")),
        stamped_at=now(),
        arrived_on=at.date(),
        arrived_time=at.time(),
    )


def _enter(
    by: Capacity,
    edition: Edition,
    keeper: Person,
    delivery: Delivery,
    parcel: Parcel,
    placed: Placed,
    work: WorkTold,
    files: Mapping[str, Brought],
) -> tuple[Entry, DeliveredWork]:
    kind = placed.kind_of(work)
    assert kind is not None
    organs = _organs(work)
    entry = enter(
        edition,
        keeper,
        _as_read(edition, work, kind, organs),
        employer=(None, ""),
        declared=work.declared,
        came=parcel.came,
    )
    entry.elsewhere = work.elsewhere
    for row, author in zip(entry.authors, work.authors, strict=True):
        _fill_author(row, author, organs)
    for part, told in zip(entry.parts, work.parts, strict=True):
        part.newsroom_id = organs.get(folded(told.newsroom))
        part.newsroom_text = "" if part.newsroom_id is not None else told.newsroom
    if work.prizes:
        entry.no_prior_prize = False
        entry.prior_prizes = [PriorPrize(**described.as_json(prize)) for prize in work.prizes]
    else:
        entry.no_prior_prize = work.no_prior_prize
    _attach(entry, keeper, work, placed, files)
    ledger.put_beside(by=by, edition=edition, parcel=parcel, entry=entry, begun=True)
    made = DeliveredWork(
        edition_id=edition.id,
        delivery_id=delivery.id,
        entry_id=entry.id,
        origin=work.origin,
        code=work.code,
        content=content_of(work),
    )
    session.add(made)
    session.flush()
    return entry, made


def _organs(work: WorkTold) -> dict[str, int]:
    """The organs that are listed here, by their folded names."""
    said = (work.newsroom, *(part.newsroom for part in work.parts), *(author.employer for author in work.authors))
    names = {folded(name) for name in said if name}
    return newsrooms_called(sorted(names)) if names else {}


def _as_read(edition: Edition, work: WorkTold, kind: Kind, organs: Mapping[str, int]) -> WorkRead:
    """The work as a row of a list would have told it."""
    topic = {folded(each.name): each.id for each in topics(edition.id)}.get(folded(work.topic)) if work.topic else None
    publisher = organs.get(folded(work.newsroom))
    return WorkRead(
        row=0,
        title=work.title,
        category_id=kind.id,
        genre_id=kind.genres.get(folded(work.genre)),
        topic_id=topic,
        authors=tuple(Author(author.legal_name, pen_names(author.pen_name)) for author in work.authors),
        phone="",
        byline=work.byline,
        publisher_id=publisher,
        publisher_text="" if publisher is not None else work.newsroom,
        summary=work.summary,
        prizes=None,
        parts=[
            PartRead(
                part.title,
                part.published_on,
                part.issue,
                part.page,
                part.place,
                part.channel,
                part.aired_at,
                part.link,
                (),
            )
            for part in work.parts
        ],
    )


def _fill_author(row: Authorship, author: AuthorTold, organs: Mapping[str, int]) -> None:
    row.pen_name, row.role, row.phone, row.contact = author.pen_name, author.role, author.phone, author.contact
    row.minor, row.guardian, row.share = author.minor, author.guardian, author.share
    row.guardian_relation = author.guardian_relation
    row.employer_id = organs.get(folded(author.employer))
    row.employer_text = "" if row.employer_id is not None else author.employer


def _attach(entry: Entry, keeper: Person, work: WorkTold, placed: Placed, files: Mapping[str, Brought]) -> None:
    """Each file is a file of the house in its slot, under the name it came with, and is verified like any other."""
    parts = {part.ordinal: part.id for part in entry.parts}
    for ordinal, file in enumerate(work.files, start=1):
        slot, brought = placed.slots[file.path], files[file.path]
        if (brought.sha256, brought.size) != (file.sha256, file.size):
            raise Refused(Verdict("changed", _("“%(name)s” khác tệp đã kiểm tra.", name=file.path)))
        held = adopt(uploader=keeper, name=file.name, brought=brought, kinds=slot.kinds, max_bytes=slot.max_bytes)
        part = placing.part_of(slot, file)
        entry.files.append(
            EntryFile(
                slot_id=slot.id,
                part_id=None if part is None else parts[part],
                file_id=held.id,
                ordinal=ordinal,
                caption=file.caption,
            )
        )
    session.flush()


def _submit(by: Capacity, edition: Edition, entry: Entry) -> str:
    """The dossier is submitted; why not, where it lacks something: then it waits as a draft to be filled in."""
    try:
        with session.begin_nested():
            entering.submit(by=by, edition=edition, entry=entry, arrived_at=now(), insisting=True)
    except Refused as refused:
        return refused.verdict.sentence
    return ""
