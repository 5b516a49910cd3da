"""A way to the store that can be cut, slowed down and counted: a TCP proxy in this process."""

import socket
import threading
import time
from contextlib import suppress

PIECE = 1 << 16


class Line:
    """Connections to `address` go on to `target`. `sent` counts the bytes that went towards it."""

    def __init__(self, target: str) -> None:
        host, port = target.split(":")
        self._target = (host, int(port))
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self.sent = 0
        self._change = threading.Lock()
        self._open: list[socket.socket] = []
        self._cut_at: int | None = None
        self._down = self._silent = False
        self._pause = 0.0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_at(self, sent: int) -> None:
        """Once so many bytes in all went towards the store every connection breaks, and no other comes about."""
        self._cut_at = sent

    def fall_silent(self) -> None:
        """From now on connections come about and nothing goes through them, either way."""
        self._silent = True

    def slow_down(self, seconds: float) -> None:
        """From now on each 64 KiB towards the store wait so long."""
        self._pause = seconds

    def mend(self) -> None:
        """All is well again; what was broken stays broken."""
        self._cut_at, self._down, self._silent, self._pause = None, False, False, 0.0
        self._break()

    def close(self) -> None:
        self._server.close()
        self._break()

    @property
    def is_down(self) -> bool:
        return self._down

    def _break(self) -> None:
        with self._change:
            broken, self._open = self._open, []
        for end in broken:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            if self._down:
                near.close()
                continue
            try:
                far = socket.create_connection(self._target, timeout=30)
            except OSError:
                near.close()
                continue
            with self._change:
                self._open += [near, far]
            threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, outward: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                while self._silent:
                    time.sleep(0.02)
                if outward and not self._let_out(len(piece)):
                    self._break()
                    return
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _let_out(self, count: int) -> bool:
        time.sleep(self._pause)
        with self._change:
            if self._cut_at is not None and self.sent + count > self._cut_at:
                self._down = True
            if self._down:
                return False
            self.sent += count
        return True
