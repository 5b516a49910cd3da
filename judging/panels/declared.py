"""What judges said of authors and organs before works were dealt, and the conflicts with single works it leads to."""

from collections.abc import Sequence

from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry
from judging.panels import queries
from judging.panels.models import Assignment, Conflict, DeclaredTie, Seat
from judging.panels.parties import Kind, Party


def of_person(person_id: int, edition_id: int) -> Sequence[DeclaredTie]:
    """What the person said in the edition, oldest first."""
    found = select(DeclaredTie).where(DeclaredTie.person_id == person_id, DeclaredTie.edition_id == edition_id)
    return session.scalars(found.order_by(DeclaredTie.id)).all()


def of_seats(round_id: int) -> Sequence[DeclaredTie]:
    """What everybody who sits in the round said in its edition, in whatever round."""
    seated = select(DeclaredTie).join(Seat, Seat.person_id == DeclaredTie.person_id).where(Seat.round_id == round_id)
    return session.scalars(seated.distinct().order_by(DeclaredTie.id)).all()


def was_dealt(person_id: int, round_id: int) -> bool:
    """Works of the round were dealt to the person, be it as recused."""
    dealt = select(Assignment.id).join(Seat, Seat.id == Assignment.seat_id)
    found = dealt.where(Seat.person_id == person_id, Assignment.round_id == round_id).limit(1)
    return session.scalar(found) is not None


def party_of(tie: DeclaredTie) -> Party:
    kind: Kind = "author" if tie.party == "author" else "organ"
    return Party(kind, tie.author_id if kind == "author" else tie.newsroom_id, tie.name)


def spread(edition: Edition, ties: Sequence[DeclaredTie]) -> None:
    """Each tie stands between its judge and every work sent to the edition in which its party has part.

    What was noted before of the same relation stays: waived, found, or computed.
    """
    ties = [tie for tie in ties if tie.edition_id == edition.id]
    if not ties:
        return
    sent = select(Entry.id).where(Entry.edition_id == edition.id, Entry.state == "submitted").order_by(Entry.id)
    works, organs = queries.works_with_authors(list(session.scalars(sent))), queries.organs_known()
    policy, people = queries.policy_of(edition), {tie.person_id for tie in ties}
    noted = select(Conflict.person_id, Conflict.entry_id, Conflict.relation).where(Conflict.person_id.in_(people))
    known = set(session.execute(noted.where(Conflict.edition_id == edition.id)).tuples())
    for tie in ties:
        effect = policy.effect(tie.relation)
        for work in works if effect else ():
            pair = (tie.person_id, work.entry_id, tie.relation)
            if pair in known or not party_of(tie).has_part_in(work, organs):
                continue
            known.add(pair)
            session.add(
                Conflict(
                    edition_id=edition.id,
                    person_id=tie.person_id,
                    entry_id=work.entry_id,
                    relation=tie.relation,
                    source="declared",
                    effect="disclose" if effect == "disclose" else "block",
                    note=tie.note,
                    noted_by_id=tie.person_id,
                    tie_id=tie.id,
                )
            )
    session.flush()
