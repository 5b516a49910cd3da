"""What must be true after any fault: of files and their bytes (`hold`), and of what people were told (`hold_for`)."""

import hashlib
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select, text

from award.db import session
from award.editions.models import Category, Edition, Round
from award.entries import receipts
from award.entries.models import Entry, EntryFile, Receipt
from award.files.models import File, Rendition
from award.files.store import storage
from award.log import tree
from award.log.models import Checkpoint, Event
from award.messages.models import Message
from award.results.models import Publication, Standing
from judging.panels.models import Assignment, Seat
from judging.ranking import operations as ranking
from judging.ranking.gathering import gathered
from judging.scoring.models import ScoreSheet
from tests.faults.history import History


def hold() -> None:
    """INV-3 and INV-4, and that whatever was made of a file stands whole in the store."""
    session.rollback()
    session.expire_all()
    what_is_submitted_has_arrived()
    what_is_ready_has_its_bytes()
    for made in session.scalars(select(Rendition).where(Rendition.key.is_not(None))):
        assert storage().stat(made.key or "").size == made.size, f"a {made.kind}"


def what_is_submitted_has_arrived() -> None:
    """INV-3: each file of a submitted work is in the store, unless its receipt says that it is due, and until when."""
    held = (
        select(Entry.id, File).join(EntryFile, EntryFile.entry_id == Entry.id).join(File, EntryFile.file_id == File.id)
    )
    for entry_id, file in session.execute(held.where(Entry.state == "submitted")).tuples():
        newest = select(Receipt).where(Receipt.entry_id == entry_id).order_by(Receipt.id.desc()).limit(1)
        content = session.scalars(newest).one().content
        told = {each["fingerprint"]: each["state"] for each in content["files"]}
        if file.state == "uploading":
            assert (told[file.fingerprint], bool(content["files_due_at"])) == ("due", True), f"{file.name} is lacking"
        elif file.state != "rejected":
            assert storage().stat(file.key).size == file.size, f"{file.name} of a submitted work"


def what_is_ready_has_its_bytes() -> None:
    """INV-4: a file that is said to have arrived stands there whole; one that may be used has the bytes it had when it
    was verified."""
    for file in session.scalars(select(File).where(File.state.in_(("stored", "verifying", "ready", "unchecked")))):
        assert storage().stat(file.key).size == file.size, f"{file.name} is {file.state}"
        if file.state == "ready":
            digest = hashlib.sha256()
            for piece in storage().stream(file.key):
                digest.update(piece)
            assert digest.hexdigest() == file.sha256, f"{file.name} has other bytes"


OF_DEEDS: dict[str, tuple[str, Select[Any]]] = {
    "submit": ("entry.submitted", select(Entry.public_id, Entry.id)),
    "complete": ("file.stored", select(File.public_id, File.id)),
    "score": (
        "sheet.sent",
        select(Assignment.public_id, ScoreSheet.id).where(ScoreSheet.assignment_id == Assignment.id),
    ),
    "close": ("round.counted", select(Round.id, Round.id)),
    "publish": ("results.publication_set", select(Publication.edition_id, Publication.id)),
}
"""The event that is written in the commit of a deed, exactly once, and what it is about by what was pressed."""


def hold_for(history: History) -> None:
    """INV-1 to INV-11 as far as the history goes: nothing that was acknowledged is lost, nothing was done twice, what
    nobody heard of was done or was not, and everything that was made of it fits."""
    session.rollback()
    session.expire_all()
    what_was_acknowledged_happened_once(history)
    receipts_are_what_was_received()
    numbers_of_dossiers_have_no_gap()
    the_log_is_whole()
    nothing_came_too_late()
    letters_that_wait_have_their_job()
    nothing_leads_into_another_edition()
    places_are_found_again()
    if history.tried("complete"):
        hold()


def what_was_acknowledged_happened_once(history: History) -> None:
    """INV-1, INV-5, INV-11: once where somebody was told so, at most once where nobody was told anything."""
    for op in {line.op for line in history.lines}:
        kind, subjects = OF_DEEDS[op]
        told, tried = history.acknowledged(op), history.tried(op)
        of_events = select(Event.subject_id, func.count()).where(Event.kind == kind).group_by(Event.subject_id)
        happened = dict(session.execute(of_events).tuples().all())
        ids = {str(name): number for name, number in session.execute(subjects).tuples()}
        for name in tried:
            count = happened.get(ids.get(name), 0)
            assert count <= 1, f"{op} of {name} was done {count} times"
            assert count == 1 or name not in told, f"{op} of {name} was acknowledged and is lost"


