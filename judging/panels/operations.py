"""Seating judges, the pledge, and dealing works. Every change of an assignment goes through here or `recusing`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select, update

from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.models import Edition, Panel, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.log.operations import record
from award.people.models import Person
from award.verdicts import Refused, Verdict, require
from judging.panels import declared, queries
from judging.panels.dealing import Pair, one_more
from judging.panels.dealing import deal as order_of
from judging.panels.models import Assignment, Conflict, Dealing, Expertise, Seat
from judging.panels.permissions import (
    can_deal,
    can_plan,
    can_pledge,
    can_say_expertise,
    can_seat,
    can_sit,
    can_unseat,
    too_few_readings,
)
from judging.panels.plans import plan_of
from judging.panels.table import Dealings, Table, dealings, seed_of, table_of

PLEDGE_VERSION = 1
"""Of the words of the pledge: a seat keeps which ones it gave."""


def seat_person(*, by: Capacity, edition: Edition, panel: Panel, person: Person, role: str = "member") -> Seat:
    """The person sits on the panel in that role; one already there takes the new role. A panel has one chair.

    Raises Refused when the round is frozen, the person holds no appointment to judge or reads the names that the round
    hides, or the chair is taken.
    """
    round_ = session.get_one(Round, panel.round_id)
    require(can_seat(by, edition, round_))
    if person.id not in {known.id for known in queries.people_to_seat(edition.id)}:
        raise Refused(Verdict("not_appointed", _("Người này chưa được cử tham gia Hội đồng.")))
    require(can_sit(capacity(person, edition), round_))
    seats = session.scalars(select(Seat).where(Seat.panel_id == panel.id).with_for_update()).all()
    if role == "chair" and any(seat.role == "chair" and seat.person_id != person.id for seat in seats):
        raise Refused(Verdict("chair_taken", _("Tiểu ban đã có trưởng tiểu ban.")))
    seat = next((seat for seat in seats if seat.person_id == person.id), None)
    if seat is None:
        seat = Seat(round_id=round_.id, panel_id=panel.id, person_id=person.id, role=role)
        session.add(seat)
    before, seat.role = seat.role, role
    session.flush()
    record(
        "seat.taken",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=seat,
        facts={"round": round_.id, "panel": panel.id, "person": person.id, "role": role},
        detail={"before": before},
    )
    return seat


def unseat(*, by: Capacity, edition: Edition, seat: Seat) -> None:
    """The seat is gone, as if never taken. Only while the round is being prepared."""
    round_ = session.get_one(Round, seat.round_id)
    require(can_unseat(by, edition, round_))
    record(
        "seat.given_up",
        actor_id=by.person_id,
        award_id=edition.award_id,
        facts={
            "edition": edition.id,
            "round": round_.id,
            "panel": seat.panel_id,
            "person": seat.person_id,
            "role": seat.role,
        },
    )
    session.delete(seat)
    session.flush()


def pledge(*, by: Capacity, edition: Edition, round: Round) -> list[Seat]:
    """Every seat the person holds in the round has pledged: its works may be read. Pledging twice changes nothing."""
    assert by.person_id is not None
    require(can_pledge(round))
    seats = queries.seats_of(by.person_id, round.id)
    for seat in seats:
        if seat.pledged_at is None:
            seat.pledged_at, seat.pledge_version = now(), PLEDGE_VERSION
            record(
                "seat.pledged",
                actor_id=by.person_id,
                award_id=edition.award_id,
                subject=seat,
                facts={"round": round.id, "version": PLEDGE_VERSION},
            )
    session.flush()
    return seats


def pledge_on_paper(*, by: Capacity, edition: Edition, round: Round, seat: Seat, scan: str) -> None:
    """The seat has pledged by the signature on a paper sheet; `scan` is the SHA-256 of what shows it."""
    seat.pledged_at, seat.pledge_version = now(), PLEDGE_VERSION
    session.flush()
    record(
        "seat.pledged",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=seat,
        facts={"round": round.id, "version": PLEDGE_VERSION, "scan": scan},
    )


def say_expertise(
    *, by: Capacity, edition: Edition, seat: Seat, categories: Collection[int], most_works: int | None = None
) -> None:
    """The judge of the seat knows works of these categories of the edition well, and of no others; none: nothing said.

    On this panel the judge takes `most_works` at most; None: as many as the others. Both count when works are dealt the
    next time; what was dealt stays.
    """
    round_ = session.get_one(Round, seat.round_id)
    require(can_say_expertise(by, edition, round_, seat))
    of_edition = {category.id for category in edition.categories}
    chosen = sorted(set(categories) & of_edition)
    held = Expertise.person_id == seat.person_id
    session.execute(delete(Expertise).where(held, Expertise.category_id.in_(of_edition)))
    session.add_all(Expertise(person_id=seat.person_id, category_id=category) for category in chosen)
    seat.most_works = most_works
    session.flush()
    facts: dict[str, int | str | None] = {"person": seat.person_id, "categories": ",".join(map(str, chosen))}
    if most_works is not None:
        facts["most_works"] = most_works
    record("expertise.said", actor_id=by.person_id, award_id=edition.award_id, subject=seat, facts=facts)


def plan_dealing(*, by: Capacity, edition: Edition, round: Round, readings: int | None, common: int) -> None:
    """The works of the round will be shared out like this when it opens: `readings` members each, None: all of them.

    `common` works of each panel are read by all its members. Raises Refused once the round is open, and for fewer
    readings than the rules ask for.
    """
    session.refresh(round, with_for_update={"of": Round})  # its criteria may come in the same statement
    require(can_plan(by, edition, round))
    least = rule(edition, "readings").number or 1
    if readings is not None and readings < least:
        raise Refused(Verdict("too_few", too_few_readings(least)))
    plan = session.get(Dealing, round.id)
    if plan is None:
        plan = Dealing(round_id=round.id)
        session.add(plan)
    plan.readings, plan.common = readings, 0 if readings is None else common
    session.flush()
    record(
        "round.dealing_planned",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=round,
        facts={"readings": plan.readings, "common": plan.common},
    )


def deal(*, by: Capacity | None, round: Round, anew: bool = False) -> int:
    """Every work has the readers that the plan of the round asks for; gives the number of new works to read.

    Works that a conflict keeps from a judge are dealt as recused, and the conflict is noted. Runs when the round opens
    (`by` is then None: opening was allowed already) and again when works or seats came later or a judge left; what was
    dealt stays. `anew`: works that wait for a judge who has written nothing yet may go to another.
    """
    session.flush()
    session.refresh(round, with_for_update={"of": Round})  # its criteria may come in the same statement
    if by is not None:
        require(can_deal(by, round))
    return _deal(by, session.get_one(Edition, round.edition_id), round, anew=anew)


def add_readers(
    *,
    by: Capacity | None,
    edition: Edition,
    round: Round,
    works: Sequence[Pair],
    informed: Collection[int],
    why: str = "near",
) -> list[Assignment]:
    """Each of the works (panel, entry) has one more reader, as far as somebody of its panel may read it; gives the new.

    The caller holds the frozen round. Nobody gets a work that a conflict keeps them from, nor who has not pledged, nor
    one of the `informed`: people who have seen how the sheets lie. `why`: what the log says of it.
    """
    table = table_of(edition, round)
    dealt, blocked, seed = dealings(round.id, table.gone), table.blocked(), seed_of(round)
    standing, last, added = dealt.standing(), dealt.last(), []
    free = {seat.id for seat in table.seats if seat.pledged_at is not None and seat.person_id not in informed}
    shares = table.shares(queries.minutes(table.works), seed)
    for panel, share in zip(table.panels, shares, strict=True):
        wanted = {entry for of, entry in works if of == panel.id}
        able = replace(share, seats=[seat for seat in share.seats if seat in free])
        new = one_more(able, wanted, blocked=blocked.keys(), standing=standing, seed=seed)
        for entry_id, seat_id in sorted(new.items()):
            last[seat_id] = last.get(seat_id, 0) + 1
            row = _given(round, dealt, blocked, (seat_id, entry_id), last[seat_id])
            row.ordinal, row.extra = last[seat_id], True
            added.append(row)
    session.flush()
    for row in added:
        facts: dict[str, int | str | None] = {"round": round.id, "entry": row.entry_id, "seat": row.seat_id, "why": why}
        actor = None if by is None else by.person_id
        record("reading.added", actor_id=actor, award_id=edition.award_id, subject=row, facts=facts)
    return added


def give_to_another(
    *, by: Capacity | None, edition: Edition, round: Round, entry_id: int, panels: Collection[int]
) -> None:
    """Where not everybody reads the work, somebody else of these panels reads it in place of who may not.

    The caller holds the round, which is open or frozen.
    """
    if round.state == "open":
        _deal(None, edition, round, only=frozenset({entry_id}))
    elif plan_of(edition, round).readings is not None:
        works, informed = [(panel, entry_id) for panel in sorted(panels)], queries.people_informed(edition.id)
        add_readers(by=by, edition=edition, round=round, works=works, informed=informed, why="replacement")


def _deal(
    by: Capacity | None, edition: Edition, round_: Round, *, anew: bool = False, only: frozenset[int] | None = None
) -> int:
    """The round is held by who calls. `only`: no other works are looked at."""
    declared.spread(edition, declared.of_seats(round_.id))
    table = table_of(edition, round_)
    dealt, blocked, seed = dealings(round_.id, table.gone), table.blocked(), seed_of(round_)
    before = _taken_back(table, dealt, anew=anew, only=only)
    shares = table.shares(queries.minutes(table.works), seed)
    _fix_common(table, round_, frozenset().union(*(share.common for share in shares)))
    new = order_of(
        shares,
        blocked=blocked.keys(),
        standing=dealt.standing(),
        last=dealt.last(),
        seed=seed,
        before=before,
        only=only,
    )
    for one in new:
        pair = (one.seat_id, one.entry_id)
        row = _given(round_, dealt, blocked, pair, one.ordinal)
        if pair not in before:
            row.ordinal, row.later = one.ordinal, False
    _note_ties(edition, table)
    session.flush()
    came = [one for one in new if (one.seat_id, one.entry_id) not in before]
    moved = len(before) - (len(new) - len(came))
    read = sum(not one.blocked for one in came)
    if came or moved:
        record(
            "round.dealt",
            actor_id=None if by is None else by.person_id,
            award_id=edition.award_id,
            subject=round_,
            facts={
                "seed": seed,
                "readings": table.plan.readings,
                "dealt": read,
                "recused": len(came) - read,
                "moved": moved,
            },
        )
    return read


def _given(round_: Round, dealt: Dealings, blocked: Mapping[Pair, str], pair: Pair, ordinal: int) -> Assignment:
    """The work is the seat's to read, or stands there as recused where a conflict keeps the seat from it.

    No other statement makes an assignment: nobody is ever given a work to read without being held against `blocked`.
    """
    row = dealt.rows.get(pair)
    if row is None:
        row = Assignment(round_id=round_.id, seat_id=pair[0], entry_id=pair[1], ordinal=ordinal)
        session.add(row)
    row.state, row.state_reason = ("recused", blocked[pair]) if pair in blocked else ("open", "")
    return row


def _taken_back(table: Table, dealt: Dealings, *, anew: bool, only: frozenset[int] | None) -> set[Pair]:
    """The pairs that are free to be given to somebody else; they are annulled until they are given."""
    if table.plan.readings is None or only is not None:
        return set()
    pairs = dealt.left_behind() | (dealt.not_begun() if anew else set())
    for pair in pairs:
        dealt.rows[pair].state, dealt.rows[pair].state_reason = "annulled", "given_to_another"
    return pairs


def _fix_common(table: Table, round_: Round, common: frozenset[int]) -> None:
    """Which works everybody reads is settled by the first dealing, whatever comes later."""
    if common and not table.plan.common_entries:
        session.get_one(Dealing, round_.id).common_entries = sorted(common)


def _note_ties(edition: Edition, table: Table) -> None:
    """Every conflict computed between a member and a work of the panel is noted, whether the work was dealt or not."""
    scopes = {seat: set(works) for seat, works in table.scopes().items()}
    people = {seat.id: seat.person_id for seat in table.seats}
    _note_computed(
        edition,
        {(people[seat], entry, why) for (seat, entry), why in table.blocked().items() if entry in scopes[seat]},
        "block",
    )
    read = {(people[seat], entry) for seat, entries in scopes.items() for entry in entries}
    told = queries.told_by_rule(edition, people.values(), table.works)
    _note_computed(edition, {each for each in told if each[:2] in read}, "disclose")


def _note_computed(edition: Edition, ties: set[tuple[int, int, str]], effect: str) -> None:
    if not ties:
        return
    people, entries = {person for person, _entry, _relation in ties}, {entry for _person, entry, _relation in ties}
    known = {
        (conflict.person_id, conflict.entry_id, conflict.relation)
        for conflict in session.scalars(
            select(Conflict).where(Conflict.person_id.in_(people), Conflict.entry_id.in_(entries))
        )
    }
    for person, entry, relation in sorted(ties - known):
        noted = {"person_id": person, "entry_id": entry, "relation": relation, "source": "computed", "effect": effect}
        session.add(Conflict(edition_id=edition.id, **noted))


def put_off(*, assignment: Assignment) -> None:
    """The judge reads this work later: it is offered again once the others are marked."""
    assignment.later = True
    session.flush()


def first_opened(*, assignments: Sequence[Assignment], unless: ColumnElement[bool]) -> None:
    """These works were before their judge at this instant, where they never were before, but for those of `unless`."""
    unread = [each.id for each in assignments if each.opened_at is None]
    session.execute(update(Assignment).where(Assignment.id.in_(unread), ~unless).values(opened_at=now()))
