"""A part of an upload, as the store tells of it and as it is told."""

from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from uploads.checksums import base64_of, of_whole
from uploads.wire import text


@dataclass(frozen=True)
class Part:
    """A part the store holds. `sha256` (hex) and `arrived` are there when the store lists them."""

    number: int
    size: int
    etag: str
    sha256: str | None
    arrived: datetime | None = None


def told(element: Element) -> Part:
    """What a listing says of one part."""
    checksum = element.findtext("{*}ChecksumSHA256")
    return Part(
        number=int(text(element, "PartNumber")),
        size=int(text(element, "Size")),
        etag=text(element, "ETag").strip('"'),
        sha256=of_whole(checksum) if checksum else None,
        arrived=datetime.fromisoformat(since) if (since := element.findtext("{*}LastModified")) else None,
    )


def completed(part: Part) -> str:
    """The same as the store wants to hear it when parts are joined."""
    checksum = f"<ChecksumSHA256>{base64_of(part.sha256)}</ChecksumSHA256>" if part.sha256 else ""
    return f'<Part><PartNumber>{part.number}</PartNumber><ETag>"{escape(part.etag)}"</ETag>{checksum}</Part>'
