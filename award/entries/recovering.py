"""A work is received again by its receipt, after the database came back as of a moment before it was submitted.

Nothing is doubled: a work that is there (`award.entries.tracing`) stays as it is, whatever a receipt says; of a draft
nobody has touched since, the receipt says what became of it.
Files are found in the store by their fingerprints, which takes a worker as long as they are large.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from award.clock import now
from award.db import session
from award.editions.models import Category, Edition, Topic
from award.editions.permissions import Capacity
from award.entries import operations, queries, tracing
from award.entries.attesting import Statement
from award.entries.models import Authorship, Entry, EntryFile, Part, PriorPrize, Receipt
from award.entries.outlets import newsrooms_called
from award.entries.permissions import can_recover, files_due_at
from award.entries.removal import drop_files
from award.features import tell_rooms_of_entry
from award.files.holdings import Nobodys
from award.files.models import File
from award.files.receiving import take_back
from award.jobs import defer
from award.log.operations import record
from award.people.models import Person
from award.text import folded
from award.verdicts import Refused, Verdict, require

_HAND = ("invite_key", "invited_at", "invited_to", "fills", "joined_at")
"""What lets a co-author write in the work."""


def recover(*, by: Capacity, edition: Edition, said: Statement, owner: Person | None = None) -> tracing.Standing:
    """The work stands as its receipt says: same code, same instant; a worker looks for its files and tells the owner.

    `owner`: whose work it is, where the account it was sent from is gone as well. Where the work is there already
    nothing changes, but files that the store did not give before are looked for again.
    """
    require(can_recover(by, edition))
    operations.one_at_a_time(edition)
    found = tracing.standing(said, edition)
    if found.state == "same" and found.entry is not None:
        if found.absent:
            _look_for_files(found.entry)
        return found
    if found.state not in tracing.MAKES:
        raise Refused(Verdict(found.state, found.sentence))
    whose = found.owner or owner
    if whose is None:
        raise Refused(Verdict("owner", _("Người nộp chưa có tài khoản. Ghi email của tài khoản nhận hồ sơ.")))
    entry = found.entry or Entry(public_id=said.entry, edition_id=edition.id, owner_id=whose.id)
    _fill_in(entry, edition, said, whose)
    _count_on(edition, said.code)
    made = Receipt(
        public_id=said.receipt,
        entry_id=entry.id,
        entry_version=entry.version,
        code=said.code,
        received_at=said.received_at,
        content=_kept(said),
        content_hash=said.content_hash,
        created_at=said.made_at,
    )
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {
        "code": said.code,
        "receipt": said.content_hash,
        "received_at": said.received_at.isoformat(timespec="seconds"),
        "files": len(said.received["files"]),
        "person": whose.id,
        "owner_named": int(found.owner is None),
    }
    award_id = edition.award_id
    record("entry.received_again", actor_id=by.person_id, award_id=award_id, subject=entry, facts=facts)
    tell_rooms_of_entry(entry.id, "submitted")
    _look_for_files(entry)
    return tracing.standing(said, edition)


def attach_found(*, entry: Entry, receipt: Receipt, found: Sequence[Nobodys]) -> list[str]:
    """What the store had of this receipt's files is in its places; the names of those that it had not.

    Nobody else changes the entry meanwhile.
    """
    owner, kinds = session.get_one(Person, entry.owner_id), {each.id: each.kinds for each in _slots(entry)}
    by_print: defaultdict[str, list[Nobodys]] = defaultdict(list)
    for each in found:
        by_print[each.fingerprint].append(each)
    lost, count = [], 0
    for said in tracing.wanted(receipt):
        place = None if _has_a_row(said["key"]) else _place(entry, said)
        bytes_ = [each for each in by_print[said["fingerprint"]] if _may_be(said, each, receipt)]
        file = None
        if place is not None and bytes_:
            by_print[said["fingerprint"]].remove(bytes_[0])
            terms = {"name": said["name"], "kinds": kinds[place["slot_id"]], "found": bytes_[0]}
            file = take_back(uploader=owner, public_id=said["key"], **terms)
        if file is None or place is None:
            lost.append(said["name"])
            continue
        n = receipt.content["files"].index(said)
        session.add(EntryFile(entry_id=entry.id, file_id=file.id, ordinal=n, caption=said["caption"], **place))
        count += 1
    session.flush()
    session.expire(entry, ["files"])
    edition = session.get_one(Edition, entry.edition_id)
    facts: dict[str, int | str | None] = {"found": count, "missing": len(lost)}
    record("entry.files_found", actor_id=None, award_id=edition.award_id, subject=entry, facts=facts)
    return lost


def _has_a_row(key: str) -> bool:
    """The file is still on its way, or its place is gone: whoever sent it, or the secretariat, sees to it."""
    return session.scalar(select(File.id).where(File.public_id == key)) is not None


def _may_be(said: Mapping[str, Any], found: Nobodys, receipt: Receipt) -> bool:
    """What was only promised when the receipt was made was not there before: such bytes are somebody else's."""
    return said["state"] != "due" or found.came_at >= receipt.received_at


