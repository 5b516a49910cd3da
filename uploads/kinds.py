"""What may come in. Everything that is not listed here is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Family = Literal["document", "image", "audio", "video", "archive"]

MIB = 1024 * 1024
GIB = 1024 * MIB


@dataclass(frozen=True)
class Kind:
    """One true type. `mimes` are what libmagic calls it; the first is the one it is stored and served under."""

    code: str
    family: Family
    endings: tuple[str, ...]
    mimes: tuple[str, ...]
    max_bytes: int
    label: str

    @property
    def mime(self) -> str:
        return self.mimes[0]


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"

# Of a document whose parts stand in an unusual order libmagic knows no more than this; its own list of parts decides.
_SOME_ZIP = ("application/zip", "application/octet-stream")

KINDS = (
    Kind("pdf", "document", ("pdf",), ("application/pdf",), 200 * MIB, "PDF"),
    Kind("docx", "document", ("docx",), (_DOCX, *_SOME_ZIP), 100 * MIB, "Word (DOCX)"),
    Kind("odt", "document", ("odt",), (_ODT, *_SOME_ZIP), 100 * MIB, "OpenDocument (ODT)"),
    Kind("jpeg", "image", ("jpg", "jpeg"), ("image/jpeg",), 50 * MIB, "Ảnh JPEG"),
    Kind("png", "image", ("png",), ("image/png",), 50 * MIB, "Ảnh PNG"),
    Kind("webp", "image", ("webp",), ("image/webp",), 50 * MIB, "Ảnh WebP"),
    Kind("mp3", "audio", ("mp3",), ("audio/mpeg",), 2 * GIB, "Âm thanh MP3"),
    Kind("m4a", "audio", ("m4a",), ("audio/mp4", "audio/x-m4a", "video/mp4"), 2 * GIB, "Âm thanh M4A"),
    Kind("wav", "audio", ("wav",), ("audio/wav", "audio/x-wav", "audio/vnd.wave"), 2 * GIB, "Âm thanh WAV"),
    Kind("ogg", "audio", ("ogg",), ("audio/ogg", "application/ogg"), 2 * GIB, "Âm thanh OGG"),
    Kind("mp4", "video", ("mp4",), ("video/mp4",), 20 * GIB, "Video MP4"),
    Kind("mov", "video", ("mov",), ("video/quicktime",), 20 * GIB, "Video MOV"),
    Kind("mkv", "video", ("mkv",), ("video/x-matroska",), 20 * GIB, "Video MKV"),
    Kind("webm", "video", ("webm",), ("video/webm",), 20 * GIB, "Video WebM"),
)

DOSSIER = Kind("zip", "archive", ("zip",), ("application/zip",), 500 * 10**9, "ZIP")
"""Works that another house sends all at once. No place of a work takes it: it comes in only where it is asked for by
its code, and nothing of it is opened but by who reads it member by member (uploads.archives)."""

BY_CODE = {kind.code: kind for kind in (*KINDS, DOSSIER)}
_BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}


def ending_of(name: str) -> str:
    """What stands after the last dot, in lower case; empty when there is no dot."""
    _stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""


def kind_of_name(name: str) -> Kind | None:
    """The kind a file name claims, by its ending alone; None when nothing of that ending may come in."""
    return _BY_ENDING.get(ending_of(name))


def kind_among(name: str, codes: Iterable[str]) -> Kind | None:
    """The one of these kinds that a file name claims by its ending."""
    ending = ending_of(name)
    return next((BY_CODE[code] for code in codes if ending in BY_CODE[code].endings), None)
