"""Calling the council together: roll call, counting committee, agenda, what is on the table, opening and end."""

import hashlib
from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select, update

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock as lock_edition
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import canonical_json, record
from award.verdicts import Refused, Verdict, require
from judging.council import queries as proposing
from judging.panels.aside import ties_of
from judging.sittings import permissions, queries
from judging.sittings.models import AgendaItem, Attendance, Recusal, Sitting, SittingRemark, Teller, Vote
from judging.sittings.ruled import quorum_of, rules_at_opening

COMMITTEE = 2
"""So many persons at least count the ballots."""


def lock(sitting: Sitting) -> None:
    """Nobody else changes the sitting until the present unit of work ends; its state is fresh."""
    session.flush()
    session.execute(select(Sitting.id).where(Sitting.id == sitting.id).with_for_update())
    session.refresh(sitting)


def prepare(*, by: Capacity, edition: Edition, works: Sequence[int]) -> Sitting:
    """A sitting stands with every member of the council on its roll, nobody found present yet, and `works` as agenda.

    Raises Refused while another sitting is not closed, or once the council has handed its proposals down.
    """
    lock_edition(edition)
    require(permissions.can_prepare(by, edition, handed_down=proposing.handed_down(edition.id)))
    if queries.running(edition.id) is not None:
        raise Refused(Verdict("running", _("Phiên họp trước chưa kết thúc.")))
    assert by.person_id is not None
    last = proposing.last_round(edition.id)
    if last is None or last.state != "closed":
        raise Refused(Verdict("round_open", _("Vòng chấm cuối chưa kết thúc. Điểm đang được giữ kín.")))
    number = 1 + len(queries.sittings(edition.id))
    sitting = Sitting(edition_id=edition.id, number=number, prepared_by_id=by.person_id)
    session.add(sitting)
    session.flush()
    members = queries.council(edition.id, last.id)
    session.add_all(Attendance(sitting_id=sitting.id, person_id=each.id) for each in members)
    items = [AgendaItem(sitting_id=sitting.id, entry_id=entry, ordinal=n) for n, entry in enumerate(works, start=1)]
    session.add_all(items)
    session.flush()
    know_recusals(edition, items, [each.id for each in members])
    facts: dict[str, int | str | None] = {"number": number, "members": len(members), "works": len(works)}
    _record("sitting.prepared", by, edition, sitting, facts)
    return sitting


def call_roll(*, by: Capacity, edition: Edition, sitting: Sitting, present: Collection[int]) -> None:
    """Those of the roll who are in `present` are there, nobody else is. A vote that is open keeps its voters."""
    lock(sitting)
    require(permissions.can_keep(by, sitting))
    here = Attendance.person_id.in_(list(present))
    session.execute(update(Attendance).where(Attendance.sitting_id == sitting.id).values(present=here))
    listed = sorted(each.id for each in queries.roll(sitting.id) if each.present)
    _settle_opinions(by, edition, sitting)
    moved(sitting)
    _record("sitting.roll_called", by, edition, sitting, {"present": ",".join(map(str, listed))})


def name_tellers(*, by: Capacity, edition: Edition, sitting: Sitting, people: Collection[int]) -> None:
    """These persons count the ballots. Raises Refused for fewer than two, or for somebody who may not be one.

    While a vote is open somebody may still join them, in place of who falls ill, and nobody is taken off: who has left
    the room stays named, since what they read may yet be counted.
    """
    lock(sitting)
    require(permissions.can_keep(by, sitting))
    able = {each.id for each in queries.may_count(edition.id, sitting.id)}
    current = {each.id for each in queries.tellers(sitting.id)}
    voting = queries.open_vote(sitting.id) is not None
    left = current - able if voting else set()
    chosen = set(people) | left
    if voting and current - chosen:
        words = _("Đang bỏ phiếu: chỉ thêm được người vào Ban kiểm phiếu. Muốn thay người, kết thúc bỏ phiếu trước.")
        raise Refused(Verdict("voting", words))
    if len(chosen) < COMMITTEE:
        raise Refused(Verdict("too_few", _("Ban kiểm phiếu có ít nhất hai người.")))
    if chosen - left - able:
        words = _("Ban kiểm phiếu gồm thành viên có mặt hoặc thư ký, không gồm Chủ tịch Hội đồng.")
        raise Refused(Verdict("not_eligible", words))
    session.execute(delete(Teller).where(Teller.sitting_id == sitting.id))
    session.add_all(Teller(sitting_id=sitting.id, person_id=each) for each in sorted(chosen))
    moved(sitting)
    _record("sitting.tellers_named", by, edition, sitting, {"people": ",".join(map(str, sorted(chosen)))})


