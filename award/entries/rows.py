"""The dossier from the one row that `award.entries.queries` selects: columns, and lists as the database builds them."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from award.entries.dossiers import (
    AuthorRow,
    Dossier,
    FileRow,
    PartRow,
    Place,
    PrizedRow,
    PrizeRow,
    SlotRow,
    places_of,
)
from award.entries.leave import Leave
from award.entries.leave import from_row as leave_from_row
from award.rules.eligibility import TwinFacts


def from_row(row: Mapping[Any, Any]) -> Dossier:
    """Everything of one entry, read."""
    values = dict(row)
    values["genres"] = tuple((genre["id"], genre["name"]) for genre in row["genres"])
    for name in ("needed", "outlets", "publisher_kinds"):
        values[name] = tuple(row[name] or ())
    values["parts"] = _parts(row)
    values["authors"] = tuple(AuthorRow(**author) for author in row["authors"])
    values["slots"], values["files"] = _slots(row), _files(row)
    values["twins"] = tuple(TwinFacts(**twin) for twin in row["twins"])
    values["prizes"] = tuple(PrizeRow(**prize) for prize in row["prizes"])
    values["prized"] = tuple(PrizedRow(**{**prize, "names": tuple(prize["names"])}) for prize in row["prized"])
    values["leave"] = leave_from_row(values.pop("mend"), values.pop("own_deadline"), values.pop("came"))
    return Dossier(**values)


def places_from_row(row: Mapping[Any, Any]) -> tuple[tuple[Place, ...], Leave]:
    """The places of one entry with their files, and what opens it to its owner."""
    leave = leave_from_row(row["mend"], row["own_deadline"], row["came"])
    return tuple(places_of(_parts(row), _slots(row), _files(row))), leave


def _parts(row: Mapping[Any, Any]) -> tuple[PartRow, ...]:
    return tuple(
        PartRow(
            **{
                **part,
                "published_on": _day(part["published_on"]),
                "aired_at": _hour(part["aired_at"]),
                "outlet_kinds": tuple(part["outlet_kinds"] or ()),
            }
        )
        for part in row["parts"]
    )


def _slots(row: Mapping[Any, Any]) -> tuple[SlotRow, ...]:
    return tuple(SlotRow(**{**slot, "kinds": tuple(slot["kinds"])}) for slot in row["slots"])


def _files(row: Mapping[Any, Any]) -> tuple[FileRow, ...]:
    return tuple(FileRow(**{**file, "stored_at": _instant(file["stored_at"])}) for file in row["files"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _hour(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
