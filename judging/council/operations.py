"""Proposing prizes within their quotas, and ending the council."""

import hashlib
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from award.clock import now
from award.db import session
from award.editions.models import Category, Edition, PrizeLevel
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.prizes import one_of
from award.entries.models import Entry
from award.entries.outlets import newsrooms_called
from award.features import installed
from award.log.operations import record
from award.results.operations import HonourRow, OutcomeRow, record_outcome
from award.results.permissions import for_category, for_recipients, for_works, within_quota
from award.text import canonical, folded, one_line
from award.verdicts import Refused, Verdict, require
from judging.council import permissions, queries
from judging.council.models import HonourProposal, PassedOver, Proposal
from judging.panels.queries import ties_between


def propose(
    *,
    by: Capacity,
    edition: Edition,
    entry: Entry,
    level: PrizeLevel,
    reason: str = "",
    theme: str = "",
    voted: bool = False,
) -> Proposal:
    """The work is proposed for the level; what stood for it before is replaced.

    Where the rules let a work hold a prize of the ladder and a thematic one, each replaces its own kind only. `voted`:
    the council voted it, and `by` recorded the vote. What stands so already stays as it is.
    Raises Refused when the level is full or not for works, or not for those of the loại hình, a theme is missing or
    unknown, the work has no place in the last round or has gone since, or no reason is given although it has no rank
    there, another work of the same story is proposed or it was voted otherwise, `by` has to do with the work, or the
    council has ended.
    """
    _open_to(by, edition, entry, voted=voted)
    assert by.person_id is not None
    _belongs(edition, level)
    require(for_works(level))
    require(for_category(level, session.get_one(Category, entry.category_id)))
    theme = one_line(theme) if level.kind == "thematic" else ""
    if level.themes and level.kind == "thematic" and theme not in level.themes:
        raise Refused(Verdict("theme", _("Đề nghị chọn chuyên đề của giải.")))
    if entry.id not in queries.candidates(edition.id):
        raise Refused(Verdict("not_judged", _("Tác phẩm không có trong danh sách chấm của vòng cuối.")))
    reason, standing = reason.strip(), queries.proposals_of(entry.id)
    kinds = one_of(edition, level.kind)
    proposal = standing.get(level.kind)
    if proposal is not None and (proposal.prize_level_id, proposal.theme, proposal.reason) == (level.id, theme, reason):
        return proposal
    if not voted and not reason:
        _may_go_unsaid(edition, entry, level, kinds)
    given = select(func.count()).select_from(Proposal)
    taken = session.scalar(given.where(Proposal.prize_level_id == level.id, Proposal.entry_id != entry.id)) or 0
    require(within_quota(level, taken + 1))
    for kind in kinds & set(standing) - {level.kind}:
        _take_back(by, edition, standing[kind], reason=reason, voted=voted)
    _pass_over_no_more(edition, entry, kinds)
    if proposal is None:
        proposal = Proposal(edition_id=edition.id, entry_id=entry.id, kind=level.kind)
        session.add(proposal)
    proposal.prize_level_id, proposal.theme, proposal.reason = level.id, theme, reason
    proposal.proposed_by_id, proposal.proposed_at = by.person_id, now()
    session.flush()
    record(
        "prize.proposed",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"entry": entry.id, "level": level.code, "voted": int(voted), "reason_sha256": _digest(reason)},
        detail=_told(reason=proposal.reason, theme=proposal.theme),
    )
    return proposal


def withdraw(
    *,
    by: Capacity,
    edition: Edition,
    entry: Entry,
    kind: str | None = None,
    reason: str = "",
    voted: bool = False,
) -> None:
    """The work is not proposed, of this kind or at all; its place is free. Nothing happens where it was not.

    A work that a vote passed stays away although it passed, for the reason. Raises Refused where none is given for such
    a one: the reason for which it was proposed is none.
    """
    _open_to(by, edition, entry, voted=voted)
    for standing, proposal in queries.proposals_of(entry.id).items():
        if kind in {None, standing}:
            against = None if voted else _against_silence(edition, entry, None, {standing})
            said = "" if against is None else reason.strip()
            if against is not None and said in {"", proposal.reason}:
                raise Refused(against)
            if said:
                _pass_over(by, edition, proposal, said)
            _take_back(by, edition, proposal, reason=said, voted=voted)


