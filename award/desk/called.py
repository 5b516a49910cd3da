"""Whom to call, as a page last said it on this machine: public, and needed most when the database is away."""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flask import Flask, current_app

from config import Settings

_NAMES = ("name", "phone")


class Called:
    """Name and number, in this process and in a file beside the machine's other data, for processes yet to start.

    The file is written when what is said has changed. A folder that cannot be written to, or a file that is no longer
    what was written, is no fault of the page that is asked for: the doctor speaks of such a folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "called.json"
        self._said: dict[str, str] = {}

    def keep(self, said: Mapping[str, str]) -> None:
        if self._said == said:
            return
        self._said = dict(said)
        with suppress(OSError):
            making, name = tempfile.mkstemp(dir=self._file.parent, prefix=self._file.name)
            with os.fdopen(making, "w") as file:
                json.dump(self._said, file)
            Path(name).replace(self._file)

    def known(self) -> dict[str, str] | None:
        """What this process said last, or the one before it on this machine; None where nobody said anything yet."""
        if not self._said:
            with suppress(OSError, ValueError, TypeError, KeyError):
                found = json.loads(self._file.read_text())
                self._said = {name: str(found[name]) for name in _NAMES}
        return self._said or None


def install(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    app.extensions["called"] = Called(settings.data_dir)


def called() -> Called:
    kept: Called = current_app.extensions["called"]
    return kept
