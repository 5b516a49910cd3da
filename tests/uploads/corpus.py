"""Files for tests, honest and otherwise, made by code when they are needed."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache

import docx
import pikepdf
from PIL import Image

DOCUMENT = "word/document.xml"
_A4 = (595, 842)


# PDF


def pdf(
    lines: Iterable[str] = ("Bai viet",), pages: int = 1, change: Callable[[pikepdf.Pdf], object] | None = None
) -> bytes:
    """Pages of A4 with these lines on each. `change` is let loose on the document before it is saved."""
    document = pikepdf.new()
    commands = ["BT /F1 12 Tf 50 780 Td 16 TL", *(f"({line}) Tj T*" for line in lines), "ET"]
    for _ in range(pages):
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page = document.add_blank_page(page_size=_A4)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        page.Contents = document.make_stream("\n".join(commands).encode())
    if change:
        change(document)
    return saved(document)


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def encrypted_pdf(user: str = "") -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    return saved(document, encryption=pikepdf.Encryption(owner="owner", user=user))


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["setup.exe"] = b"MZ"


# Archives


def docx_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or ("Xin chào",):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(parts: dict[str, bytes], change: Callable[[zipfile.ZipFile], object] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        if change:
            change(archive)
    return out.getvalue()


def docx_with(parts: dict[str, bytes], change: Callable[[zipfile.ZipFile], object] | None = None) -> bytes:
    """A sound document with these parts added or put in the place of its own."""
    return zipped({**_sound_parts(), **parts}, change)


@cache
def _sound_parts() -> dict[str, bytes]:
    return parts_of(docx_file())


def odt_file(content: str = "<text:p>Xin chào</text:p>", **parts: bytes) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}" xmlns:text="{text}">'
        f"<office:body><office:text>{content}</office:text></office:body></office:document-content>"
    )
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", body)
        for name, data in {"META-INF/manifest.xml": manifest, **parts}.items():
            archive.writestr(name, data)
    return out.getvalue()


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("word/media/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def overlapping(archive: bytes) -> bytes:
    """The last entry of the directory points into the first one's bytes: read twice, stored once."""
    end = archive.rindex(b"PK\x05\x06")
    last = archive.rindex(b"PK\x01\x02", 0, end)
    first = archive.index(b"PK\x01\x02")
    name_of = lambda at: archive[at + 46 : at + 46 + struct.unpack_from("<H", archive, at + 28)[0]]  # noqa: E731
    out = bytearray(archive)
    out[last + 10 : last + 28] = archive[first + 10 : first + 28]  # method, time, checksum, both sizes
    struct.pack_into("<L", out, last + 42, 0)
    assert name_of(last) != name_of(first)
    return bytes(out)


def with_directory_field(archive: bytes, name: str, offset: int, layout: str, value: int) -> bytes:
    """One number changed in what the directory says of an entry."""
    at = archive.rindex(name.encode(), 0, archive.rindex(b"PK\x05\x06")) - 46
    assert archive[at : at + 4] == b"PK\x01\x02"
    out = bytearray(archive)
    struct.pack_into(layout, out, at + offset, value)
    return bytes(out)


def with_many_entries(count: int) -> bytes:
    """An archive of so many empty entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    return out.getvalue()


# Images


def image(format_: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, format_, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG of one bit a pixel, all white: a few kilobytes that unpack to a great deal."""

    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * ((width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + png_header(width, height) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def png_header(width: int, height: int) -> bytes:
    """What a PNG says of its size: 25 bytes behind the first eight."""
    return _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


# Recordings and strangers

MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00\x00\x00\x08free" + b"\x00\x00\x00\x08mdat"
HTML = b"<!DOCTYPE html><html><script>fetch('/')</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x3e\x00" + bytes(200)
EXE = b"MZ" + bytes(58) + struct.pack("<L", 64) + b"PE\x00\x00\x64\x86" + bytes(300)
PLAYLIST = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2000)
LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
