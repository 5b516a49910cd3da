"""Opening strangers' files in a process of their own, which may be taken over or break without harm to the others.

The parent starts a module of this package and reads one JSON value from it. The child limits itself before it touches
the file: processor time, memory, what it writes, no network where the kernel allows that, and death with its parent.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CPU_SECONDS = 60
WALL_SECONDS = 120
MEMORY_BYTES = 2 * 1024**3
WRITTEN_BYTES = 64 * 1024**2
OPEN_FILES = 64

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


class ChildFailed(Exception):
    """The child was killed, crashed, or took too long; there is no answer about the file."""


def run(module: str, arguments: Sequence[str], *, wall_seconds: float = WALL_SECONDS) -> Any:
    """What `python -m module arguments` answered."""
    with tempfile.TemporaryDirectory(prefix="opening-") as scratch:
        answer = Path(scratch) / "answer.json"
        environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TMPDIR": scratch}
        with answer.open("wb") as out:
            try:
                done = subprocess.run(
                    [sys.executable, "-P", "-m", module, *arguments],
                    cwd=scratch,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.DEVNULL,
                    timeout=wall_seconds,
                    check=False,
                )
            except subprocess.TimeoutExpired as fault:
                raise ChildFailed(f"{module} took longer than {wall_seconds:g} s") from fault
        if done.returncode:
            raise ChildFailed(f"{module} ended with {done.returncode}")
        try:
            return json.loads(answer.read_bytes())
        except ValueError as fault:
            raise ChildFailed(f"{module} gave no answer") from fault


def answer(work: Callable[[], Any]) -> None:
    """In the child: limits first, then the work, then its answer. Whatever a library prints goes to nobody."""
    out = os.dup(1)
    os.dup2(2, 1)
    confine()
    with os.fdopen(out, "w", encoding="utf-8") as stream:
        json.dump(work(), stream)


def confine() -> None:
    """This process can neither grow nor run on, and has no network where the kernel lets it give that up."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(_CLONE_NEWNET):  # root may; others need a user namespace of their own, where those are allowed
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
