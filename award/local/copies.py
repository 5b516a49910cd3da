"""Where copies lie, and what is in them: chains of the database, the objects, the keys.

database/<when it began>/base/<when>/base.tar.gz    all of it at one moment, with base.json
database/<when it began>/wal/                       whatever was written since, as it is written
objects/<key>                                       every object, as it came
objects.jsonl, missed.json                          size and type of each; which are gone from the store since when
secrets.json                                        the keys without which none of it is worth anything
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

STAMP = "%Y%m%dT%H%M%S.%fZ"


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime(STAMP)


def read_stamp(word: str) -> datetime:
    return datetime.strptime(word, STAMP).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Base:
    """The database as it was between two moments; with what was written since it can be made as of any later one."""

    folder: Path

    @property
    def began(self) -> datetime:
        return read_stamp(self.folder.name)

    @property
    def ended(self) -> datetime:
        return read_stamp(str(self._told()["ended"]))

    @property
    def first_segment(self) -> str:
        """The oldest file of what was written since that it needs."""
        return str(self._told()["first_segment"])

    @property
    def wal(self) -> Path:
        return self.folder.parent.parent / "wal"

    def _told(self) -> dict[str, str]:
        told: dict[str, str] = json.loads((self.folder / "base.json").read_text())
        return told


@dataclass(frozen=True)
class Copies:
    """The folder of the copies of one house."""

    folder: Path

    def make(self) -> None:
        """The folder is there, closed to everybody but its owner."""
        for each in (self.folder, self.folder / "database", self.folder / "objects"):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)

    def chains(self) -> list[Path]:
        """The newest last."""
        return sorted(path for path in (self.folder / "database").glob("*") if path.is_dir())

    def bases(self) -> list[Base]:
        """Those that were made to their end, the newest last."""
        found = (Base(path) for chain in self.chains() for path in (chain / "base").glob("*Z"))
        return sorted((base for base in found if (base.folder / "base.json").exists()), key=lambda base: base.began)

    def newest_before(self, until: datetime | None) -> Base | None:
        """The base from which the database can be made as of then."""
        fitting = [base for base in self.bases() if until is None or base.ended <= until]
        return fitting[-1] if fitting else None

    def forget(self, before: datetime) -> None:
        """Every moment since then can be made: bases begun since are left, the newest that ended before, and chains
        that hold one of them or are the present one. However many were made in a day, none of them costs a day."""
        bases = self.bases()
        ended = [base for base in bases if base.ended < before]
        for base in ended[:-1]:
            shutil.rmtree(base.folder)
        for chain in self.chains()[:-1]:
            if not any((chain / "base").glob("*Z")):
                shutil.rmtree(chain)

    def types(self) -> dict[str, str]:
        """Key → what its bytes are, as the store was told."""
        return {str(line["key"]): str(line["type"]) for line in self._lines()}

    def note_object(self, key: str, size: int, content_type: str) -> None:
        with (self.folder / "objects.jsonl").open("a") as index:
            index.write(json.dumps({"key": key, "size": size, "type": content_type}) + "\n")

    def missed(self) -> dict[str, datetime]:
        """Objects that are gone from the store, and since when they were found gone."""
        kept = self.folder / "missed.json"
        told = json.loads(kept.read_text()) if kept.exists() else {}
        return {key: read_stamp(at) for key, at in told.items()}

    def note_missed(self, missed: Mapping[str, datetime]) -> None:
        written(self.folder / "missed.json", json.dumps({key: stamp(at) for key, at in missed.items()}))

    def place_of(self, key: str) -> Path:
        return self.folder / "objects" / key

    def standing(self, until: datetime | None) -> Iterator[tuple[str, Path]]:
        """Those that were not gone from the store by then; what was erased does not come back with the rest."""
        gone = {key for key, since in self.missed().items() if until is None or since < until}
        return (each for each in self.objects() if each[0] not in gone)

    def objects(self) -> Iterator[tuple[str, Path]]:
        root = self.folder / "objects"
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield str(path.relative_to(root)), path

    def _lines(self) -> Iterator[dict[str, object]]:
        index = self.folder / "objects.jsonl"
        for line in index.read_text().splitlines() if index.exists() else ():
            try:
                yield json.loads(line)
            except ValueError:  # cut off by whatever ended the process
                continue


def written(path: Path, text: str) -> None:
    """The file holds the text, as a whole or not at all, closed to others."""
    making = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    making.rename(path)
