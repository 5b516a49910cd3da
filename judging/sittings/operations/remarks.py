"""What was said of a work, as the secretariat or who leads writes it down; what an absent member sent in writing."""

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.log.operations import record
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.sittings import permissions, queries
from judging.sittings.models import AgendaItem, Sitting, SittingRemark
from judging.sittings.operations.meeting import lock, moved

LONGEST = 2000


def write_down(
    *, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem, words: str, member: int | None = None
) -> SittingRemark:
    """The words stand beside the work for the room and in the minutes. No vote: an opinion in writing is only read out.

    `member`: the absent member whose opinion it is; None for what was said. Raises Refused for nothing or too much, for
    somebody who is there, or not of the council, or who has to do with the work, and when `by` has.
    """
    lock(sitting)
    require(permissions.can_write_down(by, sitting, recused=queries.is_recused(item.id, by.person_id)))
    words = canonical(words)
    if not words:
        raise Refused(Verdict("words", _("Chưa ghi ý kiến.")))
    if len(words) > LONGEST:
        raise Refused(Verdict("long", _("Ý kiến dài nhất %(n)s ký tự.", n=LONGEST)))
    if member is not None:
        away = {each.id for each in queries.roll(sitting.id) if not each.present}
        if member not in away:
            raise Refused(Verdict("present", _("Chỉ ghi ý kiến bằng văn bản của thành viên vắng mặt.")))
        if queries.is_recused(item.id, member):
            raise Refused(Verdict("recused", _("Thành viên này không tham gia xét tác phẩm do có liên quan.")))
    assert by.person_id is not None
    remark = SittingRemark(item_id=item.id, person_id=member, words=words, written_by_id=by.person_id)
    session.add(remark)
    session.flush()
    moved(sitting)
    _record("sitting.remark_written", by, edition, sitting, item, remark)
    return remark


def take_back(*, by: Capacity, edition: Edition, sitting: Sitting, remark: SittingRemark) -> None:
    """The words stand nowhere but in the log. Twice is harmless."""
    lock(sitting)
    item = session.get_one(AgendaItem, remark.item_id)
    require(permissions.can_write_down(by, sitting, recused=queries.is_recused(item.id, by.person_id)))
    standing = session.scalar(select(SittingRemark).where(SittingRemark.id == remark.id).with_for_update())
    if standing is None:
        return
    _record("sitting.remark_taken_back", by, edition, sitting, item, standing)
    session.delete(standing)
    moved(sitting)


def _record(
    kind: str, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem, remark: SittingRemark
) -> None:
    facts: dict[str, int | str | None] = {"sitting": sitting.id, "entry": item.entry_id, "member": remark.person_id}
    told = {"words": remark.words}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=remark, facts=facts, detail=told)
