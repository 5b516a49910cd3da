"""Who has to do with a work reads it no more: declared, found by others, computed after dealing; and what is waived.

An assignment that ends so is recused, and where not everybody reads the work another member gets it. What was marked
is annulled by the room of scoring, which calls this.
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.log.operations import record
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.panels import declared, operations, queries
from judging.panels.models import Assignment, Conflict, Seat
from judging.panels.permissions import can_step_aside, can_waive_late, disclosures, relations
from judging.panels.table import kept_from, late_ties


def declare_conflict(
    *, by: Capacity, edition: Edition, assignment: Assignment, relation: str, note: str = ""
) -> list[Assignment]:
    """The judge has stepped aside from the work, in every round that is not closed; gives those assignments.

    From now on the judge sees neither the work nor a score of it. Raises Refused for an unknown relation and once the
    round is closed.
    """
    assert by.person_id is not None
    rounds = held_rounds(edition)
    require(can_step_aside(session.get_one(Round, assignment.round_id)))
    if session.get_one(Seat, assignment.seat_id).person_id != by.person_id:
        raise Refused(Verdict("not_yours", _("Tác phẩm này được phân công cho thành viên khác.")))
    if relation not in relations(queries.policy_of(edition)):
        raise Refused(Verdict("relation", _("Đề nghị chọn mối liên quan.")))
    conflict = _noted(edition, by.person_id, assignment.entry_id, relation)
    conflict.source, conflict.effect, conflict.note, conflict.noted_by_id = "declared", "block", note, by.person_id
    ended = _end(by, edition, rounds, conflict)
    record(
        "conflict.declared",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=conflict,
        facts={"entry": assignment.entry_id, "relation": relation, "assignments": len(ended)},
        detail={"note": note} if note else None,
    )
    return ended


def disclose(*, by: Capacity, edition: Edition, assignment: Assignment, relation: str, note: str) -> Conflict:
    """The judge has said, in `note`, how they have to do with an author, and judges the work all the same.

    Those who lead the judging see that it was said, the minutes and the log keep it. Raises Refused without a note, for
    a relation that keeps a judge away, once the round is closed, and from who stepped aside.
    """
    assert by.person_id is not None
    round_ = session.get_one(Round, assignment.round_id)
    require(can_step_aside(round_))
    if session.get_one(Seat, assignment.seat_id).person_id != by.person_id or assignment.state != "open":
        raise Refused(Verdict("not_yours", _("Tác phẩm này được phân công cho thành viên khác.")))
    if relation not in disclosures(queries.policy_of(edition)):
        raise Refused(Verdict("relation", _("Đề nghị chọn mối liên quan.")))
    if not canonical(note):
        raise Refused(Verdict("no_note", _("Cần ghi quen biết thế nào.")))
    conflict = _noted(edition, by.person_id, assignment.entry_id, relation)
    conflict.source, conflict.effect, conflict.note, conflict.noted_by_id = "declared", "disclose", note, by.person_id
    session.flush()
    record(
        "conflict.disclosed",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=conflict,
        facts={"entry": assignment.entry_id, "relation": relation},
        detail={"note": note},
    )
    return conflict


def find_conflict(
    *, by: Capacity, edition: Edition, person_id: int, entry_id: int, relation: str, reason: str
) -> list[Assignment]:
    """The person is known to have to do with the work, for this reason, and no longer reads it; gives what ended.

    Two persons have said so: the caller has seen to it. Raises Refused for an unknown relation and without a reason.
    """
    rounds = held_rounds(edition)
    if relation not in relations(queries.policy_of(edition)):
        raise Refused(Verdict("relation", _("Đề nghị chọn mối liên quan.")))
    if not canonical(reason):
        raise Refused(Verdict("no_reason", _("Cần ghi lý do.")))
    conflict = _noted(edition, person_id, entry_id, relation)
    conflict.source, conflict.effect, conflict.note, conflict.noted_by_id = "found", "block", reason, by.person_id
    ended = _end(by, edition, rounds, conflict)
    record(
        "conflict.found",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=conflict,
        facts={"entry": entry_id, "person": person_id, "relation": relation, "assignments": len(ended)},
        detail={"reason": reason},
    )
    return ended


def close_late_ties(*, edition: Edition) -> list[Assignment]:
    """Nobody is still to read a work that a tie keeps them from which came after dealing; gives what ended.

    It was computed since, or somebody whom the judge had named has joined the authors.

    Sheets that were sent are left as they are: annulling one takes two persons.
    """
    ended = []
    for round_ in held_rounds(edition):
        declared.spread(edition, declared.of_seats(round_.id))
        for tie in late_ties(edition, round_):
            if tie.sent or tie.assignment.state != "open":
                continue
            person_id = session.get_one(Seat, tie.assignment.seat_id).person_id
            conflict = _noted(edition, person_id, tie.assignment.entry_id, tie.relation)
            conflict.effect = "block"
            ended += _end(None, edition, [round_], conflict)
            facts: dict[str, int | str | None] = {"entry": tie.assignment.entry_id, "person": person_id}
            facts |= {"relation": tie.relation, "assignments": 1}
            record("conflict.computed", actor_id=None, award_id=edition.award_id, subject=conflict, facts=facts)
    return ended


def _noted(edition: Edition, person_id: int, entry_id: int, relation: str) -> Conflict:
    """The row of this relation, a new one where there was none."""
    found = select(Conflict).where(
        Conflict.person_id == person_id, Conflict.entry_id == entry_id, Conflict.relation == relation
    )
    conflict = session.scalar(found)
    if conflict is None:
        conflict = Conflict(
            edition_id=edition.id, person_id=person_id, entry_id=entry_id, relation=relation, source="computed"
        )
        session.add(conflict)
    return conflict


def _end(by: Capacity | None, edition: Edition, rounds: Sequence[Round], conflict: Conflict) -> list[Assignment]:
    """The person's assignments on the work in these rounds, which the caller holds, are recused and given to others."""
    session.flush()
    ended = session.scalars(
        select(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(
            Seat.person_id == conflict.person_id,
            Assignment.entry_id == conflict.entry_id,
            Assignment.state == "open",
            Assignment.round_id.in_([each.id for each in rounds]),
        )
        .options(joinedload(Assignment.seat))
        .with_for_update(of=Assignment)
        .execution_options(populate_existing=True)
    ).all()
    for one in ended:
        one.state, one.state_reason, one.later = "recused", conflict.relation, False
    session.flush()
    for round_ in rounds:
        panels = {one.seat.panel_id for one in ended if one.round_id == round_.id}
        if panels:
            operations.give_to_another(by=by, edition=edition, round=round_, entry_id=conflict.entry_id, panels=panels)
    return list(ended)


def held_rounds(edition: Edition) -> list[Round]:
    """The rounds that are judged or frozen, as they stand now and until the end of this unit of work."""
    found = select(Round).where(Round.edition_id == edition.id, Round.state.in_(("open", "frozen"))).order_by(Round.id)
    return list(session.scalars(found.with_for_update().execution_options(populate_existing=True)))


def waive(*, by: Capacity, edition: Edition, seat: Seat, entry: Entry, reason: str) -> None:
    """The judge may read the work all the same: a namesake, or a tie that the rules let a paper remove. `reason` says
    why.

    Raises Refused when nothing stands between the two that a paper can remove; the author in person never reads it.
    """
    round_ = session.get_one(Round, seat.round_id)
    require(can_waive_late(by, edition, round_))
    kept = next((k for k in kept_from(edition, round_, seat) if k.entry.id == entry.id), None)
    if kept is None or not kept.waivable:
        raise Refused(Verdict("not_waivable", _("Mối liên quan này không bỏ qua được.")))
    relation = kept.relation
    noted = session.scalars(
        select(Conflict).where(Conflict.person_id == seat.person_id, Conflict.entry_id == entry.id)
    ).all()
    conflict = next((conflict for conflict in noted if conflict.relation == relation), None)
    if conflict is None:
        conflict = Conflict(
            edition_id=edition.id,
            person_id=seat.person_id,
            entry_id=entry.id,
            relation=relation,
            source="computed",
        )
        session.add(conflict)
    conflict.effect, conflict.note, conflict.noted_by_id = "waived", reason, by.person_id
    session.flush()
    if (seat.person_id, entry.id) not in queries.ties_between(edition, [seat.person_id], [entry.id]):
        for one in queries.recused(seat.person_id, entry.id):
            one.state, one.state_reason = "open", ""
    session.flush()
    record(
        "conflict.waived",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=conflict,
        facts={"entry": entry.id, "person": seat.person_id, "relation": relation},
        detail={"reason": reason},
    )