def add(*, by: Capacity, edition: Edition, sitting: Sitting, entry: Entry) -> AgendaItem:
    """The work is the last on the agenda. Raises Refused for one that is there, or has no place in the last round."""
    lock(sitting)
    require(permissions.can_keep(by, sitting))
    listed = queries.agenda(sitting.id)
    if entry.id in {each.entry_id for each in listed}:
        raise Refused(Verdict("twice", _("Tác phẩm đã có trong chương trình.")))
    if entry.id not in proposing.candidates(edition.id):
        raise Refused(Verdict("not_judged", _("Tác phẩm không có trong danh sách chấm của vòng cuối.")))
    ordinal = max((each.ordinal for each in listed), default=0) + 1
    item = AgendaItem(sitting_id=sitting.id, entry_id=entry.id, ordinal=ordinal)
    session.add(item)
    session.flush()
    know_recusals(edition, [item], [each.id for each in queries.roll(sitting.id)])
    moved(sitting)
    _record("agenda.added", by, edition, sitting, {"entry": entry.id})
    return item


def move(*, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem, up: bool) -> None:
    """The item has changed places with its neighbour; at the end of the list nothing happens."""
    lock(sitting)
    require(permissions.can_keep(by, sitting))
    listed = list(queries.agenda(sitting.id))
    at = listed.index(item)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(listed):
        return
    listed[at], listed[to] = listed[to], listed[at]
    for ordinal, each in enumerate(listed, start=1):
        each.ordinal = ordinal
    moved(sitting)
    _record("agenda.moved", by, edition, sitting, {"entry": item.entry_id, "to": to + 1})


def take_off(*, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem) -> None:
    """The work is not on the agenda. Raises Refused for one that is on the table, was voted on or spoken of."""
    lock(sitting)
    require(permissions.can_keep(by, sitting))
    used = exists().where(Vote.item_id == item.id) | exists().where(SittingRemark.item_id == item.id)
    if item.on_table or session.scalar(select(used)):
        raise Refused(Verdict("in_use", _("Tác phẩm đang xét hoặc đã bỏ phiếu, không bỏ khỏi chương trình được.")))
    session.execute(delete(Recusal).where(Recusal.item_id == item.id))
    session.delete(item)
    moved(sitting)
    _record("agenda.taken_off", by, edition, sitting, {"entry": item.entry_id})


def open_sitting(*, by: Capacity, edition: Edition, sitting: Sitting) -> None:
    """The council sits, and what the rules say of its votes stands until it rises.

    Raises Refused while the roll call found nobody, or there is nothing on the agenda.
    """
    lock(sitting)
    require(permissions.can_open(by, sitting))
    here = sum(each.present for each in queries.roll(sitting.id))
    if not here:
        raise Refused(Verdict("nobody", _("Chưa điểm danh thành viên có mặt.")))
    if not queries.agenda(sitting.id):
        raise Refused(Verdict("nothing", _("Chương trình chưa có tác phẩm nào.")))
    sitting.state, sitting.opened_by_id, sitting.opened_at = "open", by.person_id, now()
    sitting.quorum = quorum_of(edition)
    moved(sitting)
    _record("sitting.opened", by, edition, sitting, {"present": here, **rules_at_opening(edition)})