def receipts_are_what_was_received() -> None:
    """INV-1: a submitted work has its receipts, and each has the hash of its own content."""
    found = dict(session.execute(select(Receipt.entry_id, func.count()).group_by(Receipt.entry_id)).tuples().all())
    for entry in session.scalars(select(Entry)):
        assert entry.id not in found or entry.state != "draft", f"{entry.public_id} has a receipt and is a draft"
    for receipt in session.scalars(select(Receipt)):
        assert receipts.content_hash(receipt.content) == receipt.content_hash, receipt.code


def numbers_of_dossiers_have_no_gap() -> None:
    """INV-2."""
    for edition in session.scalars(select(Edition)):
        codes = session.scalars(select(Entry.code).where(Entry.edition_id == edition.id, Entry.code.is_not(None))).all()
        numbers = sorted(int((code or "").rpartition("-")[2]) for code in codes)
        assert numbers == list(range(1, edition.last_dossier_number + 1)), f"{edition.slug}: {numbers}"


def the_log_is_whole() -> None:
    """INV-6: numbered without gap or twin, every leaf of its payload, every checkpoint over the events before it."""
    events = session.execute(
        select(Event.award_id, Event.seq, Event.payload, Event.leaf_hash).order_by(Event.award_id, Event.seq)
    ).all()
    taken = session.scalars(select(Checkpoint)).all()
    for award_id, rows in groupby(events, key=lambda row: row.award_id):
        kept = list(rows)
        first = kept[0].seq
        assert [row.seq for row in kept] == list(range(first, first + len(kept)))
        leaves = [tree.leaf(row.payload) for row in kept]
        assert leaves == [row.leaf_hash for row in kept]
        for each in taken:
            if each.award_id == award_id:
                assert tree.root(leaves[: each.size]) == each.root


def nothing_came_too_late() -> None:
    """INV-7."""
    received = select(Receipt.received_at, Edition).join(Entry, Entry.id == Receipt.entry_id)
    for at, edition in session.execute(received.join(Edition, Edition.id == Entry.edition_id)).tuples():
        assert edition.deadline_at is not None
        assert at < edition.deadline_at + timedelta(seconds=edition.grace_seconds)


def letters_that_wait_have_their_job() -> None:
    """INV-8: none is forgotten, and none has two. That each goes out once is `tests/award/messages`."""
    waiting = set(session.scalars(select(Message.id).where(Message.state == "queued")))
    asked = text(
        "SELECT (args->>'message_id')::bigint FROM procrastinate_jobs"
        " WHERE task_name = 'messages.deliver' AND status IN ('todo', 'doing')"
    )
    jobs = Counter(session.scalars(asked))
    assert {number: jobs[number] for number in waiting} == dict.fromkeys(waiting, 1)


def nothing_leads_into_another_edition() -> None:
    """INV-9."""
    foreign = select(func.count()).select_from(Entry).join(Category, Category.id == Entry.category_id)
    assert session.scalar(foreign.where(Category.edition_id != Entry.edition_id)) == 0
    placed = select(func.count()).select_from(Standing).join(Entry, Entry.id == Standing.entry_id)
    assert session.scalar(placed.where(Entry.edition_id != Standing.edition_id)) == 0
    dealt = select(func.count()).select_from(Assignment).join(Seat, Seat.id == Assignment.seat_id)
    dealt = dealt.join(Round, Round.id == Seat.round_id).join(Entry, Entry.id == Assignment.entry_id)
    assert session.scalar(dealt.where(Entry.edition_id != Round.edition_id)) == 0


def places_are_found_again() -> None:
    """INV-10: from the sheets alone, in every round that was counted."""
    for judged in session.scalars(select(Round).where(Round.state == "closed", Round.counted_rules.is_not(None))):
        edition = session.get_one(Edition, judged.edition_id)
        rows, _ratios = ranking._standings(edition, judged, gathered(judged))
        found = {row.entry_id: (row.rank, row.score, row.sheets) for row in rows}
        kept = session.scalars(select(Standing).where(Standing.round_id == judged.id)).all()
        assert {each.entry_id: (each.rank, _score(each), each.sheets) for each in kept} == found


def _score(standing: Standing) -> Fraction | None:
    if standing.score_numerator is None or standing.score_denominator is None:
        return None
    return Fraction(standing.score_numerator, standing.score_denominator)
