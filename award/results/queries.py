"""Standings, prizes, and whether the public may see them yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.orm import aliased, joinedload, selectinload

from award.db import answered, once_a_request, session
from award.editions.models import Category, Edition, Genre, PrizeLevel
from award.entries.author_sets import author_sets
from award.entries.models import Authorship, Entry
from award.glance import EDITION, glance
from award.people.models import Newsroom, User
from award.people.queries import consent_withdrawn
from award.results.models import Commendation, Decision, Honour, NameCorrection, Publication, Result, Ruling, Standing
from award.results.works import Honoured, PrizeWork, said_of, shown
from award.screening.models import Screening
from award.text import sort_key


def standings(round_id: int) -> Select[Standing]:
    """The places of a closed round, best first; entries nobody scored last."""
    return (
        select(Standing)
        .where(Standing.round_id == round_id)
        .order_by(Standing.panel_id, Standing.rank.asc().nulls_last(), Standing.entry_id)
    )


def advanced(round_id: int) -> Select[int]:
    """Ids of the entries on the shortlist of a closed round."""
    return select(Standing.entry_id).where(Standing.round_id == round_id, Standing.advanced.is_(True))


def has_outcome(edition_id: int) -> bool:
    """Whether the council's proposals have been handed down."""
    return bool(session.scalar(select(outcome_of(edition_id))))


def outcome_of(edition_id: int) -> ColumnElement[bool]:
    """The same as a part of another question."""
    return or_(exists().where(Result.edition_id == edition_id), exists().where(Honour.edition_id == edition_id))


def decision(edition_id: int) -> Decision | None:
    return session.scalar(select(Decision).where(Decision.edition_id == edition_id))


def publication(edition_id: int) -> Publication | None:
    return session.scalar(select(Publication).where(Publication.edition_id == edition_id))


def is_public(edition: Edition, instant: datetime) -> bool:
    """True from the set instant on, to the second; nothing else opens the results."""
    return public_since(edition.id, instant) is not None


def seen_public(person_id: int | None, edition_id: int, instant: datetime) -> bool:
    """The same for the frame of a page, which need not ask for it alone."""
    since: datetime | None = glance(person_id, edition_id)["public_from"]
    return since is not None and since <= instant


GLANCES = {
    "public_from": select(Publication.at).where(Publication.edition_id == EDITION).scalar_subquery(),
    "prizes_decided": select(exists().where(Decision.edition_id == EDITION)).scalar_subquery(),
}


@dataclass(frozen=True)
class Told:
    """An edition as the public asks for it: with the publication whose instant has come, and the decision behind it."""

    edition: Edition
    publication: Publication | None
    decision: Decision | None


def told(slug: str, instant: datetime) -> Told | None:
    """The edition at this address with both, in one statement; who asks for one of them later is answered by it."""
    found = (
        select(Edition, Publication, Decision)
        .outerjoin(Publication, Publication.edition_id == Edition.id)
        .outerjoin(Decision, Decision.edition_id == Edition.id)
        .where(Edition.slug == slug)
    )
    row = session.execute(found).tuples().one_or_none()
    answered(("edition", slug), row and row[0])
    if row is None:
        return None
    edition, publication, decision = row
    answered(("publication", edition.id), publication)
    return Told(edition, public_since(edition.id, instant), decision)


def public_since(edition_id: int, instant: datetime) -> Publication | None:
    """The publication whose instant has come by `instant`. Every room asks while a page is built: read once."""
    known = once_a_request(("publication", edition_id), lambda: publication(edition_id))
    return known if known is not None and known.at <= instant else None


def public_but_unmarked(instant: datetime) -> Sequence[Edition]:
    """Editions whose results are public and whose calendar does not say so yet."""
    found = select(Edition).join(Publication, Publication.edition_id == Edition.id)
    return session.scalars(found.where(Publication.at <= instant, Edition.state == "decision")).all()


