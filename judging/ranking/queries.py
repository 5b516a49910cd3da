"""What a round's end is made of: the works, the signatures of two, the shortlist and what hangs on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased, joinedload

from award.db import answered, once_a_request, session
from award.editions.clauses import rule
from award.editions.models import Category, Countersign, Edition, Panel, PrizeLevel, Round
from award.entries.models import Authorship, Entry
from award.people.models import Person
from award.results.models import Honour, Result, Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.plans import chosen_readings, is_final
from judging.panels.queries import still_appointed, still_judged
from judging.ranking.advice import PARTS, near
from judging.ranking.aims import Aim, Prizes, at_prizes
from judging.ranking.minimum import Minimum
from judging.ranking.models import Zone
from judging.scoring.models import ScoreSheet, SecondLook

ACTS = ("freeze_round", "close_round")
"""What two persons do to a round."""


def minimum(edition: Edition, judged: Round, chosen: list[int | None] | None) -> Minimum:
    """How many sheets a work of the round needs to have a place. `chosen`: what `chosen_readings` found."""
    asked = rule(edition, "readings").number
    last = max(each.ordinal for each in rounds(edition.id))
    silent = None if is_final(judged, last) else asked
    return Minimum(asked or 1, (chosen[0] if chosen else silent) is None)


def minimum_now(edition: Edition, judged: Round) -> Minimum:
    """The same, asked for by itself."""
    return minimum(edition, judged, session.scalar(select(chosen_readings(judged.id))))


def works(round_id: int) -> list[tuple[int, int, int]]:
    """(panel, entry, category) of every work dealt in the round that still stands, also with all its judges recused."""
    found = (
        select(Seat.panel_id, Assignment.entry_id, Entry.category_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Assignment.round_id == round_id, still_judged())
        .distinct()
        .order_by(Seat.panel_id, Assignment.entry_id)
    )
    return [row._tuple() for row in session.execute(found)]


def aims(judged: Round) -> list[Aim]:
    """For how many works the round makes its lists: its number, or in a last round without one the prizes for works.

    A panel's own number stands instead of the round's; where any has one, prizes are not asked for.
    """
    if judged.shortlist_size is not None:
        return [Aim(judged.shortlist_size)]
    last = select(func.max(Round.ordinal)).where(Round.edition_id == judged.edition_id).scalar_subquery()
    counted = exists().where(Panel.round_id == judged.id, Panel.shortlist_size.is_not(None))
    kind = select(func.array_agg(Category.id)).where(
        Category.edition_id == judged.edition_id, PrizeLevel.categories.op("@>")(func.to_jsonb(Category.code))
    )
    found = select(PrizeLevel.quota, func.coalesce(kind.scalar_subquery(), cast([], ARRAY(BigInteger)))).where(
        PrizeLevel.edition_id == judged.edition_id, PrizeLevel.kind == "main", last == judged.ordinal, ~counted
    )
    return once_a_request(
        ("aims", judged.id),
        lambda: at_prizes([Prizes(quota, frozenset(kinds)) for quota, kinds in session.execute(found)]) or [Aim(None)],
    )


def panels(round_id: int) -> dict[int, Panel]:
    """The round's panels by id."""
    found = {"round_id": round_id}
    return once_a_request(("panels", round_id), lambda: {panel.id: panel for panel in session.scalars(_PANELS, found)})


_PANELS = select(Panel).where(Panel.round_id == bindparam("round_id"))


def commitments(sheet_ids: Collection[int]) -> list[str]:
    """The commitments of these sheets, sorted."""
    found = session.scalars(select(ScoreSheet.commitment).where(ScoreSheet.id.in_(sheet_ids)))
    return sorted(commitment for commitment in found if commitment)


def standing_still() -> ColumnElement[bool]:
    """The work of a place was neither withdrawn nor found ineligible after the round. Joins entry and screening."""
    return and_(Entry.state == "submitted", Screening.decision == "eligible")


def _places(round_id: int) -> Select[Standing]:
    return (
        select(Standing)
        .join(Entry, Entry.id == Standing.entry_id)
        .join(Screening, Screening.entry_id == Standing.entry_id)
        .where(Standing.round_id == round_id, standing_still())
    )


def seats_aside() -> ScalarSelect[list[int]]:
    """The seats of the panel that were recused from the work of a place, as a part of a question."""
    seats = ARRAY(BigInteger)
    return (
        select(func.coalesce(func.array_agg(Assignment.seat_id, type_=seats), cast([], seats), type_=seats))
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(Seat.panel_id == Standing.panel_id, Assignment.entry_id == Standing.entry_id)
        .where(Assignment.state == "recused")
        .correlate(Standing)
        .scalar_subquery()
    )


