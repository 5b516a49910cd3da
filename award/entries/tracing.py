"""What the database has of the work that a receipt speaks of: nothing, a draft, the same, something else.

The signature of the house (`award.entries.attesting`) makes the receipt evidence; what is there is looked at and never
changed. What may be received again is received by `award.entries.recovering`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates
from award.db import session
from award.editions.models import Edition
from award.entries import queries
from award.entries.attesting import Statement
from award.entries.models import Entry, EntryFile, Receipt
from award.files.models import File
from award.people.models import Person

State = Literal["missing", "draft", "same", "other", "taken", "elsewhere"]
MAKES = frozenset({"missing", "draft"})
"""Where there is something to receive again."""


@dataclass(frozen=True)
class Standing:
    """What the database has of the work a receipt speaks of, in words; its owner, where the account is there."""

    state: State
    sentence: str
    entry: Entry | None = None
    owner: Person | None = None
    absent: tuple[str, ...] = ()
    """Names of the files that the receipt says were received and that the work does not have."""


def standing(said: Statement, edition: Edition) -> Standing:
    """How the work of this receipt stands now."""
    owner = session.scalar(select(Person).where(Person.public_id == said.owner))
    entry = session.scalar(select(Entry).where(Entry.public_id == said.entry))
    if said.edition != edition.public_id or (entry is not None and entry.edition_id != edition.id):
        words = _("Biên nhận này của %(edition)s, không phải của trang này.", edition=said.received["edition"])
        return Standing("elsewhere", words)
    if entry is not None and entry.withdrawn_at is not None:
        words = _("Tác phẩm đã rút lúc %(moment)s. Không thay đổi gì.", moment=dates.receipt_moment(entry.withdrawn_at))
        return Standing("other", words, entry, owner)
    if entry is not None and _receipt_of(entry, said) is not None:
        return Standing("same", _as_received(entry, said), entry, owner, _absent(entry, said))
    by_code = select(Entry.id).where(Entry.edition_id == edition.id, Entry.code == said.code)
    if session.scalar(by_code.where(Entry.public_id != said.entry)) is not None:
        words = _("Mã hồ sơ %(code)s nay thuộc tác phẩm khác. Không tiếp nhận lại theo biên nhận được.", code=said.code)
        return Standing("taken", words, entry, owner)
    if entry is None:
        return Standing("missing", _("Hệ thống không có hồ sơ này."), None, owner)
    if entry.state == "draft" and entry.revises_id is None and entry.changed_at <= said.made_at:
        words = _("Hệ thống chỉ có bản nháp của hồ sơ này, chưa sửa gì sau thời điểm trên biên nhận.")
        return Standing("draft", words, entry, session.get_one(Person, entry.owner_id))
    return Standing("other", _otherwise(entry, said), entry, owner)


def wanted(receipt: Receipt) -> list[Mapping[str, Any]]:
    """The files that this receipt names and its work does not have, as it names them; one that is still coming in is
    not there."""
    there = select(File.public_id).join(EntryFile, EntryFile.file_id == File.id)
    held = set(session.scalars(there.where(EntryFile.entry_id == receipt.entry_id, File.state != "uploading")))
    return [file for file in receipt.content.get("files", ()) if file["key"] not in held]


def _receipt_of(entry: Entry, said: Statement) -> Receipt | None:
    """The very receipt, where the database has it."""
    ours = (Receipt.entry_id == entry.id, Receipt.public_id == said.receipt)
    return session.scalar(select(Receipt).where(*ours, Receipt.content_hash == said.content_hash))


def _absent(entry: Entry, said: Statement) -> tuple[str, ...]:
    receipt = _receipt_of(entry, said)
    newest = receipt is not None and queries.last_receipt(entry.id) is receipt
    return tuple(file["name"] for file in wanted(receipt)) if receipt is not None and newest else ()


def _as_received(entry: Entry, said: Statement) -> str:
    last = queries.last_receipt(entry.id)
    if last is None or last.public_id == said.receipt:
        return str(_("Hệ thống có hồ sơ này đúng như biên nhận. Không cần tiếp nhận lại."))
    moment = dates.receipt_moment(last.received_at)
    return str(_("Hệ thống có biên nhận này và lần nộp sau đó, lúc %(moment)s. Không thay đổi gì.", moment=moment))


def _otherwise(entry: Entry, said: Statement) -> str:
    last = queries.last_receipt(entry.id)
    if last is None:
        return str(_("Hệ thống có bản nháp của hồ sơ này, đã sửa sau thời điểm trên biên nhận. Không thay đổi gì."))
    words = {"moment": dates.receipt_moment(last.received_at)}
    if last.received_at < said.received_at:
        told = _("Hệ thống có hồ sơ này theo lần nộp trước đó, lúc %(moment)s. Không thay đổi gì.", **words)
    else:
        told = _("Hệ thống có hồ sơ này theo lần nộp sau đó, lúc %(moment)s. Không thay đổi gì.", **words)
    return str(told)
