"""Prizes of editions held before: published results, which stay. Lists still being read are working papers and go."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Text, cast, delete, func, or_, select

from award.db import session
from award.history.models import HistoryImport, PastAuthor, PastWork
from award.lapsing import older
from award.personal import Candidate, Fate, Holding, PersonalData, Subject

TABLE = PastAuthor.__tablename__


def _theirs(subject: Subject) -> ColumnElement[bool]:
    return PastAuthor.id.in_(subject.matched(TABLE))


_PUBLISHED = _("kết quả Giải đã công bố")

HOLDINGS = (
    Holding(
        PastWork,
        _("Tác phẩm đoạt giải các lần trước"),
        whose=lambda subject: PastWork.id.in_(select(PastAuthor.work_id).where(_theirs(subject))),
        record="award_name ordinal year level title authors_words newsroom_words category published_on link",
        stays=_PUBLISHED,
        plain="award_id import_id source_row edition_id entry_key identity award_key award_words level_rank unit"
        " title_words title_key newsroom_folded newsroom_id link_key public id public_id created_at",
    ),
    Holding(
        PastAuthor,
        _("Tên trong kết quả các lần trước"),
        whose=_theirs,
        record="name name_folded pen",
        stays=_PUBLISHED,
        plain="id work_id ordinal",
    ),
    Holding(
        HistoryImport,
        _("Danh sách kết quả cũ đã đọc"),
        free="draft taken_back_reason file_name",
        number="read_by_id done_by_id taken_back_by_id",
        plain="award_id state file_sha256 done_at works known taken_back_at version id public_id created_at",
    ),
)


def named(names: Sequence[str]) -> Sequence[Candidate]:
    """Authors in the lists who bear one of these names."""
    found = (
        select(PastAuthor, PastWork)
        .join(PastWork, PastWork.id == PastAuthor.work_id)
        .where(PastAuthor.name_folded.in_(names))
        .order_by(PastWork.year.desc(), PastAuthor.id)
    )
    return [
        Candidate(TABLE, author.id, author.name, f"{work.title} ({work.newsroom_words}, {work.year})")
        for author, work in session.execute(found).tuples()
    ]


def fates(subject: Subject) -> Sequence[Fate]:
    """Published results stay."""
    if not subject.matched(TABLE):
        return ()
    return (Fate(gettext("Tên, tác phẩm trong kết quả Giải các lần trước"), gettext("kết quả đã công bố")),)


def erase(subject: Subject) -> None:
    """Drafts of lists that name the person are gone; they can be read in again."""
    text = cast(HistoryImport.draft, Text)
    names = [func.strpos(text, word) > 0 for word in subject.words]
    if names:
        session.execute(delete(HistoryImport).where(HistoryImport.state == "draft", or_(*names)))


personal = PersonalData(
    HOLDINGS,
    purpose=_("Công bố và tra cứu kết quả các lần trước; nhận ra tác phẩm đã đoạt giải"),
    erase=erase,
    fates=fates,
    named=named,
    lapses=(
        older(
            "history_drafts",
            _("Danh sách kết quả cũ đọc dở"),
            _("từ ngày đọc"),
            30,
            HistoryImport,
            HistoryImport.created_at,
            HistoryImport.state == "draft",
        ),
    ),
)
