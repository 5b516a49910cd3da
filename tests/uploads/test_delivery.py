"""The host of the files on one machine: it reads and does nothing else, says our headers and changes no byte."""

import http.client
import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import urllib3

from tests.delivered import delivered
from tests.uploads.conftest import ORIGIN
from uploads.delivery import HEADERS, Asked, Refusal, answered, asked
from uploads.local import EmbeddedStore
from uploads.storage import Storage, new_key

GET = b"GET /giai/a?b=c HTTP/1.1\r\nHost: localhost:1"
STORED = bytes(range(256)) * 8192
"""2 MiB: more than fits into any buffer on the way."""


@pytest.fixture(scope="module")
def key(storage: Storage) -> str:
    key = new_key("tests")
    storage.put_small(key, STORED, "text/html")
    return key


@pytest.fixture
def http_() -> Iterator[urllib3.PoolManager]:
    with urllib3.PoolManager(retries=False, maxsize=1) as pool:
        yield pool


def shown(storage: Storage, key: str) -> str:
    return storage.address(key, content_type="image/png", disposition="inline")


def said_of_everything(headers: object) -> bool:
    return all(headers[name] == value for name, value in HEADERS.items())  # type: ignore[index]


def test_what_is_read_is_as_stored_and_nobodys_page(storage: Storage, key: str, http_: urllib3.PoolManager) -> None:
    for asks, status, expected in (
        ({}, 200, STORED),
        ({"Range": "bytes=1000000-1000099"}, 206, STORED[1_000_000:1_000_100]),
        ({"Range": f"bytes={len(STORED)}-"}, 416, None),
        ({"Range": "bytes=-5"}, 206, STORED[-5:]),
    ):
        answer = http_.request("GET", shown(storage, key), headers=asks)
        assert answer.status == status
        assert expected is None or answer.data == expected
        assert said_of_everything(answer.headers), asks
        assert not [name for name in answer.headers if name.lower().startswith(("seaweed-", "server"))]
    assert answer.headers["Content-Range"] == f"bytes {len(STORED) - 5}-{len(STORED) - 1}/{len(STORED)}"
    assert answer.headers["Content-Type"] == "image/png"
    (pool,) = [http_.connection_from_url(shown(storage, key))]
    assert pool.num_connections == 1, "a connection serves for as long as its browser likes"


def test_what_a_browser_has_is_not_sent_again(storage: Storage, key: str, http_: urllib3.PoolManager) -> None:
    tag = http_.request("GET", shown(storage, key)).headers["ETag"]
    answer = http_.request("GET", shown(storage, key), headers={"If-None-Match": tag})
    assert (answer.status, answer.data) == (304, b"")
    assert http_.request("GET", shown(storage, key), headers={"Range": "bytes=0-0"}).data == STORED[:1]


def test_pages_of_this_site_may_read_and_no_others(storage: Storage, key: str, http_: urllib3.PoolManager) -> None:
    address = shown(storage, key)
    allowed = "Access-Control-Allow-Origin"
    assert http_.request("GET", address, headers={"Origin": ORIGIN}).headers[allowed] == ORIGIN
    assert allowed not in http_.request("GET", address, headers={"Origin": "https://elsewhere.example"}).headers
    asks = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    assert http_.request("OPTIONS", address, headers=asks).headers[allowed] == ORIGIN


def test_without_leave_nothing_is_read_and_nothing_is_ever_written(
    storage: Storage, store: EmbeddedStore, key: str, http_: urllib3.PoolManager, files_host: str
) -> None:
    here = http_.request("GET", f"http://{files_host}/{storage.bucket}/{key}")
    at_the_store = http_.request("GET", shown(storage, key).replace(files_host, store.endpoint))
    assert here.status == at_the_store.status == 403, "an address is for this host and no other"
    assert said_of_everything(here.headers)
    part = storage.sign_whole(new_key("tests"), 3, "00" * 32, "image/png")
    there = urlsplit(part.url)
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        answer = http_.request(method, f"http://{files_host}{there.path}?{there.query}", headers=dict(part.headers))
        assert answer.status == 405
        assert said_of_everything(answer.headers)


def test_many_read_at_once_and_a_slow_one_holds_nobody(storage: Storage, key: str, files_host: str) -> None:
    there = urlsplit(shown(storage, key))
    host, port = files_host.split(":")
    with closing(socket.create_connection(("127.0.0.1", int(port)))) as slow:
        slow.sendall(f"GET {there.path}?{there.query} HTTP/1.1\r\nHost: {there.netloc}\r\n\r\n".encode() * 2)
        found: list[bytes] = []

        def read() -> None:
            found.append(urllib3.request("GET", shown(storage, key)).data)

        readers = [threading.Thread(target=read) for _each in range(6)]
        for each in readers:
            each.start()
        for each in readers:
            each.join()
        assert found == [STORED] * 6
        received = b""
        while received.count(STORED) < 2:  # asked twice in one breath, answered in order
            piece = slow.recv(1 << 20)
            assert piece, "it hung up"
            received += piece
    assert host == "localhost"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"PUT /a HTTP/1.1\r\nHost: h", 405),
        (b"CONNECT h:1 HTTP/1.1\r\nHost: h", 400),
        (b"GET http://elsewhere/ HTTP/1.1\r\nHost: h", 400),
        (b"GET / HTTP/2.0\r\nHost: h", 400),
        (b"GET /a b HTTP/1.1\r\nHost: h", 400),
        (b"GET /a\x00 HTTP/1.1\r\nHost: h", 400),
        (b"GET /a HTTP/1.1", 400),
        (b"GET /a HTTP/1.1\r\nHost: h\r\nHost: i", 400),
        (GET + b"\r\nTransfer-Encoding: chunked", 400),
        (GET + b"\r\nContent-Length: 5", 400),
        (GET + b"\r\nContent-Length : 0", 400),
        (GET + b"\r\nX: a\nRange: bytes=0-1", 400),
        (GET + b"\r\n Range: bytes=0-1", 400),
        (GET + b"\r\nno colon", 400),
    ],
)
def test_what_does_not_only_read_is_refused(head: bytes, status: int) -> None:
    with pytest.raises(Refusal) as caught:
        asked(head)
    assert caught.value.status == status


