"""What a link opens: one place of a dossier for sending files, or an author's row for joining."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from award.db import session
from award.entries.models import Authorship, Entry, EntryFile, UploadPass
from award.files.models import File


def author_of(entry_id: int, public_id: str) -> Authorship | None:
    return session.scalar(select(Authorship).where(Authorship.entry_id == entry_id, Authorship.public_id == public_id))


def invited_row(edition_id: int, key: str) -> tuple[Authorship, Entry] | None:
    """The author who was invited by this key, with the dossier of the edition that stands."""
    asked = select(Authorship, Entry).join(Entry, Entry.id == Authorship.entry_id)
    asked = asked.where(Authorship.invite_key == key, Entry.edition_id == edition_id, Entry.revises_id.is_(None))
    found = session.execute(asked).first()
    return None if found is None else (found.Authorship, found.Entry)


def passes_of(entry_id: int, at: datetime) -> Sequence[UploadPass]:
    """The links of an entry that open something at this instant, newest first."""
    standing = select(UploadPass).where(
        UploadPass.entry_id == entry_id, UploadPass.ended_at.is_(None), UploadPass.until > at
    )
    return session.scalars(standing.order_by(UploadPass.id.desc())).all()


def own_pass(entry_ids: Sequence[int], public_id: str) -> UploadPass | None:
    """The pass of one of these entries, whether it still opens something or not."""
    return session.scalar(
        select(UploadPass).where(UploadPass.public_id == public_id, UploadPass.entry_id.in_(entry_ids))
    )


def pass_with_entry(edition_id: int, public_id: str) -> tuple[UploadPass, Entry] | None:
    """A pass of the edition with the entry it opens a place of."""
    asked = select(UploadPass, Entry).join(Entry, Entry.id == UploadPass.entry_id)
    found = session.execute(asked.where(UploadPass.public_id == public_id, Entry.edition_id == edition_id)).first()
    return None if found is None else (found.UploadPass, found.Entry)


def files_by_pass(pass_id: int) -> Sequence[File]:
    """The files that came by this link."""
    return session.scalars(select(File).join(EntryFile).where(EntryFile.pass_id == pass_id).order_by(File.id)).all()


def file_in_place(opened: UploadPass, public_id: str) -> File | None:
    """The file at this address, when it stands in the place that the pass opens."""
    return session.scalar(
        select(File)
        .join(EntryFile)
        .where(
            File.public_id == public_id,
            EntryFile.entry_id == opened.entry_id,
            EntryFile.slot_id == opened.slot_id,
            EntryFile.part_id.is_not_distinct_from(opened.part_id),
        )
    )
