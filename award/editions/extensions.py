"""An extension of the time for entries: what was decided, by which paper, why, and what stood before. Pure.

It lives in the terms of the two persons' act: proposed by one, in force once the other has confirmed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.editions.deadlines import AT, BEFORE, THROUGH, Deadline, said

ACT = "extend"


@dataclass(frozen=True)
class Extension:
    """`before` and `until` as they were written; `confirmation`: until when newsrooms confirm from then on."""

    before: Deadline
    until: Deadline
    paper: str
    decided_on: date
    reason: str
    confirmation: Deadline | None = None

    @property
    def terms(self) -> dict[str, Any]:
        """The extension as an act of two persons keeps it."""
        return {
            "before": _kept(self.before),
            "until": _kept(self.until),
            "confirmation": None if self.confirmation is None else _kept(self.confirmation),
            "paper": self.paper,
            "decided_on": self.decided_on.isoformat(),
            "reason": self.reason,
        }

    @classmethod
    def of(cls, terms: Mapping[str, Any]) -> "Extension":
        confirmation = terms.get("confirmation")
        return cls(
            before=_read(terms["before"]),
            until=_read(terms["until"]),
            paper=terms["paper"],
            decided_on=date.fromisoformat(terms["decided_on"]),
            reason=terms["reason"],
            confirmation=None if confirmation is None else _read(confirmation),
        )

    @property
    def sentence(self) -> str:
        """What everybody is told."""
        return str(
            _(
                "Thời hạn nhận tác phẩm được gia hạn %(until)s (trước đây %(before)s), theo %(paper)s ngày %(day)s.",
                until=said(self.until),
                before=said(self.before),
                paper=self.paper,
                day=dates.day(self.decided_on),
            )
        )

    @property
    def why(self) -> str:
        return str(_("Lý do: %(reason)s.", reason=self.reason.rstrip(".")))


def _kept(deadline: Deadline) -> dict[str, str | None]:
    hour = None if deadline.hour is None else deadline.hour.isoformat()
    return {"wording": deadline.wording, "day": deadline.day.isoformat(), "hour": hour}


def _read(kept: Mapping[str, Any]) -> Deadline:
    wording = {BEFORE: BEFORE, AT: AT}.get(kept["wording"], THROUGH)
    hour = None if kept["hour"] is None else time.fromisoformat(kept["hour"])
    return Deadline(wording, date.fromisoformat(kept["day"]), hour)
