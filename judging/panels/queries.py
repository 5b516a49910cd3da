"""Questions about rounds, seats, works to be read, and conflicts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from award.clock import now
from award.db import session
from award.editions.clauses import rule
from award.editions.models import Appointment, Category, Edition, FileSlot, Panel, Round
from award.entries.models import Authorship, Entry, EntryFile, Part
from award.features import installed
from award.files.models import File, Rendition
from award.people.models import Membership, Newsroom, NewsroomName, Person
from award.results.queries import advanced
from award.screening.models import Screening
from award.screening.queries import eligible
from award.text import folded
from judging.panels.conflicts import Author, Effect, Judge, Organs, Policy, Tie, Work, between, own_since
from judging.panels.effort import Piece, filled_in, minutes_of
from judging.panels.models import Assignment, Conflict, Expertise, Seat
from judging.panels.permissions import JUDGING_ROLES
from uploads.kinds import BY_CODE


def round_at(edition_id: int, ordinal: int) -> Round | None:
    """The edition's round of that number."""
    return session.scalar(_ROUND_AT, {"edition_id": edition_id, "ordinal": ordinal})


_ROUND_AT = select(Round).where(Round.edition_id == bindparam("edition_id"), Round.ordinal == bindparam("ordinal"))


def panels_of(round_id: int) -> list[Panel]:
    """The round's panels with what they judge, in order."""
    found = select(Panel).where(Panel.round_id == round_id).options(selectinload(Panel.scopes))
    return list(session.scalars(found.order_by(Panel.ordinal, Panel.id)))


def seats_in(round_id: int) -> list[Seat]:
    """Every seat of the round with its person and panel, the chair first, then by name."""
    rank = {"chair": 0, "deputy": 1, "member": 2}
    found = select(Seat).where(Seat.round_id == round_id).options(selectinload(Seat.person), selectinload(Seat.panel))
    return sorted(session.scalars(found), key=lambda seat: (seat.panel_id, rank[seat.role], seat.person.name_key))


def judges_blind(person_id: int, edition_id: int) -> bool:
    """Whether the person has a seat in a blind round of the edition that is not closed."""
    found = (
        select(Seat.id)
        .join(Round, Round.id == Seat.round_id)
        .where(Seat.person_id == person_id, Round.edition_id == edition_id, Round.blind, Round.state != "closed")
    )
    return session.scalar(found.limit(1)) is not None


@cache
def still_appointed() -> ColumnElement[bool]:
    """The person of the seat still holds an appointment to judge in the edition of the seat's round.

    Made once: the second name of a table, with all its columns, takes longer to make than the question to answer.
    """
    return appointed_on(Seat)


def appointed_on(seat: type[Seat]) -> ColumnElement[bool]:
    """The same of seats under another name."""
    of = aliased(Panel)
    standing = exists().where(
        Appointment.person_id == seat.person_id,
        Appointment.ended_at.is_(None),
        Appointment.role.in_(JUDGING_ROLES),
        Appointment.edition_id == of.edition_id,
        of.id == seat.panel_id,
    )
    return standing.correlate(seat)


def seats_of(person_id: int, round_id: int) -> list[Seat]:
    """The person's own seats in the round, one per panel, as long as the appointment stands."""
    return list(session.scalars(_seats_of(), {"person_id": person_id, "round_id": round_id}))


@cache
def _seats_of() -> Select[Seat]:
    own = (Seat.person_id == bindparam("person_id"), Seat.round_id == bindparam("round_id"))
    found = select(Seat).where(*own, still_appointed())
    return found.options(joinedload(Seat.panel, innerjoin=True)).order_by(Seat.id)


def seat(round_id: int, public_id: str) -> Seat | None:
    """A seat of this round by the id in its address."""
    return session.scalar(select(Seat).where(Seat.round_id == round_id, Seat.public_id == public_id))


def panel(round_id: int, public_id: str) -> Panel | None:
    """A panel of this round by the id in its address."""
    return session.scalar(select(Panel).where(Panel.round_id == round_id, Panel.public_id == public_id))


