"""Deeds on entries: making, filling in, submitting, revising, withdrawing.

How a submitted dossier is changed. What was submitted is never edited in place: "Sửa hồ sơ đã nộp" makes a revision, a
draft of its own with a copy of everything, which is filled in like any draft. Until it is submitted, the dossier stands
as it was received and its receipt is true; if the deadline passes first, nothing has changed. Submitting the revision
asks the same questions as the first submission, puts its content in the place of the old in one commit, keeps the code
and the first time of submission, and adds a receipt. So there is no moment at which a valid submission is incomplete.

Once no more works are taken, a revision is made and submitted only because the secretariat asked for it, until the day
it named, and changes no more than the parts it named: everything else is put back as it was submitted.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import bindparam, select, text, update

from award import dates
from award.arrival import bounded
from award.clock import now
from award.db import session
from award.editions.deadlines import in_time
from award.editions.models import Category, Edition
from award.editions.permissions import Capacity
from award.entries import mending, queries, receipts, revising
from award.entries.dossiers import Dossier, pen_names
from award.entries.hands import hand_of
from award.entries.leave import Leave, Mend
from award.entries.models import Authorship, Entry, EntryFile, Part, Receipt
from award.entries.permissions import (
    can_begin,
    can_delete,
    can_drop,
    can_enter,
    can_mend,
    can_revise,
    can_submit,
    can_withdraw,
    changeable_until,
    changes_freely,
    files_due_at,
)
from award.entries.progress import missing_words, still_lacking
from award.entries.removal import drop_files
from award.features import tell_rooms_of_entry
from award.letters.operations import write
from award.log.operations import record
from award.people.models import Person
from award.rules.dossier import recognised
from award.rules.eligibility import Finding, blocking, findings, missing
from award.text import canonical
from award.verdicts import Refused, Verdict, require

_DRAFT_SPACE = 0x647266  # so do those of new drafts, by their owner
RECEIPT = "receipt"
_LOCK_SPACE = 0x656E74  # advisory locks of submissions live in their own space


def create(*, by: Capacity, edition: Edition, category: Category, owner: Person) -> Entry:
    """A draft in the category, with one empty part and the owner as its first author and contact."""
    require(can_enter(edition, now(), queries.leave_to_enter(owner.id, edition.id)))
    room_for_a_draft(owner.id, edition)
    entry = blank(edition=edition, category=category, owner=owner)
    record("entry.created", actor_id=by.person_id, award_id=edition.award_id, subject=entry)
    return entry


def blank(*, edition: Edition, category: Category, owner: Person) -> Entry:
    """The same before anybody is told of it, and whatever the calendar says: what the form begins with."""
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
            pen_name=next(iter(pen_names(owner.pen_name)), ""),
            employer_id=owner.newsroom_id,
            employer_text="" if owner.newsroom_id else owner.newsroom_words,
            phone=owner.phone,
            contact=True,
        )
    ]
    session.add(entry)
    session.flush()
    return entry


def room_for_a_draft(owner_id: int, edition: Edition) -> None:
    """Raises Refused when the owner has as many drafts as one may have; until the commit the owner begins no other."""
    lock = text("SELECT pg_advisory_xact_lock(CAST(:space AS int), CAST(:person AS int))")
    session.execute(lock, {"space": _DRAFT_SPACE, "person": owner_id})
    require(can_begin(queries.count_drafts(owner_id, edition.id)))


def submit(
    *,
    by: Capacity,
    edition: Edition,
    entry: Entry,
    arrived_at: datetime,
    answer: str = "",
    insisting: bool = False,
) -> Receipt:
    """The entry (or the revision of it) is submitted and its receipt stands; asking again gives the same receipt.

    Nothing of the entry may be locked before: whoever submits waits for the edition first and for rows afterwards.
    `arrived_at` is the application's stamp of the form, bounded by the database's clock (`award.arrival`). A work that
    came on paper was received when its parcel came in. Limits are counted while nobody else submits in this edition,
    and codes have no gaps.

    What the rules speak against is submitted only when the entrant insists: receiving is not finding eligible, and that
    is decided by people. A dossier that lacks something is not submitted at all.

    A revision answers the request to mend, if one stands; `answer` is what the owner says to it, and may answer alone.
    """
    edition, entry, revision = _alone_with(edition, entry)
    there = queries.database_now()
    arrived_at = bounded(arrived_at, here=now(), there=there, seen=queries.latest_seen(edition, there))
    answer = canonical(answer)
    leave = queries.leave_of(entry)
    again = entry.state == "submitted"
    if again and revision is None and hand_of(by.person_id, entry) == "whole" and not (answer and leave.asked):
        if answer and (leave.mend is None or leave.mend.ended != "answered"):
            require(can_mend(edition, leave.asked, arrived_at))  # a decision was faster: the words are not lost unsaid
        receipt = queries.last_receipt(entry.id)
        if receipt is None:
            raise Refused(Verdict("submitted", _("Hồ sơ đã nộp.")))
        return receipt
    require(can_submit(by.person_id, entry, edition, arrived_at, leave, revised=again))
    asked = leave.asked if again and not changes_freely(edition, arrived_at, leave) else None
    if revision is not None and asked is not None:
        revising.keep_to(revision, entry, asked)
    read = queries.dossier((revision or entry).id)
    against = _against(edition, read, asked, insisting=insisting) if revision is not None or not again else 0
    if revision is not None:
        if asked is not None and not answer and receipts.same(queries.dossier(entry.id, counted=False), read):
            raise Refused(Verdict("unchanged", _("Chưa có nội dung nào thay đổi. Bổ sung hoặc ghi nội dung trả lời.")))
        revising.take_over(entry, revision)
    elif not again:
        entry.code = _next_code(edition)
        entry.state, entry.submitted_at = "submitted", _came_in(leave, arrived_at)
    entry.changed_at = arrived_at
    _tie_prizes(entry, recognised(read.facts))
    own_end = _end_of_ones_own(edition, leave, arrived_at)
    entry.files_due_at = None if own_end is None else files_due_at(edition, own_end)
    session.flush()
    before = queries.last_receipt(entry.id)
    came_in = arrived_at if again else _came_in(leave, arrived_at)
    receipt = _issue_receipt(
        by=by, edition=edition, entry=entry, arrived_at=came_in, again=again, leave=leave, against=against
    )
    mending.answered(by=by, edition=edition, entry=entry, before=before, receipt=receipt, words=answer)
    tell_rooms_of_entry(entry.id, "changed" if again else "submitted")
    return receipt


def receipt_readers(entry: Entry, by: Person) -> list[Person]:
    """Who gets the receipt by letter: the owner, and the co-author who submitted."""
    return list({entry.owner_id: session.get_one(Person, entry.owner_id), by.id: by}.values())


def send_receipt(*, receipt: Receipt, edition: Edition, owner: Person, address: str, paper: str = "") -> None:
    """One of its readers gets the receipt by letter, once, with what the page says.

    `address`, `paper`: where both are seen.
    """
    if owner.user is None:
        return
    entry = session.get_one(Entry, receipt.entry_id)
    values, house = receipt_letter(receipt, edition, entry, owner, address=address, paper=paper)
    key = f"receipt:{receipt.public_id}" + ("" if owner.id == entry.owner_id else f":{owner.id}")
    write(edition, RECEIPT, to_address=owner.user.email, values=values, house=house, dedupe_key=key)


def receipt_letter(
    receipt: Receipt, edition: Edition, entry: Entry, owner: Person, *, address: str, paper: str
) -> tuple[dict[str, str], Callable[[], tuple[str, str]]]:
    """What an edition's own words for the receipt may hold, and the letter as the house writes it."""
    values = {
        "xung_ho": owner.form_of_address,
        "ho_ten": owner.legal_name,
        "lien_ket": address,
        "ma_ho_so": receipt.code,
        "ten_tac_pham": entry.title,
        "luc_nhan": dates.receipt_moment(receipt.received_at),
    }

    def house() -> tuple[str, str]:
        email = owner.user.email if owner.user else ""
        steps = receipts.steps(edition, email, changeable_until(edition, now(), queries.leave_of(entry)))
        return receipts.letter(receipt, edition, steps=steps, address=address, paper=paper)

    return values, house


