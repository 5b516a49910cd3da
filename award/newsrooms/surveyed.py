"""Questions about all newsrooms of an edition at once: their works by where they stand, what is not attested yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import session
from award.entries.models import Entry
from award.newsrooms.models import Attestation
from award.newsrooms.queries import beside, state, today, valid_on
from award.people.memberships import SPEAKERS
from award.people.models import Membership, Newsroom


@dataclass(frozen=True)
class Line:
    """A newsroom as the staff surveys it: its works by where they stand, and how many people speak for it."""

    newsroom: Newsroom
    counts: dict[str, int]
    speakers: int


def survey(edition_id: int) -> list[Line]:
    """Every recorded newsroom; each counts the works that name itself."""
    where = state().label("state")
    counted = (
        select(Entry.newsroom_id, where, func.count().label("n"))
        .select_from(Entry)
        .outerjoin(Attestation, beside())
        .where(Entry.edition_id == edition_id, Entry.newsroom_id.is_not(None), Entry.revises_id.is_(None))
        .group_by(Entry.newsroom_id, where)
    )
    works: dict[int, dict[str, int]] = {}
    for newsroom_id, word, n in session.execute(counted).tuples():
        works.setdefault(int(newsroom_id or 0), {})[word] = n
    speakers = (
        select(func.count(Membership.person_id.distinct()))
        .where(Membership.newsroom_id == Newsroom.id, Membership.role.in_(SPEAKERS), valid_on(today()))
        .correlate(Newsroom)
        .scalar_subquery()
    )
    every = session.execute(select(Newsroom, speakers).options(joinedload(Newsroom.names))).unique().tuples()
    return [Line(each, works.get(each.id, {}), count) for each, count in every]


def unsaid_in(lines: Sequence[Line]) -> dict[int, int]:
    """What `unsaid` answers, of newsrooms that were surveyed."""
    after = {each.newsroom.id: each.newsroom.successor_id for each in lines if each.newsroom.successor_id is not None}
    waiting = {each.newsroom.id: n for each in lines if (n := each.counts.get("waiting"))}
    return _gathered(waiting, _standing_for(waiting, after))


def unsaid(edition_id: int) -> dict[int, int]:
    """Newsroom id → submitted works that nothing has been said of, under the newsroom that stands for them today."""
    counted = dict(
        session.execute(
            select(Entry.newsroom_id, func.count())
            .outerjoin(Attestation, beside())
            .where(
                Entry.edition_id == edition_id,
                Entry.newsroom_id.is_not(None),
                Entry.state == "submitted",
                Attestation.id.is_(None),
            )
            .group_by(Entry.newsroom_id)
        )
        .tuples()
        .all()
    )
    known = {newsroom_id: n for newsroom_id, n in counted.items() if newsroom_id is not None}
    return _gathered(known, standing_for(known))


def _gathered(counted: Mapping[int, int], standing: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for newsroom_id, here in standing.items():
        found[here] = found.get(here, 0) + counted[newsroom_id]
    return found


def standing_for(newsroom_ids: Iterable[int]) -> dict[int, int]:
    """Newsroom id → the newsroom that stands for it today, itself or what became of it."""
    after = dict(
        session.execute(select(Newsroom.id, Newsroom.successor_id).where(Newsroom.successor_id.is_not(None)))
        .tuples()
        .all()
    )
    return _standing_for(newsroom_ids, after)


def _standing_for(newsroom_ids: Iterable[int], after: Mapping[int, int | None]) -> dict[int, int]:
    found: dict[int, int] = {}
    for newsroom_id in newsroom_ids:
        here, seen = newsroom_id, set[int]()
        while (then := after.get(here)) is not None and here not in seen:
            seen.add(here)
            here = then
        found[newsroom_id] = here
    return found


def with_works(edition_id: int) -> set[int]:
    """The newsrooms, as they stand today, that have works in the edition, submitted or in preparation."""
    theirs = select(Entry.newsroom_id).where(Entry.edition_id == edition_id, Entry.state != "withdrawn").distinct()
    return set(standing_for(each for each in session.scalars(theirs) if each is not None).values())
