"""The web processes of one machine: one that takes connections, and as many as are wanted that answer them."""

import http.client
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import config
from award.local.children import CannotRun, Service, spawn

HOST = "127.0.0.1"
THREADS = 8
ANSWER_SECONDS = 60


def start_web(
    port: int,
    processes: int,
    *,
    environment: Mapping[str, str],
    log: Path,
    application: str = "wsgi:create_app()",
    threads: int = THREADS,
) -> Service:
    """The processes are being started; one that dies is replaced.

    The application is loaded once and shared among them; it opens nothing before its first request.
    """
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}", "--preload"]
    command += ["--worker-class", "award.local.queue.Worker", "--workers", str(processes), "--threads", str(threads)]
    command += ["--no-control-socket", "--graceful-timeout", "10"]
    return Service(spawn(command, log=log, environment=environment, folder=config.ROOT))


def wait_for_an_answer(web: Service, port: int, log: Path, address: str = "/") -> None:
    """The site has answered a request, whatever it said."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", address)
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            if web.process.poll() is not None or time.monotonic() > deadline:
                raise CannotRun(
                    "Máy chủ web không khởi động được. Hãy sửa nguyên nhân ghi dưới đây rồi chạy lại.",
                    "The web server did not start. Correct the cause below and run again.",
                    log,
                ) from None
        finally:
            connection.close()
        time.sleep(0.05)
