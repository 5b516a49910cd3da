"""One telling of a receiver: signed, over TLS, to an address of the open network that was looked up just now.

The house opens no link that an entrant typed. A receiver is another matter: somebody with the right to be told set it
up, and still it may lead nowhere inside: no private, loopback or link-local address, no redirect, five seconds.
"""

import hashlib
import hmac
import re
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

SIGNATURE, ID = "X-Giai-Signature", "X-Giai-Delivery"
SECONDS = 5.0
FAULTS = ("unknown_host", "inside", "unusable", "silent", "answered")
LONGEST = 500
MOST_HEAD = 16 * 1024
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?\r?\n")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_GLOBAL = ip_network("2000::/3")
_CARRIERS = tuple(ip_network(net) for net in ("2002::/16", "2001::/32"))
"""Of the global addresses of IPv6, those in which one of IPv4 is hidden; the mapped and the translated are no such."""


class Unreachable(Exception):
    """The receiver was not told. `fault` is one of `FAULTS`; `status` is what it answered, if it did."""

    def __init__(self, fault: str, status: int | None = None) -> None:
        super().__init__(fault)
        self.fault, self.status = fault, status


def signature(secrets: Sequence[str], at: datetime, body: bytes) -> str:
    """`t=<seconds>,v1=<hex>`, one v1 for each secret: HMAC-SHA-256 over `<seconds>.` and the body as it is sent."""
    seconds = str(int(at.timestamp()))
    signed = seconds.encode() + b"." + body
    marks = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={seconds}", *(f"v1={mark}" for mark in marks)])


def is_open(address: str) -> bool:
    """Whether it is an address of the open network and no way into one that is not."""
    known: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(known, IPv6Address) and (known not in _GLOBAL or any(known in net for net in _CARRIERS)):
        return False
    return known.is_global and not known.is_multicast


def is_loopback(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback


def parted(url: str, *, loopback: bool) -> SplitResult | None:
    """The parts of an address that may be a receiver's; http only where one on this machine is allowed."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    schemes = {"https", "http"} if loopback else {"https"}
    plain = len(url) <= LONGEST and url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in schemes or not parts.hostname or "@" in parts.netloc or port == 0:
        return None
    return parts


def looked_up(parts: SplitResult, *, loopback: bool) -> list[str]:
    """The addresses of the host in the order of the resolver, all of them open; raises Unreachable otherwise."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Unreachable("unknown_host") from None
    here = loopback and all(is_loopback(address) for address in found)
    if not found or not (here or (parts.scheme == "https" and all(is_open(address) for address in found))):
        raise Unreachable("inside")
    return list(dict.fromkeys(found))


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def tell(url: str, body: bytes, headers: dict[str, str], *, loopback: bool = False, seconds: float = SECONDS) -> int:
    """The receiver has the body and answered with this status, one of 200 to 299; raises Unreachable otherwise.

    All of it, from the first connection to the last byte that is read, is over after `seconds`.
    """
    parts = parted(url, loopback=loopback)
    if parts is None:
        raise Unreachable("unusable")
    addresses = looked_up(parts, loopback=loopback)
    clock = _Clock(seconds)
    try:
        with _connected(addresses, _port(parts), clock) as plain, _secured(plain, parts, clock) as sock:
            _send(sock, _request(parts, body, headers), clock)
            status = _status(sock, clock)
    except (OSError, ValueError):
        raise Unreachable("silent") from None
    if not 200 <= status < 300:
        raise Unreachable("answered", status)
    return status


class _Clock:
    """What is left of one span of time, however many steps share it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _connected(addresses: Sequence[str], port: int, clock: _Clock) -> socket.socket:
    """A connection to the first that takes one; each is waited for no longer than leaves time for the others.

    They are the addresses that were looked at, whatever the name leads to by now.
    """
    for n, address in enumerate(addresses, start=1):
        with suppress(OSError):
            return socket.create_connection((address, port), clock.left() / (len(addresses) - n + 1))
    raise ConnectionError


def _secured(plain: socket.socket, parts: SplitResult, clock: _Clock) -> socket.socket:
    """The connection under TLS, whose certificate is the name's. Greeting is a step of its own, by the same clock."""
    if parts.scheme != "https":
        return plain
    context = ssl.create_default_context()
    sock = context.wrap_socket(plain, server_hostname=str(parts.hostname), do_handshake_on_connect=False)
    try:
        sock.settimeout(clock.left())
        sock.do_handshake()
    except BaseException:
        sock.close()
        raise
    return sock


def _request(parts: SplitResult, body: bytes, headers: dict[str, str]) -> bytes:
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    said = {"Host": parts.netloc, **headers, "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _send(sock: socket.socket, whole: bytes, clock: _Clock) -> None:
    waiting = memoryview(whole)
    while waiting:
        sock.settimeout(clock.left())
        waiting = waiting[sock.send(waiting) :]


def _status(sock: socket.socket, clock: _Clock) -> int:
    """What the head of the answer says; its body is not read. One that says to go on is an answer like any other."""
    head = b""
    while len(head) < MOST_HEAD and not _HEAD_ENDS.search(head):
        sock.settimeout(clock.left())
        piece = sock.recv(MOST_HEAD - len(head))
        if not piece:
            break
        head += piece
    said = _STATUS.match(head)
    if said is None:
        raise ConnectionError
    return int(said[1])
