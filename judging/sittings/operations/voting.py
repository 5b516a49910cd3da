"""Voting on a work: secretly, once more for a reason, and what follows. `hands` and `on_paper` begin here too."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.models import Category, Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.results.permissions import for_category, for_works, within_quota
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.council.queries import handed_down, proposals, story_told
from judging.sittings import permissions, queries, sealing
from judging.sittings.majorities import FEWEST, Choice, Count, OnPaper, counted, is_quorum, least
from judging.sittings.models import AgendaItem, Ballot, SealedBallot, Sitting, Vote, Voter
from judging.sittings.operations import keys
from judging.sittings.operations.filling import AMONG_EQUALS, ballots_follow, fill, places_of, votes_closed
from judging.sittings.operations.meeting import COMMITTEE, know_recusals, lock, moved
from judging.sittings.ruled import majority_of, quorum_in


@dataclass(frozen=True)
class Asked:
    """A vote that may be taken: which one of its work and level it is, and who takes part."""

    number: int
    members: int
    present: int
    voters: list[int]
    letters: Mapping[int, str] = field(default_factory=dict)
    """Absent member → what they said in writing, where hands are shown and the rules count it."""
    as_present: int = 0
    """How many of these count as there by the rules."""
    base: int | None = None
    """Of how many so many have to agree, where the rules name others than who may vote."""


def open_vote(
    *, by: Capacity, edition: Edition, sitting: Sitting, item: AgendaItem, level: PrizeLevel, reason: str = ""
) -> Vote:
    """A secret ballot is open whether the work is proposed for the level; who may vote is settled until its end.

    Raises Refused when the item is not on the table, `by` has to do with it, another vote is open, the quorum is
    missing, fewer than two persons count or may vote, the level has no place left for the work, or the work was voted
    on at this level twice, or once and no reason is given; nor without a reason where another work of the same story
    is proposed.
    """
    lock(sitting)
    asked = ready(by, edition, sitting, item, level, reason)
    has_tellers(sitting)
    vote = begun(by, sitting, item, level, asked, reason, "secret")
    session.add_all(Voter(vote_id=vote.id, person_id=who) for who in asked.voters)
    keys.make(vote)
    moved(sitting)
    facts = facts_of(edition, item, level, vote)
    record("vote.opened", actor_id=by.person_id, award_id=edition.award_id, subject=vote, facts=facts)
    return vote


def cast(*, by: Capacity, vote: Vote, choice: Choice) -> None:
    """The ballot of `by` says `choice` and nothing else any more. Until the vote is closed it may be given again.

    No event tells of it, and nothing of this unit of work but the sealed ballot knows the choice. Raises Refused where
    the key of the vote was lost.
    """
    assert by.person_id is not None
    session.execute(select(Vote.id).where(Vote.id == vote.id).with_for_update(read=True))
    session.refresh(vote)
    mine = session.scalar(
        select(Voter).where(Voter.vote_id == vote.id, Voter.person_id == by.person_id).with_for_update()
    )
    require(permissions.can_cast(vote, may_vote=mine is not None))
    assert mine is not None
    seal = _seal(vote)
    place = seal.place_of(by.person_id)
    sealed = seal.sealed(place, choice)
    given = insert_or(SealedBallot).values(key=place, vote_id=vote.id, sealed=sealed)
    session.execute(given.on_conflict_do_update(index_elements=["key"], set_={"sealed": sealed}))
    mine.voted = True
    session.flush()


def close_vote(*, by: Capacity, edition: Edition, sitting: Sitting, vote: Vote) -> Count:
    """The ballots are counted and everybody may know what they came to; from now on nobody can tell whose is which.

    They are written anew in one statement, mixed, under random numbers; their sealed forms are gone, and so is the key
    with which those kept elsewhere could be opened. Works that passed are proposed as far as there are places, those
    that more agreed to first. Raises Refused where the key was lost.
    """
    item = _held(by, sitting, vote)
    keys.hold()
    seal = _seal(vote)
    choices = [seal.opened(each.key, each.sealed) for each in queries.sealed_ballots(vote.id)]
    keys.destroy(vote)
    session.execute(delete(SealedBallot).where(SealedBallot.vote_id == vote.id))
    count = counted(choices, vote.eligible)
    ended(by, edition, item, vote, count, written(vote, choices))
    moved(sitting)
    fill(by=by, edition=edition)
    return count


def begin_anew(*, by: Capacity, edition: Edition, sitting: Sitting, vote: Vote) -> None:
    """Nobody has voted yet and everybody who might may: the ballots given before were lost with the key of the vote.

    Raises Refused where the key is there.
    """
    item = _held(by, sitting, vote)
    if keys.seal_of(vote) is not None:
        raise Refused(Verdict("not_lost", _("Lần bỏ phiếu đang diễn ra, không phải làm lại.")))
    came = queries.ballots_in(vote.id)
    session.execute(delete(SealedBallot).where(SealedBallot.vote_id == vote.id))
    session.execute(update(Voter).where(Voter.vote_id == vote.id).values(voted=False))
    vote.begun_anew, vote.lost = vote.begun_anew + 1, vote.lost + came
    keys.make(vote)
    moved(sitting)
    level = session.get_one(PrizeLevel, vote.prize_level_id)
    facts = facts_of(edition, item, level, vote) | {"lost": came, "times": vote.begun_anew}
    record("vote.begun_anew", actor_id=by.person_id, award_id=edition.award_id, subject=vote, facts=facts)


def _held(by: Capacity, sitting: Sitting, vote: Vote) -> AgendaItem:
    """What is voted on, once nobody else changes the sitting or gives a ballot; or Refused."""
    lock(sitting)
    session.execute(select(Vote.id).where(Vote.id == vote.id).with_for_update())
    session.refresh(vote)
    item = session.get_one(AgendaItem, vote.item_id)
    require(permissions.can_decide(by, sitting, recused=queries.is_recused(item.id, by.person_id)))
    if vote.state != "open":
        raise Refused(Verdict("over", _("Đã kết thúc bỏ phiếu.")))
    if vote.method == "hands":
        raise Refused(Verdict("hands", _("Đang chờ xác nhận kết quả biểu quyết giơ tay.")))
    if vote.stack_id is not None:
        raise Refused(Verdict("on_paper", _("Lần bỏ phiếu này bằng phiếu giấy, kết thúc khi Ban kiểm phiếu đếm xong.")))
    return item


def _seal(vote: Vote) -> sealing.Seal:
    seal = keys.seal_of(vote)
    if seal is None:
        raise Refused(Verdict("key_lost", str(permissions.KEY_LOST)))
    return seal


def written(vote: Vote, choices: Sequence[OnPaper]) -> str:
    """The ballots of the vote stand mixed, under random numbers; gives the hash of them all."""
    mixed = sealing.mixed(choices)
    if mixed:
        rows = [{"number": number, "vote_id": vote.id, "choice": choice} for number, choice in mixed]
        session.execute(insert(Ballot).values(rows))
    ballots = "\n".join(sorted(f"{number} {choice}" for number, choice in mixed))
    return hashlib.sha256(ballots.encode()).hexdigest()


def has_tellers(sitting: Sitting) -> None:
    """Raises Refused while nobody counts the ballots of the sitting."""
    if len(queries.tellers(sitting.id)) < COMMITTEE:
        raise Refused(Verdict("no_tellers", _("Chưa có Ban kiểm phiếu. Ban kiểm phiếu có ít nhất hai người.")))


def ready(
    by: Capacity,
    edition: Edition,
    sitting: Sitting,
    item: AgendaItem,
    level: PrizeLevel,
    reason: str,
    *,
    hands: bool = False,
    tabled: bool = True,
) -> Asked:
    """The vote as it may be taken now; or Refused. `tabled`: the work has to be on the table."""
    people = queries.roll(sitting.id)
    away = know_recusals(edition, [item], [each.id for each in people])
    require(permissions.can_decide(by, sitting, recused=by.person_id in away, hands=hands))
    if hands:
        require(permissions.shows_hands(edition))
    session.refresh(item)
    if handed_down(edition.id):
        raise Refused(Verdict("handed_down", _("Hội đồng đã kết thúc đề nghị giải.")))
    if tabled and not item.on_table:
        raise Refused(Verdict("not_on_table", _("Tác phẩm chưa được đưa ra xét.")))
    if queries.open_vote(sitting.id) is not None:
        raise Refused(Verdict("voting", _("Đang bỏ phiếu. Đề nghị kết thúc bỏ phiếu trước.")))
    if level.edition_id != edition.id:
        raise Refused(Verdict("level", _("Mức giải không thuộc cơ cấu giải của lần này.")))
    require(for_works(level))
    entry = session.get_one(Entry, item.entry_id)
    require(for_category(level, session.get_one(Category, entry.category_id)))
    number = _number(edition, item, level, reason)
    if number == 1 and not canonical(reason) and story_told(edition.id, item.entry_id):
        words = _("Một tác phẩm về cùng một sự việc đã được đề nghị giải. Đề nghị ghi lý do xét cả hai.")
        raise Refused(Verdict("story", words))
    here = [each.id for each in people if each.present]
    letters = _letters(edition, item, level, [each.id for each in people if not each.present], away) if hands else {}
    as_present = len(letters) if letters and rule(edition, "absent_opinions").choice == "present" else 0
    quorum, there = quorum_in(edition, sitting), len(here) + as_present
    if quorum is not None and not is_quorum(quorum, present=there, members=len(people)):
        raise Refused(permissions.quorum_missing(there, len(people), least(quorum, len(people))))
    voters = [who for who in here if who not in away]
    if len(voters) < FEWEST:
        words = _(
            "Không đủ người bỏ phiếu tác phẩm này: chỉ có %(n)s người có mặt và không có liên quan.", n=len(voters)
        )
        raise Refused(Verdict("too_few", words))
    everybody = len([each for each in people if each.id not in away])
    base = everybody if rule(edition, "vote_base").choice == "members" else None
    return Asked(number, len(people), len(here), voters, letters, as_present, base)


def _letters(
    edition: Edition, item: AgendaItem, level: PrizeLevel, absent: Sequence[int], away: set[int]
) -> dict[int, str]:
    """What absent members who have nothing to do with the work said to the level, where the rules count it."""
    if not permissions.counts_opinions(edition):
        return {}
    said = queries.letters(item.id, level.id)
    return {who: said[who] for who in absent if who in said and who not in away}


def _number(edition: Edition, item: AgendaItem, level: PrizeLevel, reason: str) -> int:
    """1 for the first vote, 2 for one taken again, 3 for a ballot among works of one share; or Refused.

    A work may be voted on although others hold the places: more may agree to it. Not where no vote gives them away.
    """
    before = queries.votes_on(item.id, level.id)
    if before:
        places = places_of(edition, votes_closed(edition.id))[level.id]
        if item.entry_id in places.tied and before[-1].number != AMONG_EQUALS and ballots_follow(edition):
            return AMONG_EQUALS
    ordinary = [each for each in before if each.number != AMONG_EQUALS]
    if len(ordinary) == 2:
        raise Refused(Verdict("twice", _("Đã bỏ phiếu lại một lần cho mức giải này.")))
    if ordinary and not canonical(reason):
        raise Refused(Verdict("reason", _("Bỏ phiếu lại cần ghi lý do.")))
    voted = {entry for entry, of in votes_closed(edition.id) if of == level.id}
    by_hand = [each for each in proposals(edition.id).values() if each.prize_level_id == level.id]
    if item.entry_id not in {each.entry_id for each in by_hand}:
        require(within_quota(level, 1 + sum(each.entry_id not in voted for each in by_hand)))
    return len(ordinary) + 1


def begun(
    by: Capacity,
    sitting: Sitting,
    item: AgendaItem,
    level: PrizeLevel,
    asked: Asked,
    reason: str,
    method: str,
    stack_id: int | None = None,
) -> Vote:
    """The vote is open among those who take part in it."""
    assert by.person_id is not None
    vote = Vote(
        sitting_id=sitting.id,
        item_id=item.id,
        prize_level_id=level.id,
        number=asked.number,
        reason=_why(asked.number, reason),
        method=method,
        stack_id=stack_id,
        members=asked.members,
        present=asked.present,
        eligible=len(asked.voters) + len(asked.letters),
        base=asked.base,
        opened_by_id=by.person_id,
        opened_at=now(),
    )
    session.add(vote)
    session.flush()
    return vote


def _why(number: int, reason: str) -> str:
    if number == AMONG_EQUALS:
        return str(_("bỏ phiếu giữa các tác phẩm có tỷ lệ đồng ý bằng nhau"))
    return canonical(reason)


def ended(
    by: Capacity,
    edition: Edition,
    item: AgendaItem,
    vote: Vote,
    count: Count,
    ballots: str,
    more: Mapping[str, int | str | None] | None = None,
) -> None:
    """The vote is over and came to `count`; `ballots` is their hash, `more` what the log is told beside it."""
    level = session.get_one(PrizeLevel, vote.prize_level_id)
    vote.yes, vote.no, vote.blank, vote.invalid = count.yes, count.no, count.blank, count.invalid
    vote.passed, vote.state = count.passes(majority_of(edition), vote.counted_of), "closed"
    vote.closed_by_id, vote.closed_at = by.person_id, now()
    facts = facts_of(edition, item, level, vote) | {
        "quorum": quorum_in(edition, session.get_one(Sitting, vote.sitting_id)) or "",
        "majority": majority_of(edition),
        "yes": count.yes,
        "no": count.no,
        "blank": count.blank,
        "passed": int(vote.passed),
        "ballots_sha256": ballots,
        **(more or {}),
    }
    record("vote.closed", actor_id=by.person_id, award_id=edition.award_id, subject=vote, facts=facts)


def facts_of(edition: Edition, item: AgendaItem, level: PrizeLevel, vote: Vote) -> dict[str, int | str | None]:
    """What the log says of every vote."""
    return {
        "edition": edition.id,
        "sitting": vote.sitting_id,
        "entry": item.entry_id,
        "level": level.code,
        "number": vote.number,
        "method": vote.method,
        "members": vote.members,
        "present": vote.present,
        "eligible": vote.eligible,
        **({} if vote.base is None else {"base": vote.base}),
    }
