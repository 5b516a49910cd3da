"""The shipped front door, for real: what nginx lets in, what it says by itself, and what when nobody answers."""

import http.server
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.certificates import Authority
from tests.deploy.frontdoor import FILES, SITE, FrontDoor, Line, is_installed
from uploads import delivery

pytestmark = pytest.mark.skipif(not is_installed(), reason="nginx is not installed")


class Echo(http.server.BaseHTTPRequestHandler):
    """A web process, and a store, that says what it was asked."""

    protocol_version = "HTTP/1.1"
    broken = False

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = {"method": self.command, "path": self.path, "headers": dict(self.headers), "bytes": len(body)}
        status = 503 if self.broken else 200
        text = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Strict-Transport-Security", "max-age=1")
        if self.path.startswith("/public"):
            self.send_header("Cache-Control", "public, max-age=1")
            self.send_header("Vary", "Cookie")
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else text)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 (names the library looks for)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def echo() -> Iterator[http.server.ThreadingHTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


OFFICE = "127.0.0.9"


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, echo: http.server.ThreadingHTTPServer) -> Iterator[FrontDoor]:
    folder = tmp_path_factory.mktemp("nginx")
    port = echo.server_address[1]
    with FrontDoor(folder, [port], f"127.0.0.1:{port}", Authority(folder), replaced={"192.0.2.0/24": OFFICE}) as door:
        yield door


def heard(door: FrontDoor, path: str, **options: Any) -> dict[str, Any]:
    """What reached the process behind."""
    answer = door.ask(path, **options)
    assert answer.status == 200, answer
    told: dict[str, Any] = json.loads(answer.body)
    return told


