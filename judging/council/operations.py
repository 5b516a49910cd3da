"""Proposing prizes within their quotas, and ending the council."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from award.clock import now
from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.results.operations import OutcomeRow, record_outcome
from award.results.permissions import within_quota
from award.verdicts import Refused, Verdict, require
from judging.council import permissions, queries
from judging.council.models import Proposal
from judging.panels.queries import ties_between


def propose(*, by: Capacity, edition: Edition, entry: Entry, level: PrizeLevel, reason: str = "") -> Proposal:
    """The work is proposed for the level; an earlier proposal of the same work is replaced.

    Raises Refused when the level is full, the work has no place in the last round or has gone since, `by` has to do
    with the work, or the council has ended.
    """
    _open_to(by, edition, entry)
    assert by.person_id is not None
    if level.edition_id != edition.id:
        raise Refused(Verdict("level", _("Mức giải không thuộc cơ cấu giải của lần này.")))
    if entry.id not in queries.candidates(edition.id):
        raise Refused(Verdict("not_judged", _("Tác phẩm không có trong danh sách chấm của vòng cuối.")))
    given = select(func.count()).select_from(Proposal)
    taken = session.scalar(given.where(Proposal.prize_level_id == level.id, Proposal.entry_id != entry.id)) or 0
    require(within_quota(level, taken + 1))
    proposal = queries.proposal_of(entry.id)
    if proposal is None:
        proposal = Proposal(edition_id=edition.id, entry_id=entry.id)
        session.add(proposal)
    proposal.prize_level_id, proposal.reason = level.id, reason.strip()
    proposal.proposed_by_id, proposal.proposed_at = by.person_id, now()
    session.flush()
    record(
        "prize.proposed",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"entry": entry.id, "level": level.code},
        detail={"reason": proposal.reason} if proposal.reason else None,
    )
    return proposal


def withdraw(*, by: Capacity, edition: Edition, entry: Entry) -> None:
    """The work is not proposed; its place in the level is free. Nothing happens where it was not."""
    _open_to(by, edition, entry)
    proposal = queries.proposal_of(entry.id)
    if proposal is None:
        return
    record(
        "prize.proposal_withdrawn",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"entry": proposal.entry_id},
    )
    session.delete(proposal)
    session.flush()


def hand_down(*, by: Capacity, edition: Edition) -> None:
    """The council has ended: every proposal is a result waiting for the organisers; free places stay vacant.

    Raises Refused while a work is proposed that was withdrawn or found ineligible meanwhile.
    """
    lock(edition)
    _require_open(by, edition)
    found = queries.proposals(edition.id)
    if not found:
        raise Refused(Verdict("nothing_proposed", _("Chưa có đề nghị giải nào.")))
    if set(found) - queries.candidates(edition.id):
        words = _("Có tác phẩm được đề nghị đã rút hoặc không đủ điều kiện. Đề nghị bỏ mức giải của tác phẩm đó.")
        raise Refused(Verdict("gone", words))
    rows = [OutcomeRow(each.entry_id, each.prize_level_id, each.reason) for each in found.values()]
    record_outcome(by=by, edition=edition, rows=rows)


def _open_to(by: Capacity, edition: Edition, entry: Entry) -> None:
    """The council is at work, nobody else changes its proposals, and `by` has nothing to do with the work."""
    lock(edition)
    _require_open(by, edition)
    assert by.person_id is not None
    if ties_between(edition, [by.person_id], [entry.id]):
        raise Refused(Verdict("kept_from", str(permissions.KEPT_FROM)))


def _require_open(by: Capacity, edition: Edition) -> None:
    last, ended = queries.last_round(edition.id), queries.handed_down(edition.id)
    require(permissions.can_propose(by, edition, last, handed_down=ended))
