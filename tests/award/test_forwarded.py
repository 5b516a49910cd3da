"""Of a visitor is believed what a proxy of ours says, and what anybody writes is gone."""

from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import pytest

from award.forwarded import PASSED_ON, SAID, Forwarded

SPOOFED = {
    "HTTP_X_FORWARDED_FOR": "10.9.9.9, 203.0.113.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "other.example",
    "HTTP_FORWARDED": "for=10.9.9.9",
    "HTTP_X_ARRIVED": "1700000000.250",
}


def seen(peer: str, **said: str) -> dict[str, Any]:
    """What the application is given of a request over a connection from this peer."""
    given: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: object) -> list[bytes]:
        given.update(environ)
        return []

    proxies = (ip_network("127.0.0.1"), ip_network("10.0.3.0/24"))
    Forwarded(application, proxies)({"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **said}, lambda *_: None)
    return given


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.3.17"])
def test_a_proxy_of_ours_says_who_the_visitor_is(peer: str) -> None:
    assert seen(peer, **SPOOFED) == {
        "REMOTE_ADDR": "203.0.113.7",
        "wsgi.url_scheme": "https",
        SAID: datetime(2023, 11, 14, 22, 13, 20, 250_000, UTC),
        PASSED_ON: True,
    }


@pytest.mark.parametrize("peer", ["10.0.4.1", "203.0.113.9", "::1", ""])
def test_nobody_else_is_believed(peer: str) -> None:
    assert seen(peer, **SPOOFED) == {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", PASSED_ON: True}


def test_what_is_no_address_and_no_moment_changes_nothing() -> None:
    nonsense = {"HTTP_X_FORWARDED_FOR": "unknown", "HTTP_X_FORWARDED_PROTO": "ftp", "HTTP_X_ARRIVED": "9e99"}
    unchanged = {"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}
    assert seen("127.0.0.1", **nonsense) == unchanged | {PASSED_ON: True}
    assert seen("127.0.0.1") == unchanged | {PASSED_ON: False}
