"""Web processes as the units start them: on a socket that is not theirs, and stays when they go."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import config

LOADING_SECONDS = 120


class Web:
    """One unit `giai-web@`: systemd's socket, and the process behind it."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self.socket.getsockname()[1]
        self._environment, self._log = dict(os.environ) | dict(environment), log
        self.start()

    def start(self) -> None:
        number = self.socket.fileno()
        unit = (config.ROOT / "deploy" / "systemd" / "giai-web@.service").read_text()
        (command,) = (line.split() for line in unit.splitlines() if line.startswith("ExecStart="))
        words = [sys.executable, *command[1:], "--bind", f"fd://{number}"]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                words, cwd=config.ROOT, env=self._environment, pass_fds=(number,), stdout=log, stderr=log
            )

    def wait(self) -> None:
        """It answers; meanwhile whoever asks is in the queue of the socket."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=LOADING_SECONDS) as wire:
            wire.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            assert wire.recv(12) in {b"HTTP/1.1 200", b"HTTP/1.0 200"}, self._log.read_text()[-2000:]

    def restart(self) -> None:
        """As `systemctl restart` does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.start()
        self.wait()

    def die(self) -> None:
        """SIGKILL to the process and what it began; started again as systemd does."""
        below = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        for number in [self.process.pid, *map(int, below.stdout.split())]:
            os.kill(number, signal.SIGKILL)
        self.process.wait()
        time.sleep(0.05)
        self.start()
        self.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.socket.close()
