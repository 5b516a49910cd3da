"""The system as a person starts it, seen from outside."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

import config
from tests.award.local.watching import PATIENCE


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    names = [field.upper() for field in config.Settings.__dataclass_fields__]
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"DATA_DIR": str(data_dir), "DEMONSTRATION": "0", "PYTHONUTF8": "1"} | more


def command(port: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "award.local", "--port", str(port), *more]


def refused(data_dir: Path, port: int, *more: str, **variables: str) -> str:
    """What it says when it does not run."""
    done = subprocess.run(
        command(port, *more),
        cwd=config.ROOT,
        env=environment(data_dir, **variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


@contextmanager
def running(
    data_dir: Path, port: int, *more: str, **variables: str
) -> Iterator[tuple["subprocess.Popen[str]", IO[str]]]:
    """The supervisor with everything below it, once it says that it runs; and what it says from then on."""
    with subprocess.Popen(
        command(port, *more),
        cwd=config.ROOT,
        env=environment(data_dir, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as supervisor:
        assert supervisor.stdout is not None
        try:
            line = supervisor.stdout.readline()
            assert line == f"Giải báo chí đang chạy tại http://127.0.0.1:{port} (Ctrl-C để dừng)\n", line
            yield supervisor, supervisor.stdout
        finally:
            supervisor.terminate()
            supervisor.wait(PATIENCE)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def database(data_dir: Path) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=str((data_dir / "postgres").resolve()), user="giai_owner", dbname="giai", autocommit=True
    )
