"""What authors learn of a work of theirs once the results are public, as far as the rules of the edition release it.

Never who judged and never a sheet: rounds, the work's own figure where the rules say so, and the council's remark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _
from sqlalchemy import Select, and_, or_, select

from award import dates
from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.feedback import TELLS_COMMENTS, TELLS_ROUNDS
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.paging import FIRST, Order, Page, Turn, page
from award.results import permissions, queries
from award.results.lines import within
from award.results.models import Remark, Result, Ruling, Standing
from award.screening.models import Screening
from award.verdicts import Verdict, require


@dataclass(frozen=True)
class Reached:
    """A round the work was judged in. `advanced` is None of the last one."""

    name: str
    advanced: bool | None
    score: Fraction | None


@dataclass(frozen=True)
class Remarked:
    """A work of the list with what was written of it."""

    entry: Entry
    code: str
    words: str


def released(edition: Edition) -> str:
    """What the rules say: `outcome` where they say nothing."""
    return rule(edition, "feedback").choice or "outcome"


def told(edition: Edition, entry: Entry) -> tuple[str, str]:
    """The sentence and what stands below it, both empty before the results are public and of works nobody judged."""
    if queries.public_since(edition.id, now()) is None:
        return "", ""
    given = session.execute(
        select(PrizeLevel.name, Ruling)
        .join(Result, Result.prize_level_id == PrizeLevel.id)
        .outerjoin(Ruling, and_(Ruling.result_id == Result.id, Ruling.kind == "revoked", Ruling.state == "confirmed"))
        .where(Result.entry_id == entry.id, or_(Result.state == "decided", Ruling.id.is_not(None)))
        .order_by(PrizeLevel.rank, PrizeLevel.id)
    ).tuples()
    prizes = list(given)
    rounds = reached(entry.id)
    if not rounds and not prizes:
        return "", ""
    said = released(edition)
    sentence = outcome(prizes)
    below = [_round(each, marks=said == "marks") for each in rounds] if said in TELLS_ROUNDS else []
    remark = remark_of(entry.id) if said in TELLS_COMMENTS else None
    if remark is not None:
        below.append(_("Nhận xét của Hội đồng: %(words)s", words=remark.words))
    return sentence, "\n".join(below)


def outcome(prizes: Sequence[tuple[str, Ruling | None]]) -> str:
    """Whether the work has a prize, and which; and by which paper it lost one."""
    if not prizes:
        return str(_("Tác phẩm không có trong danh sách đoạt giải."))
    has = [within(level) for level, lost in prizes if lost is None]
    told = [_("Tác phẩm đoạt %(prizes)s.", prizes=", ".join(has))] if has else []
    for level, lost in prizes:
        if lost is not None:
            words = {"level": within(level), "number": lost.number, "day": dates.day(lost.day)}
            sentence = _("%(level)s đã bị thu hồi theo Quyết định số %(number)s, ngày %(day)s.", **words)
            told.append(sentence[:1].upper() + sentence[1:])
    return " ".join(told)


def _round(each: Reached, *, marks: bool) -> str:
    words = {"round": each.name}
    if each.advanced is None:
        line = _("%(round)s: đã được chấm.", **words)
    else:
        line = _("%(round)s: vào vòng sau.", **words) if each.advanced else _("%(round)s: dừng ở vòng này.", **words)
    if marks and each.score is not None:
        line += " " + _("Điểm: %(score)s.", score=dates.number(round(float(each.score), 2)))
    return str(line)


def reached(entry_id: int) -> list[Reached]:
    """The rounds the work was judged in, in their order."""
    found = (
        select(Round.name, Standing.advanced, Standing.score_numerator, Standing.score_denominator)
        .join(Round, Round.id == Standing.round_id)
        .where(Standing.entry_id == entry_id)
        .order_by(Round.ordinal)
    )
    return [
        Reached(name, advanced, None if above is None or below is None else Fraction(above, below))
        for name, advanced, above, below in session.execute(found).tuples()
    ]


def remark_of(entry_id: int) -> Remark | None:
    return session.scalar(select(Remark).where(Remark.entry_id == entry_id))


_BY_CODE = Order((Entry.code.expression,), lambda key: Entry.public_id == key)


def remarked(edition_id: int, turn: Turn = FIRST) -> Page[Remarked]:
    """A page of the works that were judged, by their codes, each with what was written of it."""
    listed = page(_remarked(edition_id), _BY_CODE, turn, lambda row: row.Entry.public_id)
    return listed.of([Remarked(entry, code or "", words or "") for entry, code, words in listed.rows])


def every_remark(edition_id: int) -> list[Remarked]:
    """All of them in the same order."""
    found = session.execute(_remarked(edition_id).order_by(*_BY_CODE.columns)).tuples()
    return [Remarked(entry, code or "", words or "") for entry, code, words in found]


def _remarked(edition_id: int) -> Select[Entry, str | None, str | None]:
    judged = select(Standing.id).where(Standing.entry_id == Entry.id).exists()
    return (
        select(Entry, Screening.blind_code, Remark.words)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .outerjoin(Remark, and_(Remark.entry_id == Entry.id))
        .where(Entry.edition_id == edition_id, judged)
    )


def ranked(edition_id: int) -> bool:
    """Whether a round of the edition has its places."""
    return session.scalar(select(Standing.id).where(Standing.edition_id == edition_id).limit(1)) is not None


def may_remark(by: Capacity, edition: Edition) -> Verdict:
    """Asked of the present instant: once the results are public nothing is written any more."""
    public = queries.is_public(edition, now())
    return permissions.can_remark(by, edition, released(edition), ranked=ranked(edition.id), public=public)


def remark(*, by: Capacity, edition: Edition, entry: Entry, words: str) -> None:
    """The authors will read these words once the results are public; without any they read none."""
    require(may_remark(by, edition))
    assert by.person_id is not None
    kept = remark_of(entry.id)
    if kept is None and words:
        kept = Remark(edition_id=edition.id, entry_id=entry.id)
        session.add(kept)
    if kept is not None and words:
        kept.words, kept.written_by_id, kept.written_at = words, by.person_id, now()
    elif kept is not None:
        session.delete(kept)
    session.flush()
    record(
        "result.remarked" if words else "result.remark_taken_back",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=entry,
        facts={},
    )