def propose_honour(
    *,
    by: Capacity,
    edition: Edition,
    level: PrizeLevel,
    recipient: str,
    reason: str,
    entry: Entry | None = None,
) -> HonourProposal:
    """The body, or the person `entry` depicts, is proposed for the level, for this reason.

    Raises Refused when the level is full or for works, recipient or reason is missing, the recipient has it already,
    `by` belongs to the body or has to do with the work, or the council has ended.
    """
    lock(edition)
    _require_open(by, edition)
    assert by.person_id is not None
    _belongs(edition, level)
    require(for_recipients(level))
    recipient, reason = one_line(recipient), canonical(reason)
    if not recipient or not reason:
        raise Refused(Verdict("incomplete", _("Đề nghị ghi đủ tên và thành tích, lý do.")))
    standing = [each for each in queries.honours(edition.id) if each.prize_level_id == level.id]
    if folded(recipient) in {folded(each.recipient) for each in standing}:
        raise Refused(Verdict("twice", _("%(recipient)s đã được đề nghị.", recipient=recipient)))
    require(within_quota(level, len(standing) + 1))
    newsroom_id = newsrooms_called([folded(recipient)]).get(folded(recipient)) if level.kind == "collective" else None
    if queries.works_for(by.person_id, newsroom_id, edition):
        raise Refused(Verdict("kept_from", str(permissions.OWN_BODY)))
    entry = entry if level.kind == "person" else None
    if entry is not None and ties_between(edition, [by.person_id], [entry.id]):
        raise Refused(Verdict("kept_from", str(permissions.KEPT_FROM)))
    proposal = HonourProposal(
        edition_id=edition.id,
        prize_level_id=level.id,
        recipient=recipient,
        newsroom_id=newsroom_id,
        entry_id=entry.id if entry else None,
        reason=reason,
        proposed_by_id=by.person_id,
        proposed_at=now(),
    )
    session.add(proposal)
    session.flush()
    record(
        "honour.proposed",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"level": level.code},
        detail={"recipient": recipient, "reason": reason},
    )
    return proposal


def withdraw_honour(*, by: Capacity, edition: Edition, proposal: HonourProposal) -> None:
    """The body or person is not proposed; the place is free."""
    lock(edition)
    _require_open(by, edition)
    record(
        "honour.proposal_withdrawn",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"level": proposal.prize_level_id},
        detail={"recipient": proposal.recipient, "reason": proposal.reason},
    )
    session.delete(proposal)
    session.flush()


def _may_go_unsaid(edition: Edition, entry: Entry, level: PrizeLevel, kinds: Collection[str]) -> None:
    """Raises Refused where the work is not proposed for the level without a reason."""
    if queries.is_unranked(edition.id, entry.id):
        words = _("Tác phẩm chưa đủ số phiếu chấm nên không có thứ hạng. Đề nghị ghi lý do.")
        raise Refused(Verdict("unranked", words))
    if queries.story_told(edition.id, entry.id):
        words = _("Một tác phẩm về cùng một sự việc đã được đề nghị giải. Đề nghị ghi lý do đề nghị cả hai.")
        raise Refused(Verdict("story", words))
    against = _against_silence(edition, entry, level, kinds)
    if against is not None:
        raise Refused(against)


def _against_silence(
    edition: Edition, entry: Entry, level: PrizeLevel | None, kinds: Collection[str]
) -> Verdict | None:
    """Why the work is not proposed by hand for the level, or for none, without a reason; None where it may be."""
    asked = (room.against_silence for room in installed() if room.against_silence is not None)
    found = (against(edition.id, entry.id, level.id if level else None, kinds) for against in asked)
    return next((verdict for verdict in found if verdict is not None), None)


