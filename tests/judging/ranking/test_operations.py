"""Ending a round by two persons, the places it leaves behind, and the shortlist."""

import hashlib
import json
import threading
from collections.abc import Callable
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions import rulebook
from award.editions.models import Countersign, Edition, Round
from award.log.models import Event
from award.results.models import Standing
from award.verdicts import Refused
from judging.panels.models import Conflict
from judging.panels.queries import panels_of
from judging.ranking import operations, queries
from judging.ranking.boards import boards
from judging.ranking.shortfall import Shortfall
from judging.ranking.signatures import signatures
from judging.ranking.standing import against_the_order
from judging.scoring import operations as scoring
from judging.scoring.models import ScoreSheet
from tests.judging.ranking.halls import Hall, hall, until_somebody_waits
from tests.judging.rows import clause


@pytest.fixture
def opened(ctx: Flask) -> Hall:
    with unit_of_work():
        return hall()


@pytest.fixture
def scored(opened: Hall) -> Hall:
    """Totals of 24 and 26, 20 and 20, 20 and 20 steps: the second and third work are equal."""
    with unit_of_work():
        opened.mark_all(
            ((10, 8, 6), (10, 10, 6)),
            ((8, 6, 6), (8, 6, 6)),
            ((6, 8, 6), (8, 8, 4)),
        )
    return opened


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, unit_of_work():
        act()
    return caught.value.verdict.code


def events(kind: str) -> list[dict[str, object]]:
    return [json.loads(event.payload) for event in session.scalars(select(Event).where(Event.kind == kind))]


class TestTwoPersons:
    def test_who_proposed_does_not_confirm(self, opened: Hall) -> None:
        by = opened.by(opened.chair)
        with unit_of_work():
            operations.propose_freeze(by=by, edition=opened.edition, judged=opened.round)
        assert (
            refused(lambda: operations.confirm_freeze(by=by, edition=opened.edition, judged=opened.round))
            == "same_person"
        )
        assert opened.round.state == "open"

    @pytest.mark.parametrize("who", ["secretary", "organiser", "auditor"])
    def test_only_the_heads_propose(self, opened: Hall, who: str) -> None:
        by = opened.by(opened.lookers[who])
        assert refused(lambda: operations.propose_freeze(by=by, edition=opened.edition, judged=opened.round)) == "role"

    @pytest.mark.parametrize("who", ["secretary", "organiser", "deputy"])
    def test_staff_and_deputy_stand_in_as_second(self, opened: Hall, who: str) -> None:
        with unit_of_work():
            operations.propose_freeze(by=opened.by(opened.chair), edition=opened.edition, judged=opened.round)
            second = opened.by(opened.lookers[who])
            operations.confirm_freeze(by=second, edition=opened.edition, judged=opened.round)
        assert opened.round.state == "frozen"

    def test_the_auditor_only_looks(self, opened: Hall) -> None:
        with unit_of_work():
            operations.propose_freeze(by=opened.by(opened.chair), edition=opened.edition, judged=opened.round)
        by = opened.by(opened.auditor)
        assert refused(lambda: operations.confirm_freeze(by=by, edition=opened.edition, judged=opened.round)) == "role"

    def test_a_judge_does_not_learn_whether_something_waits(self, opened: Hall) -> None:
        by = opened.by(opened.bench.judges[0])

        def confirm() -> str:
            return refused(lambda: operations.confirm_freeze(by=by, edition=opened.edition, judged=opened.round))

        assert confirm() == "role"
        with unit_of_work():
            operations.propose_freeze(by=opened.by(opened.chair), edition=opened.edition, judged=opened.round)
        assert confirm() == "role"

    def test_nothing_is_confirmed_that_was_not_proposed(self, opened: Hall) -> None:
        by = opened.by(opened.secretary)
        act = lambda: operations.confirm_freeze(by=by, edition=opened.edition, judged=opened.round)  # noqa: E731
        assert refused(act) == "nothing_waits"

    def test_the_proposer_takes_it_back_and_may_propose_again(self, opened: Hall) -> None:
        chair, deputy = opened.by(opened.chair), opened.by(opened.deputy)
        with unit_of_work():
            first = operations.propose_freeze(by=chair, edition=opened.edition, judged=opened.round)
        withdraw = operations.withdraw_proposal
        assert (
            refused(lambda: withdraw(by=deputy, edition=opened.edition, judged=opened.round, act="freeze_round"))
            == "not_yours"
        )
        with unit_of_work():
            withdraw(by=chair, edition=opened.edition, judged=opened.round, act="freeze_round")
        assert (
            refused(lambda: operations.confirm_freeze(by=deputy, edition=opened.edition, judged=opened.round))
            == "nothing_waits"
        )
        with unit_of_work():
            again = operations.propose_freeze(by=deputy, edition=opened.edition, judged=opened.round)
            operations.confirm_freeze(by=chair, edition=opened.edition, judged=opened.round)
        assert again.id != first.id
        assert opened.round.state == "frozen"

    def test_a_round_is_not_closed_before_it_is_frozen(self, scored: Hall) -> None:
        by = scored.by(scored.chair)
        assert refused(lambda: operations.propose_close(by=by, edition=scored.edition, judged=scored.round)) == "state"


