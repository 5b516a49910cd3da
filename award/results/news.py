"""The public news of an edition: what everybody may know happened, as of an instant. Feeds say nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from award import dates
from award.db import session
from award.editions.amended import cited
from award.editions.extensions import ACT, Extension
from award.editions.models import Amendment, Countersign, Edition
from award.log.models import Event
from award.people.letters import address
from award.results import queries
from award.results.models import NameCorrection, Publication, Ruling


@dataclass(frozen=True)
class News:
    """One thing that happened. `key` never changes, whatever is said of it later."""

    key: str
    at: datetime
    title: str
    words: str
    url: str


def news(edition: Edition, instant: datetime) -> list[News]:
    """Everything that is public at the instant, the newest first."""
    found = [*_opened(edition), *_extended(edition), *_amended(edition, instant)]
    since = queries.public_since(edition.id, instant)
    if since is not None:
        found += [_published(edition, since), *_after(edition, since, instant)]
    return sorted(found, key=lambda each: (each.at, each.key), reverse=True)


def _opened(edition: Edition) -> list[News]:
    asked = select(Event.at).where(
        Event.subject_kind == "edition", Event.subject_id == edition.id, Event.kind == "edition.opened"
    )
    at = session.scalar(asked.order_by(Event.id).limit(1))
    if at is None:
        return []
    words = _("%(edition)s bắt đầu nhận tác phẩm dự Giải. Thể lệ và thời hạn ở trang của Giải.", edition=edition.name)
    home = address("editions.home", slug=edition.slug)
    return [News(f"opened-{edition.public_id}", at, _("Mở nhận tác phẩm"), words, home)]


def _extended(edition: Edition) -> list[News]:
    done = select(Countersign).where(
        Countersign.edition_id == edition.id, Countersign.act == ACT, Countersign.confirmed_at.is_not(None)
    )
    rules = address("editions.rules", slug=edition.slug)
    return [
        News(f"extended-{each.public_id}", each.confirmed_at, _("Gia hạn nhận tác phẩm"), _said(each), rules)
        for each in session.scalars(done)
        if each.confirmed_at is not None
    ]


def _said(act: Countersign) -> str:
    extension = Extension.of(act.terms)
    return f"{extension.sentence} {extension.why}"


def _amended(edition: Edition, instant: datetime) -> list[News]:
    asked = select(Amendment).where(Amendment.edition_id == edition.id, Amendment.at <= instant)
    rules = address("editions.rules", slug=edition.slug)
    return [
        News(
            f"amended-{each.public_id}",
            each.at,
            _("Sửa đổi thể lệ lần %(n)s", n=each.ordinal),
            _("Theo văn bản số %(paper)s, hiệu lực từ %(at)s.", paper=cited(each), at=dates.moment(each.at)),
            rules,
        )
        for each in session.scalars(asked)
    ]


def _published(edition: Edition, since: Publication) -> News:
    words = _("%(edition)s đã công bố kết quả.", edition=edition.name)
    if prizes := since.figures.get("prizes"):
        words += " " + _("%(n)s tác phẩm đoạt giải.", n=prizes)
    here = address("results.public", slug=edition.slug)
    return News(f"published-{edition.public_id}", since.at, _("Công bố kết quả"), words, here)


def _after(edition: Edition, since: Publication, instant: datetime) -> list[News]:
    """Prizes taken back, lowered or given later and words corrected, since the results were public; without names."""
    rulings = session.scalars(
        select(Ruling).where(
            Ruling.edition_id == edition.id,
            Ruling.state == "confirmed",
            Ruling.done_at >= since.at,
            Ruling.done_at <= instant,
        )
    )
    corrected = session.scalars(
        select(NameCorrection).where(
            NameCorrection.edition_id == edition.id,
            NameCorrection.state == "confirmed",
            NameCorrection.done_at >= since.at,
            NameCorrection.done_at <= instant,
        )
    )
    here = address("results.public", slug=edition.slug)
    return [*_ruled(list(rulings), here), *_corrected(list(corrected), here)]


def _ruled(rulings: Sequence[Ruling], here: str) -> list[News]:
    titles = {"revoked": _("Thu hồi giải"), "awarded": _("Trao giải bổ sung"), "lowered": _("Hạ mức giải")}
    return [
        News(
            f"{each.kind}-{each.public_id}",
            each.done_at,
            titles[each.kind],
            _(
                "Theo Quyết định số %(number)s, ngày %(day)s của %(body)s.",
                number=each.number,
                day=dates.day(each.day),
                body=each.body,
            ),
            here,
        )
        for each in rulings
        if each.done_at is not None
    ]


def _corrected(rows: Sequence[NameCorrection], here: str) -> list[News]:
    return [
        News(
            f"corrected-{each.public_id}",
            each.done_at,
            _("Đính chính kết quả"),
            _("Kết quả của tác phẩm “%(title)s” đã đính chính.", title=queries.title_of(each.entry_id)),
            here,
        )
        for each in rows
        if each.done_at is not None
    ]
