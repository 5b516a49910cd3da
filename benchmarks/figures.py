"""How a figure is kept: with the command that takes it again, the machine, the load that had, and the day."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One line of the results. `ratio` is ours by the control where that says something."""

    name: str
    ours: float | None
    control: float | None
    ratio: float | None
    target: str
    met: bool | None
    runs: int


def line(figure: Figure, command: str) -> str:
    """The figure as it is kept."""
    return json.dumps(asdict(figure) | {"command": command, **here()}, ensure_ascii=False)


def asked_as(part: str, words: Sequence[str]) -> str:
    """What is typed to measure this again."""
    return " ".join(["python3 dev.py bench", part, *words])


def here() -> dict[str, str | float]:
    """Where and when it was measured."""
    model = next(
        (
            row.partition(": ")[2]
            for row in Path("/proc/cpuinfo").read_text().splitlines()
            if row.startswith("model name")
        ),
        "",
    )
    return {
        "machine": f"{os.cpu_count()} × {model.strip()}, Python {platform.python_version()}",
        "load_of_the_machine": os.getloadavg()[0],
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
    }
