"""Seats and readings stay under the judge's number; notes about who has to do with which work are words and go."""

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from award.db import session
from award.personal import Holding, PersonalData, Subject
from judging.panels.models import Assignment, Conflict, ConflictClaim, Dealing, DeclaredTie, Expertise, Seat

_JUDGING = _("hồ sơ chấm Giải; chỉ còn mã số, không còn họ tên")

HOLDINGS = (
    Holding(
        Seat,
        _("Thành viên tiểu ban chấm"),
        whose=lambda subject: Seat.person_id == subject.person_id,
        record="role pledged_at pledge_version ties_told_at most_works",
        stays=_JUDGING,
        number="person_id",
        plain="round_id panel_id id public_id created_at",
    ),
    Holding(
        Conflict,
        _("Khai báo liên quan"),
        whose=lambda subject: Conflict.person_id == subject.person_id,
        record="relation source effect",
        stays=_JUDGING,
        free="note",
        number="person_id noted_by_id",
        plain="edition_id entry_id tie_id id public_id created_at",
    ),
    Holding(
        DeclaredTie,
        _("Khai báo liên quan trước khi phân công"),
        whose=lambda subject: DeclaredTie.person_id == subject.person_id,
        record="party relation",
        stays=_JUDGING,
        free="name note",
        number="person_id author_id",
        plain="edition_id round_id newsroom_id id public_id created_at",
    ),
    Holding(
        ConflictClaim,
        _("Nêu thành viên Hội đồng có liên quan"),
        whose=lambda subject: ConflictClaim.stated_by_id == subject.person_id,
        personal="words",
        reserved="reason",
        number="stated_by_id answered_by_id",
        plain="entry_id answer answered_at id public_id created_at",
    ),
    Holding(
        Expertise,
        _("Loại hình thông thạo"),
        whose=lambda subject: Expertise.person_id == subject.person_id,
        record="category_id",
        stays=_JUDGING,
        number="person_id",
    ),
    Holding(Dealing, _("Cách phân công"), plain="round_id readings common common_entries"),
    Holding(
        Assignment,
        _("Tác phẩm được phân công chấm"),
        whose=lambda subject: Assignment.seat_id.in_(select(Seat.id).where(Seat.person_id == subject.person_id)),
        record="state later opened_at",
        stays=_JUDGING,
        free="state_reason",
        plain="round_id seat_id entry_id ordinal extra id public_id created_at",
    ),
)


def erase(subject: Subject) -> None:
    """What the person wrote about their own ties is gone; that there was one stays, for it moved readings."""
    session.execute(update(Conflict).where(Conflict.person_id == subject.person_id).values(note=""))
    declared = update(DeclaredTie).where(DeclaredTie.person_id == subject.person_id)
    session.execute(declared.values(name="", note=""))
    session.execute(update(ConflictClaim).where(ConflictClaim.stated_by_id == subject.person_id).values(words=""))


personal = PersonalData(HOLDINGS, purpose=_("Phân công chấm, tránh người có liên quan chấm tác phẩm"), erase=erase)