def prizes(edition_id: int) -> Sequence[tuple[Result, PrizeLevel, Entry]]:
    """Prizes in the order of levels, then by title."""
    rows = session.execute(
        select(Result, PrizeLevel, Entry)
        .join(PrizeLevel, PrizeLevel.id == Result.prize_level_id)
        .join(Entry, Entry.id == Result.entry_id)
        .where(Result.edition_id == edition_id)
        .order_by(PrizeLevel.rank, Entry.title_key, Entry.id)
    )
    return [(result, level, entry) for result, level, entry in rows]


def proposed(edition_id: int, public_id: str) -> Result | None:
    """A proposal of the edition that has not been decided."""
    found = select(Result).where(Result.edition_id == edition_id, Result.public_id == public_id)
    return session.scalar(found.where(Result.state == "proposed"))


def entry_and_level(result: Result) -> tuple[Entry, PrizeLevel]:
    """The work and the prize that it is proposed for."""
    return session.get_one(Entry, result.entry_id), level_of(result)


def level_of(proposed: Result | Honour) -> PrizeLevel:
    return session.get_one(PrizeLevel, proposed.prize_level_id)


def proposed_honour(edition_id: int, public_id: str) -> Honour | None:
    """An honour of the edition that has not been decided."""
    found = select(Honour).where(Honour.edition_id == edition_id, Honour.public_id == public_id)
    return session.scalar(found.where(Honour.state == "proposed"))


def all_proposed(edition_id: int) -> list[Result | Honour]:
    """Every proposal of the edition that waits for the decision; those for bodies and persons unless they are apart."""
    works = session.scalars(select(Result).where(Result.edition_id == edition_id, Result.state == "proposed"))
    return [*works, *([] if commendation(edition_id) else proposed_honours(edition_id))]


def proposed_honours(edition_id: int) -> Sequence[Honour]:
    """Bodies and persons who are proposed and not decided."""
    return session.scalars(select(Honour).where(Honour.edition_id == edition_id, Honour.state == "proposed")).all()


def commendation(edition_id: int) -> Commendation | None:
    """The paper by which bodies and persons are commended, where that is one of its own."""
    return session.scalar(select(Commendation).where(Commendation.edition_id == edition_id))


def commended_by(edition_id: int) -> Commendation | Decision | None:
    """The paper by which bodies and persons have what they have: one of their own, or the decision of the prizes."""
    apart = commendation(edition_id)
    return apart if apart is not None and apart.number else decision(edition_id)


def honours(edition_id: int, *states: str) -> list[Honoured]:
    """The honours in one of the states, levels in their order, then by the name of who has it."""
    found = (
        select(Honour, PrizeLevel, Entry.title, Ruling)
        .join(PrizeLevel, PrizeLevel.id == Honour.prize_level_id)
        .outerjoin(Ruling, and_(Ruling.honour_id == Honour.id, Ruling.state == "confirmed"))
        .outerjoin(Entry, Entry.id == Honour.entry_id)
        .where(Honour.edition_id == edition_id, Honour.state.in_(states))
        .order_by(PrizeLevel.rank, PrizeLevel.id, Honour.id)
    )
    listed = [
        Honoured(honour.public_id, honour.state, level, honour.recipient, honour.reason, title or "", revoked)
        for honour, level, title, revoked in session.execute(found).tuples()
    ]
    return sorted(listed, key=lambda each: (each.level.rank, each.level.id, sort_key(each.recipient)))


def proposed_without_standing(edition_id: int) -> int:
    """How many proposed works were withdrawn or found ineligible since the council ended."""
    eligible = select(Screening.id).where(Screening.entry_id == Entry.id, Screening.decision == "eligible").exists()
    found = select(func.count(Result.id)).join(Entry, Entry.id == Result.entry_id)
    gone = or_(Entry.state == "withdrawn", ~eligible)
    return session.scalar(found.where(Result.edition_id == edition_id, Result.state == "proposed", gone)) or 0


def levels(edition_id: int) -> Sequence[PrizeLevel]:
    """The structure of prizes from the top."""
    found = select(PrizeLevel).where(PrizeLevel.edition_id == edition_id)
    return session.scalars(found.order_by(PrizeLevel.rank, PrizeLevel.id)).all()


