"""What the secretariat's pages show: lines of the queue with their findings, where a dossier stands, its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award import dates
from award.clock import now
from award.editions.models import Edition
from award.entries.dossiers import AuthorRow, Dossier
from award.entries.models import Entry
from award.entries.queries import dossiers_of, rule_book
from award.features import NextAct
from award.files.reading import Reading, readings
from award.rules.eligibility import Finding, findings
from award.screening.models import Screening
from award.screening.operations import count

VERDICT_WORDS = {
    "green": ("done", lazy_gettext("Đạt")),
    "amber": ("warn", lazy_gettext("Cần xem lại")),
    "red": ("bad", lazy_gettext("Chưa đạt")),
    "not_applicable": ("none", lazy_gettext("Không áp dụng")),
}


@dataclass(frozen=True)
class QueueLine:
    """One dossier in the queue, with how many rules speak against it and how many ask for another look."""

    public_id: str
    code: str
    title: str
    authors: str
    publisher: str
    category: str
    genre: str
    submitted_at: datetime | None
    channel: str
    """One of `filters.WAYS`."""
    red: int
    amber: int
    state: str
    until: str
    """Until when what was asked for may come."""
    reason: str
    clause: str
    blind_code: str
    place: int | None
    """Which place its newsroom gave it before others."""
    signed: str = ""
    """The authors with their pen names."""
    published: str = ""
    """The day on which it appeared; of a series the first and the last."""
    parts: int = 1


def queue_lines(edition: Edition, rows: Sequence[tuple[Entry, Screening | None, int | None]]) -> list[QueueLine]:
    """The rows of a page of the queue; facts of all of them come in one statement."""
    book = rule_book(edition)
    known = dossiers_of([entry.id for entry, _screening, _place in rows])
    return [
        _line(known[entry.id], entry, screening, place, findings(known[entry.id].facts, book))
        for entry, screening, place in rows
    ]


def _line(
    dossier: Dossier, entry: Entry, screening: Screening | None, place: int | None, found: Sequence[Finding]
) -> QueueLine:
    red, amber = count(found)
    asked = dossier.leave.asked
    withdrawn = entry.state == "withdrawn"
    days = [part.published_on for part in dossier.parts if part.published_on]
    return QueueLine(
        public_id=entry.public_id,
        code=entry.code or "",
        title=dossier.title,
        authors=", ".join(author.legal_name for author in dossier.authors),
        publisher=dossier.publisher,
        category=dossier.category,
        genre=dossier.genre,
        submitted_at=entry.submitted_at,
        channel=entry.channel,
        red=red,
        amber=amber,
        state=state_of(entry, screening),
        until=asked.until if asked else "",
        reason=entry.withdrawn_reason if withdrawn else screening.reason if screening else "",
        clause=screening.clause if screening else "",
        blind_code=(screening.blind_code or "") if screening else "",
        place=place,
        signed=", ".join(_signed(author) for author in dossier.authors),
        published=" - ".join(dict.fromkeys(dates.day(day) for day in (min(days), max(days)))) if days else "",
        parts=len(dossier.parts),
    )


def _signed(author: AuthorRow) -> str:
    return f"{author.legal_name} ({author.pen_name})" if author.pen_name else author.legal_name


def state_of(entry: Entry, screening: Screening | None) -> str:
    """Where one dossier stands with the secretariat; the same as `queries.state` says of rows."""
    if entry.state == "withdrawn":
        return "withdrawn"
    if screening is None:
        return "pending"
    if screening.decision == "correction" and screening.due_at is not None and screening.due_at <= now():
        return "overdue"
    if screening.decision == "pending" and screening.answered_at is not None:
        return "answered"
    return screening.decision


def shown_files(dossier: Dossier) -> list[Reading]:
    """Every file of the dossier as it is read, place by place."""
    labels: dict[int, str] = {}
    for place in dossier.places:
        where = place.slot.label
        if place.part is not None and len(dossier.parts) > 1:
            where = _("%(label)s, kỳ %(n)s", label=where, n=place.part.ordinal)
        labels.update({file.id: f"{where}: {file.name}" for file in place.files})
    return list(readings(labels, unchecked=True, captions={file.id: file.caption for file in dossier.files}).values())


def told_not_eligible(screening: Screening) -> NextAct:
    """What the author reads above the own work once told: why, by which clause, and since when. It comes first."""
    lines = [_("Lý do: %(reason)s.", reason=screening.reason.strip().rstrip("."))]
    if screening.clause:
        lines.append(_("Căn cứ: %(clause)s Thể lệ.", clause=screening.clause))
    if screening.told_at is not None:
        lines.append(_("Thông báo lúc %(at)s.", at=dates.moment(screening.told_at)))
    return NextAct(_("Tác phẩm không đủ điều kiện dự Giải"), "", "\n".join(lines), weight=-10)


def told_later() -> NextAct:
    """The same while nothing is told, whatever was decided."""
    how = _(
        "Tác phẩm đủ điều kiện thì trang này ghi khi bắt đầu chấm; không đủ điều kiện thì có thư nêu lý do, sau khi "
        "Ban Tổ chức Giải phê duyệt danh sách."
    )
    return NextAct(_("Đang kiểm tra điều kiện dự Giải"), "", how)
