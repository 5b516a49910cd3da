"""Conclusions on works: they stay under the number of the dossier; what was written with them goes with the work."""

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, or_, select, update

from award.db import session
from award.entries.models import Entry
from award.entries.personal import own_works, works
from award.personal import GONE, Holding, PersonalData, Subject
from award.screening.models import Comparison, QueueView, RuleVerdict, SavedFilter, Screening, ScreeningAct


def _told(subject: Subject) -> Select[int]:
    """Conclusions the owner was told of; others are still being made and are nobody's to read."""
    return select(Screening.id).where(Screening.entry_id.in_(works(subject)), Screening.told_at.is_not(None))


HOLDINGS = (
    Holding(
        Screening,
        _("Kết luận về điều kiện dự Giải"),
        whose=lambda subject: Screening.id.in_(_told(subject)),
        free="reason findings",
        number="decided_by_id",
        plain="id entry_id edition_id decision clause blind_code decided_at due_at answered_at told_at red"
        " amber version",
    ),
    Holding(
        RuleVerdict,
        _("Kết luận theo từng quy định"),
        whose=lambda subject: RuleVerdict.screening_id.in_(_told(subject)),
        free="remark",
        plain="id screening_id code verdict clause",
    ),
    Holding(
        ScreeningAct,
        _("Lượt kết luận của thư ký"),
        free="before",
        number="by_id",
        plain="edition_id decision together undone_at id public_id created_at",
    ),
    Holding(
        QueueView,
        _("Cột đã chọn ở danh sách kiểm tra"),
        whose=lambda subject: QueueView.person_id == subject.person_id,
        personal="columns",
        number="person_id",
    ),
    Holding(
        SavedFilter,
        _("Bộ lọc đã lưu ở danh sách kiểm tra"),
        whose=lambda subject: SavedFilter.person_id == subject.person_id,
        free="name asked",
        number="person_id",
        plain="edition_id id public_id created_at",
    ),
    Holding(
        Comparison,
        _("So sánh hai tác phẩm"),
        free="reason",
        number="by_id",
        plain="first_id second_id verdict at version id public_id created_at",
    ),
)


def erase(subject: Subject) -> None:
    """Of a work that goes, the decision stays and every word said with it is gone."""
    going = own_works(subject).where(Entry.id.not_in(subject.kept))
    session.execute(update(Screening).where(Screening.entry_id.in_(going)).values(findings={}))
    said = Screening.reason != ""
    session.execute(update(Screening).where(Screening.entry_id.in_(going), said).values(reason=GONE))
    rows = select(Screening.id).where(Screening.entry_id.in_(going))
    session.execute(update(RuleVerdict).where(RuleVerdict.screening_id.in_(rows)).values(remark=""))
    pairs = or_(Comparison.first_id.in_(going), Comparison.second_id.in_(going))
    session.execute(update(Comparison).where(pairs).values(reason=GONE))
    for own in (QueueView, SavedFilter):
        session.execute(delete(own).where(own.person_id == subject.person_id))


personal = PersonalData(HOLDINGS, purpose=_("Kiểm tra điều kiện dự Giải"), erase=erase)
