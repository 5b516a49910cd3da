"""Deeds on lists of works: read in as a draft, taken in as a whole, let go; and many drafts submitted in one act."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select

from award.clock import now
from award.db import session
from award.documents import listings
from award.documents.listings import Told
from award.editions.models import Edition
from award.editions.posting import Arrival
from award.entries import operations as entering
from award.entries.declarations import asked_in, made
from award.entries.models import Authorship, Entry, Part, PriorPrize, Receipt
from award.entries.outlets import newsrooms_called
from award.entries.queries import leave_to_enter, plain_dossiers_of
from award.entries.showing import blocking_in
from award.log.operations import record
from award.newsrooms import brought, checking
from award.newsrooms.checking import Checked, WorkRead
from award.newsrooms.columns import FIELDS
from award.newsrooms.models import EntryImport, ExpectedFile
from award.newsrooms.permissions import Standing, can_bring_in, can_take_in
from award.newsrooms.queries import Organ
from award.people.models import Person
from award.rules.eligibility import DECLARATIONS
from award.text import folded, one_line
from award.verdicts import Refused, Verdict, require

_LOCK_SPACE = 0x6E7773  # advisory lock: lists of one newsroom are taken in one at a time


def read_in(*, standing: Standing, edition: Edition, organ: Organ, content: bytes, file_name: str) -> EntryImport:
    """The list stands as a draft, for its reader to look through; no work of it is entered yet.

    An earlier draft of the same person is gone. Raises Refused when the file is no list.
    """
    person_id = standing.by.person_id
    assert person_id is not None
    require(can_bring_in(standing, edition, now(), leave_to_enter(person_id, edition.id)))
    listing = listings.read_list(content, FIELDS)
    for left in brought.old_drafts(edition.id, organ.newsroom.id, person_id):
        session.delete(left)
    draft = EntryImport(
        edition_id=edition.id,
        newsroom_id=organ.newsroom.id,
        read_by_id=person_id,
        file_name=one_line(file_name)[:200],
        file_sha256=hashlib.sha256(content).hexdigest(),
        draft={"rows": [row.as_json() for row in listing.rows], "unused": list(listing.unused)},
    )
    session.add(draft)
    session.flush()
    _log("works.read", standing, edition, draft, rows=len(listing.rows))
    return draft


def checked(edition: Edition, organ: Organ, draft: EntryImport) -> list[Checked]:
    """Every row of a draft with what is said of it today."""
    rows = [Told.from_json(kept) for kept in (draft.draft or {}).get("rows", ())]
    return checking.check(rows, brought.known(edition, organ))


def take_in(*, standing: Standing, edition: Edition, organ: Organ, draft: EntryImport, declared: bool) -> EntryImport:
    """Every work that is not there yet is a draft of who takes it in, all in one; a single fault refuses the whole.

    With `declared` the commitment and the consent are given for every work, on behalf of its authors.
    """
    session.execute(select(func.pg_advisory_xact_lock(_LOCK_SPACE, organ.newsroom.id % 2**31)))
    session.refresh(draft)
    person_id = standing.by.person_id
    assert person_id is not None
    rows = checked(edition, organ, draft) if draft.state == "draft" else []
    new = checking.works(rows)
    bad, leave = sum(row.state == "bad" for row in rows), leave_to_enter(person_id, edition.id)
    require(can_take_in(standing, edition, draft, now(), bad=bad, new=len(new), leave=leave))
    owner = session.get_one(Person, person_id)
    for work in new:
        enter(edition, owner, work, employer=(organ.newsroom.id, ""), declared=declared)
    draft.state, draft.draft, draft.done_at, draft.works = "done", None, now(), len(new)
    session.flush()
    _log("works.taken_in", standing, edition, draft, works=len(new), declared=int(declared))
    return draft


def in_unicode(*, standing: Standing, edition: Edition, draft: EntryImport) -> int:
    """Every cell of the draft that an old encoding wrote stands as it reads; how many they were."""
    if draft.state != "draft" or draft.read_by_id != standing.by.person_id:
        raise Refused(Verdict("done", _("Danh sách này đã nạp.")))
    count = listings.old_cells(draft.draft or {})
    draft.draft = listings.in_unicode(draft.draft or {})
    session.flush()
    _log("works.read_in_unicode", standing, edition, draft, cells=count)
    return count


def discard(*, standing: Standing, edition: Edition, draft: EntryImport) -> None:
    """The draft is gone; no work of it was ever entered."""
    if draft.state != "draft" or draft.read_by_id != standing.by.person_id:
        raise Refused(Verdict("done", _("Danh sách này đã nạp.")))
    _log("works.discarded", standing, edition, draft)
    session.delete(draft)
    session.flush()


class Submitted(NamedTuple):
    """Receipts of what was submitted, by the address of the work, and titles with the reason of what was not."""

    receipts: tuple[tuple[str, Receipt], ...]
    left: tuple[tuple[str, str], ...]


def complete(edition: Edition, organ: Organ, standing: Standing) -> list[str]:
    """Titles of the drafts of the person at this desk that lack nothing, the oldest first."""
    assert standing.by.person_id is not None
    drafts = brought.own_drafts(edition.id, organ.family, standing.by.person_id)
    read = plain_dossiers_of([entry.id for entry in drafts])
    lacking = blocking_in([read[entry.id] for entry in drafts], edition)
    return [entry.title for entry in drafts if not lacking[entry.id]]


def submit_all(*, standing: Standing, edition: Edition, organ: Organ, arrived_at: datetime) -> Submitted:
    """Every complete draft of the person at this desk is submitted, the oldest first; the others stay drafts."""
    person_id = standing.by.person_id
    assert person_id is not None
    require(can_bring_in(standing, edition, arrived_at, leave_to_enter(person_id, edition.id)))
    receipts, left = [], []
    for entry in brought.own_drafts(edition.id, organ.family, person_id):
        try:
            with session.begin_nested():
                received = entering.submit(by=standing.by, edition=edition, entry=entry, arrived_at=arrived_at)
                receipts.append((entry.public_id, received))
        except Refused as refused:
            left.append((entry.title, refused.verdict.sentence))
    return Submitted(tuple(receipts), tuple(left))


def enter(
    edition: Edition,
    owner: Person,
    work: WorkRead,
    *,
    employer: tuple[int | None, str],
    declared: bool,
    came: Arrival | None = None,
) -> Entry:
    """A draft of the owner that says what was read of the work. Whoever calls has asked whether works are taken.

    `employer` is where the authors work: a listed organ, or its name as typed. `came` tells how the work came where it
    was not entered online.
    """
    at, organs = now(), _organs_of(work)
    entry = Entry(
        edition_id=edition.id,
        category_id=work.category_id,
        genre_id=work.genre_id,
        topic_id=work.topic_id,
        owner_id=owner.id,
        title=work.title,
        summary=work.summary,
        newsroom_id=work.publisher_id,
        newsroom_text=work.publisher_text,
        byline=work.byline,
        **_way(came),
        no_prior_prize=None if work.prizes is None else not work.prizes,
        declared=made(edition.id, DECLARATIONS, asked_in(edition), at) if declared else {},
        changed_at=at,
    )
    entry.authors = [
        Authorship(
            ordinal=n,
            legal_name=author.name,
            pen_name=", ".join(author.pen_names),
            employer_id=employer[0],
            employer_text=employer[1],
            phone=(work.phone or ("" if came else owner.phone)) if n == 1 else "",
            contact=n == 1,
        )
        for n, author in enumerate(work.authors, start=1)
    ]
    entry.parts = [
        Part(
            ordinal=n,
            title=part.title or (work.title if len(work.parts) == 1 else ""),
            published_on=part.published_on,
            issue=part.issue,
            page=part.page,
            place=part.place,
            channel=part.channel,
            aired_at=part.aired_at,
            link=part.link,
            **_elsewhere(part.publisher, organs),
        )
        for n, part in enumerate(work.parts, start=1)
    ]
    if work.prizes:
        entry.prior_prizes = [PriorPrize(award_name=work.prizes)]
    session.add(entry)
    session.flush()
    session.add_all(
        ExpectedFile(entry_id=entry.id, part_id=row.id, name=name)
        for row, part in zip(entry.parts, work.parts, strict=True)
        for name in part.files
    )
    record("entry.created", actor_id=owner.id, award_id=edition.award_id, subject=entry)
    return entry


def _organs_of(work: WorkRead) -> dict[str, int]:
    """The listed organs that parts of the work name as their own, by their folded names."""
    named = [folded(part.publisher) for part in work.parts if part.publisher]
    return newsrooms_called(named) if named else {}


def _elsewhere(publisher: str, organs: Mapping[str, int]) -> dict[str, Any]:
    """The organ of a part that names its own: the listed one of that name, or the name as typed."""
    if not publisher:
        return {}
    listed = organs.get(folded(publisher))
    return {"newsroom_id": listed, "newsroom_text": "" if listed else publisher}


def _way(came: Arrival | None) -> dict[str, Any]:
    if came is None:
        return {}
    return {"channel": came.channel, "came_at": came.at, "postmark_on": came.postmark}


def _log(kind: str, standing: Standing, edition: Edition, draft: EntryImport, **facts: int) -> None:
    told: dict[str, int | str | None] = {"file": draft.file_sha256, "newsroom": draft.newsroom_id, **facts}
    record(kind, actor_id=standing.by.person_id, award_id=edition.award_id, subject=draft, facts=told)