def people_to_seat(edition_id: int) -> list[Person]:
    """People whose appointment as judge, chair or deputy stands, by name."""
    appointed = select(Appointment.person_id).where(
        Appointment.edition_id == edition_id, Appointment.ended_at.is_(None), Appointment.role.in_(JUDGING_ROLES)
    )
    return list(session.scalars(select(Person).where(Person.id.in_(appointed)).order_by(Person.name_key, Person.id)))


@cache
def still_judged() -> ColumnElement[bool]:
    """The work of an assignment still stands: neither withdrawn nor found ineligible since it was dealt."""
    work, screened = aliased(Entry), aliased(Screening)
    standing = exists().where(
        work.id == Assignment.entry_id,
        work.state == "submitted",
        screened.entry_id == work.id,
        screened.decision == "eligible",
    )
    return standing.correlate(Assignment)


def works_to_judge(round_: Round) -> Select[Entry]:
    """Works a round judges: eligible ones; from the second round on those the round before sent on."""
    found = select(Entry).where(Entry.id.in_(eligible(round_.edition_id)))
    if round_.ordinal > 1:
        before = round_at(round_.edition_id, round_.ordinal - 1)
        found = found.where(Entry.id.in_(advanced(before.id)) if before else false())
    return found


def assignments_of(seat_id: int) -> Select[Assignment]:
    """The seat's works in its own reading order."""
    return select(Assignment).where(Assignment.seat_id == seat_id).order_by(Assignment.ordinal)


def policy_of(edition: Edition) -> Policy:
    """What the edition's rules say of ties; an edition that says nothing blocks nothing by itself.

    Where members of the council do not enter works at all, one that got in is still kept from its author.
    """
    entering = rule(edition, "judges_enter")
    silent = "own_work" if entering.valued and not entering.yes else "none"
    own: Any = rule(edition, "conflict_policy").choice or silent
    return Policy(own, cast("Mapping[str, Effect]", rule(edition, "conflict_relations").value or {}))


def ties_between(edition: Edition, people: Iterable[int], entries: Iterable[int]) -> dict[tuple[int, int], str]:
    """(person, entry) → the relation that keeps the person from the work: computed now or noted before, not waived.

    Rules that part the very organ from what it became want a paper for each: one for the organ allows no more than it.
    """
    people, entries = list(set(people)), list(entries)
    noted = session.scalars(
        select(Conflict).where(Conflict.person_id.in_(people), Conflict.entry_id.in_(entries)).order_by(Conflict.id)
    ).all()
    waived = {(c.person_id, c.entry_id, c.relation) for c in noted if c.effect == "waived"}
    ties: dict[tuple[int, int], str] = {}
    policy = policy_of(edition)
    for pair, tie in _computed(edition, policy, people, entries):
        if policy.computed(tie.relation) != "disclose" and (tie.certain or (*pair, tie.relation) not in waived):
            ties.setdefault(pair, tie.relation)
    for conflict in noted:
        if conflict.effect == "block":
            ties.setdefault((conflict.person_id, conflict.entry_id), conflict.relation)
    return ties


def told_by_rule(edition: Edition, people: Iterable[int], entries: Iterable[int]) -> set[tuple[int, int, str]]:
    """(person, entry, relation) of computed ties that keep nobody away, and that the rules want told."""
    policy = policy_of(edition)
    if not any(policy.computed(each) == "disclose" for each in ("newsroom", "successor", "same_parent", "coauthor")):
        return set()
    computed = _computed(edition, policy, list(set(people)), list(entries))
    return {(*pair, tie.relation) for pair, tie in computed if policy.computed(tie.relation) == "disclose"}


def _computed(
    edition: Edition, policy: Policy, people: list[int], entries: list[int]
) -> Iterator[tuple[tuple[int, int], Tie]]:
    if not policy.computes:
        return
    organs, works = organs_known(), works_with_authors(entries)
    judges = _judges(people, own_since(edition.window_from, now().date()))
    if policy.computed("coauthor"):
        together = _written_together(edition, people)
        judges = [replace(judge, wrote_with=frozenset(together[judge.person_id])) for judge in judges]
    for judge in judges:
        for work in works:
            for tie in between(judge, work, policy=policy, organs=organs):
                yield (judge.person_id, work.entry_id), tie