def _look_for_files(entry: Entry) -> None:
    defer("entries.find_files", at_most_one=f"entries.find_files:{entry.id}", entry_id=entry.id)


def _kept(said: Statement) -> dict[str, Any]:
    """The content of the receipt as the house keeps it: a number that was not passed on is empty."""
    return {**said.received, "authors": [{**each, "phone": ""} for each in said.received["authors"]]}


def _fill_in(entry: Entry, edition: Edition, said: Statement, owner: Person) -> None:
    """Everything of the entry is as the receipt says; of a draft stays what its receipt does not say."""
    received = said.received
    category = session.scalar(
        select(Category).where(Category.edition_id == edition.id, Category.name == received["category"])
    )
    if category is None:
        told = _("Không còn loại hình “%(name)s” ở đây.", name=received["category"])
        raise Refused(Verdict("category", told))
    genre = next((each.id for each in category.genres if each.name == received["genre"]), None)
    topics = select(Topic.id).where(Topic.edition_id == edition.id, Topic.name == received["topic"])
    organs, before = _organs(received), defaultdict[str, list[Authorship]](list)
    for each in entry.authors:
        before[each.legal_name].append(each)
    entry.category_id, entry.genre_id, entry.topic_id = category.id, genre, session.scalar(topics.limit(1))
    entry.title, entry.summary, entry.byline = received["title"], received["summary"], received["byline"]
    entry.elsewhere = received.get("elsewhere", "")
    entry.newsroom_id, entry.newsroom_text = organs[received["publisher"]]
    entry.no_prior_prize, entry.declared = received["no_prior_prize"], dict(received["declared"])
    entry.channel = received.get("channel", "online")
    entry.came_at = None if entry.channel == "online" else said.first_received_at
    entry.postmark_on = _day(received.get("postmark"))
    entry.code, entry.state = said.code, "submitted"
    entry.submitted_at, entry.changed_at = said.first_received_at, now()
    entry.files_due_at = _own_end(edition, received)
    held = {each.file_id for each in entry.files}
    entry.files, entry.authors = [], []
    session.add(entry)
    session.flush()
    entry.parts = [_part(each, organs) for each in received["parts"]]
    entry.authors = [_author(n, each, organs, before) for n, each in enumerate(received["authors"], start=1)]
    entry.prior_prizes = [_prize(each) for each in received["prior_prizes"]]
    own = next((each for each in entry.authors if each.legal_name == owner.legal_name), None)
    if own is not None:
        own.person_id = owner.id
    session.flush()
    _keep_files(entry, received, held)
    named = select(File.id).where(File.id.in_(held), File.public_id.in_([each["key"] for each in received["files"]]))
    drop_files(held - set(session.scalars(named)))


