"""Marks are the record a ranking is recomputed from: they stay under a number. Private notes are the judge's and go."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select, update

from award.db import session
from award.personal import Fate, Holding, PersonalData, Subject
from judging.panels.models import Assignment, Seat
from judging.scoring.models import (
    Arrival,
    Exchange,
    ExchangeRemark,
    Keying,
    Mark,
    PaperSheet,
    ScoreSheet,
    SecondLook,
    WorkProblem,
)

_JUDGING = _("hồ sơ chấm Giải; chỉ còn mã số, không còn họ tên")


def _assignments(subject: Subject) -> Select[int]:
    seats = select(Seat.id).where(Seat.person_id == subject.person_id)
    return select(Assignment.id).where(Assignment.seat_id.in_(seats))


def _papers(subject: Subject) -> Select[int]:
    return select(PaperSheet.id).where(PaperSheet.assignment_id.in_(_assignments(subject)))


def _sheets(subject: Subject) -> Select[int]:
    return select(ScoreSheet.id).where(ScoreSheet.assignment_id.in_(_assignments(subject)))


HOLDINGS = (
    Holding(
        ScoreSheet,
        _("Phiếu chấm"),
        whose=lambda subject: ScoreSheet.id.in_(_sheets(subject)),
        personal="note",
        record="state level finished_at changed_at",
        stays=_JUDGING,
        credential="nonce",
        plain="assignment_id commitment version id public_id created_at",
    ),
    Holding(
        Mark,
        _("Điểm đã cho"),
        whose=lambda subject: Mark.sheet_id.in_(_sheets(subject)),
        record="criterion_id steps",
        stays=_JUDGING,
        plain="id sheet_id",
    ),
    Holding(
        Arrival,
        _("Phiếu chấm gửi từ máy không có mạng"),
        whose=lambda subject: Arrival.assignment_id.in_(_assignments(subject)),
        record="at version",
        stays=_JUDGING,
        credential="key",
        plain="assignment_id id",
    ),
    Holding(
        PaperSheet,
        _("Phiếu chấm giấy"),
        whose=lambda subject: PaperSheet.assignment_id.in_(_assignments(subject)),
        record="signed_on taken_at",
        stays=_JUDGING,
        plain="assignment_id scan_id scan_sha256 read_from_scan commitment dropped_at id public_id created_at",
    ),
    Holding(
        Keying,
        _("Hai lần nhập phiếu chấm giấy"),
        whose=lambda subject: Keying.paper_id.in_(_papers(subject)),
        personal="reason",
        record="marks level signed_on",
        stays=_JUDGING,
        number="person_id",
        plain="paper_id ordinal id",
    ),
    Holding(
        WorkProblem,
        _("Lỗi tác phẩm đã báo"),
        whose=lambda subject: WorkProblem.assignment_id.in_(_assignments(subject)),
        free="words answer",
        number="answered_by_id",
        plain="assignment_id answered_at id public_id created_at",
    ),
    Holding(
        SecondLook,
        _("Đề nghị xem lại phiếu chấm"),
        whose=lambda subject: SecondLook.sheet_id.in_(_sheets(subject)),
        personal="reason",
        record="answer answered_at former",
        stays=_JUDGING,
        credential="former_nonce",
        number="asked_by_id",
        plain="sheet_id asked_at level gap limit former_commitment id public_id created_at",
    ),
    Holding(
        Exchange,
        _("Trao đổi về tác phẩm có điểm chênh lệch"),
        number="opened_by_id ended_by_id",
        plain="round_id panel_id entry_id named opened_at ended_at id public_id created_at",
    ),
    Holding(
        ExchangeRemark,
        _("Ý kiến khi trao đổi về tác phẩm"),
        whose=lambda subject: ExchangeRemark.person_id == subject.person_id,
        personal="words",
        credential="nonce",
        number="person_id",
        plain="exchange_id number written_at commitment id public_id created_at",
    ),
)


def fates(subject: Subject) -> Sequence[Fate]:
    """Notes go, marks stay."""
    if session.scalar(_sheets(subject).limit(1)) is None:
        return ()
    return (
        Fate(gettext("Ghi chú riêng trong phiếu chấm")),
        Fate(
            gettext("Điểm đã chấm"),
            gettext("để kết quả chấm kiểm chứng lại được; chỉ còn mã số, không còn họ tên"),
        ),
    )


def erase(subject: Subject) -> None:
    """The judge's notes are gone, and the reasons given for keeping or changing a sheet."""
    session.execute(update(ScoreSheet).where(ScoreSheet.id.in_(_sheets(subject))).values(note=""))
    session.execute(update(SecondLook).where(SecondLook.sheet_id.in_(_sheets(subject))).values(reason=""))
    session.execute(update(ExchangeRemark).where(ExchangeRemark.person_id == subject.person_id).values(words=""))
    session.execute(update(Keying).where(Keying.paper_id.in_(_papers(subject))).values(reason=None))


personal = PersonalData(HOLDINGS, purpose=_("Ghi điểm chấm để xét giải và kiểm chứng"), erase=erase, fates=fates)
