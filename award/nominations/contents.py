"""What the dossier holds: letter and list, a page about each work, and which original stands under which name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates, house_key
from award.db import session
from award.documents.settled import settled
from award.documents.tables import csv, xlsx
from award.editions import described as described_edition
from award.editions.models import Edition, FileSlot, NationalEdition
from award.editions.operations.copying import source_of
from award.editions.papers import invented
from award.editions.queries import national_edition
from award.entries.models import EntryFile, Part
from award.files.models import File
from award.house_key import PublicKey
from award.nominations import described, papers, queries, telling
from award.nominations.candidates import Work
from award.nominations.models import Dossier
from award.nominations.telling import Attached
from award.results.words import note_of
from award.text import folded
from uploads.kinds import BY_CODE, ending_of

_LONGEST_TITLE, _LONGEST_LABEL = 60, 40


@dataclass(frozen=True)
class Original:
    """A file of a work in the store, and where it stands in the dossier. It is stored once its bytes were verified."""

    path: str
    key: str
    sha256: str | None
    size: int
    shown_as: str
    ready: bool


@dataclass(frozen=True)
class Page:
    """Something written for the dossier."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Plan:
    """Everything the dossier will hold, in the order of paths."""

    pages: tuple[Page, ...]
    originals: tuple[Original, ...]

    @property
    def lacking(self) -> list[str]:
        """Names of files that are not there yet or were refused."""
        return [each.shown_as for each in self.originals if not each.ready]


def plan(dossier: Dossier, key: PublicKey, address: str) -> Plan:
    """What the dossier holds of the list as it now stands. The same list gives the same plan.

    It names the `key` it will be signed with, and the `address` where the house shows that key to everybody.
    """
    edition = session.get_one(Edition, dossier.edition_id)
    national = None if dossier.whole else national_edition(edition.id)
    works = _sent(dossier, national)
    files = files_of([work.entry.id for work in works])
    absent = _without_absent(files) if dossier.whole else []
    digits = max(2, len(str(len(works))))
    sent = papers.Sending(edition, national, works, dossier.letter_number, dossier.letter_day, dossier.resolution)
    pages, held_by, told = _whole(sent, absent) if dossier.whole else _papers(sent), [], []
    for number, work in enumerate(works, start=1):
        folder = folder_name(number, digits, work.code or work.entry.code or "", work.title)
        attached = files.get(work.entry.id, [])
        held = originals_of(folder, work.code or work.entry.code or "", len(work.entry.parts), attached)
        held_by.append((folder, held))
        told.append([(original.path, each) for original, each in zip(held, attached, strict=True)])
    whole = telling.dossier(sent, told)
    for work, as_told, (folder, held) in zip(works, whole.works, held_by, strict=True):
        organs = [part.newsroom for part in as_told.parts]
        pages.append(Page(f"{folder}/THONG-TIN.txt", _about(sent, work, held, organs)))
    originals = [original for _folder, held in held_by for original in held]
    pages.append(Page(described.NAME, described.written(whole)))
    pages += [Page(house_key.KEY, key.pem), Page(house_key.README, telling.read_first(sent, key, address))]
    return Plan(tuple(sorted(pages, key=lambda page: page.path)), tuple(sorted(originals, key=lambda held: held.path)))


def folder_name(number: int, digits: int, code: str, title: str) -> str:
    """01-III-IN-042-khi-bi-thu-chi-bo: readable, plain letters, short enough for any system."""
    parts = (f"{number:0{digits}d}", plain(code, 30).upper(), plain(title, _LONGEST_TITLE))
    return "-".join(part for part in parts if part)


def plain(text: str, longest: int) -> str:
    """Small letters without marks and digits, joined by hyphens, cut between words."""
    slug = re.sub(r"[^a-z0-9]+", "-", folded(text).encode("ascii", "ignore").decode()).strip("-")
    if len(slug) <= longest:
        return slug
    whole, _hyphen, _rest = slug[: longest + 1].rpartition("-")
    return (whole or slug[:longest]).strip("-")


def files_of(entry_ids: Sequence[int]) -> dict[int, list[Attached]]:
    """The files of each work, part by part, then slot by slot, in the order they were attached."""
    rows = session.execute(
        select(EntryFile, File, FileSlot, Part)
        .join(File, File.id == EntryFile.file_id)
        .join(FileSlot, FileSlot.id == EntryFile.slot_id)
        .outerjoin(Part, Part.id == EntryFile.part_id)
        .where(EntryFile.entry_id.in_(entry_ids))
        .order_by(EntryFile.entry_id, Part.ordinal.nulls_last(), FileSlot.ordinal, FileSlot.id, EntryFile.id)
    )
    found: dict[int, list[Attached]] = {}
    for row, file, slot, part in rows:
        found.setdefault(row.entry_id, []).append(Attached(file, slot, part, row.caption))
    return found


