"""A show of hands: one person counts it, who leads confirms it, and until then it stands for nothing."""

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.log.operations import record
from award.verdicts import Refused, Verdict, require
from judging.sittings import permissions, queries
from judging.sittings.majorities import Count
from judging.sittings.models import AgendaItem, Sitting, Vote
from judging.sittings.operations.filling import fill
from judging.sittings.operations.meeting import lock, moved
from judging.sittings.operations.voting import begun, ended, facts_of, ready


def count_hands(
    *,
    by: Capacity,
    edition: Edition,
    sitting: Sitting,
    item: AgendaItem,
    level: PrizeLevel,
    yes: int,
    no: int,
    reason: str = "",
) -> Vote:
    """The hands stand as `by` counted them and wait for who leads; who raised none of the two abstained.

    What absent members said in writing to this level is added where the rules count it. Raises Refused as `open_vote`
    does, where the rules know no show of hands, and when more hands were counted than may vote.
    """
    lock(sitting)
    asked = ready(by, edition, sitting, item, level, reason, hands=True)
    if yes < 0 or no < 0 or yes + no > len(asked.voters):
        told = {"given": yes + no, "eligible": len(asked.voters)}
        words = _("Đếm được %(given)s, nhiều hơn %(eligible)s người có quyền biểu quyết.", **told)
        raise Refused(Verdict("too_many", words))
    vote = begun(by, sitting, item, level, asked, reason, "hands")
    said = list(asked.letters.values())
    vote.yes, vote.no = yes + said.count("yes"), no + said.count("no")
    vote.letters_yes, vote.letters_no = said.count("yes"), said.count("no")
    vote.letters_present = asked.as_present > 0
    vote.blank = vote.eligible - vote.yes - vote.no
    moved(sitting)
    _record("vote.hands_counted", by, edition, item, level, vote)
    return vote


def confirm_hands(*, by: Capacity, edition: Edition, sitting: Sitting, vote: Vote) -> Count:
    """The count stands, and what follows from it is proposed. Raises Refused for who counted, and once it is over."""
    item = _waiting(sitting, vote)
    recused = queries.is_recused(item.id, by.person_id)
    require(permissions.can_confirm_hands(by, sitting, vote, recused=recused))
    count = Count(vote.eligible, vote.yes or 0, vote.no or 0, vote.blank or 0)
    ended(by, edition, item, vote, count, "", {"counted_by": vote.opened_by_id} | _letters(vote))
    moved(sitting)
    fill(by=by, edition=edition)
    return count


def send_back(*, by: Capacity, edition: Edition, sitting: Sitting, vote: Vote) -> None:
    """The count is gone and may be taken anew; the log keeps what it was. Raises Refused for one that is over."""
    item = _waiting(sitting, vote)
    recused = queries.is_recused(item.id, by.person_id)
    require(permissions.can_decide(by, sitting, recused=recused, hands=True))
    _record("vote.hands_sent_back", by, edition, item, session.get_one(PrizeLevel, vote.prize_level_id), vote)
    session.delete(vote)
    moved(sitting)


def _waiting(sitting: Sitting, vote: Vote) -> AgendaItem:
    """What the hands were shown for, once nobody else changes the sitting; or Refused."""
    lock(sitting)
    fresh = select(Vote).where(Vote.id == vote.id).execution_options(populate_existing=True)
    standing = session.scalar(fresh)
    if standing is None or standing.method != "hands" or standing.state != "open":
        raise Refused(Verdict("over", _("Kết quả biểu quyết này không còn chờ xác nhận.")))
    return session.get_one(AgendaItem, vote.item_id)


def _record(kind: str, by: Capacity, edition: Edition, item: AgendaItem, level: PrizeLevel, vote: Vote) -> None:
    counts: dict[str, int | str | None] = {"yes": vote.yes, "no": vote.no, "blank": vote.blank}
    facts = facts_of(edition, item, level, vote) | counts | _letters(vote)
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=vote, facts=facts)


def _letters(vote: Vote) -> dict[str, int | str | None]:
    """What the log says of opinions in writing that were counted; nothing where there were none."""
    if not vote.letters:
        return {}
    there = vote.letters if vote.letters_present else 0
    return {"letters_yes": vote.letters_yes, "letters_no": vote.letters_no, "letters_present": there}