def prize_works(edition_id: int, *states: str, entry_id: str | None = None) -> list[PrizeWork]:
    """The works with a prize in one of the states, levels from the top, then by title. Two statements, any number."""
    found = _given(edition_id, states).where(Result.id.is_not(None))
    if entry_id is not None:
        found = found.where(Entry.public_id == entry_id)
    return [shown(*row) for row in session.execute(found).unique().tuples()]


def ladder(edition_id: int, *states: str) -> tuple[list[PrizeLevel], list[PrizeWork]]:
    """The structure of prizes from the top, and `prize_works` with it: no statement more."""
    rows = session.execute(_given(edition_id, states)).unique().tuples().all()
    levels = {row[1].id: row[1] for row in rows}
    return list(levels.values()), [shown(*row) for row in rows if row[0] is not None]


def _given(
    edition_id: int, states: Sequence[str]
) -> Select[
    Result,
    PrizeLevel,
    Entry,
    Category,
    Genre,
    Newsroom,
    Screening,
    tuple[int, ...],
    list[dict[str, Any]],
    Ruling,
    Ruling,
    str,
]:
    """Every level with the works that have it; one that nobody has comes alone."""
    revoked, awarded, before = aliased(Ruling), aliased(Ruling), aliased(PrizeLevel)
    numbers = ARRAY(BigInteger, as_tuple=True)
    unnamed = (
        select(func.coalesce(func.array_agg(Authorship.id, type_=numbers), cast([], numbers), type_=numbers))
        .where(Authorship.entry_id == Entry.id, consent_withdrawn(Authorship.person_id))
        .correlate(Entry)
        .scalar_subquery()
    )
    return (
        select(
            Result,
            PrizeLevel,
            Entry,
            Category,
            Genre,
            Newsroom,
            Screening,
            unnamed.label("unnamed"),
            corrections().label("corrections"),
            revoked,
            awarded,
            func.coalesce(before.name, "").label("lowered_from"),
        )
        .select_from(PrizeLevel)
        .outerjoin(Result, and_(Result.prize_level_id == PrizeLevel.id, Result.state.in_(states)))
        .outerjoin(Entry, Entry.id == Result.entry_id)
        .outerjoin(Category, Category.id == Entry.category_id)
        .outerjoin(Genre, Genre.id == Entry.genre_id)
        .outerjoin(Newsroom, Newsroom.id == Entry.newsroom_id)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .outerjoin(revoked, ruled(revoked, "revoked"))
        .outerjoin(awarded, ruled(awarded, *GIVE))
        .outerjoin(before, and_(before.id == awarded.former_level_id, awarded.kind == "lowered"))
        .where(PrizeLevel.edition_id == edition_id)
        .order_by(PrizeLevel.rank, PrizeLevel.id, Entry.title_key, Entry.id)
        .options(joinedload(Entry.authors), selectinload(Entry.parts), joinedload(Newsroom.names))
    )


GIVE = ("awarded", "lowered")
"""Kinds of papers by which a work has its level."""


def ruled(ruling: type[Ruling], *kinds: str) -> ColumnElement[bool]:
    """The paper of these kinds on the prize, once two persons recorded it; the newest of a work that moved twice."""
    newer = aliased(Ruling)
    overtaken = (
        exists()
        .where(
            *(newer.result_id == ruling.result_id, newer.kind.in_(kinds)),
            *(newer.state == "confirmed", newer.id > ruling.id),
        )
        .correlate(ruling)
    )
    return and_(ruling.result_id == Result.id, ruling.kind.in_(kinds), ruling.state == "confirmed", ~overtaken)


