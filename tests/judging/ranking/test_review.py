"""A round while it is frozen: sheets looked at again, works near the cut read by more, and what closing waits for."""

import json
from collections.abc import Callable
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.log.models import Event
from award.verdicts import Refused
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking import operations, queries
from judging.ranking.following import following
from judging.ranking.models import Zone
from judging.ranking.review import review
from judging.scoring import looking_again
from judging.scoring import operations as scoring
from judging.scoring.contents import Incomplete, commitment, marks_of
from judging.scoring.models import SecondLook
from tests import factories
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause
from tests.visitor import Visitor

PLAIN, LOW = (10, 8, 6), (2, 2, 2)


def apart() -> Hall:
    """Four judges differ as judges do, and the last gives the second work far less than the others. Frozen."""
    of = hall(works=4, judges=4, shortlist=2)
    clause(of.bench.edition, "spread_limit", points="2")
    first = ((9, 12, 6, 10), (9, 8, 9, None), (4, 8, 7, 10), (7, 6, 9, 3))
    of.mark_all(*(tuple(LOW if n is None else (n, 8, 6) for n in row) for row in first))
    of.freeze()
    return of


def near() -> Hall:
    """Ten works in three steps of totals, each read by two of five judges, four go on. Frozen."""
    of = hall(works=10, judges=5, shortlist=4, readings=2)
    of.mark_dealt(*((12 - n // 2, 8, 6) for n in range(10)))
    of.freeze()
    return of


@pytest.fixture
def odd(ctx: Flask) -> Hall:
    with unit_of_work():
        return apart()


@pytest.fixture
def close(ctx: Flask) -> Hall:
    with unit_of_work():
        return near()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, unit_of_work():
        act()
    return caught.value.verdict.code


def events(kind: str) -> list[dict[str, object]]:
    found = session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id))
    return [json.loads(event.payload) for event in found]


def ask(of: Hall, *, by: str = "chair") -> list[SecondLook]:
    sheet = of.sheet(of.bench.judges[3], of.works[1])
    person = of.lookers[by]
    return operations.ask_again(by=of.by(person), edition=of.edition, judged=of.round, sheets=[sheet.public_id])


def answer(of: Hall, *, steps: tuple[int, ...] | None = None, reason: str = "Đã xem lại.") -> SecondLook:
    person, entry = of.bench.judges[3], of.works[1]
    words = {"by": of.by(person), "edition": of.edition, "assignment": of.assignment(person, entry), "reason": reason}
    if steps is None:
        return looking_again.keep(**words)
    marks = {criterion.id: n for criterion, n in zip(of.round.criteria, steps, strict=True)}
    return looking_again.revise(**words, marks=marks)


def add(of: Hall, *entries: int, by: str = "chair") -> list[Assignment]:
    works = [of.works[n].public_id for n in entries]
    return operations.add_readers(by=of.by(of.lookers[by]), edition=of.edition, judged=of.round, works=works)


def numbers_near(of: Hall) -> list[int]:
    order = [entry.id for entry in of.works]
    return sorted(order.index(entry) for _panel, entry in queries.near_the_cut(of.round.id))


class TestAsking:
    def test_the_sheet_far_from_the_others_is_listed_and_no_other(self, odd: Hall) -> None:
        shown = review(odd.edition, odd.round, reader=odd.chair.id, limit=Fraction(2))
        assert [(line.code, line.member, line.against_rule, line.look) for line in shown.odd] == [
            ("III-IN-002", odd.bench.judges[3].legal_name, True, None)
        ]

    def test_heads_ask_and_nobody_else(self, odd: Hall) -> None:
        for name in ("secretary", "organiser", "auditor"):
            assert refused(lambda name=name: ask(odd, by=name)) == "role"
        with unit_of_work():
            assert len(ask(odd, by="deputy")) == 1

    def test_a_sheet_that_does_not_lie_apart_is_not_asked_about(self, odd: Hall) -> None:
        other = odd.sheet(odd.bench.judges[0], odd.works[0]).public_id
        by = odd.by(odd.chair)
        assert (
            refused(lambda: operations.ask_again(by=by, edition=odd.edition, judged=odd.round, sheets=[other]))
            == "not_apart"
        )
        assert events("sheet.look_asked") == []

    def test_asking_twice_asks_once(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            assert ask(odd, by="deputy") == []
        assert len(events("sheet.look_asked")) == 1

    def test_the_judge_is_told_the_distance_and_the_rule(self, odd: Hall) -> None:
        with unit_of_work():
            (look,) = ask(odd)
        # 23, 22 and 23 steps of a quarter by the others, 6 by the judge: 5,67 − 1,5
        assert (look.level, look.gap, look.limit) == ("red", "4.17", "2.00")

    @pytest.mark.usefixtures("ctx")
    def test_a_distance_from_one_other_is_not_told(self) -> None:
        with unit_of_work():
            of = hall(works=2, judges=2)
            clause(of.bench.edition, "spread_limit", points="2")
            of.mark_all((PLAIN, LOW), (PLAIN, PLAIN))
            of.freeze()
        sheet = of.sheet(of.bench.judges[1], of.works[0])
        with unit_of_work():
            (look,) = operations.ask_again(
                by=of.by(of.chair), edition=of.edition, judged=of.round, sheets=[sheet.public_id]
            )
        assert (look.level, look.gap, Fraction(look.limit)) == ("rule", "", 2)

    def test_who_has_to_do_with_a_work_neither_sees_nor_asks(self, odd: Hall) -> None:
        with unit_of_work():
            session.add(
                Conflict(
                    edition_id=odd.edition.id,
                    person_id=odd.chair.id,
                    entry_id=odd.works[1].id,
                    relation="relative",
                    source="declared",
                )
            )
        shown = review(odd.edition, odd.round, reader=odd.chair.id, limit=Fraction(2))
        assert (shown.odd, shown.hidden) == ((), 1)
        assert refused(lambda: ask(odd)) == "not_apart"
        assert len(review(odd.edition, odd.round, reader=odd.deputy.id, limit=Fraction(2)).odd) == 1

    @pytest.mark.parametrize("state", ["open", "closed"])
    def test_only_while_the_round_is_frozen(self, odd: Hall, state: str) -> None:
        with unit_of_work():
            odd.round.state = state
        assert refused(lambda: ask(odd)) == "state"


class TestAnswering:
    def test_nobody_answers_unasked(self, odd: Hall) -> None:
        assert refused(lambda: answer(odd)) == "not_asked"
        assert refused(lambda: answer(odd, steps=PLAIN)) == "not_asked"

    def test_a_sheet_kept_stands_as_it_was(self, odd: Hall) -> None:
        before = odd.sheet(odd.bench.judges[3], odd.works[1]).commitment
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            look = answer(odd)
        assert (look.answer, look.reason, look.former) == ("kept", "Đã xem lại.", None)
        assert odd.sheet(odd.bench.judges[3], odd.works[1]).commitment == before
        assert len(events("sheet.kept")) == 1

    def test_a_sheet_changed_keeps_what_it_held_with_its_commitment(self, odd: Hall) -> None:
        before = odd.sheet(odd.bench.judges[3], odd.works[1]).commitment
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            look = answer(odd, steps=(9, 8, 6))
        sheet = odd.sheet(odd.bench.judges[3], odd.works[1])
        assert sorted(marks_of(sheet).values()) == [6, 8, 9]
        assert look.former_steps == [2, 2, 2]
        assert look.former_nonce is not None and look.former is not None
        assert look.former_commitment == before == commitment(look.former_nonce, look.former)
        (event,) = events("sheet.revised")
        assert event["facts"] == {
            "round": odd.round.id,
            "assignment": sheet.assignment_id,
            "entry": odd.works[1].id,
            "former": before,
            "commitment": sheet.commitment,
        }
        assert sheet.commitment != before

    def test_an_answer_is_given_once(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            answer(odd, steps=(9, 8, 6))
        assert refused(lambda: answer(odd)) == "answered"
        assert refused(lambda: answer(odd, steps=(8, 8, 6))) == "answered"

    def test_a_reason_is_asked_for_either_way(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        assert refused(lambda: answer(odd, reason="  ")) == "no_reason"
        assert refused(lambda: answer(odd, steps=PLAIN, reason="")) == "no_reason"

    def test_marks_that_change_nothing_are_no_change(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        assert refused(lambda: answer(odd, steps=LOW)) == "unchanged"

    def test_too_much_and_too_little_are_refused(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        assert refused(lambda: answer(odd, steps=(17, 8, 6))) == "out_of_range"
        person = odd.bench.judges[3]
        with pytest.raises(Incomplete), unit_of_work():
            looking_again.revise(
                by=odd.by(person),
                edition=odd.edition,
                assignment=odd.assignment(person, odd.works[1]),
                marks={},
                reason="Xem lại.",
            )

    def test_nothing_is_answered_once_the_round_is_closed(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            odd.close("Thành viên ốm, không trả lời được.")
        assert refused(lambda: answer(odd, steps=PLAIN)) == "round_over"

    def test_the_place_follows_from_what_was_changed(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            answer(odd, steps=(9, 8, 6))
        with unit_of_work():
            odd.close()
        standing = odd.standing(odd.works[1])
        assert (standing.score_numerator, standing.score_denominator, standing.sheets) == (91, 16, 4)

    def test_reasons_and_both_totals_are_read_when_the_round_is_closed(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        with unit_of_work():
            answer(odd, steps=(9, 8, 6), reason="Đã đọc nhầm kỳ.")
        shown = review(odd.edition, odd.round, reader=odd.chair.id, limit=Fraction(2)).odd
        assert {(line.before, line.after) for line in shown} == {("", "")}
        with unit_of_work():
            odd.close()
        (line,) = review(odd.edition, odd.round, reader=odd.chair.id, limit=Fraction(2)).odd
        assert (line.before, line.after) == ("1.50", "5.75")


class TestMoreReaders:
    def test_which_works_are_near_is_settled_and_committed_to_when_the_round_is_frozen(self, close: Hall) -> None:
        zone = session.get_one(Zone, close.round.id)
        (event,) = events("round.zone_settled")
        assert event["facts"] == {"commitment": zone.commitment}
        assert zone.commitment == commitment(zone.nonce, zone.content)
        assert len(zone.content["works"]) == 10
        open_ = {entry for _panel, entry, among in zone.content["works"] if 100 < among < 900}
        assert open_ == {entry for _panel, entry in queries.near_the_cut(close.round.id)}
        assert 0 < len(open_) < 10

    def test_a_work_near_the_cut_gets_a_reader_who_may_read_it(self, close: Hall) -> None:
        number = numbers_near(close)[0]
        have = {a.seat_id for a in session.query(Assignment).filter_by(entry_id=close.works[number].id)}
        with unit_of_work():
            (added,) = add(close, number)
        assert added.extra and added.state == "open" and added.seat_id not in have
        (event,) = events("reading.added")
        work = close.works[number].id
        assert event["facts"] == {"round": close.round.id, "entry": work, "seat": added.seat_id, "why": "near"}

    def test_readings_are_shared_out_evenly(self, close: Hall) -> None:
        with unit_of_work():
            added = add(close, *numbers_near(close))
        counts = [0] * 5
        seats = [close.bench.seat(person).id for person in close.bench.judges]
        for one in session.query(Assignment).filter_by(round_id=close.round.id):
            counts[seats.index(one.seat_id)] += one.state == "open"
        assert len(added) == len(numbers_near(close))
        assert max(counts) - min(counts) <= 1

    def test_nobody_gets_a_work_that_a_conflict_keeps_them_from(self, close: Hall) -> None:
        number = numbers_near(close)[0]
        entry = close.works[number]
        have = {a.seat_id for a in session.query(Assignment).filter_by(entry_id=entry.id)}
        free = [p for p in close.bench.judges if close.bench.seat(p).id not in have]
        with unit_of_work():
            for person in free[:-1]:
                session.add(
                    Conflict(
                        edition_id=close.edition.id,
                        person_id=person.id,
                        entry_id=entry.id,
                        relation="relative",
                        source="declared",
                    )
                )
        with unit_of_work():
            (added,) = add(close, number)
        assert added.seat_id == close.bench.seat(free[-1]).id
        with unit_of_work():
            assert add(close, number) == []

    def test_nor_who_has_not_pledged_nor_who_has_seen_how_the_sheets_lie(self, close: Hall) -> None:
        number = numbers_near(close)[0]
        have = {a.seat_id for a in session.query(Assignment).filter_by(entry_id=close.works[number].id)}
        free = [p for p in close.bench.judges if close.bench.seat(p).id not in have]
        assert len(free) == 3
        with unit_of_work():
            session.get_one(Seat, close.bench.seat(free[0]).id).pledged_at = None
            factories.appointment(close.edition, free[1], "deputy")
        with unit_of_work():
            (added,) = add(close, number)
        assert added.seat_id == close.bench.seat(free[2]).id

    def test_a_work_that_was_not_near_gets_nobody(self, close: Hall) -> None:
        far = next(n for n in range(10) if n not in numbers_near(close))
        assert refused(lambda: add(close, far)) == "not_near"
        assert refused(lambda: add(close, numbers_near(close)[0], far)) == "not_near"
        assert events("reading.added") == []

    def test_heads_ask_while_the_round_is_frozen(self, close: Hall) -> None:
        number = numbers_near(close)[0]
        for name in ("secretary", "organiser", "auditor"):
            assert refused(lambda name=name: add(close, number, by=name)) == "role"
        with unit_of_work():
            close.round.state = "open"
        assert refused(lambda: add(close, number)) == "state"

    def test_the_reader_marks_that_work_alone_and_its_sheet_is_locked_when_sent(self, close: Hall) -> None:
        number = numbers_near(close)[0]
        with unit_of_work():
            (added,) = add(close, number)
        person = next(p for p in close.bench.judges if close.bench.seat(p).id == added.seat_id)
        other = next(a for a in close.bench.assignments(person) if not a.extra)
        marks = {criterion.id: 4 for criterion in close.round.criteria}
        by = close.by(person)
        assert refused(lambda: scoring.save(by=by, assignment=other, version=9, marks=marks, note="Muộn.")) == "frozen"
        with unit_of_work():
            close.mark(person, close.works[number], (4, 4, 4))
        own = close.assignment(person, close.works[number])
        assert refused(lambda: scoring.save(by=by, assignment=own, version=9, marks={}, note="")) == "sent"
        assert refused(lambda: scoring.reopen(by=by, edition=close.edition, assignment=own)) == "frozen"

    def test_the_reading_counts_when_the_round_is_closed(self, close: Hall) -> None:
        number = numbers_near(close)[0]
        with unit_of_work():
            (added,) = add(close, number)
        person = next(p for p in close.bench.judges if close.bench.seat(p).id == added.seat_id)
        with unit_of_work():
            close.mark(person, close.works[number], (4, 4, 4))
        with unit_of_work():
            close.close()
        assert close.standing(close.works[number]).sheets == 3

    def test_more_readings_do_not_move_what_is_near(self, close: Hall) -> None:
        before = queries.near_the_cut(close.round.id)
        number = numbers_near(close)[0]
        with unit_of_work():
            (added,) = add(close, number)
        person = next(p for p in close.bench.judges if close.bench.seat(p).id == added.seat_id)
        with unit_of_work():
            close.mark(person, close.works[number], (0, 0, 0))
        assert queries.near_the_cut(close.round.id) == before


class TestClosing:
    def test_an_open_request_is_named_and_needs_a_reason(self, odd: Hall) -> None:
        with unit_of_work():
            ask(odd)
        by = odd.by(odd.chair)
        with pytest.raises(Refused) as caught, unit_of_work():
            operations.propose_close(by=by, edition=odd.edition, judged=odd.round)
        assert "còn 1 đề nghị xem lại chưa trả lời" in caught.value.verdict.sentence
        with unit_of_work():
            odd.close("Thành viên đi công tác.")
        assert odd.round.state == "closed"

    def test_an_open_reading_is_named_and_needs_a_reason(self, close: Hall) -> None:
        with unit_of_work():
            add(close, numbers_near(close)[0])
        by = close.by(close.chair)
        with pytest.raises(Refused) as caught, unit_of_work():
            operations.propose_close(by=by, edition=close.edition, judged=close.round)
        assert "còn 1 phiếu chưa gửi (1 thành viên); trong đó 1 phiếu chấm bổ sung" in caught.value.verdict.sentence
        with unit_of_work():
            close.close("Không kịp đọc.")
        assert close.standing(close.works[numbers_near(close)[0]]).sheets == 2

    def test_what_is_asked_after_the_proposal_is_not_passed_over(self, odd: Hall) -> None:
        with unit_of_work():
            operations.propose_close(by=odd.by(odd.chair), edition=odd.edition, judged=odd.round)
        with unit_of_work():
            ask(odd)
        act = lambda: operations.confirm_close(by=odd.by(odd.deputy), edition=odd.edition, judged=odd.round)  # noqa: E731
        assert refused(act) == "shortfall_changed"
        with unit_of_work():
            answer(odd)
        with unit_of_work():
            act()
        assert odd.round.state == "closed"


def test_members_who_share_no_work_are_told_of_before_the_freeze(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = hall(works=2, judges=4, shortlist=1, readings=2)
        person = of.secretary
        assert following(of.bench.edition, of.bench.round).torn == (of.bench.panel.name,)
        assert following(of.bench.edition, of.bench.round).works == 2
    assert "không xác định được tác phẩm sát ngưỡng" in Visitor(app, person).get("/iii-2023/vong/1/tien-do").text
    with app.app_context(), unit_of_work():
        seats = session.scalars(select(Seat.id).where(Seat.round_id == of.bench.round.id).order_by(Seat.id)).all()
        read = set(session.execute(select(Assignment.seat_id, Assignment.entry_id)).tuples())
        work = of.bench.works[0].id
        more = [seat for seat in seats if (seat, work) not in read]
        round_id = of.bench.round.id
        session.add_all(Assignment(round_id=round_id, seat_id=seat, entry_id=work, ordinal=9) for seat in more)
        session.flush()
        assert following(session.merge(of.bench.edition), session.merge(of.bench.round)).torn == ()