def revise(*, by: Capacity, edition: Edition, entry: Entry) -> Entry:
    """A revision of the submitted entry: a draft with a copy of everything. The one there is comes back."""
    leave = queries.leave_of(entry)
    require(can_revise(by.person_id, entry, edition, now(), leave))
    standing = session.scalar(select(Entry).where(Entry.revises_id == entry.id))
    if standing is not None:
        if leave.asked is not None and not changes_freely(edition, now(), leave):
            revising.keep_to(standing, entry, leave.asked)
        return standing
    revision = revising.copy_of(entry)
    record("entry.revision_begun", actor_id=by.person_id, award_id=edition.award_id, subject=entry)
    return revision


def drop_revision(*, by: Capacity, edition: Edition, entry: Entry, revision: Entry) -> None:
    """The revision is gone; what was submitted stands, as it stood all along."""
    require(can_drop(by.person_id, revision, edition, now(), queries.leave_of(entry)))
    erase_draft(revision)
    record("entry.revision_dropped", actor_id=by.person_id, award_id=edition.award_id, subject=entry)


def delete_draft(*, by: Capacity, edition: Edition, entry: Entry) -> None:
    """The draft and its files are gone."""
    require(can_delete(by.person_id, entry))
    facts: dict[str, int | str | None] = {"edition": edition.id, "entry": entry.id}
    record("entry.deleted", actor_id=by.person_id, award_id=edition.award_id, facts=facts)
    erase_draft(entry)


