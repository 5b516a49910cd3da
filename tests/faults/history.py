"""What people were told, line by line, to be held against the database afterwards (tests.faults.invariants)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["ok", "fail", "unknown"]


@dataclass(frozen=True)
class Line:
    """One act of one person: `ok` was acknowledged, `fail` was refused in words, of `unknown` nothing was heard."""

    client: int
    op: str
    key: str
    """What it was done to."""
    began: float
    ended: float
    outcome: Outcome
    result: str = ""
    """What the answer said: an address, a hash."""


@dataclass
class History:
    lines: list[Line] = field(default_factory=list)

    def act(self, client: int, op: str, key: str, does: Callable[[], tuple[Outcome, str]]) -> Outcome:
        """The act is done and stands in the history, however it ended."""
        began = time.monotonic()
        outcome, result = does()
        self.lines.append(Line(client, op, key, began, time.monotonic(), outcome, result))
        return outcome

    def acknowledged(self, op: str) -> dict[str, Line]:
        """Of each thing the last act that was acknowledged."""
        return {line.key: line for line in self.lines if line.op == op and line.outcome == "ok"}

    def tried(self, op: str) -> set[str]:
        return {line.key for line in self.lines if line.op == op}
