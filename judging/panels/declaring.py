"""Before works are dealt a judge goes through the authors and press organs, and says with whom they have to do.

The list gives no code and leads to no sheet. In a round that hides whose works are it gives no title either: a title
beside a name would undo on the first sheet what the round hides.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.entries.models import Authorship, Part
from award.log.operations import record
from award.people.models import Newsroom, Person
from award.text import canonical, folded, sort_key
from award.verdicts import Refused, Verdict, require
from judging.panels import declared, queries
from judging.panels.models import Conflict, DeclaredTie, Seat
from judging.panels.parties import Listed, Named, Party, authors, by_key
from judging.panels.permissions import can_declare_ties, disclosures, relations_with
from judging.panels.table import in_scope

LONGEST = 500


@dataclass(frozen=True)
class Parties:
    """Whom the works of the judge's panels name."""

    authors: Sequence[Listed] = ()
    organs: Sequence[Listed] = ()


def parties(edition: Edition, round_: Round, seats: Sequence[Seat]) -> Parties:
    """Authors and organs of the works these seats may be dealt, each once and in Vietnamese order."""
    scopes = [scope for seat in seats for scope in seat.panel.scopes]
    works = {
        entry.id: entry
        for entry in session.scalars(queries.works_to_judge(round_))
        if any(in_scope(scope, entry.category_id, entry.genre_id) for scope in scopes)
    }
    written = select(Authorship, Person.public_id).outerjoin(Person, Person.id == Authorship.person_id)
    written = written.where(Authorship.entry_id.in_(works)).order_by(Authorship.entry_id, Authorship.ordinal)
    rows = session.execute(written).tuples().all()
    parted = select(Part.newsroom_id, Part.newsroom_text).where(Part.entry_id.in_(works))
    places = [
        *((entry.newsroom_id, entry.newsroom_text) for entry in works.values()),
        *((row.employer_id, row.employer_text) for row, _key in rows),
        *session.execute(parted).tuples(),
    ]
    organs = {(each.party.number, folded(each.party.name)): each for each in _organs(edition, places)}
    names = {number: each.party.name for (number, _name), each in organs.items() if number is not None}
    named = [
        Named(
            row.person_id,
            key or "",
            row.legal_name,
            row.name_key,
            names.get(row.employer_id or 0, row.employer_text),
            "" if round_.blind else works[row.entry_id].title,
        )
        for row, key in rows
    ]
    return Parties(authors(named), sorted(organs.values(), key=lambda each: (each.order, each.key)))


def _organs(edition: Edition, places: Iterable[tuple[int | None, str]]) -> list[Listed]:
    """Each organ once: a listed one under its name at the time of the works, another as it was typed."""
    places, bearers = set(places), queries.organs_known().names
    numbers = {number or bearers.get(folded(typed)) for number, typed in places} - {None}
    day = edition.window_to or local(now()).date()
    listed = select(Newsroom).where(Newsroom.id.in_(numbers)).options(selectinload(Newsroom.names))
    found = []
    for organ in session.scalars(listed):
        name = organ.name_on(day)
        found.append(Listed(f"cq:{organ.public_id}", Party("organ", organ.id, name), sort_key(name)))
    typed_only = {folded(typed): typed for number, typed in sorted(places, key=str) if number is None and typed}
    found += [
        Listed(f"cq-ten:{name}", Party("organ", None, typed), sort_key(typed))
        for name, typed in typed_only.items()
        if name not in bearers
    ]
    return found