def originals_of(folder: str, code: str, parts: int, files: Sequence[Attached]) -> list[Original]:
    """The originals of a work of so many parts under neutral names: III-IN-042-ky-1-ban-quet-trang-bao-1.pdf."""
    held: list[Original] = []
    counted: dict[str, int] = {}
    named = plain(code, 30).upper()
    for file, slot, part, _caption in files:
        words = [named, f"ky-{part.ordinal}" if part and parts > 1 else ""]
        stem = "-".join(word for word in (*words, plain(slot.label, _LONGEST_LABEL) or "tep") if word)
        counted[stem] = counted.get(stem, 0) + 1
        path = f"{folder}/{stem}-{counted[stem]}.{_ending(file)}"
        ready = file.state == "ready" and file.sha256 is not None
        held.append(Original(path, file.key, file.sha256, file.size, f"{code} {file.name}".strip(), ready))
    return held


def _sent(dossier: Dossier, national: NationalEdition | None) -> list[Work]:
    """The list in its order, or every work the edition received and nobody withdrew, by code."""
    if dossier.whole:
        return queries.received(dossier.edition_id)
    assert national is not None, "a dossier of the list is asked for only with a national edition"
    listed = queries.chosen(dossier.edition_id, queries.last_ranked_round(dossier.edition_id), national)
    return [each.work for each in listed]


def _without_absent(files: dict[int, list[Attached]]) -> list[str]:
    """A file that never came or was refused stays behind, and its name is told."""
    absent = [each.file.name for held in files.values() for each in held if each.file.state != "ready"]
    for entry, held in files.items():
        files[entry] = [each for each in held if each.file.state == "ready"]
    return absent


def _whole(sent: papers.Sending, absent: Sequence[str]) -> list[Page]:
    """The set-up as another house reads it, the list of works, and which files are not there."""
    sheet = papers.sheet(sent)
    settled_on = date(sent.edition.year, 1, 1)
    pages = [
        Page("THIET-LAP.json", described_edition.written(source_of(sent.edition.id))),
        Page("DANH-SACH.csv", csv(sheet)),
        Page("DANH-SACH.xlsx", settled(xlsx([sheet]), settled_on)),
    ]
    return [*pages, Page("TEP-THIEU.txt", ("\r\n".join(absent) + "\r\n").encode())] if absent else pages


def _ending(file: File) -> str:
    endings = BY_CODE[file.kind].endings
    given = ending_of(file.name)
    return given if given in endings else endings[0]


def _papers(sent: papers.Sending) -> list[Page]:
    """The letter and the list, to be read, to be signed and to be worked with."""
    from award.documents.typeset import pdf  # heavier than the rest of a process: loaded by who builds a dossier
    from award.documents.word import docx

    letter, listed, sheet = papers.letter(sent), papers.national_list(sent), papers.sheet(sent)
    return [
        Page("CONG-VAN.docx", docx(letter)),
        Page("CONG-VAN.pdf", pdf(letter)),
        Page("DANH-SACH.csv", csv(sheet)),
        Page("DANH-SACH.docx", docx(listed)),
        Page("DANH-SACH.pdf", pdf(listed)),
        Page("DANH-SACH.xlsx", settled(xlsx([sheet]), listed.settled_on)),
    ]


def _about(sent: papers.Sending, work: Work, held: Sequence[Original], organs: Sequence[str]) -> bytes:
    """The page that lies in the folder of a work. `organs`: part by part, where it is not that of the whole work."""
    lines = [
        work.title,
        "",
        *([invented(sent.edition)] if sent.edition.illustrative else []),
        _("Mã tác phẩm: %(code)s", code=work.code),
        _("Thể loại: %(kind)s", kind=papers.kind_of(work)),
        _("Tác giả: %(authors)s", authors=work.authors),
        _("Cơ quan báo chí: %(name)s", name=work.newsroom),
        *(note_of(each) for each in work.corrected),
        "",
    ]
    for part, organ in zip(work.entry.parts, organs, strict=True):
        words = [part.title or work.title, dates.day(part.published_on) if part.published_on else ""]
        told = ", ".join(word for word in (*words, organ, part.where, part.link) if word)
        lines.append(_("Kỳ %(n)s: %(words)s", n=part.ordinal, words=told) if len(work.entry.parts) > 1 else told)
    prizes = papers.prizes(sent, work)
    lines += ["", _("Giải đã đạt: %(prizes)s", prizes="; ".join(prizes) or _("không")), "", _("Tệp trong thư mục:")]
    lines += [f"{original.path.rpartition('/')[2]} ({dates.size(original.size)})" for original in held]
    return ("\r\n".join(lines) + "\r\n").encode()