def _pass_over(by: Capacity, edition: Edition, proposal: Proposal, reason: str) -> None:
    assert by.person_id is not None
    _pass_over_no_more(edition, session.get_one(Entry, proposal.entry_id), {proposal.kind})
    session.add(
        PassedOver(
            edition_id=edition.id,
            entry_id=proposal.entry_id,
            prize_level_id=proposal.prize_level_id,
            kind=proposal.kind,
            reason=reason,
            decided_by_id=by.person_id,
            decided_at=now(),
        )
    )


def _pass_over_no_more(edition: Edition, entry: Entry, kinds: Collection[str]) -> None:
    of = (PassedOver.edition_id == edition.id, PassedOver.entry_id == entry.id, PassedOver.kind.in_(kinds))
    session.execute(delete(PassedOver).where(*of))


def _take_back(by: Capacity, edition: Edition, proposal: Proposal, *, reason: str, voted: bool) -> None:
    record(
        "prize.proposal_withdrawn",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=proposal,
        facts={"entry": proposal.entry_id, "voted": int(voted), "reason_sha256": _digest(reason)},
        detail=_told(reason=reason),
    )
    session.delete(proposal)
    session.flush()


def hand_down(*, by: Capacity, edition: Edition) -> None:
    """The council has ended: every proposal is a result waiting for the organisers; free places stay vacant.

    Raises Refused while a work is proposed that was withdrawn or found ineligible meanwhile, or places are undecided.
    """
    lock(edition)
    _require_open(by, edition)
    for room in installed():
        against = room.against_ending(edition.id) if room.against_ending is not None else None
        if against is not None:
            raise Refused(against)
    found, honours = queries.proposals(edition.id), queries.honours(edition.id)
    if not found:
        raise Refused(Verdict("nothing_proposed", _("Chưa có đề nghị giải nào.")))
    if {entry for entry, _kind in found} - queries.candidates(edition.id):
        words = _("Có tác phẩm được đề nghị đã rút hoặc không đủ điều kiện. Đề nghị bỏ mức giải của tác phẩm đó.")
        raise Refused(Verdict("gone", words))
    rows = [OutcomeRow(each.entry_id, each.prize_level_id, each.reason, each.theme) for each in found.values()]
    others = [
        HonourRow(each.prize_level_id, each.recipient, each.newsroom_id, each.entry_id, each.reason) for each in honours
    ]
    record_outcome(by=by, edition=edition, rows=rows, honours=others)


def _belongs(edition: Edition, level: PrizeLevel) -> None:
    if level.edition_id != edition.id:
        raise Refused(Verdict("level", _("Mức giải không thuộc cơ cấu giải của lần này.")))


def _digest(reason: str) -> str:
    """What the log says of a reason, so that nobody words another one later; nothing where there is none."""
    return hashlib.sha256(reason.encode()).hexdigest() if reason else ""


def _told(**words: str) -> dict[str, str] | None:
    """What was written beside a deed; nothing where nothing was."""
    return {name: text for name, text in words.items() if text} or None


def _open_to(by: Capacity, edition: Edition, entry: Entry, *, voted: bool) -> None:
    """The council is at work, nobody else changes its proposals, and `by` has nothing to do with the work.

    What was `voted` follows by itself, whoever counted the votes.
    """
    lock(edition)
    _require_open(by, edition, voted=voted)
    assert by.person_id is not None
    if not voted and ties_between(edition, [by.person_id], [entry.id]):
        raise Refused(Verdict("kept_from", str(permissions.KEPT_FROM)))


def _require_open(by: Capacity, edition: Edition, *, voted: bool = False) -> None:
    last, ended = queries.last_round(edition.id), queries.handed_down(edition.id)
    require(permissions.can_propose(by, edition, last, handed_down=ended, voted=voted))
