"""The paper by which the works for the national award were chosen: the list's own decision, apart from its letter."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from award import dates


@dataclass(frozen=True)
class Resolution:
    """Number, day and body of the paper, all of them known."""

    number: str
    day: date
    body: str

    @property
    def cited(self) -> str:
        """How other papers name it, within a sentence."""
        told = {"number": self.number, "day": dates.day(self.day), "body": self.body}
        return str(_("văn bản số %(number)s, ngày %(day)s của %(body)s", **told))


def resolution_of(number: str, day: date | None, body: str) -> Resolution | None:
    """The paper where it is told whole."""
    return Resolution(number, day, body) if number and day and body else None