class TestClosing:
    def test_every_work_has_its_place_and_its_sheets(self, scored: Hall) -> None:
        with unit_of_work():
            scored.freeze()
            scored.close()
        assert scored.round.state == "closed"
        first, second, third = (scored.standing(entry) for entry in scored.works)
        assert (first.rank, first.score_numerator, first.score_denominator, first.sheets) == (1, 25, 4, 2)
        assert [(s.rank, s.score_numerator, s.score_denominator) for s in (second, third)] == [(2, 5, 1), (2, 5, 1)]
        criteria = [str(criterion.id) for criterion in scored.round.criteria]
        given = {sheet["seat"]: sheet["marks"] for sheet in first.detail["sheets"]}
        assert given == {
            scored.bench.seat(scored.bench.judges[0]).id: dict(zip(criteria, (10, 8, 6), strict=True)),
            scored.bench.seat(scored.bench.judges[1]).id: dict(zip(criteria, (10, 10, 6), strict=True)),
        }

    def test_the_event_counts_the_sheets_and_holds_a_hash_over_their_commitments(self, scored: Hall) -> None:
        with unit_of_work():
            scored.freeze()
            scored.close()
        commitments = sorted(sheet.commitment or "" for sheet in session.scalars(select(ScoreSheet)))
        digest = hashlib.sha256("\n".join(commitments).encode()).hexdigest()
        (counted,) = events("round.counted")
        assert len(commitments) == 6
        rules = rulebook.digest(rulebook.rules_of_round(scored.round, panels_of(scored.round.id)))
        needed = rulebook.digest([[entry.id, 2] for entry in scored.works])
        assert counted["facts"] == {
            "sheets": 6,
            "commitments_sha256": digest,
            "rules_sha256": rules,
            "needed_sha256": needed,
        }

    def test_missing_sheets_need_a_reason_that_the_second_person_reads(self, opened: Hall) -> None:
        with unit_of_work():
            clause(opened.bench.edition, "readings", number=2)
            opened.mark(opened.bench.judges[0], opened.works[0], (8, 8, 8))
            opened.freeze()
        by = opened.by(opened.chair)
        with pytest.raises(Refused) as caught, unit_of_work():
            operations.propose_close(by=by, edition=opened.edition, judged=opened.round, shortfall_reason="  ")
        assert "còn 5 phiếu chưa gửi (2 thành viên)" in caught.value.verdict.sentence
        assert "1 tác phẩm mới có 1/2 phiếu; 2 tác phẩm mới có 0/2 phiếu" in caught.value.verdict.sentence
        with unit_of_work():
            opened.close(reason="Một thành viên nghỉ ốm.")
        kept = signatures(opened.edition.id, opened.round)["close_round"]
        assert kept.sign.terms["reason"] == "Một thành viên nghỉ ốm."
        assert (kept.first, kept.second) == ("Bùi An", "Bùi Bách")
        first, *others = (opened.standing(entry) for entry in opened.works)
        assert (first.rank, first.score_numerator, first.sheets, first.needed) == (None, 6, 1, 2), "a score, no rank"
        assert [other.rank for other in others] == [None, None]

    def test_more_missing_than_was_confirmed_is_refused(self, scored: Hall) -> None:
        with unit_of_work():
            scored.freeze()
            operations.propose_close(by=scored.by(scored.chair), edition=scored.edition, judged=scored.round)
            for person in scored.bench.judges:
                scoring.step_aside(
                    by=scored.by(person),
                    edition=scored.edition,
                    assignment=scored.assignment(person, scored.works[0]),
                    relation="relative",
                )
        by = scored.by(scored.deputy)
        assert (
            refused(lambda: operations.confirm_close(by=by, edition=scored.edition, judged=scored.round))
            == "shortfall_changed"
        )
        assert scored.round.state == "frozen"

    def test_a_work_that_left_has_no_place(self, scored: Hall) -> None:
        with unit_of_work():
            scored.works[0].state = "withdrawn"
            scored.freeze()
            scored.close()
        placed = set(session.scalars(select(Standing.entry_id)))
        assert placed == {entry.id for entry in scored.works[1:]}
        (counted,) = events("round.counted")
        facts = counted["facts"]
        assert isinstance(facts, dict)
        assert facts["sheets"] == 4

    def test_a_work_whose_judges_all_stepped_aside_has_a_place_without_a_rank(self, scored: Hall) -> None:
        with unit_of_work():
            for person in scored.bench.judges:
                scoring.step_aside(
                    by=scored.by(person),
                    edition=scored.edition,
                    assignment=scored.assignment(person, scored.works[0]),
                    relation="relative",
                )
            scored.freeze()
            scored.close(reason="Mọi thành viên có liên quan.")
        left = scored.standing(scored.works[0])
        assert (left.rank, left.score_numerator, left.sheets) == (None, None, 0)
        assert scored.standing(scored.works[1]).rank == 1

    def test_a_work_with_too_few_sheets_takes_no_place_and_is_chosen_for_a_reason_only(self, opened: Hall) -> None:
        """The second work has the best score, of one sheet where two are needed."""
        one, other = opened.bench.judges
        with unit_of_work():
            for entry in (opened.works[0], opened.works[2]):
                for person in (one, other):
                    opened.mark(person, entry, (8, 8, 8) if entry is opened.works[0] else (4, 4, 4))
            opened.mark(one, opened.works[1], (12, 12, 10))
            opened.freeze()
            opened.close(reason="Một thành viên nghỉ ốm.")
        assert [opened.standing(entry).rank for entry in opened.works] == [1, None, 2]
        shown = {line.code: line for board in boards(opened.round, names=False) for line in board.lines}
        assert [(line.rank, line.lacks) for line in shown.values()] == [
            (1, ""),
            (2, ""),
            (None, "Không xếp hạng: mới có 1/2 phiếu."),
        ]
        chosen = [entry.id for entry in opened.works]
        assert set(against_the_order(opened.round, chosen)) == {opened.works[1].id}
        named = {"by": opened.by(opened.chair), "edition": opened.edition, "judged": opened.round}
        with pytest.raises(Refused) as caught, unit_of_work():
            operations.draw_shortlist(**named, advanced=dict.fromkeys(chosen, ""))
        assert caught.value.verdict.sentence == (
            "Cần ghi lý do chọn III-IN-002: chưa đủ số phiếu chấm tối thiểu nên không xếp hạng."
        )


