"""A store that lies: a server before the real one, which does with a request what the test tells it to do."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

JOINED = b"""<?xml version="1.0" encoding="UTF-8"?>
<CompleteMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><ETag>"lie"</ETag>
</CompleteMultipartUploadResult>"""


class Liar:
    """Passes every request on. `joins` says what becomes of a joining: True passes it on, False only says yes.
    `spoils` gets the number of a part and its bytes, and gives those that arrive."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.address = ""
        self.joins = True
        self.spoils: Callable[[int, bytes], bytes] = lambda _number, body: body


@contextmanager
def liar_before(target: str) -> Iterator[Liar]:
    """It stands between the application with its browsers and the store."""
    liar = Liar(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = parse_qs(urlsplit(self.path).query)
            if self.command == "POST" and "uploadId" in asked and not liar.joins:
                self._answer(200, [("Content-Type", "application/xml")], JOINED)
                return
            if self.command == "PUT" and "partNumber" in asked:
                body = liar.spoils(int(asked["partNumber"][0]), body)
            onward = http.client.HTTPConnection(liar.target, timeout=30)
            onward.request(self.command, self.path, body=body, headers=dict(self.headers))
            answer = onward.getresponse()
            self._answer(answer.status, answer.getheaders(), answer.read())
            onward.close()

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = pass_on  # noqa: N815 (its names are given)

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                    self.send_header(name, value)
            told = {name.lower(): value for name, value in headers}.get("content-length", "0")
            self.send_header("Content-Length", told if self.command == "HEAD" else str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        liar.address = f"127.0.0.1:{server.server_port}"
        yield liar
        server.shutdown()