def _written_together(edition: Edition, people: list[int]) -> dict[int, set[int]]:
    """Person → those who are authors of a work of the edition together with them."""
    own, other = aliased(Authorship), aliased(Authorship)
    found = (
        select(own.person_id, other.person_id)
        .join(other, other.entry_id == own.entry_id)
        .join(Entry, Entry.id == own.entry_id)
        .where(
            Entry.edition_id == edition.id,
            Entry.state == "submitted",
            own.person_id.in_(people),
            other.person_id != own.person_id,
        )
    )
    together: dict[int, set[int]] = {person: set() for person in people}
    for judge, author in session.execute(found).tuples():
        if judge is not None and author is not None:
            together[judge].add(author)
    return together


def judged_with_ties(people: Iterable[int], entries: Iterable[int]) -> Sequence[tuple[int, int, str]]:
    """(person, entry, relation) of what a person told and judges all the same, and of what was waived in writing."""
    found = select(Conflict.person_id, Conflict.entry_id, Conflict.relation).where(
        Conflict.person_id.in_(list(people)),
        Conflict.entry_id.in_(list(entries)),
        Conflict.effect.in_(("disclose", "waived")),
    )
    return session.execute(found.order_by(Conflict.id)).tuples().all()


def kept_from(entry_id: int, person_id: int) -> bool:
    """Whether the person was kept from judging the work."""
    known = exists().where(Conflict.entry_id == entry_id, Conflict.person_id == person_id, Conflict.effect == "block")
    return bool(session.scalar(select(known)))


def organs_known() -> Organs:
    """Every press organ's successor and the body it stands under, and every name one ever bore."""
    linked = or_(Newsroom.successor_id.is_not(None), Newsroom.parent_id.is_not(None))
    links = session.execute(select(Newsroom.id, Newsroom.successor_id, Newsroom.parent_id).where(linked)).tuples().all()
    names = select(NewsroomName.name_folded, NewsroomName.newsroom_id)
    return Organs(
        {organ: after for organ, after, _above in links if after is not None},
        {row.name_folded: row.newsroom_id for row in session.execute(names)},
        {organ: above for organ, _after, above in links if above is not None},
    )


def _judges(people: list[int], since: date) -> list[Judge]:
    organs: dict[int, set[int]] = {person: set() for person in people}
    memberships = select(Membership.person_id, Membership.newsroom_id).where(
        Membership.person_id.in_(people), or_(Membership.valid_to.is_(None), Membership.valid_to >= since)
    )
    for member, organ in session.execute(memberships):
        organs[member].add(organ)
    judges = []
    for person in session.scalars(select(Person).where(Person.id.in_(people))):
        at = organs[person.id] | ({person.newsroom_id} if person.newsroom_id else set())
        judges.append(Judge(person.id, person.name_folded, frozenset(at)))
    return judges


def works_with_authors(entries: list[int]) -> list[Work]:
    authors: dict[int, list[Author]] = {entry: [] for entry in entries}
    for row in session.scalars(select(Authorship).where(Authorship.entry_id.in_(entries))):
        author = Author(row.person_id, row.name_folded, row.employer_id, folded(row.employer_text))
        authors[row.entry_id].append(author)
    named = or_(Part.newsroom_id.is_not(None), Part.newsroom_text != "")
    of_parts = (
        select(func.jsonb_agg(func.jsonb_build_array(Part.newsroom_id, Part.newsroom_text)))
        .where(Part.entry_id == Entry.id, named)
        .scalar_subquery()
    )
    found = select(Entry.id, Entry.newsroom_id, Entry.newsroom_text, of_parts).where(Entry.id.in_(entries))
    return [
        Work(
            entry,
            tuple(authors[entry]),
            publisher,
            folded(typed),
            tuple((organ, folded(name)) for organ, name in parts or ()),
        )
        for entry, publisher, typed, parts in session.execute(found)
    ]


