"""Documents that are zip archives (DOCX, ODT): the archive first, then what stands in it.

The rules on the archive are checked by hand, before anything is unpacked: the standard library follows what an archive
says of itself, and versions still in use accept entries that overlap.
"""

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from uploads.kinds import Kind
from uploads.verdict import Unfit

MAX_ENTRIES = 2000
MAX_DIRECTORY_BYTES = 1024 * 1024
MAX_UNPACKED_BYTES = 500 * 1024 * 1024
MAX_WORKBOOK_BYTES = 24 * 1024 * 1024  # a list of some thousand rows unpacks to a tenth of it
MAX_RATIO = 100
RATIO_MATTERS_FROM = 1024 * 1024  # a short, very regular part is no bomb
_CHUNK = 1024 * 1024
_END = struct.Struct("<4sHHHHLLH")
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PARTS_RUN_BY_WORD = ("vbaproject", "vbadata", "/activex/", "/macrosheets/")
_PACKAGE = "Ole10Native".encode("utf-16-le")  # the stream in which Windows keeps a file dropped into a text
_RUN_OR_UNPACKED = (
    "docm",
    "dotm",
    "xlsm",
    "xlsb",
    "pptm",
    ".zip",
    ".7z",
    ".rar",
    ".exe",
    ".msi",
    ".js",
    ".vbs",
    ".bat",
    ".lnk",
)
_LINKS_THAT_LOAD = ("attachedtemplate", "oleobject", "frame", "subdocument", "afchunk", "control", "package")

Attributes = dict[str, str]


def check(path: Path, kind: Kind) -> None:
    """The file is a sound, quiet document of this kind; Unfit says what it is instead."""
    with path.open("rb") as file:
        _check_end(file)
        try:
            with zipfile.ZipFile(file) as archive:
                _check_entries(file, archive)
                check_document = _check_docx if kind.code == "docx" else _check_odt
                check_document(archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError) as fault:
            raise Unfit("truncated") from fault


def check_workbook(file: BinaryIO) -> None:
    """The file is a sound workbook without macros, small enough to be read at once; Unfit says what it is instead."""
    _check_end(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(file, archive)
            if sum(entry.file_size for entry in archive.infolist()) > MAX_WORKBOOK_BYTES:
                raise Unfit("too_large")
            if _WORKBOOK not in _content_types(archive):
                raise Unfit("wrong_type")
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError) as fault:
        raise Unfit("truncated") from fault


def _check_end(file: BinaryIO) -> None:
    """The file begins with its first entry and ends with its directory, which is no longer than it may be."""
    if file.read(4) != b"PK\x03\x04":
        raise Unfit("wrong_type")
    size = file.seek(0, 2)
    start = max(0, size - _END.size - 0xFFFF)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise Unfit("truncated")
    _sig, disk, first_disk, here, entries, length, offset, comment = _END.unpack_from(tail, at)
    if disk or first_disk or here != entries or entries > MAX_ENTRIES or length > MAX_DIRECTORY_BYTES:
        raise Unfit("zip_rules")
    if start + at + _END.size + comment != size or offset + length != start + at:
        raise Unfit("disguised")  # bytes before or after the archive belong to something else


def _check_entries(file: BinaryIO, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if not entries or len(entries) > MAX_ENTRIES:
        raise Unfit("zip_rules")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unfit("encrypted")
    if any(count > 1 for count in Counter(entry.filename.lower() for entry in entries).values()):
        raise Unfit("zip_rules")
    for entry in entries:
        _check_entry(entry)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed):
        raise Unfit("zip_rules")
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends:
            raise Unfit("zip_rules")  # two entries share bytes
        ends = _end_of(file, entry)
    if ends > archive.start_dir:
        raise Unfit("zip_rules")
    if min(entry.header_offset for entry in entries) != 0:
        raise Unfit("disguised")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    steps = name.replace("\\", "/").split("/")
    outside = name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\x00" in name
    if outside or stat.S_ISLNK(entry.external_attr >> 16):
        raise Unfit("zip_rules")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unfit("zip_rules")
    if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
        raise Unfit("zip_rules")