def kept_from(person_id: int | None, entry_ids: Collection[int]) -> Sequence[int]:
    """Those of the works that a tie, noted and not waived, keeps the person from."""
    noted = select(Conflict.entry_id).where(
        Conflict.person_id == person_id, Conflict.entry_id.in_(entry_ids), Conflict.effect == "block"
    )
    return session.scalars(noted.distinct()).all()


def hidden_works(round_id: int, person_id: int | None) -> set[int]:
    """Works of the round of which the person is told nothing before it is closed.

    Those a tie keeps the person from, and those on which the person still reads or looks again.
    """
    blocked = select(Conflict.entry_id).where(Conflict.person_id == person_id, Conflict.effect == "block")
    reads = (
        select(Assignment.entry_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .outerjoin(SecondLook, SecondLook.sheet_id == ScoreSheet.id)
        .where(
            Assignment.round_id == round_id,
            Seat.person_id == person_id,
            Assignment.state == "open",
            or_(
                and_(Assignment.extra, func.coalesce(ScoreSheet.state, "draft") == "draft"),
                and_(SecondLook.id.is_not(None), SecondLook.answer.is_(None)),
            ),
        )
    )
    return set(session.scalars(blocked.union(reads)))


def sheets_named(round_id: int, public_ids: Collection[str]) -> dict[int, ScoreSheet]:
    """The sheets of the round with these public ids."""
    found = (
        select(ScoreSheet)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.round_id == round_id, ScoreSheet.public_id.in_(public_ids))
        .order_by(ScoreSheet.id)
    )
    return {sheet.id: sheet for sheet in session.scalars(found)}


def looks(round_id: int) -> Sequence[SecondLook]:
    """What was asked about sheets of the round, oldest first, with the sheets."""
    found = (
        select(SecondLook)
        .join(ScoreSheet, ScoreSheet.id == SecondLook.sheet_id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .where(Assignment.round_id == round_id)
        .order_by(SecondLook.id)
    )
    return session.scalars(found).all()


def near_the_cut(round_id: int) -> list[tuple[int, int]]:
    """(panel, entry) of works neither surely in nor surely out when the round was frozen, the most open first.

    Those that were withdrawn or found ineligible since are left out.
    """
    kept = session.get(Zone, round_id)
    if kept is None:
        return []
    ids = {panel.public_id: key for key, panel in panels(round_id).items()}
    standing = {(panel, entry) for panel, entry, _category in works(round_id)}
    open_ = [
        (abs(2 * among - PARTS), ids[panel], entry) for panel, entry, among in kept.content["works"] if near(among)
    ]
    return [(panel, entry) for _distance, panel, entry in sorted(open_) if (panel, entry) in standing]


class Added(NamedTuple):
    """Readers that a work was given while the round is frozen, and how many of them have not sent their sheet yet."""

    readers: int = 0
    awaited: int = 0


def readers_added(round_id: int) -> dict[tuple[int, int], Added]:
    """(panel, entry) → of works that were given any; those who stepped aside are left out."""
    unsent = and_(func.coalesce(ScoreSheet.state, "draft") == "draft", still_appointed())
    found = (
        select(Seat.panel_id, Assignment.entry_id, func.count(), func.count().filter(unsent))
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.extra, Assignment.state == "open")
        .group_by(Seat.panel_id, Assignment.entry_id)
    )
    return {(panel, entry): Added(*rest) for panel, entry, *rest in session.execute(found)}


def works_named(round_id: int, public_ids: Collection[str]) -> list[int]:
    """The works dealt in the round with these public ids."""
    found = select(Entry.id).join(Assignment, Assignment.entry_id == Entry.id)
    return list(
        session.scalars(found.where(Assignment.round_id == round_id, Entry.public_id.in_(public_ids)).distinct())
    )


def is_drawn(round_id: int) -> bool:
    """Whether the shortlist of the round has been drawn."""
    drawn = select(Standing.id).where(Standing.round_id == round_id, Standing.advanced.is_not(None)).limit(1)
    return session.scalar(drawn) is not None


def entries_named(round_id: int, public_ids: Collection[str]) -> dict[str, int]:
    """Public id → id, of those that have a place in the round and still stand."""
    asked = _places(round_id).with_only_columns(Entry.public_id, Entry.id)
    return dict(session.execute(asked.where(Entry.public_id.in_(public_ids))).tuples().all())


def leading_authors(round_id: int) -> dict[int, str]:
    """Work of the round → its first author: the account where there is one, otherwise the name."""
    found = (
        select(Authorship.entry_id, Authorship.person_id, Authorship.name_folded)
        .join(Standing, Standing.entry_id == Authorship.entry_id)
        .where(Standing.round_id == round_id)
        .order_by(Authorship.entry_id, Authorship.ordinal.desc())
    )
    return {entry: name if person is None else f"#{person}" for entry, person, name in session.execute(found).tuples()}