def minutes(entries: Iterable[int]) -> dict[int, int]:
    """How long each work takes a judge, from what the files that judges read know. One statement, however many."""
    entries = list(entries)
    paragraphs = func.jsonb_array_elements_text(Rendition.facts["paragraphs"])
    each = paragraphs.table_valued("text", joins_implicitly=True).c.text
    words = (
        select(func.sum(func.length(each) - func.length(func.replace(each, " ", "")) + 1))
        .select_from(Rendition)
        .where(Rendition.file_id == File.id, Rendition.kind == "text")
        .scalar_subquery()
    )
    found = session.execute(
        select(EntryFile.entry_id, EntryFile.part_id, EntryFile.slot_id, File.kind, File.facts, words)
        .join(File, File.id == EntryFile.file_id)
        .join(FileSlot, FileSlot.id == EntryFile.slot_id)
        .where(EntryFile.entry_id.in_(entries), FileSlot.for_judges, File.state == "ready")
    )
    pieces: dict[int, list[Piece]] = {entry: [] for entry in entries}
    for entry, part, slot, kind, facts, count in found.tuples():
        family = BY_CODE[kind].family if kind in BY_CODE else "document"
        pages, seconds = int(facts.get("pages") or 0), float(facts.get("duration") or 0)
        pieces[entry].append(Piece(part, slot, family, int(count or 0), pages, seconds))
    return filled_in({entry: minutes_of(known) for entry, known in pieces.items()})


def expertise_of(edition_id: int, people: Iterable[int]) -> dict[int, frozenset[int]]:
    """Person → the categories of the edition they know well, of those of whom something was said."""
    found = (
        select(Expertise.person_id, Expertise.category_id)
        .join(Category, Category.id == Expertise.category_id)
        .where(Category.edition_id == edition_id, Expertise.person_id.in_(list(people)))
    )
    known: dict[int, set[int]] = {}
    for person, category in session.execute(found).tuples():
        known.setdefault(person, set()).add(category)
    return {person: frozenset(categories) for person, categories in known.items()}


def gone(round_id: int) -> frozenset[int]:
    """Seats of people whose appointment ended: what they sent counts, and they are given nothing more."""
    return frozenset(session.scalars(select(Seat.id).where(Seat.round_id == round_id, ~still_appointed())))


def assignments_in(round_id: int) -> list[Assignment]:
    """Every assignment of the round, whatever its state."""
    return list(session.scalars(select(Assignment).where(Assignment.round_id == round_id).order_by(Assignment.id)))


def sheets_begun(round_id: int) -> dict[int, bool]:
    """Assignment id → whether its sheet was sent, as the rooms that keep sheets tell it."""
    begun: dict[int, bool] = {}
    for room in installed():
        if room.sheets_begun is not None:
            begun |= room.sheets_begun(round_id)
    return begun


def judged_now() -> Sequence[int]:
    """Editions with a round that is open or frozen."""
    found = select(Round.edition_id).where(Round.state.in_(("open", "frozen"))).distinct().order_by(Round.edition_id)
    return session.scalars(found).all()


def rounds_judged_now() -> Sequence[tuple[Edition, Round]]:
    """Open rounds of editions that are no trial."""
    found = select(Edition, Round).join(Round, Round.edition_id == Edition.id)
    found = found.where(Round.state == "open", Edition.trial_of_id.is_(None)).order_by(Round.id)
    return session.execute(found).tuples().all()


def people_informed(edition_id: int) -> set[int]:
    """Who may have seen how the sheets of a frozen round lie: they read no more of it."""
    found = select(Appointment.person_id).where(
        Appointment.edition_id == edition_id, Appointment.role.in_(("chair", "deputy", "auditor"))
    )
    return set(session.scalars(found))


def recused(person_id: int, entry_id: int) -> list[Assignment]:
    """The person's recused assignments on the work in rounds that still judge."""
    return list(
        session.scalars(
            select(Assignment)
            .join(Seat, Seat.id == Assignment.seat_id)
            .join(Round, Round.id == Assignment.round_id)
            .where(
                Seat.person_id == person_id,
                Assignment.entry_id == entry_id,
                Assignment.state == "recused",
                Round.state == "open",
            )
            .with_for_update(of=Assignment)
        )
    )
