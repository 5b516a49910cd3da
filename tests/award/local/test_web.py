"""What the web server itself refuses, before any page is asked for, and whom it answers when all threads are taken."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from award.local.web import HOST, start_web, wait_for_an_answer

SMUGGLED = "GET /khong-co-trang-nay HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HOSTS = "Host: 127.0.0.1\r\n"
MESSAGES = {
    "both": f"POST / HTTP/1.1\r\n{HOSTS}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "two lengths": f"POST / HTTP/1.1\r\n{HOSTS}Content-Length: 0\r\nContent-Length: 60\r\n\r\n{SMUGGLED}",
    "an encoding nobody knows": f"POST / HTTP/1.1\r\n{HOSTS}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "a length with a sign": f"POST / HTTP/1.1\r\n{HOSTS}Content-Length: +4\r\n\r\nabcd{SMUGGLED}",
    "a blank before the colon": f"POST / HTTP/1.1\r\n{HOSTS}Content-Length : 4\r\n\r\nabcd{SMUGGLED}",
}


@pytest.fixture(scope="module")
def web_port(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Iterator[int]:
    """A web server with an application of a few lines behind it: the messages are to be refused before it."""
    folder: Path = tmp_path_factory.mktemp("web")
    log = folder / "log"
    with socket.create_server((HOST, 0)) as probe:
        number = probe.getsockname()[1]
    behind = "tests.award.local.waiting:application"
    web = start_web(number, 1, environment=environment, log=log, application=behind, threads=1)
    try:
        wait_for_an_answer(web, number, log)
        yield number
    finally:
        web.process.terminate()
        web.process.wait()


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_with_two_lengths_is_refused(web_port: int, name: str) -> None:
    """One that a proxy could read otherwise than we do: refused, and nothing after it is taken for a request."""
    with socket.create_connection((HOST, web_port), timeout=20) as line:
        line.sendall(MESSAGES[name].encode())
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    assert answer.split(b"\r\n")[0].split()[1] in {b"400", b"501"}
    assert answer.count(b"HTTP/1.1 ") == 1


def asks(port: int, address: str) -> socket.socket:
    line = socket.create_connection((HOST, port), timeout=60)
    line.sendall(f"GET {address} HTTP/1.1\r\n{HOSTS}\r\n".encode())
    return line


def test_a_judge_is_answered_while_everybodys_threads_are_taken_and_who_says_nothing_takes_none(web_port: int) -> None:
    """The one thread answers a page that goes on only after a judge was served; two more of the crowd stand in line."""
    silent = socket.create_connection((HOST, web_port))
    crowd = [asks(web_port, "/iii-2023/ket-qua") for _ in range(3)]
    with asks(web_port, "/iii-2023/vong/1/cham") as judge:
        assert judge.recv(12) == b"HTTP/1.1 200"
    for number, line in enumerate(crowd):
        if number:
            asks(web_port, "/iii-2023/vong/1/cham").close()
        with line:
            assert line.recv(12) == b"HTTP/1.1 200"
    silent.close()