def withdraw(*, by: Capacity, edition: Edition, entry: Entry, reason: str) -> None:
    """The work no longer takes part. Its dossier, code and receipts stay; a revision is gone, a request has ended."""
    require(can_withdraw(by.person_id, entry, edition))
    revision = session.scalar(select(Entry).where(Entry.revises_id == entry.id))
    if revision is not None:
        erase_draft(revision)
    entry.state, entry.withdrawn_at, entry.withdrawn_reason = "withdrawn", now(), canonical(reason)
    entry.changed_at = now()
    mending.end(entry, "withdrawn")
    session.flush()
    facts: dict[str, int | str | None] = {"code": entry.code}
    detail = {"reason": entry.withdrawn_reason}
    award_id = edition.award_id
    record("entry.withdrawn", actor_id=by.person_id, award_id=award_id, subject=entry, facts=facts, detail=detail)
    tell_rooms_of_entry(entry.id, "withdrawn")


def note_confirmation(entry: Entry, *, confirmed: bool | None) -> None:
    """What the organ that published or aired the work says of it, for the rules to read; None when that has ended.

    The content of the dossier is as it was, so its version stays, and with it what others have open.
    """
    said = update(Entry).where(Entry.id == entry.id).values(confirmed=confirmed)
    session.execute(said.execution_options(synchronize_session=False))
    session.expire(entry, ["confirmed"])


def _against(edition: Edition, read: Dossier, asked: Mend | None, *, insisting: bool) -> int:
    """How much the rules have against content that is submitted all the same. Raises Refused when it is not.

    A dossier that is mended lacks nothing of what was asked for; whether a rule is met is for who asked to judge.
    """
    found = findings(read.facts, queries.rule_book(edition))
    if asked is not None:
        if lacking := still_lacking(found, asked):
            raise Refused(_not_ready(lacking))
        return 0
    blocked = blocking(found)
    if missing(blocked) or (blocked and not insisting):
        raise Refused(_not_ready(blocked))
    return len(blocked)


def _end_of_ones_own(edition: Edition, leave: Leave, arrived_at: datetime) -> datetime | None:
    """The deadline in whose time the form arrived, when it was one's own or the day of the request."""
    if edition.state == "open" and in_time(edition, arrived_at):
        return None
    if can_enter(edition, arrived_at, replace(leave, came=None)):
        return leave.until
    if leave.asked is not None:
        return leave.asked.due_at
    return arrived_at if leave.came is not None else None


