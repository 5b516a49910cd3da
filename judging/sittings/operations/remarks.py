"""What was said of a work, as the secretariat or who leads writes it down; what an absent member sent in writing."""

from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.log.operations import record
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.sittings import permissions, queries
from judging.sittings.models import AgendaItem, Sitting, SittingRemark
from judging.sittings.operations.meeting import lock, moved

LONGEST = 2000
Says = Literal["yes", "no"]


@dataclass(frozen=True)
class Answer:
    """What an absent member says in writing to the work's being proposed for a level."""

    level: PrizeLevel
    says: Says


def write_down(
    *,
    by: Capacity,
    edition: Edition,
    sitting: Sitting,
    item: AgendaItem,
    words: str,
    member: int | None = None,
    answer: Answer | None = None,
) -> SittingRemark:
    """The words stand beside the work for the room and in the minutes.

    `member`: the absent member whose opinion it is; None for what was said. `answer`: what it says to a level, which is
    counted where hands are shown and the rules say so. Raises Refused for nothing or too much, for somebody who is
    there, or not of the council, or who has to do with the work, and when `by` has; for an opinion that the rules do
    not take, an answer that they do not count, and a second answer to one level.
    """
    lock(sitting)
    require(permissions.can_write_down(by, sitting, recused=queries.is_recused(item.id, by.person_id)))
    words = canonical(words)
    if not words:
        raise Refused(Verdict("words", _("Chưa ghi ý kiến.")))
    if len(words) > LONGEST:
        raise Refused(Verdict("long", _("Ý kiến dài nhất %(n)s ký tự.", n=LONGEST)))
    if answer is not None:
        _may_answer(edition, item, member, answer)
    if member is not None:
        require(permissions.takes_opinions(edition))
        away = {each.id for each in queries.roll(sitting.id) if not each.present}
        if member not in away:
            raise Refused(Verdict("present", _("Chỉ ghi ý kiến bằng văn bản của thành viên vắng mặt.")))
        if queries.is_recused(item.id, member):
            raise Refused(Verdict("recused", _("Thành viên này không tham gia xét tác phẩm do có liên quan.")))
    assert by.person_id is not None
    remark = SittingRemark(item_id=item.id, person_id=member, words=words, written_by_id=by.person_id)
    if answer is not None:
        remark.prize_level_id, remark.says = answer.level.id, answer.says
    session.add(remark)
    session.flush()
    moved(sitting)
    _record("sitting.remark_written", by, edition, sitting, item, remark)
    return remark


def _may_answer(edition: Edition, item: AgendaItem, member: int | None, answer: Answer) -> None:
    require(permissions.counts_opinions(edition))
    if member is None:
        raise Refused(Verdict("nobodys", _("Đề nghị chọn thành viên vắng mặt gửi ý kiến.")))
    if answer.level.edition_id != edition.id:
        raise Refused(Verdict("level", _("Mức giải không thuộc cơ cấu giải của lần này.")))
    if member in queries.letters(item.id, answer.level.id):
        raise Refused(
            Verdict("answered", _("Thành viên này đã có ý kiến về mức giải này. Muốn ghi lại, bỏ ý kiến đã ghi."))
        )


def take_back(*, by: Capacity, edition: Edition, sitting: Sitting, remark: SittingRemark) -> None:
    """The words stand nowhere but in the log. Twice is harmless. Raises Refused for what a vote has counted."""
    lock(sitting)
    item = session.get_one(AgendaItem, remark.item_id)
    require(permissions.can_write_down(by, sitting, recused=queries.is_recused(item.id, by.person_id)))
    standing = session.scalar(select(SittingRemark).where(SittingRemark.id == remark.id).with_for_update())
    if standing is None:
        return
    if standing.prize_level_id is not None and _is_counted(standing, standing.prize_level_id):
        raise Refused(Verdict("counted", _("Ý kiến này đã tính vào kết quả biểu quyết giơ tay.")))
    _record("sitting.remark_taken_back", by, edition, sitting, item, standing)
    session.delete(standing)
    moved(sitting)


def _is_counted(remark: SittingRemark, level_id: int) -> bool:
    """Hands were shown at its level after it was written down."""
    since = remark.created_at
    return any(
        vote.method == "hands" and vote.opened_at >= since for vote in queries.votes_on(remark.item_id, level_id)
    )


def _record(
    kind: str, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem, remark: SittingRemark
) -> None:
    facts: dict[str, int | str | None] = {"sitting": sitting.id, "entry": item.entry_id, "member": remark.person_id}
    if remark.prize_level_id is not None:
        facts |= {"level": session.get_one(PrizeLevel, remark.prize_level_id).code, "says": remark.says}
    told = {"words": remark.words}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=remark, facts=facts, detail=told)
