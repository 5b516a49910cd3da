"""The clock of a season that is lived again: the instant stands in a file, and whoever replays the season moves it on.

The application asks `award.clock` alone what time it is. What must hold against the rest of the world keeps real time:
the store's signatures, the links in letters.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from award.clock import stopped_at

FILE = "moment"
"""The name of the file in the data folder."""


def say(folder: Path, instant: datetime) -> None:
    """From the next request and the next job on, it is `instant`."""
    making = folder / f"{FILE}.new"
    making.write_text(instant.astimezone(UTC).isoformat())
    making.replace(folder / FILE)


def said(folder: Path) -> datetime:
    """The instant that was said last."""
    return datetime.fromisoformat((folder / FILE).read_text())


class Lived:
    """A WSGI application whose every request happens at the instant that was said last, to its last byte."""

    def __init__(self, application: Callable[..., Any], folder: Path) -> None:
        self._application = application
        self._folder = folder

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        with stopped_at(said(self._folder)):
            answer = self._application(environ, start_response)
            try:
                pieces = list(answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()
        return iter(pieces)


def lived(work: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """The job, done at the instant that was said last."""

    def at_its_moment(*args: Any, **arguments: Any) -> Any:
        with stopped_at(said(folder)):
            return work(*args, **arguments)

    return at_its_moment


def data_folder() -> Path:
    """Where this process was told the season's data are."""
    return Path(os.environ["DATA_DIR"])
