"""Addresses of the web: which somebody can open, and which are the same page."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
_BEGINNING = re.compile(r"^[a-z][a-z0-9+.-]*://|^//")
_OTHER_FRONT = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^/]*\.)")
_SAYS_WHO_SENT_IT = re.compile(r"[?&](utm_\w+|fbclid|gclid|zarsrc|zalo_\w+|mc_[ce]id|ref|share)=[^&]*")


def is_address(link: str) -> bool:
    """A web address somebody can open: http or https, a host with a dot, no blanks, nobody's password in it."""
    if any(c.isspace() for c in link):
        return False
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        parts.port  # noqa: B018 - raises when it is no number
    except (ValueError, UnicodeError):
        return False
    return parts.scheme in {"http", "https"} and "@" not in parts.netloc and bool(_HOST.fullmatch(host))


def begun(link: str) -> str:
    """An address that was copied without its beginning gets one; anything else stays as it is."""
    return f"https://{link}" if "://" not in link and is_address(f"https://{link}") else link


def web_address(link: str) -> str:
    """The link when somebody can open it; empty otherwise: nothing else becomes a link on a page."""
    return link if is_address(link) else ""


def link_key(link: str) -> str:
    """The same for addresses of one page: without protocol, www, anchor and what says who passed it on.

    Empty for what is no address.
    """
    if not is_address(link):
        return ""
    text = _OTHER_FRONT.sub("", _BEGINNING.sub("", link.lower().partition("#")[0]))
    front, _mark, asked = text.partition("?")
    asked = _SAYS_WHO_SENT_IT.sub("", f"?{asked}").lstrip("?&")
    front = front.rstrip("/")
    return f"{front}?{asked}" if asked else front
