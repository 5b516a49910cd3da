"""Giving a stored object back: a short-lived address whose type and name are ours, not those the file came with."""

import unicodedata
from urllib.parse import quote

from uploads.kinds import KINDS
from uploads.storage import DOWNLOAD_SECONDS, Storage

NAME_BYTES = 200
ENDING_BYTES = 16
NAMELESS = "tep"
INLINE = frozenset(kind.mime for kind in KINDS if kind.family in ("image", "audio", "video"))
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_ATTR_CHARS = "!#$&+-.^_`|~"  # RFC 8187, beyond letters and digits


def address(
    storage: Storage,
    key: str,
    *,
    mime: str,
    name: str,
    verified: bool,
    download: bool = False,
    neutral_name: str | None = None,
    seconds: int = DOWNLOAD_SECONDS,
    steady: bool = False,
) -> str:
    """An address to read the object for five minutes.

    It opens in the browser only when it is verified media or an image and no download was asked for; everything else
    is saved. What is not verified has no type. `neutral_name` stands in for a name that would tell who sent the file;
    a `steady` address is the same for a while.
    """
    inline = verified and not download and mime in INLINE
    return storage.address(
        key,
        content_type=mime if verified else "application/octet-stream",
        disposition=content_disposition(neutral_name or name, inline=inline),
        seconds=seconds,
        steady=steady,
    )


def content_disposition(name: str, *, inline: bool) -> str:
    """The header of RFC 6266: a plain name for old readers, and the true one in UTF-8 (RFC 8187)."""
    clean = clean_name(name)
    plain = _ascii(clean)
    word = "inline" if inline else "attachment"
    return f"{word}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe=_ATTR_CHARS)}"


def clean_name(name: str) -> str:
    """The same name as one that may stand in any folder and any line of text: NFC, one line, at most 200 bytes.

    Control and direction characters are gone, the ending is kept.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(
        " " if unicodedata.category(char) in ("Zl", "Zp", "Zs") or char in "\t\r\n" else char for char in text
    )
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    text = " ".join(text.translate(_FORBIDDEN).split()).rstrip(". ")
    stem, dot, ending = text.rpartition(".")
    if not dot or not ending.isalnum() or len(ending.encode()) > ENDING_BYTES:
        stem, dot, ending = text, "", ""
    stem = stem.strip(". ")
    while stem and unicodedata.combining(stem[0]):
        stem = stem[1:]
    if stem.split(".")[0].lower() in _DEVICES:  # Windows gives these to its devices, whatever the ending
        stem = f"_{stem}"
    room = NAME_BYTES - len((dot + ending).encode())
    return (_shortened(stem, room) or NAMELESS) + dot + ending


def _shortened(text: str, size: int) -> str:
    cut = text.encode()[:size].decode(errors="ignore").rstrip(". ")
    if len(cut) < len(text):
        while cut and unicodedata.combining(text[len(cut)]):  # no letter loses its mark
            text, cut = cut, cut[:-1]
    return cut


def _ascii(name: str) -> str:
    """đ becomes d, marks fall off, and what is still foreign becomes an underscore."""
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = (char for char in bare if not unicodedata.combining(char))
    return "".join(char if " " <= char <= "~" and char != "%" else "_" for char in letters)