def in_threads(app: Flask, *acts: Callable[[], object]) -> list[BaseException | None]:
    """Each act in a unit of work of its own, all begun together; what each ended with."""
    start = threading.Barrier(len(acts))
    ends: list[BaseException | None] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            with app.app_context():
                start.wait()
                with unit_of_work():
                    act()
        except BaseException as fault:
            ends[number] = fault

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


class TestAtTheSameTime:
    def test_two_confirm_and_one_closes(self, ctx: Flask, scored: Hall) -> None:
        with unit_of_work():
            scored.freeze()
            operations.propose_close(by=scored.by(scored.chair), edition=scored.edition, judged=scored.round)
        seconds = [scored.by(scored.secretary), scored.by(scored.deputy)]
        session.remove()

        def confirm(number: int) -> Callable[[], None]:
            return lambda: operations.confirm_close(by=seconds[number], edition=scored.edition, judged=scored.round)

        ends = in_threads(ctx, confirm(0), confirm(1))
        assert sorted(type(end).__name__ for end in ends) == ["NoneType", "Refused"]
        assert len(session.scalars(select(Standing)).all()) == 3
        assert len(events("round.closed")) == 1
        confirmed = session.scalars(select(Countersign).where(Countersign.act == "close_round")).one()
        assert confirmed.confirmed_by_id == seconds[ends.index(None)].person_id

    @pytest.mark.parametrize("saved_first", [True, False])
    def test_a_sheet_sent_while_the_round_is_frozen_counts_or_is_refused(
        self, ctx: Flask, opened: Hall, saved_first: bool
    ) -> None:
        judge, entry = opened.bench.judges[0], opened.works[0]
        with unit_of_work():
            operations.propose_freeze(by=opened.by(opened.chair), edition=opened.edition, judged=opened.round)
        session.remove()
        first_done, ends = threading.Event(), {}

        def save() -> None:
            opened.mark(judge, entry, (8, 8, 8))

        def freeze() -> None:
            by = opened.by(opened.secretary)
            operations.confirm_freeze(by=by, edition=opened.edition, judged=opened.round)

        def first(act: Callable[[], None]) -> None:
            with ctx.app_context(), unit_of_work():
                act()
                first_done.set()
                until_somebody_waits(ctx)

        def second(act: Callable[[], None]) -> None:
            first_done.wait(30)
            try:
                with ctx.app_context(), unit_of_work():
                    act()
            except Refused as refusal:
                ends["second"] = refusal.verdict.code

        acts = (save, freeze) if saved_first else (freeze, save)
        threads = [threading.Thread(target=first, args=acts[:1]), threading.Thread(target=second, args=acts[1:])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with unit_of_work():
            opened.close(reason="Còn thiếu phiếu.")
        assert opened.standing(entry).sheets == (1 if saved_first else 0)
        assert ends == ({} if saved_first else {"second": "frozen"})

    def test_after_freezing_no_sheet_is_changed_or_taken_back(self, scored: Hall) -> None:
        judge, entry = scored.bench.judges[0], scored.works[0]
        with unit_of_work():
            scored.freeze()
            operations.propose_close(by=scored.by(scored.chair), edition=scored.edition, judged=scored.round)
        by, assignment = scored.by(judge), scored.assignment(judge, entry)
        assert refused(lambda: scored.mark(judge, entry, (1, 1, 1))) == "frozen"
        assert refused(lambda: scoring.reopen(by=by, edition=scored.edition, assignment=assignment)) == "frozen"


class TestShortlist:
    @pytest.fixture
    def closed(self, scored: Hall) -> Hall:
        with unit_of_work():
            scored.freeze()
            scored.close()
        return scored

    def draw(self, of: Hall, advanced: dict[int, str], who: str = "chair") -> None:
        by = of.by(of.lookers[who])
        operations.draw_shortlist(by=by, edition=of.edition, judged=of.round, advanced=advanced)

    def test_the_order_needs_no_reason(self, closed: Hall) -> None:
        first, second, third = (entry.id for entry in closed.works)
        with unit_of_work():
            self.draw(closed, {first: ""}, who="secretary")
        assert [closed.standing(entry).advanced for entry in closed.works] == [True, False, False]
        with unit_of_work():
            self.draw(closed, {first: "", second: "", third: ""})
        assert [closed.standing(entry).advanced for entry in closed.works] == [True, True, True]

    def test_out_of_a_tie_one_is_chosen_with_a_reason(self, closed: Hall) -> None:
        first, second, _third = (entry.id for entry in closed.works)
        with pytest.raises(Refused) as caught, unit_of_work():
            self.draw(closed, {first: "", second: " "})
        assert caught.value.verdict.code == "unexplained"
        assert "III-IN-002" in caught.value.verdict.sentence
        assert not queries.is_drawn(closed.round.id)
        with unit_of_work():
            self.draw(closed, {first: "", second: " Tính phát hiện cao hơn. "})
        assert closed.standing(closed.works[1]).advanced_reason == "Tính phát hiện cao hơn."

    def test_against_the_order_needs_a_reason(self, closed: Hall) -> None:
        third = closed.works[2].id
        assert refused(lambda: self.draw(closed, {third: ""})) == "unexplained"
        with unit_of_work():
            self.draw(closed, {third: "Loại hình cần có mặt ở chung khảo."})
        assert [closed.standing(entry).advanced for entry in closed.works] == [False, False, True]

    def test_who_has_to_do_with_a_work_does_not_choose_it_against_the_order(self, closed: Hall) -> None:
        third = closed.works[2].id
        with unit_of_work():
            session.add(
                Conflict(
                    edition_id=closed.edition.id,
                    person_id=closed.chair.id,
                    entry_id=third,
                    relation="relative",
                    source="declared",
                )
            )
        assert refused(lambda: self.draw(closed, {third: "Hay."})) == "kept_from"
        with unit_of_work():
            self.draw(closed, {third: "Hay."}, who="deputy")

    def test_an_empty_list_is_none(self, closed: Hall) -> None:
        assert refused(lambda: self.draw(closed, {})) == "nothing_chosen"

    @pytest.mark.parametrize("who", ["organiser", "auditor"])
    def test_others_do_not_draw(self, closed: Hall, who: str) -> None:
        first = closed.works[0].id
        assert refused(lambda: self.draw(closed, {first: ""}, who=who)) == "role"

    def test_before_closing_there_is_nothing_to_draw(self, scored: Hall) -> None:
        first = scored.works[0].id
        assert refused(lambda: self.draw(scored, {first: ""})) == "sealed"

    def test_once_used_it_stands(self, closed: Hall) -> None:
        first = closed.works[0].id
        with unit_of_work():
            self.draw(closed, {first: ""})
            later = session.scalars(select(Round).where(Round.ordinal == 2)).one()
            later.state = "open"
        assert refused(lambda: self.draw(closed, {first: ""})) == "followed"

    def test_a_work_that_left_since_stands_in_nobodys_way(self, closed: Hall) -> None:
        first, second, third = closed.works
        with unit_of_work():
            first.state = "withdrawn"
        assert queries.entries_named(closed.round.id, [first.public_id, second.public_id]) == {
            second.public_id: second.id
        }
        with unit_of_work():
            self.draw(closed, {second.id: "", third.id: ""})


def test_what_is_lacking_reads_as_people_say_it(ctx: Flask) -> None:
    lacking = Shortfall(missing=3, people=2, thin=((2, 3, 1), (0, 3, 2)))
    assert lacking.sentence == (
        "còn 3 phiếu chưa gửi (2 thành viên); 1 tác phẩm mới có 2/3 phiếu; 2 tác phẩm mới có 0/3 phiếu"
    )
    assert not Shortfall(missing=0, people=0, thin=())


def test_the_mean_of_the_worked_example(ctx: Flask) -> None:
    """Three sheets of 33, 34 and 33 quarter points are 8,33: the exact third is kept."""
    with unit_of_work():
        of = hall(works=1, judges=3, later=False, shortlist=None)
        of.mark_all(((16, 12, 5), (16, 12, 6), (15, 12, 6)))
        of.freeze()
        of.close()
    placed = of.standing(of.works[0])
    assert placed.score_numerator is not None
    assert placed.score_denominator is not None
    assert Fraction(placed.score_numerator, placed.score_denominator) == Fraction(25, 3)
    assert session.scalars(select(Edition)).one().state == "judging"
