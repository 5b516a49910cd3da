"""Works that do not come over the network: by which way, when, and whether the rules of the edition call that in time.

A letter arrives days after it was posted. Where the rules count the postmark, its day decides; a parcel whose postmark
cannot be read, or that came another way, is counted by its arrival. Pure.
"""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _

from award import dates
from award.editions import deadlines
from award.editions.clauses import Rule, rule
from award.editions.models import Edition

CHANNELS = {
    "post": _("Qua bưu điện"),
    "hand": _("Nộp trực tiếp"),
    "email": _("Thư điện tử"),
    "usb": _("USB"),
    "disk": _("Ổ cứng"),
}
"""By which way a work comes that its author does not enter online."""
NAMES = {**CHANNELS, "dossier": _("Hồ sơ điện tử")}
"""The same with the way nobody chooses: the dossier of another house, taken in as it was sent."""


@dataclass(frozen=True)
class Arrival:
    """What came, by which way and when. `postmark` is told of what came by post, where it can be read."""

    channel: str
    at: datetime
    postmark: date | None = None


def counted(edition: Edition) -> Rule:
    """What the edition says of works that come by post."""
    return rule(edition, "posted_works")


def by_postmark(edition: Edition, arrival: Arrival) -> bool:
    """Whether the day of the postmark decides about this parcel."""
    return arrival.channel == "post" and arrival.postmark is not None and counted(edition).choice == "postmark"


def last_posting_day(edition: Edition) -> date | None:
    """The last day whose postmark is in time: a postmark tells no hour, so the day of the deadline counts whole."""
    written = deadlines.written(edition)
    if written is None:
        return None
    return written.last_day or written.day


def in_time(edition: Edition, arrival: Arrival) -> bool:
    """Whether what came counts as in time: by its postmark where the rules say so, otherwise by its arrival."""
    if by_postmark(edition, arrival):
        last = last_posting_day(edition)
        return last is not None and arrival.postmark is not None and arrival.postmark <= last
    return deadlines.in_time(edition, arrival.at)


def words(arrival: Arrival) -> str:
    """How it came, in one line: Qua bưu điện, dấu bưu điện 29/9/2023, đến lúc 09:10, ngày 03/10/2023."""
    told = {"channel": NAMES[arrival.channel], "at": dates.moment(arrival.at)}
    if arrival.channel == "post" and arrival.postmark is None:
        return str(_("%(channel)s, không rõ dấu bưu điện, đến lúc %(at)s", **told))
    if arrival.postmark is not None:
        day = dates.day(arrival.postmark)
        return str(_("%(channel)s, dấu bưu điện %(day)s, đến lúc %(at)s", day=day, **told))
    return str(_("%(channel)s, đến lúc %(at)s", **told))


def verdict(edition: Edition, arrival: Arrival) -> str:
    """Whether it counts, by what, and by which clause."""
    said = counted(edition)
    if by_postmark(edition, arrival):
        told = _("Đúng hạn theo dấu bưu điện.") if in_time(edition, arrival) else _("Quá hạn theo dấu bưu điện.")
        return f"{told} {_('Căn cứ: %(clause)s Thể lệ.', clause=said.cited)}" if said.cited else str(told)
    return str(_("Đúng hạn theo ngày đến.") if in_time(edition, arrival) else _("Quá hạn theo ngày đến."))