def rounds(edition_id: int) -> Sequence[Round]:
    """Every round of the edition in order with its criteria, as they stood when the request first asked."""
    of = {"edition_id": edition_id}
    return once_a_request(("rounds", edition_id), lambda: session.scalars(_ROUNDS, of).unique().all())


_ROUNDS = (
    select(Round)
    .where(Round.edition_id == bindparam("edition_id"))
    .order_by(Round.ordinal)
    .options(joinedload(Round.criteria))
)
"""Here and below: what every look at the places asks is put together once, which takes longer than to ask it."""


def rounds_begun(edition_id: int) -> Sequence[Round]:
    """Rounds that are open, frozen or closed, in order."""
    return [each for each in rounds(edition_id) if each.state != "prepare"]


def is_seated(person_id: int, round_id: int) -> bool:
    """Whether the person judges in the round."""
    return bool(session.scalar(select(_seated()), {"person_id": person_id, "round_id": round_id}))


@cache
def _seated() -> ColumnElement[bool]:
    return exists().where(
        Seat.person_id == bindparam("person_id"), Seat.round_id == bindparam("round_id"), still_appointed()
    )


@dataclass(frozen=True)
class Use:
    """What comes of a round's shortlist: whether a round follows that takes it up, and whether it was used."""

    goes_on: bool
    followed: bool


def use_of(judged: Round) -> Use:
    """It was used once a later round was begun, or the prizes were handed down."""
    goes_on, followed = session.execute(select(*_USE), _of(judged)).one()
    return Use(goes_on, followed)


def _of(judged: Round) -> dict[str, Any]:
    """What the questions about one round are asked with."""
    return {
        "edition_id": judged.edition_id,
        "round_id": judged.id,
        "ordinal": judged.ordinal,
        "subject": judged.public_id,
    }


_EDITION: BindParameter[int] = bindparam("edition_id", type_=BigInteger)
_ROUND: BindParameter[int] = bindparam("round_id", type_=BigInteger)
_LATER = exists().where(Round.edition_id == _EDITION, Round.ordinal > bindparam("ordinal"))
_USE = (
    _LATER,
    or_(
        _LATER.where(Round.state != "prepare"),
        exists().where(Result.edition_id == _EDITION),
        exists().where(Honour.edition_id == _EDITION),
    ),
)


def apart_because(judged: Round, panel: Panel) -> str:
    """Why the round ended although members of the panel share no work with the others; empty where they share some."""
    found = session.scalar(
        select(Countersign.terms).where(
            Countersign.edition_id == judged.edition_id,
            Countersign.subject == judged.public_id,
            Countersign.act == "close_round",
            Countersign.confirmed_at.is_not(None),
        )
    )
    return str(found["reason"]) if found and panel.public_id in found.get("torn", ()) else ""


class Around(NamedTuple):
    """What stands around the places of a round."""

    use: Use
    seated: bool
    """Whether the reader judges in the round."""
    closed_by: tuple[str, str, dict[str, Any]] | None
    """Who proposed and who confirmed that it be closed, and on which terms."""
    version: int
    """Of the places: more than 1 once they were corrected."""


def around(judged: Round, person_id: int) -> Around:
    """All of it in one statement, which answers `judges` too."""
    goes_on, followed, seated, closed_by, judges, corrected = session.execute(
        _around(), _of(judged) | {"person_id": person_id}
    ).one()
    answered(("judges", judged.id), {int(seat): name for seat, name in (judges or {}).items()})
    return Around(Use(goes_on, followed), seated, None if closed_by is None else tuple(closed_by), corrected or 1)


@cache
def _around() -> Select[*tuple[Any, ...]]:
    first, second = aliased(Person), aliased(Person)
    closed = (
        select(func.jsonb_build_array(first.legal_name, second.legal_name, Countersign.terms))
        .select_from(Countersign)
        .join(first, first.id == Countersign.proposed_by_id)
        .join(second, second.id == Countersign.confirmed_by_id)
        .where(Countersign.subject == bindparam("subject"), Countersign.act == "close_round")
        .order_by(Countersign.id.desc())
        .limit(1)
    )
    named = select(func.jsonb_object_agg(Seat.id, Person.legal_name)).join(Person, Person.id == Seat.person_id)
    version = select(func.max(Standing.version)).where(Standing.round_id == _ROUND)
    return select(
        *_USE,
        _seated(),
        closed.scalar_subquery(),
        named.where(Seat.round_id == _ROUND).scalar_subquery(),
        version.scalar_subquery(),
    )


def judges(round_id: int) -> dict[int, str]:
    """Seat → the name of who holds it."""
    of = {"round_id": round_id}
    return once_a_request(("judges", round_id), lambda: dict(session.execute(_JUDGES, of).tuples().all()))


_JUDGES = (
    select(Seat.id, Person.legal_name)
    .join(Person, Person.id == Seat.person_id)
    .where(Seat.round_id == bindparam("round_id"))
)
