"""Prizes: what was decided and published stays with title and names; the files of works without one may go in time."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select

from award.clock import now
from award.db import session
from award.editions.feedback import TELLS_COMMENTS
from award.editions.models import Clause
from award.entries.models import Entry, EntryFile
from award.entries.personal import let_files_go, works
from award.personal import Holding, Lapse, PersonalData, Waiting
from award.results.models import (
    Certificate,
    Commendation,
    Decision,
    Disclosure,
    FormerStanding,
    Honour,
    NameCorrection,
    Publication,
    Remark,
    Result,
    Ruling,
    SetAside,
    Standing,
)

_PUBLISHED = _("kết quả Giải đã công bố")


def public_editions() -> Select[int]:
    """Whose results everybody knows: before, nobody is told of themselves what only a prize brings."""
    return select(Publication.edition_id).where(Publication.at <= now())


def _releasing_remarks() -> Select[int]:
    """Editions whose rules let authors read them."""
    said = Clause.value["choice"].as_string().in_(sorted(TELLS_COMMENTS))
    return select(Clause.edition_id).where(Clause.code == "feedback", Clause.unregulated.is_(False), said)


HOLDINGS = (
    Holding(
        Standing,
        _("Điểm và thứ hạng của tác phẩm"),
        free="advanced_reason",
        number="detail",
        plain="id edition_id round_id panel_id entry_id rank score_numerator score_denominator sheets needed advanced "
        "version",
    ),
    Holding(
        FormerStanding,
        _("Điểm và thứ hạng của tác phẩm trước khi đính chính"),
        number="detail",
        plain="id round_id version panel_id entry_id rank score_numerator score_denominator sheets needed",
    ),
    Holding(
        Result,
        _("Giải của tác phẩm"),
        whose=lambda subject: Result.entry_id.in_(works(subject)) & Result.edition_id.in_(public_editions()),
        record="prize_level_id kind theme state decided_at",
        stays=_PUBLISHED,
        reserved="proposed_reason",
        plain="edition_id entry_id id public_id created_at",
    ),
    Holding(
        Honour,
        _("Tập thể, nhân vật được khen"),
        record="recipient",
        stays=_PUBLISHED,
        free="reason",
        plain="edition_id prize_level_id newsroom_id entry_id state decided_at id public_id created_at",
    ),
    Holding(
        SetAside,
        _("Đề nghị giải không đưa vào quyết định"),
        reserved="recipient reason",
        number="by_id",
        plain="edition_id prize_level_id entry_id opinion_id at id public_id created_at",
    ),
    Holding(
        Remark,
        _("Nhận xét gửi tác giả"),
        whose=lambda subject: (
            Remark.entry_id.in_(works(subject))
            & Remark.edition_id.in_(public_editions())
            & Remark.edition_id.in_(_releasing_remarks())
        ),
        free="words",
        number="written_by_id",
        plain="edition_id entry_id written_at id public_id created_at",
    ),
    Holding(
        Decision,
        _("Quyết định"),
        record="signatory",
        stays=_("người ký văn bản đã ban hành"),
        number="recorded_by_id",
        plain="edition_id number day body recorded_at id public_id created_at",
    ),
    Holding(
        Commendation,
        _("Quyết định khen thưởng tập thể, cá nhân"),
        record="signatory",
        stays=_("người ký văn bản đã ban hành"),
        number="chosen_by_id recorded_by_id",
        plain="edition_id number day body recorded_at id public_id created_at",
    ),
    Holding(
        Ruling,
        _("Quyết định thu hồi, trao giải sau công bố"),
        record="signatory reason",
        stays=_("người ký, nội dung văn bản đã ban hành"),
        plain="edition_id kind state entry_id result_id honour_id in_place_of_id level_id former_level_id beyond"
        " case_code number day body done_at id public_id created_at",
    ),
    Holding(
        NameCorrection,
        _("Đính chính kết quả"),
        whose=lambda subject: (
            NameCorrection.entry_id.in_(works(subject))
            & (NameCorrection.state == "confirmed")
            & NameCorrection.edition_id.in_(public_editions())
        ),
        record="stood reads",
        stays=_PUBLISHED,
        free="reason evidence",
        plain="edition_id entry_id authorship_id field state number day done_at id public_id created_at",
    ),
    Holding(
        Certificate,
        _("Giấy chứng nhận"),
        plain="edition_id result_id honour_id authorship_id code issued_on state replaced_by_id ended_at id public_id"
        " created_at",
    ),
    Holding(
        Disclosure,
        _("Công khai việc xét giải"),
        free="ground",
        number="decided_by_id",
        plain="edition_id agreement ties recusals decided_at id public_id created_at",
    ),
    Holding(Publication, _("Công bố kết quả"), plain="edition_id at countersign_id figures id public_id created_at"),
)


def kept_works(entry_ids: Collection[int], known: bool) -> Mapping[int, str]:
    """Works with a prize that was decided: it was, or will be, read by everybody. `known`: it was."""
    given = select(Result.entry_id).where(Result.entry_id.in_(entry_ids), Result.state.in_(("decided", "revoked")))
    if known:
        given = given.where(Result.edition_id.in_(public_editions()))
    return dict.fromkeys(session.scalars(given), gettext("kết quả Giải đã công bố"))


def _without_prize(limit: datetime) -> Select[int]:
    """Entries that still have files, of editions published before the limit, without a prize."""
    prized = select(Result.entry_id).where(Result.state.in_(("decided", "revoked")))
    return (
        select(Entry.id)
        .join(Publication, Publication.edition_id == Entry.edition_id)
        .where(Publication.at < limit, Entry.state != "draft", Entry.id.not_in(prized))
        .where(Entry.id.in_(select(EntryFile.entry_id)))
    )


def _waiting(limit: datetime) -> Waiting:
    due = session.scalar(select(func.count()).select_from(_without_prize(limit).subquery())) or 0
    oldest = select(func.min(Publication.at)).join(Entry, Entry.edition_id == Publication.edition_id)
    return Waiting(due, session.scalar(oldest.where(Entry.id.in_(_without_prize(now())))))


def _let_go(limit: datetime) -> int:
    gone = session.scalars(_without_prize(limit)).all()
    let_files_go(gone)
    return len(gone)


personal = PersonalData(
    HOLDINGS,
    purpose=_("Ghi quyết định và công bố kết quả Giải"),
    kept_works=kept_works,
    lapses=(
        Lapse(
            "files",
            _("Tệp của tác phẩm không đoạt giải"),
            _("từ ngày công bố kết quả"),
            None,
            _waiting,
            _let_go,
        ),
    ),
)
