"""One telling of a receiver: signed, over TLS, to an address of the open network that was looked up just now.

The house opens no link that an entrant typed. A receiver is another matter: somebody with the right to be told set it
up, and still it may lead nowhere inside: no private, loopback or link-local address, no redirect, five seconds.
"""

import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

SIGNATURE, ID = "X-Giai-Signature", "X-Giai-Delivery"
SECONDS = 5.0
FAULTS = ("unknown_host", "inside", "unusable", "silent", "answered")
LONGEST = 500
_CARRIERS = tuple(ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""Addresses in which another one is hidden."""


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
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped is not None:
            known = known.ipv4_mapped
        elif any(known in net for net in _CARRIERS):
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


def looked_up(parts: SplitResult, *, loopback: bool) -> str:
    """An address of the host, all of whose addresses are open; raises Unreachable otherwise."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise Unreachable("unknown_host") from None
    here = loopback and all(is_loopback(address) for address in found)
    if not found or not (here or (parts.scheme == "https" and all(is_open(address) for address in found))):
        raise Unreachable("inside")
    return min(found)


def tell(url: str, body: bytes, headers: dict[str, str], *, loopback: bool = False) -> int:
    """The receiver has the body and answered with this status, one of 200 to 299; raises Unreachable otherwise."""
    parts = parted(url, loopback=loopback)
    if parts is None:
        raise Unreachable("unusable")
    address = looked_up(parts, loopback=loopback)
    connection = _Pinned(parts, address)
    clock = threading.Timer(SECONDS, connection.cut)
    clock.daemon = True
    clock.start()
    try:
        target = parts.path or "/"
        connection.request("POST", f"{target}?{parts.query}" if parts.query else target, body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        raise Unreachable("silent") from None
    finally:
        clock.cancel()
        connection.close()
    if not 200 <= status < 300:
        raise Unreachable("answered", status)
    return status


class _Pinned(http.client.HTTPConnection):
    """Goes to the address that was looked at, whatever the name leads to by now; its certificate is the name's."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        super().__init__(str(parts.hostname), port, timeout=SECONDS)
        self._address, self._secure = address, parts.scheme == "https"

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = plain
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """Who answers drop by drop is not waited for."""
        sock = self.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
