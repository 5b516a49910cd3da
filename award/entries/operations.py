"""Deeds on entries: making, filling in, submitting, revising, withdrawing.

How a submitted dossier is changed. What was submitted is never edited in place: "Sửa hồ sơ đã nộp" makes a revision, a
draft of its own with a copy of everything, which is filled in like any draft. Until it is submitted, the dossier stands
as it was received and its receipt is true; if the deadline passes first, nothing has changed. Submitting the revision
asks the same questions as the first submission, puts its content in the place of the old in one commit, keeps the code
and the first time of submission, and adds a receipt. So there is no moment at which a valid submission is incomplete.
"""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, text, update

from award.clock import now
from award.db import session
from award.editions.models import Category, Edition
from award.editions.permissions import Capacity
from award.entries import queries, receipts
from award.entries.models import Authorship, Entry, EntryFile, Part, PriorPrize, Receipt
from award.entries.permissions import (
    can_delete,
    can_edit,
    can_enter,
    can_revise,
    can_submit,
    can_withdraw,
    files_due_at,
)
from award.entries.progress import missing_words
from award.entries.removal import drop_files
from award.log.operations import record
from award.messages.operations import post
from award.people.models import Person, User
from award.rules.dossier import recognised
from award.rules.eligibility import Finding, blocking, findings, missing
from award.text import canonical
from award.verdicts import Refused, Verdict, require

CLOCKS_MAY_DIFFER = timedelta(seconds=120)
_LOCK_SPACE = 0x656E74  # advisory locks of submissions live in their own space
_CONTENT = ("genre_id", "topic_id", "title", "summary", "newsroom_id", "newsroom_text", "byline", "no_prior_prize")


def create(*, by: Capacity, edition: Edition, category: Category, owner: Person) -> Entry:
    """A draft in the category, with one empty part and the owner as its first author and contact."""
    require(can_enter(edition, now()))
    entry = Entry(
        edition_id=edition.id,
        category_id=category.id,
        owner_id=owner.id,
        newsroom_id=owner.newsroom_id,
        newsroom_text="" if owner.newsroom_id else owner.newsroom_words,
        changed_at=now(),
    )
    entry.parts = [Part(ordinal=1)]
    entry.authors = [
        Authorship(
            ordinal=1,
            person_id=owner.id,
            legal_name=owner.legal_name,
            pen_name=owner.pen_name,
            employer_id=owner.newsroom_id,
            employer_text="" if owner.newsroom_id else owner.newsroom_words,
            phone=owner.phone,
            contact=True,
        )
    ]
    session.add(entry)
    session.flush()
    record("entry.created", actor_id=by.person_id, award_id=edition.award_id, subject=entry)
    return entry


def submit(*, by: Capacity, edition: Edition, entry: Entry, arrived_at: datetime, insisting: bool = False) -> Receipt:
    """The entry (or the revision of it) is submitted and its receipt stands; asking again gives the same receipt.

    Nothing of the entry may be locked before: whoever submits waits for the edition first and for rows afterwards.
    `arrived_at` is the application's stamp of the form; when it is more than two minutes off the database's clock, that
    clock decides. Limits are counted while nobody else submits in this edition, and codes have no gaps.

    What the rules speak against is submitted only when the entrant insists: receiving is not finding eligible, and that
    is decided by people. A dossier that lacks something is not submitted at all.
    """
    arrived_at = _bounded(arrived_at)
    edition, entry, revision = _alone_with(edition, entry)
    if entry.state == "submitted" and revision is None and by.person_id == entry.owner_id:
        receipt = queries.last_receipt(entry.id)
        if receipt is None:
            raise Refused(Verdict("submitted", _("Hồ sơ đã nộp.")))
        return receipt
    require(can_submit(by.person_id, entry, edition, arrived_at))
    if revision is not None:
        require(can_revise(by.person_id, entry, edition, arrived_at, allowed=queries.changes_allowed(edition)))
    read = queries.dossier((revision or entry).id)
    blocked = blocking(findings(read.facts, queries.rule_book(edition)))
    if missing(blocked) or (blocked and not insisting):
        raise Refused(_not_ready(blocked))
    if revision is None:
        entry.code = _next_code(edition)
        entry.state, entry.submitted_at = "submitted", arrived_at
    else:
        _take_over(entry, revision)
    entry.changed_at = arrived_at
    _tie_prizes(entry, recognised(read.facts))
    session.flush()
    return _issue_receipt(
        by=by, edition=edition, entry=entry, arrived_at=arrived_at, again=revision is not None, against=len(blocked)
    )


