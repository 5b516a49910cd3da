"""What becomes of processes, seen from outside."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE = 120.0


def becomes_true(question: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def status_of(number: int) -> dict[str, str]:
    """What the kernel knows of a process; nothing of one that is gone."""
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return {}
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def is_alive(number: int) -> bool:
    return not status_of(number).get("State", "Z").startswith("Z")


def below(number: int) -> dict[int, str]:
    """Every process that descends from this one, with its command line."""
    parents = {
        int(entry.name): int(status_of(int(entry.name)).get("PPid", "0"))
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit()
    }
    found: dict[int, str] = {}
    generation = {number}
    while generation := {child for child, parent in parents.items() if parent in generation}:
        for child in generation:
            with suppress(OSError):  # one that has just ended is below nobody
                found[child] = Path(f"/proc/{child}/cmdline").read_text(errors="replace").replace("\0", " ")
    return found