def test_the_store_is_told_what_matters_and_nothing_else() -> None:
    request = asked(GET + b"\r\nCookie: a=b\r\nRange: bytes=0-1\r\nX-Forwarded-Host: i\r\nAuthorization: AWS x")
    assert request.head == (
        b"GET /giai/a?b=c HTTP/1.0\r\nhost: localhost:1\r\nrange: bytes=0-1\r\nConnection: keep-alive\r\n\r\n"
    )
    assert request.stays
    assert not asked(GET + b"\r\nConnection: close").stays
    assert not asked(GET.replace(b"1.1\r", b"1.0\r")).stays
    assert asked(GET.replace(b"1.1\r", b"1.0\r") + b"\r\nConnection: Keep-Alive").stays


OK = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("method", "head", "length", "stays"),
    [
        (b"GET", OK + b"Content-Length: 7\r\nConnection: keep-alive", 7, True),
        (b"GET", OK + b"Content-Length: 7", 7, False),
        (b"HEAD", OK + b"Content-Length: 7\r\nConnection: keep-alive", 0, True),
        (b"GET", OK + b"Connection: keep-alive", None, False),
        (b"GET", b"HTTP/1.1 304 Not Modified\r\nConnection: keep-alive", 0, True),
    ],
)
def test_how_long_an_answer_is(method: bytes, head: bytes, length: int | None, stays: bool) -> None:
    answer = answered(head, Asked(method, b"", True))
    assert (answer.length, answer.stays) == (length, stays)
    assert (b"Connection: close" in answer.head) == (length is None)
    assert said_of_everything(dict(each.split(": ", 1) for each in answer.head.decode().split("\r\n")[1:-2]))


def test_what_the_store_says_of_pages_does_not_stand() -> None:
    wrong = OK + b"content-security-policy: default-src *\r\nSERVER: x\r\nSeaweed-X: y\r\nX-Content-Type-Options: z"
    told = answered(wrong, Asked(b"GET", b"", True)).head.decode().lower()
    assert told.count("content-security-policy") == told.count("x-content-type-options") == 1
    assert not [word for word in ("default-src *", "server", "seaweed", "options: z") if word in told]


@pytest.mark.parametrize("head", [b"SSH-2.0", OK + b"Transfer-Encoding: chunked", OK + b"Content-Length: -1"])
def test_what_is_no_answer_is_not_passed_on(head: bytes) -> None:
    with pytest.raises(Refusal):
        answered(head, Asked(b"GET", b"", True))


@contextmanager
def scripted(answer: Callable[[socket.socket, int], None]) -> Iterator[str]:
    """A store that does with each connection on which something is asked, the first being 0, what it was told."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        numbers = itertools.count()

        def talk(connection: socket.socket) -> None:
            with connection:
                if connection.recv(1, socket.MSG_PEEK):  # a spare one, on which nothing is ever asked, has no number
                    answer(connection, next(numbers))

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=[connection], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


KEPT = b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\n"


def test_a_store_that_hung_up_in_the_meantime_is_asked_again(tmp_path: Path) -> None:
    def once_each(connection: socket.socket, number: int) -> None:
        connection.recv(4096)
        connection.sendall(KEPT + b"no %d" % number)

    with scripted(once_each) as store, delivered(store, tmp_path / "log") as host:
        with closing(http.client.HTTPConnection(host)) as browser:
            for number in range(3):
                browser.request("GET", "/a")
                assert browser.getresponse().read() == b"no %d" % number


def test_an_answer_that_breaks_off_is_seen_to_and_one_without_length_ends_with_the_connection(tmp_path: Path) -> None:
    def shorter(connection: socket.socket, number: int) -> None:
        connection.recv(4096)
        connection.sendall(KEPT + b"sh" if number == 0 else b"HTTP/1.0 200 OK\r\n\r\nall of it")

    with scripted(shorter) as store, delivered(store, tmp_path / "log") as host:
        with closing(http.client.HTTPConnection(host)) as browser:
            browser.request("GET", "/a")
            with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
                browser.getresponse().read()
        with closing(http.client.HTTPConnection(host)) as browser:
            browser.request("GET", "/a")
            answer = browser.getresponse()
            assert (answer.read(), answer.headers["Connection"]) == (b"all of it", "close")


def test_a_store_that_is_away_is_told_in_one_line(tmp_path: Path) -> None:
    with delivered("127.0.0.1:9", tmp_path / "log") as host:
        answer = urllib3.request("GET", f"http://{host}/a", retries=False)
        assert (answer.status, answer.data) == (502, b"Bad Gateway\n")
        assert said_of_everything(answer.headers)
        with closing(socket.create_connection(("127.0.0.1", int(host.split(":")[1])))) as endless:
            endless.sendall(b"GET /" + b"a" * 20_000)
            assert endless.recv(4096).startswith(b"HTTP/1.1 431")