def send_receipt(*, receipt: Receipt, edition: Edition, owner_id: int, address: str) -> None:
    """The owner gets the receipt by letter, once. `address` is where it is seen."""
    email = session.scalar(select(User.email).where(User.person_id == owner_id))
    if email is None:
        return
    letter = receipts.letter(receipt.content, receipt.received_at, edition, address)
    key = f"receipt:{receipt.public_id}"
    post(kind="receipt", to_address=email, subject=letter.subject, body=letter.body, dedupe_key=key)


def revise(*, by: Capacity, edition: Edition, entry: Entry) -> Entry:
    """A revision of the submitted entry: a draft with a copy of everything. The one there is comes back."""
    require(can_revise(by.person_id, entry, edition, now(), allowed=queries.changes_allowed(edition)))
    standing = session.scalar(select(Entry).where(Entry.revises_id == entry.id))
    if standing is not None:
        return standing
    revision = Entry(
        edition_id=entry.edition_id,
        category_id=entry.category_id,
        owner_id=entry.owner_id,
        revises_id=entry.id,
        channel=entry.channel,
        declared=dict(entry.declared),
        changed_at=now(),
        **{name: getattr(entry, name) for name in _CONTENT},
    )
    parts = {part.id: _copy(part) for part in entry.parts}
    revision.parts = list(parts.values())
    revision.authors = [_copy(author) for author in entry.authors]
    revision.prior_prizes = [_copy(prize) for prize in entry.prior_prizes]
    session.add(revision)
    session.flush()
    revision.files = [
        EntryFile(
            slot_id=held.slot_id,
            file_id=held.file_id,
            part_id=None if held.part_id is None else parts[held.part_id].id,
            ordinal=held.ordinal,
            caption=held.caption,
        )
        for held in entry.files
    ]
    session.flush()
    record("entry.revision_begun", actor_id=by.person_id, award_id=edition.award_id, subject=entry)
    return revision


def drop_revision(*, by: Capacity, edition: Edition, entry: Entry, revision: Entry) -> None:
    """The revision is gone; what was submitted stands, as it stood all along."""
    require(can_edit(by.person_id, revision, edition, now()))
    _erase(revision)
    record("entry.revision_dropped", actor_id=by.person_id, award_id=edition.award_id, subject=entry)


def delete_draft(*, by: Capacity, edition: Edition, entry: Entry) -> None:
    """The draft and its files are gone."""
    require(can_delete(by.person_id, entry))
    record("entry.deleted", actor_id=by.person_id, award_id=edition.award_id, facts={"entry": entry.id})
    _erase(entry)


def withdraw(*, by: Capacity, edition: Edition, entry: Entry, reason: str) -> None:
    """The work no longer takes part. Its dossier, code and receipts stay; a revision of it is gone."""
    require(can_withdraw(by.person_id, entry, edition))
    revision = session.scalar(select(Entry).where(Entry.revises_id == entry.id))
    if revision is not None:
        _erase(revision)
    entry.state, entry.withdrawn_at, entry.withdrawn_reason = "withdrawn", now(), canonical(reason)
    entry.changed_at = now()
    session.flush()
    facts: dict[str, int | str | None] = {"code": entry.code}
    detail = {"reason": entry.withdrawn_reason}
    award_id = edition.award_id
    record("entry.withdrawn", actor_id=by.person_id, award_id=award_id, subject=entry, facts=facts, detail=detail)


def _bounded(arrived_at: datetime) -> datetime:
    """The application's stamp, unless its clock is off."""
    at = queries.database_now()
    return arrived_at if abs(arrived_at - at) <= CLOCKS_MAY_DIFFER else at


