"""Whether this machine's clock and the database's agree, as far as one question can tell."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from award import dates
from award.arrival import CLOCKS_MAY_DIFFER
from award.clock import now
from award.entries.queries import database_now

AGREES = timedelta(seconds=1)
NONE = timedelta(0)


def apart(before: datetime, there: datetime, after: datetime) -> timedelta:
    """How far this machine is ahead of the database, which said `there` at some time between `before` and `after`.

    Behind it is negative; a time in between, or beside it by a second, agrees.
    """
    off = max(before - there, NONE) + min(after - there, NONE)
    return off if abs(off) > AGREES else NONE


def drift() -> timedelta:
    """The same, asked now."""
    before = now()
    there = database_now()
    return apart(before, there, now())


def words(off: timedelta) -> str:
    """What who runs the house is told; nothing while the clocks agree."""
    if not off:
        return ""
    told = {"length": dates.length(abs(off).total_seconds())}
    if off > NONE:
        sentence = _("Đồng hồ của máy chủ trang web nhanh hơn đồng hồ cơ sở dữ liệu %(length)s.", **told)
    else:
        sentence = _("Đồng hồ của máy chủ trang web chậm hơn đồng hồ cơ sở dữ liệu %(length)s.", **told)
    counts = ""
    if abs(off) > CLOCKS_MAY_DIFFER:
        counts = _("Thời điểm nhận hồ sơ đang được ghi theo đồng hồ cơ sở dữ liệu.")
    mend = _("Đề nghị bộ phận kỹ thuật chỉnh giờ cả hai máy theo một nguồn (NTP).")
    return " ".join(filter(None, (sentence, counts, mend)))