def declare(
    *, by: Capacity, edition: Edition, round: Round, keys: Collection[str], relation: str, note: str = ""
) -> list[DeclaredTie]:
    """The judge has to do with every work of these authors and organs, and went through the list; gives what is new.

    What follows is what the rules say of the relation. Raises Refused once works were dealt, for whom the list does not
    give, a relation that is not asked for, and one that is only told without words on it.
    """
    seats = _held(by, round)
    assert by.person_id is not None
    listed, policy = parties(edition, round, seats), queries.policy_of(edition)
    lines = by_key(listed.authors, listed.organs)
    if not keys or not lines.keys() >= set(keys):
        raise Refused(Verdict("none_chosen", _("Đề nghị chọn ít nhất một tác giả hoặc cơ quan.")))
    chosen = [lines[key].party for key in sorted(set(keys))]
    asked = relations_with(policy, {party.kind for party in chosen})
    if relation not in asked:
        raise Refused(
            Verdict("relation", _("Đề nghị chọn một mối liên quan: %(kinds)s.", kinds="; ".join(asked.values())))
        )
    note = canonical(note)[:LONGEST]
    if relation in disclosures(policy) and not note:
        raise Refused(Verdict("no_note", _("Cần ghi quen biết thế nào.")))
    before = {(declared.party_of(tie), tie.relation) for tie in declared.of_person(by.person_id, edition.id)}
    new = [_tie(edition, round, by.person_id, party, relation, note) for party in chosen]
    new = [tie for tie in new if (declared.party_of(tie), relation) not in before]
    session.add_all(new)
    _gone_through(seats)
    declared.spread(edition, new)
    for tie in new:
        _record("conflict.told", by, edition, tie, subject=tie)
    return new


def declare_none(*, by: Capacity, edition: Edition, round: Round) -> None:
    """The judge has gone through the list and has to do with nobody, or with nobody but those already named."""
    seats = _held(by, round)
    assert by.person_id is not None
    _gone_through(seats)
    before = len(declared.of_person(by.person_id, edition.id))
    facts: dict[str, int | str | None] = {"round": round.id, "before": before}
    record("conflict.none_told", actor_id=by.person_id, award_id=edition.award_id, subject=seats[0], facts=facts)


def take_back(*, by: Capacity, edition: Edition, round: Round, tie: DeclaredTie) -> None:
    """It stands between the judge and no work any more, as if never said; the log keeps that it was.

    Raises Refused once works were dealt, and for what was said of an earlier round.
    """
    seats = _held(by, round)
    assert by.person_id is not None
    if tie.round_id != round.id:
        raise Refused(Verdict("earlier_round", _("Khai báo ở vòng trước giữ nguyên.")))
    _record("conflict.taken_back", by, edition, tie)
    session.execute(delete(Conflict).where(Conflict.tie_id == tie.id))
    session.delete(tie)
    session.flush()
    left = declared.of_person(by.person_id, edition.id)
    declared.spread(edition, left)
    if not left:
        for seat in seats:
            seat.ties_told_at = None
    session.flush()


def may_declare(round_: Round, seats: Sequence[Seat], person_id: int) -> Verdict:
    """Whether the person of these seats may say it now."""
    return can_declare_ties(round_, seats, dealt=declared.was_dealt(person_id, round_.id))


def _held(by: Capacity, round_: Round) -> list[Seat]:
    """The judge's seats in the round, which nobody opens meanwhile."""
    assert by.person_id is not None
    session.refresh(round_, with_for_update={"of": Round})
    seats = queries.seats_of(by.person_id, round_.id)
    if not seats:
        raise Refused(Verdict("no_seat", _("Trang này dành cho thành viên các tiểu ban của vòng chấm.")))
    require(may_declare(round_, seats, by.person_id))
    return seats


def _gone_through(seats: Sequence[Seat]) -> None:
    for seat in seats:
        seat.ties_told_at = now()
    session.flush()


def _tie(edition: Edition, round_: Round, person_id: int, party: Party, relation: str, note: str) -> DeclaredTie:
    return DeclaredTie(
        edition_id=edition.id,
        round_id=round_.id,
        person_id=person_id,
        party=party.kind,
        author_id=party.number if party.kind == "author" else None,
        newsroom_id=party.number if party.kind == "organ" else None,
        name=party.name,
        relation=relation,
        note=note,
    )


def _record(kind: str, by: Capacity, edition: Edition, tie: DeclaredTie, *, subject: DeclaredTie | None = None) -> None:
    facts: dict[str, int | str | None] = {"round": tie.round_id, "party": tie.party, "relation": tie.relation}
    facts |= {"tie": tie.id, "author": tie.author_id, "newsroom": tie.newsroom_id}
    detail = {"name": tie.name, "note": tie.note}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=subject, facts=facts, detail=detail)
