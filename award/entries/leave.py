"""What opens a dossier to its owner beside the time for everybody. Pure.

A deadline of one's own, a request to mend, and the day on which a work came that was not entered online.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.editions import deadlines
from award.editions.posting import Arrival
from award.rules.eligibility import Finding


@dataclass(frozen=True)
class Mend:
    """The last request to mend, as its owner reads it. `ended` is empty while it stands."""

    items: str
    parts: tuple[str, ...]
    due_day: date | None
    due_at: datetime
    ended: str = ""

    @property
    def stands(self) -> bool:
        return not self.ended

    @property
    def until(self) -> str:
        """17 giờ 00, ngày 05/10/2023; or, for a day without an hour: hết ngày 05/10/2023."""
        return until_words(self.due_day, self.due_at)

    def opens(self, part: str) -> bool:
        """Whether this part may be mended: a page, or "files.<slot>" for the files of one kind.

        The words under pictures go with the files.
        """
        part = "files" if part == "captions" else part
        page = part.partition(".")[0]
        if part == page:
            return any(open_.partition(".")[0] == page for open_ in self.parts)
        return part in self.parts or page in self.parts


@dataclass(frozen=True)
class Leave:
    """What one entrant may beyond the rest. `until`: the first instant too late for own works, where it was decided."""

    until: datetime | None = None
    last_day: date | None = None
    mend: Mend | None = None
    came: Arrival | None = None
    """How the work itself came, where it was not entered online: that counts, not when somebody typed it."""

    @property
    def asked(self) -> Mend | None:
        """The request that stands."""
        return self.mend if self.mend is not None and self.mend.stands else None

    @property
    def words(self) -> str:
        """The deadline of one's own in words."""
        return "" if self.until is None else deadlines.said(deadlines.kept(self.last_day, self.until))


ORDINARY = Leave()


def until_words(last_day: date | None, end: datetime) -> str:
    """17 giờ 00, ngày 05/10/2023; or hết ngày 05/10/2023."""
    if last_day is None:
        return dates.deadline_moment(end - deadlines.SECOND)
    return str(_("hết ngày %(day)s", day=dates.day(last_day)))


def part_of(finding: Finding) -> str:
    """The part of the dossier a finding speaks of: its page, and for files their kind."""
    page, _dot, rest = finding.field.partition(".")
    return f"{page}.{rest.partition('.')[0]}" if page == "files" else page


def field_id(finding: Finding) -> tuple[str, str]:
    """Page of the form and id of the field that a finding speaks of."""
    page, _dot, rest = finding.field.partition(".")
    return page, rest.replace(".", "-")


def from_row(
    mend: Mapping[str, Any] | None, own: Mapping[str, Any] | None, came: Mapping[str, Any] | None = None
) -> Leave:
    """The leave as the database builds it: the last request of the dossier, the standing deadline of its owner.

    `came` tells how the work came that was not entered online.
    """
    return Leave(
        until=None if own is None else datetime.fromisoformat(own["until"]),
        last_day=None if own is None else _day(own["last_day"]),
        mend=None
        if mend is None
        else Mend(
            items=mend["items"],
            parts=tuple(mend["parts"]),
            due_day=_day(mend["due_day"]),
            due_at=datetime.fromisoformat(mend["due_at"]),
            ended=mend["ended"],
        ),
        came=None
        if came is None
        else Arrival(came["channel"], datetime.fromisoformat(came["at"]), _day(came["postmark"])),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
