"""The revision of a submitted entry: copied from it, kept to what was asked for, put in its place."""

from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from award.clock import now
from award.db import session
from award.editions.models import FileSlot
from award.entries.leave import Mend
from award.entries.models import Authorship, Entry, EntryFile, Part, PriorPrize, UploadPass
from award.entries.removal import drop_files

_WORK = ("genre_id", "topic_id", "title", "summary", "newsroom_id", "newsroom_text", "byline", "elsewhere")
_CONTENT = (*_WORK, "no_prior_prize")


def copy_of(entry: Entry) -> Entry:
    """A draft with a copy of everything the submitted entry has; it shares the files."""
    revision = Entry(
        edition_id=entry.edition_id,
        category_id=entry.category_id,
        owner_id=entry.owner_id,
        revises_id=entry.id,
        channel=entry.channel,
        came_at=entry.came_at,
        postmark_on=entry.postmark_on,
        declared=dict(entry.declared),
        changed_at=now(),
        **{name: getattr(entry, name) for name in _CONTENT},
    )
    revision.parts = [copied_row(part) for part in entry.parts]
    revision.authors = [copied_row(author) for author in entry.authors]
    revision.prior_prizes = [copied_row(prize) for prize in entry.prior_prizes]
    session.add(revision)
    session.flush()
    _hold(revision, _held(entry))
    return revision


def keep_to(revision: Entry, entry: Entry, mend: Mend) -> None:
    """Whatever was not asked for stands in the revision as it was submitted."""
    codes = _slot_codes(entry)
    open_ = {slot for slot, code in codes.items() if mend.opens(f"files.{code}")}
    mine, files = _held(revision), _held(entry)
    files = [held for held in mine if held.slot_id in open_] + [held for held in files if held.slot_id not in open_]
    if not mend.opens("work"):
        for name in _WORK:
            setattr(revision, name, getattr(entry, name))
    if not mend.opens("declarations"):
        revision.no_prior_prize, revision.declared = entry.no_prior_prize, dict(entry.declared)
        revision.prior_prizes = [copied_row(prize) for prize in entry.prior_prizes]
    if not mend.opens("authors"):
        revision.authors = [copied_row(author) for author in entry.authors]
    revision.files = []
    session.flush()
    if not mend.opens("parts"):
        revision.parts = [copied_row(part) for part in entry.parts]
        session.flush()
    _hold(revision, files)
    drop_files({held.file_id for held in mine})


def take_over(entry: Entry, revision: Entry) -> None:
    """The content of the revision stands in the place of the entry's own; the revision is gone."""
    for name in _CONTENT:
        setattr(entry, name, getattr(revision, name))
    entry.declared = dict(revision.declared)
    held = set(session.scalars(select(EntryFile.file_id).where(EntryFile.entry_id == entry.id)))
    for rows in (EntryFile, UploadPass, Part, Authorship, PriorPrize):
        session.execute(delete(rows).where(rows.entry_id == entry.id))
    for rows in (Part, UploadPass, EntryFile, Authorship, PriorPrize):
        session.execute(update(rows).where(rows.entry_id == revision.id).values(entry_id=entry.id))
    session.expunge(revision)
    session.execute(delete(Entry).where(Entry.id == revision.id))
    session.expire(entry, ["parts", "authors", "files", "prior_prizes"])
    drop_files(held)


class _Held(NamedTuple):
    """Where a file of the entry stands, whichever rows its parts are."""

    slot_id: int
    part: int | None
    """The place of its part among the parts."""
    file_id: int
    ordinal: int
    caption: str


def _held(entry: Entry) -> list[_Held]:
    places = {part.id: place for place, part in enumerate(entry.parts)}
    return [
        _Held(
            held.slot_id,
            None if held.part_id is None else places[held.part_id],
            held.file_id,
            held.ordinal,
            held.caption,
        )
        for held in entry.files
    ]


def _hold(revision: Entry, files: list[_Held]) -> None:
    """The revision holds these files; those of a part it does not have are left out."""
    parts = revision.parts
    revision.files = [
        EntryFile(
            slot_id=held.slot_id,
            part_id=None if held.part is None else parts[held.part].id,
            file_id=held.file_id,
            ordinal=held.ordinal,
            caption=held.caption,
        )
        for held in files
        if held.part is None or held.part < len(parts)
    ]
    session.flush()


def _slot_codes(entry: Entry) -> dict[int, str]:
    found = select(FileSlot.id, FileSlot.code).where(FileSlot.category_id == entry.category_id)
    return dict(session.execute(found).tuples().all())


def copied_row(row: Any) -> Any:
    """The same row of another entry, with a number and a public id of its own."""
    own = {"id", "public_id", "created_at", "entry_id"}
    return type(row)(**{c.key: getattr(row, c.key) for c in type(row).__mapper__.column_attrs if c.key not in own})
