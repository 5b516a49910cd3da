"""Where a season is: a line when a stage ends, with its day, what was done, how many pages were asked for, seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from award import dates

COLUMNS = ("<10", "<22", "<48", ">7", ">8")
QUARTERS = 4
"""A long stage tells so often how far it is where lines stay; on a screen one line moves on."""
_ANEW = "\r\033[K"


@dataclass
class Stage:
    """What is happening. `came` is what its line will say when it is over."""

    telling: "Telling"
    name: str
    begun: float
    asked: int
    came: str = ""
    quarter: int = 0

    def step(self, done: int, whole: int, what: str) -> None:
        """So many of the whole are done."""
        quarter = done * QUARTERS // whole
        said = f"{dates.number(done)}/{dates.number(whole)} {what}"
        if self.telling.moves:
            self.telling.row(self, said, end="")
        elif self.quarter < quarter < QUARTERS:
            self.telling.row(self, f"… {said}")
        self.quarter = quarter


class Telling:
    """Tells whoever waits. `pages` says how many pages were asked for so far, `moment` which day the season has."""

    def __init__(
        self,
        out: TextIO,
        *,
        pages: Callable[[], int],
        moment: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.moves = out.isatty()
        self._out, self._pages, self._moment, self._clock = out, pages, moment, clock
        self._whole = Stage(self, "Cả mùa giải", clock(), pages())
        self._columns("ngày", "việc", "kết quả", "trang", "giây")

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """The block is a stage of the season; its line comes when it ends well."""
        stage = Stage(self, name, self._clock(), self._pages())
        yield stage
        self.row(stage, stage.came)

    def ended(self) -> None:
        """The last line: all pages and all seconds since the telling began."""
        self.row(self._whole, "")

    def row(self, stage: Stage, said: str, *, end: str = "\n") -> None:
        """A line of the stage as it is now, in place of one that moves."""
        pages, seconds = self._pages() - stage.asked, self._clock() - stage.begun
        told = (dates.day(self._moment()), stage.name, said, dates.number(pages), dates.number(seconds, 1))
        self._out.write(_ANEW if self.moves else "")
        self._columns(*told, end=end)

    def _columns(self, *words: str, end: str = "\n") -> None:
        self._out.write("  ".join(f"{each:{width}}" for each, width in zip(words, COLUMNS, strict=True)) + end)
        self._out.flush()