def _alone_with(edition: Edition, entry: Entry) -> tuple[Edition, Entry, Entry | None]:
    """The rows as they stand now, while nobody else submits in this edition until the commit."""
    lock = text("SELECT pg_advisory_xact_lock(CAST(:space AS int), CAST(:edition AS int))")
    session.execute(lock, {"space": _LOCK_SPACE, "edition": edition.id})
    fresh = {"populate_existing": True}
    edition = session.scalars(
        select(Edition)
        .where(Edition.id == edition.id)
        .with_for_update(of=Edition, key_share=True)
        .execution_options(**fresh)
    ).one()
    rows = session.scalars(
        select(Entry)
        .where((Entry.id == entry.id) | (Entry.revises_id == entry.id))
        .order_by(Entry.id)
        .with_for_update(of=Entry)
        .execution_options(**fresh)
    ).all()
    return edition, entry, next((row for row in rows if row.revises_id == entry.id), None)


def _next_code(edition: Edition) -> str:
    """The number after the last; counted by the database, so that the edition's own version does not move."""
    number = session.execute(
        update(Edition)
        .where(Edition.id == edition.id)
        .values(last_dossier_number=Edition.last_dossier_number + 1)
        .returning(Edition.last_dossier_number)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    session.expire(edition, ["last_dossier_number"])
    return f"{edition.code_prefix}-{number:04d}"


def _issue_receipt(
    *, by: Capacity, edition: Edition, entry: Entry, arrived_at: datetime, again: bool, against: int
) -> Receipt:
    assert entry.code is not None
    read = queries.dossier(entry.id, counted=False)
    received = receipts.content(read, edition, entry.code, arrived_at, files_due_at(edition))
    receipt = Receipt(
        entry_id=entry.id,
        entry_version=entry.version,
        code=entry.code,
        received_at=arrived_at,
        content=received,
        content_hash=receipts.content_hash(received),
    )
    session.add(receipt)
    session.flush()
    kind = "entry.resubmitted" if again else "entry.submitted"
    facts: dict[str, int | str | None] = {"code": entry.code, "receipt": receipt.content_hash}
    if against:
        facts["submitted_against"] = against
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=entry, facts=facts)
    return receipt


def _take_over(entry: Entry, revision: Entry) -> None:
    """The content of the revision stands in the place of the entry's own; the revision is gone."""
    for name in _CONTENT:
        setattr(entry, name, getattr(revision, name))
    entry.declared = dict(revision.declared)
    held = set(session.scalars(select(EntryFile.file_id).where(EntryFile.entry_id == entry.id)))
    for rows in (EntryFile, Part, Authorship, PriorPrize):
        session.execute(delete(rows).where(rows.entry_id == entry.id))
    for rows in (Part, EntryFile, Authorship, PriorPrize):
        session.execute(update(rows).where(rows.entry_id == revision.id).values(entry_id=entry.id))
    session.expunge(revision)
    session.execute(delete(Entry).where(Entry.id == revision.id))
    session.expire(entry, ["parts", "authors", "files", "prior_prizes"])
    drop_files(held)


def _tie_prizes(entry: Entry, known: dict[str, int]) -> None:
    """Each declared prize refers to the one on record that it is, if there is one."""
    if known or any(prize.past_work_id for prize in entry.prior_prizes):
        for prize in entry.prior_prizes:
            prize.past_work_id = known.get(prize.public_id)


def _erase(entry: Entry) -> None:
    """The row and all below it are gone, and the files that nothing else holds."""
    held = set(session.scalars(select(EntryFile.file_id).where(EntryFile.entry_id == entry.id)))
    session.delete(entry)
    session.flush()
    drop_files(held)


def _copy(row: Any) -> Any:
    """The same row of another entry, with a number and a public id of its own."""
    own = {"id", "public_id", "created_at", "entry_id"}
    return type(row)(**{c.key: getattr(row, c.key) for c in type(row).__mapper__.column_attrs if c.key not in own})


def _not_ready(blocked: list[Finding]) -> Verdict:
    """Why it cannot be submitted: the first clause that refuses it, otherwise what is missing."""
    refused = next((finding for finding in blocked if finding.verdict == "red"), None)
    if refused is not None:
        return Verdict(refused.code, refused.sentence)
    return Verdict("incomplete", missing_words(blocked))