def _came_in(leave: Leave, arrived_at: datetime) -> datetime:
    """When the work itself came: that of a parcel counts, not that of what was typed from it later."""
    return arrived_at if leave.came is None else leave.came.at


def one_at_a_time(edition: Edition) -> None:
    """Nobody else submits in this edition until the present unit of work ends."""
    lock = text("SELECT pg_advisory_xact_lock(CAST(:space AS int), CAST(:edition AS int))")
    session.execute(lock, {"space": _LOCK_SPACE, "edition": edition.id})


_HELD_EDITION = (
    select(Edition)
    .where(Edition.id == bindparam("edition_id"))
    .with_for_update(of=Edition, key_share=True)
    .execution_options(populate_existing=True)
)
_HELD_ENTRIES = (
    select(Entry)
    .where((Entry.id == bindparam("entry_id")) | (Entry.revises_id == bindparam("entry_id")))
    .order_by(Entry.id)
    .with_for_update(of=Entry)
    .execution_options(populate_existing=True)
)
"""Put together once, as what counts the codes below: while they are asked everybody else waits."""


def _alone_with(edition: Edition, entry: Entry) -> tuple[Edition, Entry, Entry | None]:
    """The rows as they stand now, while nobody else submits in this edition until the commit."""
    one_at_a_time(edition)
    edition = session.scalars(_HELD_EDITION, {"edition_id": edition.id}).one()
    rows = session.scalars(_HELD_ENTRIES, {"entry_id": entry.id}).all()
    return edition, entry, next((row for row in rows if row.revises_id == entry.id), None)


def _next_code(edition: Edition) -> str:
    """The number after the last; counted by the database, so that the edition's own version does not move."""
    number = session.execute(_NEXT_NUMBER, {"of_edition": edition.id}).scalar_one()
    session.expire(edition, ["last_dossier_number"])
    return f"{edition.code_prefix}-{number:04d}"


_NEXT_NUMBER = (
    update(Edition)
    .where(Edition.id == bindparam("of_edition"))
    .values(last_dossier_number=Edition.last_dossier_number + 1)
    .returning(Edition.last_dossier_number)
    .execution_options(synchronize_session=False)
)


def _issue_receipt(
    *, by: Capacity, edition: Edition, entry: Entry, arrived_at: datetime, again: bool, leave: Leave, against: int
) -> Receipt:
    assert entry.code is not None
    read = queries.dossier(entry.id, counted=False)
    kind: receipts.Kind = "mended" if leave.asked else "changed" if again else "first"
    due = entry.files_due_at or files_due_at(edition)
    received = receipts.content(read, edition, entry.code, arrived_at, due, kind=kind)
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
    facts: dict[str, int | str | None] = {"code": entry.code, "receipt": receipt.content_hash}
    if against:
        facts["submitted_against"] = against
    deed = "entry.resubmitted" if again else "entry.submitted"
    record(deed, actor_id=by.person_id, award_id=edition.award_id, subject=entry, facts=facts)
    return receipt


def _tie_prizes(entry: Entry, known: dict[str, int]) -> None:
    """Each declared prize refers to the one on record that it is, if there is one."""
    if known or any(prize.past_work_id for prize in entry.prior_prizes):
        for prize in entry.prior_prizes:
            prize.past_work_id = known.get(prize.public_id)


def erase_draft(entry: Entry) -> None:
    """The row and all below it are gone, and the files that nothing else holds."""
    held = set(session.scalars(select(EntryFile.file_id).where(EntryFile.entry_id == entry.id)))
    session.delete(entry)
    session.flush()
    drop_files(held)


def _not_ready(blocked: list[Finding]) -> Verdict:
    """Why it cannot be submitted: the first clause that refuses it, otherwise what is missing."""
    refused = next((finding for finding in blocked if finding.verdict == "red"), None)
    if refused is not None:
        return Verdict(refused.code, refused.sentence)
    return Verdict("incomplete", missing_words(blocked))
