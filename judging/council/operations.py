"""Proposing prizes within their quotas, and ending the council."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from award.clock import now
from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.results.models import Standing
from award.results.operations import OutcomeRow, record_outcome
from award.results.permissions import within_quota
from award.verdicts import Refused, Verdict, require
from judging.council import permissions, queries
from judging.council.models import Proposal


def propose(*, by: Capacity, edition: Edition, entry: Entry, level: PrizeLevel, reason: str = "") -> Proposal:
    """The work is proposed for the level; an earlier proposal of the same work is replaced.

    Raises Refused when the level is full, the work was not judged in the last round, or the council has ended.
    """
    last = queries.last_round(edition.id)
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    assert last is not None
    assert by.person_id is not None
    judged = select(Standing.id).where(Standing.round_id == last.id, Standing.entry_id == entry.id)
    if session.scalar(judged) is None:
        raise Refused(Verdict("not_judged", _("Tác phẩm không có trong danh sách chấm của vòng cuối.")))
    given = select(func.count()).select_from(Proposal)
    taken = session.scalar(given.where(Proposal.prize_level_id == level.id, Proposal.entry_id != entry.id)) or 0
    require(within_quota(level, taken + 1))
    proposal = queries.proposals(edition.id).get(entry.id)
    if proposal is None:
        proposal = Proposal(edition_id=edition.id, entry_id=entry.id)
        session.add(proposal)
    proposal.prize_level_id, proposal.reason = level.id, reason
    proposal.proposed_by_id, proposal.proposed_at = by.person_id, now()
    session.flush()
    record(
        "prize.proposed",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"entry": entry.id, "level": level.code},
    )
    return proposal


def withdraw(*, by: Capacity, edition: Edition, proposal: Proposal) -> None:
    """The work is no longer proposed; its place in the level is free."""
    last = queries.last_round(edition.id)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
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
    """The council has ended: every proposal is a result waiting for the organisers; free places stay vacant."""
    last = queries.last_round(edition.id)
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    found = queries.proposals(edition.id).values()
    if not found:
        raise Refused(Verdict("nothing_proposed", _("Chưa có đề nghị giải nào.")))
    rows = [OutcomeRow(each.entry_id, each.prize_level_id, each.reason) for each in found]
    record_outcome(by=by, edition=edition, rows=rows)