def turn_to(*, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem) -> None:
    """The item is on the table: every device that follows shows it, and who takes no part in it is known anew.

    Raises Refused while a vote is open.
    """
    lock(sitting)
    require(permissions.can_lead(by, sitting))
    if queries.open_vote(sitting.id) is not None:
        raise Refused(Verdict("voting", _("Đang bỏ phiếu. Đề nghị kết thúc bỏ phiếu trước khi chuyển tác phẩm.")))
    before = update(AgendaItem).where(AgendaItem.sitting_id == sitting.id, AgendaItem.on_table.is_(True))
    session.execute(before.values(on_table=False))
    session.refresh(item)
    item.on_table = True
    away = know_recusals(edition, [item], [each.id for each in queries.roll(sitting.id)])
    _settle_opinions(by, edition, sitting)
    moved(sitting)
    facts: dict[str, int | str | None] = {"entry": item.entry_id, "recused": ",".join(map(str, sorted(away)))}
    _record("agenda.tabled", by, edition, sitting, facts)


def close_sitting(*, by: Capacity, edition: Edition, sitting: Sitting) -> None:
    """The sitting is over; what it voted is held fast by a checkpoint. Raises Refused while a vote is open."""
    lock(sitting)
    require(permissions.can_lead(by, sitting))
    if queries.open_vote(sitting.id) is not None:
        raise Refused(Verdict("voting", _("Đang bỏ phiếu. Đề nghị kết thúc bỏ phiếu trước.")))
    sitting.state, sitting.closed_by_id, sitting.closed_at = "closed", by.person_id, now()
    session.execute(update(AgendaItem).where(AgendaItem.sitting_id == sitting.id).values(on_table=False))
    moved(sitting)
    rows = [
        [each.id, each.number, each.eligible, each.yes, each.no, each.blank]
        for each in queries.votes([sitting.id])
        if each.state == "closed"
    ]
    digest = hashlib.sha256(canonical_json(rows)).hexdigest()
    _record("sitting.closed", by, edition, sitting, {"votes": len(rows), "votes_sha256": digest})


def _settle_opinions(by: Capacity, edition: Edition, sitting: Sitting) -> None:
    """No opinion in writing stands of who is there to say it, on a work not voted on yet, or of who is recused.

    What was read out of an absent member before the vote stays; what is taken back stays in the log.
    """
    here = {each.id for each in queries.roll(sitting.id) if each.present}
    voted = {each.item_id for each in queries.votes([sitting.id])}
    away = queries.recusals(sitting.id)
    entries = {each.id: each.entry_id for each in queries.agenda(sitting.id)}
    for item_id, remarks in queries.remarks([sitting.id]).items():
        for remark, *_told in remarks:
            who = remark.person_id
            if who is not None and (who in away.get(item_id, {}) or (who in here and item_id not in voted)):
                facts: dict[str, int | str | None] = {"sitting": sitting.id, "entry": entries[item_id], "member": who}
                told = {"words": remark.words}
                record(
                    "sitting.remark_taken_back",
                    actor_id=by.person_id,
                    award_id=edition.award_id,
                    subject=remark,
                    facts=facts,
                    detail=told,
                )
                session.delete(remark)
    session.flush()


def know_recusals(edition: Edition, items: Sequence[AgendaItem], people: Collection[int]) -> set[int]:
    """Who takes no part in these items stands as it is known now; gives their numbers."""
    of = {item.entry_id: item.id for item in items}
    ties = ties_of(edition, list(of), people)
    session.execute(delete(Recusal).where(Recusal.item_id.in_(of.values())))
    session.add_all(
        Recusal(item_id=of[entry], person_id=who, relation=relation) for (who, entry), relation in ties.items()
    )
    session.flush()
    return {who for who, _entry in ties}


def moved(sitting: Sitting) -> None:
    """Devices in the room will see that something changed."""
    sitting.turn += 1
    session.flush()


def _record(kind: str, by: Capacity, edition: Edition, sitting: Sitting, facts: dict[str, int | str | None]) -> None:
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=sitting, facts=facts)