def corrections() -> ScalarSelect[Any]:
    """Every word of the work that was corrected, first to last, as JSON text: rows are told apart by it."""
    on = func.to_char(func.timezone("Asia/Ho_Chi_Minh", NameCorrection.done_at), "YYYY-MM-DD")
    decided = exists().where(
        Decision.edition_id == NameCorrection.edition_id, Decision.recorded_at <= NameCorrection.done_at
    )
    told = func.jsonb_build_object(
        *("field", NameCorrection.field, "authorship", NameCorrection.authorship_id),
        *("before", NameCorrection.stood, "after", NameCorrection.reads, "on", on, "late", decided),
    )
    listed = func.jsonb_agg(aggregate_order_by(told, NameCorrection.id), type_=JSONB)
    return (
        select(func.coalesce(cast(listed, Text), "[]"))
        .where(NameCorrection.entry_id == Entry.id, NameCorrection.state == "confirmed")
        .correlate(Entry)
        .scalar_subquery()
    )


def corrections_of(entry_id: int) -> str:
    """The corrections of one work, as JSON."""
    return str(session.execute(select(corrections()).select_from(Entry).where(Entry.id == entry_id)).scalar_one())


def title_of(entry_id: int) -> str:
    """The title of the work as it reads now, with what was corrected."""
    title, corrected = session.execute(select(Entry.title, corrections()).where(Entry.id == entry_id)).tuples().one()
    return str(said_of(corrected).get(("title", None), title))


@dataclass(frozen=True)
class Addressee:
    """Somebody to be told of the results by letter: the account of an owner or of an author of a work."""

    entry_id: int
    email: str


def addressees(edition_id: int, entry_id: int | None = None) -> list[Addressee]:
    """Everybody with a confirmed account who owns or wrote a work that was judged, once for each work; or of one."""
    author = aliased(Authorship)
    mine = or_(
        User.person_id == Entry.owner_id,
        select(author.id).where(author.entry_id == Entry.id, author.person_id == User.person_id).exists(),
    )
    found = (
        select(Entry.id, User.email)
        .join(Screening, and_(Screening.entry_id == Entry.id, Screening.decision == "eligible"))
        .join(User, mine)
        .where(
            Entry.edition_id == edition_id,
            Entry.state == "submitted",
            User.active.is_(True),
            User.confirmed_at.is_not(None),
        )
        .order_by(Entry.id, User.id)
    )
    if entry_id is not None:
        found = found.where(Entry.id == entry_id)
    return [Addressee(*row) for row in session.execute(found).tuples()]


def figures(edition_id: int) -> dict[str, Any]:
    """What the public is told in numbers, counted from the rows: received, eligible, by category, works with a prize,
    bodies and persons honoured."""
    received = session.scalar(
        select(func.count()).select_from(Entry).where(Entry.edition_id == edition_id, Entry.submitted_at.is_not(None))
    )
    eligible = and_(
        Screening.entry_id == Entry.id, Screening.decision == "eligible", Entry.state == "submitted"
    )  # what was withdrawn was received, and is no longer eligible
    by_category = session.execute(
        select(Category.name, func.count(Screening.id))
        .join(Entry, Entry.category_id == Category.id)
        .join(Screening, eligible)
        .where(Category.edition_id == edition_id)
        .group_by(Category.id)
        .order_by(Category.ordinal, Category.id)
    ).all()
    behind = author_sets(edition_id)
    groups = (
        select(func.count(behind.c.authors.distinct()))
        .join(Entry, Entry.id == behind.c.entry_id)
        .join(Screening, eligible)
    )
    decided = select(func.count(Result.entry_id.distinct()))
    honoured = select(func.count()).select_from(Honour)
    return {
        "received": received or 0,
        "eligible": sum(count for _, count in by_category),
        "groups": session.scalar(groups) or 0,
        "by_category": [[name, count] for name, count in by_category],
        "prizes": session.scalar(decided.where(Result.edition_id == edition_id, Result.state == "decided")) or 0,
        "honours": session.scalar(honoured.where(Honour.edition_id == edition_id, Honour.state == "decided")) or 0,
    }


def with_results(entry_ids: Sequence[int], instant: datetime) -> Sequence[int]:
    """Those of the entries whose edition's results are public and that were among what was judged."""
    judged = select(Standing.entry_id).where(Standing.entry_id.in_(entry_ids))
    public = judged.join(Publication, Publication.edition_id == Standing.edition_id)
    return session.scalars(public.where(Publication.at <= instant).distinct()).all()
