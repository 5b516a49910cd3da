"""What the QR codes on a scanned paper say, read from the images of its pages that the house keeps."""

from collections.abc import Collection, Iterator
from typing import Literal

from award.files.queries import renditions
from award.files.store import storage
from uploads import qr

PAGE_SIDE = 1600
"""The size of a photographed page that its code is read from."""


def whose(codes: Collection[str], address: str) -> Literal["this", "another", "unread"]:
    """What the codes on a scan say of it: that it is of the paper at `address`, of another of its kind, or nothing."""
    if address in codes:
        return "this"
    return "another" if any(code.startswith(f"{address.rpartition('/')[0]}/") for code in codes) else "unread"


def codes_in(file_id: int, *, most_pages: int) -> list[str]:
    """What the codes on the first pages of the file say, each once; nothing of a file that is not ready."""
    found: list[str] = []
    for page in _pages(file_id, most_pages):
        found += [text for text in qr.read_picture(page) if text not in found]
    return found


def codes_on(file_id: int, page: int) -> list[str]:
    """What the codes on this one page say; nothing while its picture is not made."""
    made = [each for each in renditions([file_id]).get(file_id, []) if each.kind == "page"]
    if not made and page == 1:
        return codes_in(file_id, most_pages=1)
    found = next((each for each in made if each.ordinal == page and each.key is not None), None)
    return qr.read_picture(b"".join(storage().stream(found.key))) if found is not None and found.key else []


def _pages(file_id: int, most: int) -> Iterator[bytes]:
    made = renditions([file_id]).get(file_id, [])
    pages = [each for each in made if each.kind == "page"][:most]
    pages = pages or [each for each in made if each.kind == "photo" and each.ordinal == PAGE_SIDE]
    for each in pages or [each for each in made if each.kind == "photo" and each.ordinal == 0]:
        if each.key is not None:
            yield b"".join(storage().stream(each.key))