def _own_end(edition: Edition, received: Mapping[str, Any]) -> datetime | None:
    """Until when files may follow, where the receipt says a later instant than holds for everybody."""
    due = datetime.fromisoformat(said) if (said := received["files_due_at"]) else None
    for_all = files_due_at(edition)
    return due if due is not None and (for_all is None or due > for_all) else None


def _keep_files(entry: Entry, received: Mapping[str, Any], held: set[int]) -> None:
    """The files the draft had already, whoever sent them, and the receipt names stand in their places."""
    for n, said in enumerate(received["files"]):
        file = session.scalar(select(File).where(File.public_id == said["key"], File.id.in_(held)))
        place = _place(entry, said)
        if file is not None and file.fingerprint == said["fingerprint"] and place is not None:
            entry.files.append(EntryFile(file_id=file.id, ordinal=n, caption=said["caption"], **place))
    session.flush()


def _slots(entry: Entry) -> Sequence[Any]:
    return queries.slots_of(entry.category_id)


def _place(entry: Entry, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """Slot and part of a file as the receipt names them; None where there is no such place any more."""
    slot = next((each for each in _slots(entry) if each.label == said["slot"]), None)
    if slot is None:
        return None
    part = next((each.id for each in entry.parts if each.ordinal == said["part"]), None)
    return {"slot_id": slot.id, "part_id": part}


def _organs(received: Mapping[str, Any]) -> defaultdict[str, tuple[int | None, str]]:
    """Name → the listed organ that bears it, or none and the name."""
    names = {received["publisher"], *(each["employer"] for each in received["authors"])}
    names |= {each["outlet"] for each in received["parts"] if "outlet" in each}
    listed = newsrooms_called([folded(name) for name in names if name])
    numbers = {name: listed.get(folded(name)) for name in names if name}
    return defaultdict(lambda: (None, ""), {name: (number, "" if number else name) for name, number in numbers.items()})


def _part(said: Mapping[str, Any], organs: Mapping[str, tuple[int | None, str]]) -> Part:
    newsroom_id, newsroom_text = organs[said.get("outlet", "")]
    return Part(
        **{name: said[name] for name in ("ordinal", "title", "issue", "page", "place", "channel", "link")},
        published_on=_day(said["published_on"]),
        aired_at=time.fromisoformat(said["aired_at"]) if said["aired_at"] else None,
        newsroom_id=newsroom_id,
        newsroom_text=newsroom_text,
    )


def _author(
    ordinal: int,
    said: Mapping[str, Any],
    organs: Mapping[str, tuple[int | None, str]],
    before: Mapping[str, list[Authorship]],
) -> Authorship:
    ours = before.get(said["legal_name"])
    known = ours.pop(0) if ours else None
    employer_id, employer_text = organs[said["employer"]]
    kept = ("phone", "minor", "guardian", "guardian_relation", "person_id", *_HAND)
    return Authorship(
        ordinal=ordinal,
        **{name: said[name] for name in ("legal_name", "pen_name", "role", "contact")},
        employer_id=employer_id,
        employer_text=employer_text,
        share=int(said["share"].removesuffix("%")) if said.get("share") else None,
        **({"minor": said.get("minor", False)} if known is None else {name: getattr(known, name) for name in kept}),
    )


def _prize(said: Mapping[str, Any]) -> PriorPrize:
    return PriorPrize(award_name=said["award"], level=said["level"], organiser=said["organiser"], year=said["year"])


def _count_on(edition: Edition, code: str) -> None:
    """No later dossier gets this code."""
    number = code.removeprefix(f"{edition.code_prefix}-")
    if number == code or not number.isdecimal():
        return
    last = func.greatest(Edition.last_dossier_number, int(number))
    counted = update(Edition).where(Edition.id == edition.id).values(last_dossier_number=last)
    session.execute(counted.execution_options(synchronize_session=False))
    session.expire(edition, ["last_dossier_number"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