def plainly(door: FrontDoor, host: str, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", door.way.plain), timeout=10) as wire:
        wire.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return wire.recv(4096)


@pytest.mark.parametrize("host", [SITE, FILES])
def test_older_tls_does_not_come_about(door: FrontDoor, host: str) -> None:
    assert door.handshake(host) == "TLSv1.3"
    assert door.handshake(host, ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
    with pytest.raises(ssl.SSLError):
        door.handshake(host, ssl.TLSVersion.TLSv1_1)


def test_a_name_that_is_not_ours_gets_no_certificate_and_no_page(door: FrontDoor) -> None:
    with pytest.raises(ssl.SSLError):
        door.handshake("other.example.vn")
    assert plainly(door, "other.example.vn", "/") == b""


def test_people_are_led_to_https_and_programs_must_notice(door: FrontDoor) -> None:
    page = plainly(door, SITE, "/iii-2023/ket-qua?trang=2")
    assert page.startswith(b"HTTP/1.1 301 ")
    assert f"\r\nLocation: https://{SITE}/iii-2023/ket-qua?trang=2\r\n".encode() in page
    assert plainly(door, SITE, "/api/v1/editions").startswith(b"HTTP/1.1 403 ")


def test_what_a_visitor_says_of_itself_is_overwritten(door: FrontDoor) -> None:
    began = time.time()
    lies = {"X_Forwarded_For": "10.9.9.9", "X_Forwarded_Proto": "http", "X_Forwarded_Host": "a", "Forwarded": "for=a"}
    told = heard(door, "/trang", X_Arrived="1.0", X_Forwarded_Prefix="/a", X_Forwarded_Port="1", **lies)["headers"]
    assert began - 1 < float(told.pop("X-Arrived")) < time.time() + 1
    forwarded = {name: value for name, value in told.items() if "forwarded" in name.lower()}
    assert forwarded == {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
    assert told["Host"] == SITE


def test_a_page_says_once_that_it_is_asked_under_tls_alone(door: FrontDoor) -> None:
    headers = door.ask("/trang").headers
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert headers["server"] == "nginx", "without its version"


def test_a_form_may_be_so_large_and_no_larger(door: FrontDoor) -> None:
    assert heard(door, "/gui", method="POST", body=bytes(2 * 1024 * 1024))["bytes"] == 2 * 1024 * 1024
    assert door.ask("/gui", "POST", bytes(2 * 1024 * 1024 + 1)).status == 413


def test_a_form_that_is_held_back_reaches_nobody(door: FrontDoor, echo: http.server.ThreadingHTTPServer) -> None:
    with (
        socket.create_connection(("127.0.0.1", door.way.tls), timeout=10) as wire,
        door.trusting().wrap_socket(wire, server_hostname=SITE) as under,
    ):
        before = threading.active_count()
        under.sendall(f"POST /gui HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 10\r\n\r\nabc".encode())
        time.sleep(0.1)
        assert threading.active_count() <= before, "the process behind has nothing of it yet"


def test_files_are_nobodys_page_and_only_signed_ways_lead_to_them(door: FrontDoor) -> None:
    answer = door.ask("/giai/files/x?X-Amz-Signature=1", host=FILES, Range="bytes=0-9")
    assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    for name, value in delivery.HEADERS.items():
        assert answer.headers[name.lower()] == value
    told = json.loads(answer.body)
    assert (told["path"], told["headers"]["Host"]) == ("/giai/files/x?X-Amz-Signature=1", FILES)
    assert door.ask("/giai/files/x", "PUT", bytes(9 * 1024 * 1024), host=FILES).status == 200
    for method in ("DELETE", "POST", "PATCH"):
        assert door.ask("/giai/files/x", method, host=FILES).status == 403


def test_the_application_has_its_own_way_to_the_store(door: FrontDoor) -> None:
    assert door.ask("/giai/files/x", "DELETE", host=FILES, inner=True).status == 200
    for method in ("GET", "DELETE"):
        assert door.ask("/giai/files/x", method, host=FILES, inner=True, source="127.0.0.2").status == 403


def test_whoever_asks_without_end_is_told_to_wait(tmp_path: Path, echo: http.server.ThreadingHTTPServer) -> None:
    """Here after a score of pages at once; as it is shipped after five hundred, which no newsroom asks for."""
    port = echo.server_address[1]
    door = FrontDoor(tmp_path, [port], f"127.0.0.1:{port}", Authority(tmp_path), replaced={"burst=500": "burst=20"})
    with door:
        line, seen = Line(door, SITE, door.way.tls), set[int]()
        for _ in range(2000):
            line.request("GET", "/trang", headers={"Host": SITE})
            answer = line.getresponse()
            answer.read()
            seen.add(answer.status)
            if answer.status == 429:
                break
        line.close()
    assert seen == {200, 429}


def is_notice(door: FrontDoor, path: str, method: str = "GET", body: bytes = b"") -> bool:
    answer = door.ask(path, method, body)
    headers = answer.headers
    return (
        answer.status == 503
        and headers["retry-after"] == "60"
        and headers["cache-control"] == "no-store"
        and headers["content-type"] == "text/html; charset=utf-8"
        and headers["x-content-type-options"] == "nosniff"
        and "max-age=63072000" in headers["strict-transport-security"]
        and "Hệ thống tạm dừng ít phút" in answer.body.decode()
    )


def test_while_the_house_is_closed_everybody_is_told_and_the_office_comes_in(door: FrontDoor) -> None:
    door.closed.touch()
    assert is_notice(door, "/")
    assert is_notice(door, "/iii-2023/tac-pham/k7m2/nop", "POST", b"title=x")
    assert heard(door, "/iii-2023/nhan-lai", source=OFFICE)["path"] == "/iii-2023/nhan-lai"
    door.closed.unlink()
    assert heard(door, "/")["path"] == "/"


def test_when_no_process_is_left_there_is_the_notice_and_what_was_public(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """F-5: published pages stay as they were; whoever has a session, and every other page, is told."""
    folder = tmp_path_factory.mktemp("gone")
    behind = type("Behind", (Echo,), {})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), behind)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    port = server.server_address[1]
    with FrontDoor(folder, [port], f"127.0.0.1:{port}", Authority(folder)) as door:
        kept = door.ask("/public").body
        mine = door.ask("/public", Cookie="__Host-giai=x").body
        assert b"__Host-giai" in mine
        behind.broken = True  # the database is away
        time.sleep(2.1)
        assert (door.ask("/public").status, door.ask("/public").body) == (200, kept)
        assert door.ask("/public", Cookie="__Host-giai=x").status == 503, "as the application says it"
        server.shutdown()
        server.server_close()
        assert (door.ask("/public").status, door.ask("/public").body) == (200, kept)
        assert is_notice(door, "/ban-lam-viec")
        assert is_notice(door, "/iii-2023/tac-pham/k7m2/nop", "POST", b"title=x")