def _end_of(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Where the entry's bytes end, by its own header, which must bear the same name as the directory gives it."""
    file.seek(entry.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        raise Unfit("truncated")
    signature, _version, flags, _method, _time, _date, _crc, _packed, _size, name, extra = _LOCAL.unpack(header)
    said = file.read(name).decode("utf-8" if flags & _UTF8_NAME else "cp437", errors="replace")
    if signature != b"PK\x03\x04" or said != entry.orig_filename:
        raise Unfit("zip_rules")
    return int(entry.header_offset + _LOCAL.size + name + extra + entry.compress_size)


def _check_docx(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    if "[content_types].xml" not in names:
        raise Unfit("wrong_type" if "mimetype" in names else "disguised")
    if any(part in f"/{name}" for name in names for part in _PARTS_RUN_BY_WORD) or _packs_files(archive):
        raise Unfit("active_content")
    types: list[str] = []

    def on_element(name: str, attributes: Attributes) -> None:
        if name in ("Override", "Default"):
            types.append(attributes.get("ContentType", "").lower())
        elif name == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
            kind = attributes.get("Type", "").lower().rsplit("/", 1)[-1]
            if kind in _LINKS_THAT_LOAD:
                raise Unfit("active_content")

    _read_all(archive, on_element)
    if any("macroenabled" in type_ or "vbaproject" in type_ for type_ in types):
        raise Unfit("active_content")
    if f"{_WORD}document.main+xml" not in types:
        raise Unfit("wrong_type" if any("officedocument" in type_ for type_ in types) else "disguised")


def _content_types(archive: zipfile.ZipFile) -> set[str]:
    """What the archive says that its parts are; every part has been read to its end."""
    types: set[str] = set()

    def on_element(name: str, attributes: Attributes) -> None:
        if name in ("Override", "Default"):
            types.add(attributes.get("ContentType", "").lower())

    _read_all(archive, on_element)
    return types


def _packs_files(archive: zipfile.ZipFile) -> bool:
    """Whether a program, or a document with macros, hangs in the text as an icon to be opened."""
    for entry in archive.infolist():
        name = entry.filename.lower()
        if "/embeddings/" in name and name.endswith(_RUN_OR_UNPACKED):
            return True
        if "/embeddings/" in name and name.endswith(".bin") and _PACKAGE in archive.read(entry):
            return True
    return False


def _check_odt(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "mimetype" not in names or "content.xml" not in names:
        raise Unfit("wrong_type" if "[Content_Types].xml" in names else "disguised")
    mime = archive.read("mimetype").strip()
    if mime != b"application/vnd.oasis.opendocument.text":
        raise Unfit("wrong_type" if mime.startswith(b"application/vnd.oasis.opendocument.") else "disguised")
    if any(name.lower().startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        raise Unfit("active_content")

    def on_element(name: str, _attributes: Attributes) -> None:
        if name == "encryption-data":
            raise Unfit("encrypted")
        if name == "script":
            raise Unfit("active_content")

    _read_all(archive, on_element)


def _read_all(archive: zipfile.ZipFile, on_element: Callable[[str, Attributes], None]) -> None:
    """Every part unpacks to its declared size and checksum; every XML part is well-formed and declares nothing."""
    for entry in archive.infolist():
        pieces = _pieces(archive, entry)
        if entry.filename.lower().endswith((".xml", ".rels")):
            parse(pieces, on_element)
        else:
            for _piece in pieces:
                pass


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            yield piece


def parse(
    pieces: Iterator[bytes],
    on_element: Callable[[str, Attributes], None],
    on_end: Callable[[str], None] | None = None,
    on_text: Callable[[str], None] | None = None,
) -> None:
    """Reads XML with local names, in constant memory. A document type declaration is refused: no document needs one."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_declaration: object) -> None:
        raise Unfit("active_content")

    def local(name: str) -> str:
        return name.rsplit(" ", 1)[-1]

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: on_element(
        local(name), {local(key): value for key, value in attributes.items()}
    )
    if on_end:
        parser.EndElementHandler = lambda name: on_end(local(name))
    if on_text:
        parser.CharacterDataHandler = on_text
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
