"""The process from which browsers read files on one machine (uploads.delivery)."""

import os
import socket
import sys
from pathlib import Path

import config
from award.local.children import CannotRun, Service, spawn

HOST = "127.0.0.1"
WAITING = 128


def listen(port: int | None) -> socket.socket:
    """A socket at which browsers may queue, whether or not the process is there that will answer them."""
    try:
        return socket.create_server((HOST, port or 0), backlog=WAITING)
    except OSError as fault:
        raise CannotRun(
            f"Không dùng được cổng {port} cho tệp: một chương trình khác đang giữ, hoặc cổng ấy không được phép.",
            f"Port {port} cannot be used for files: another program holds it, or it is not allowed.",
        ) from fault


def start_delivery(listening: socket.socket, store: str, *, log: Path) -> Service:
    """Whoever comes to the socket reads from the store."""
    command = [sys.executable, "-m", "uploads.delivery", "--socket", str(listening.fileno()), "--store", store]
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "PYTHONUNBUFFERED": "1"}
    return Service(spawn(command, log=log, environment=environment, folder=config.ROOT, pass_fds=(listening.fileno(),)))
