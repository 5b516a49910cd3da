"""Prizes within their quotas, one for a work, taken back and replaced, and handed down once."""

import json
import threading
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Category, PrizeLevel
from award.editions.operations.amending import prizes_otherwise
from award.editions.operations.prizes import PrizeSpec
from award.log.models import Event
from award.people.models import Person
from award.results.models import Result
from award.results.operations import OutcomeRow, record_outcome
from award.screening import comparing
from award.screening.models import Screening
from award.verdicts import Refused
from judging.council import feature, operations, queries
from judging.council.fairness import unequal
from judging.council.models import Proposal
from judging.panels.models import Conflict
from judging.ranking.boards import boards
from tests import factories
from tests.judging.ranking.halls import Hall, hall


@pytest.fixture
def room(ctx: Flask) -> Hall:
    """The last round is closed: 24, 20, 20 and 8 steps; one special prize and two of level A."""
    with unit_of_work():
        of = hall(works=4, judges=1, later=False, shortlist=None)
        factories.prize_level(of.bench.edition, rank=1, code="DB", name="Giải Đặc biệt", quota=1)
        factories.prize_level(of.bench.edition, rank=2, code="A", name="Giải A", quota=2)
        of.mark_all(((10, 8, 6),), ((8, 6, 6),), ((6, 8, 6),), ((2, 4, 2),))
        of.freeze()
        of.close()
    return of


def level(code: str) -> PrizeLevel:
    return session.scalars(select(PrizeLevel).where(PrizeLevel.code == code)).one()


def propose(of: Hall, number: int, code: str, *, reason: str = "", who: Person | None = None) -> Proposal:
    by = of.by(who or of.chair)
    return operations.propose(by=by, edition=of.edition, entry=of.works[number], level=level(code), reason=reason)


def withdraw(of: Hall, number: int, who: Person | None = None) -> None:
    operations.withdraw(by=of.by(who or of.chair), edition=of.edition, entry=of.works[number])


def one_story(of: Hall, *numbers: int) -> None:
    """The secretariat concluded that these two works tell one story in two kinds of media."""
    one, other = (of.works[number] for number in numbers)
    said = {"verdict": "story", "reason": "Một đề tài, hai loại hình.", "seen": "0"}
    comparing.conclude(by=of.by(of.secretary), edition=of.edition, entry=one, other=other, **said)


def hand_down(of: Hall) -> None:
    operations.hand_down(by=of.by(of.chair), edition=of.edition)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, unit_of_work():
        act()
    return caught.value.verdict.code


def left(of: Hall) -> dict[str, int]:
    return {each.level.code: each.left for each in queries.structure_of(of.edition.id)}


class TestProposing:
    def test_a_level_is_full_at_its_quota(self, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "A")
            propose(room, 1, "A")
        assert left(room) == {"DB": 1, "A": 0}
        assert refused(lambda: propose(room, 2, "A")) == "quota"
        with unit_of_work():
            propose(room, 1, "A", reason="Viết lại lý do.")
        assert left(room) == {"DB": 1, "A": 0}

    def test_a_level_of_one_loai_hinh_takes_no_work_of_another(self, room: Hall) -> None:
        with unit_of_work():
            level("A").categories = [session.get_one(Category, room.works[0].category_id).code]
            propose(room, 0, "A")
            level("DB").categories = ["KHAC"]
        assert refused(lambda: propose(room, 1, "DB")) == "category"
        given = [OutcomeRow(room.works[1].id, level("DB").id, "")]
        recorded = partial(record_outcome, by=room.by(room.chair), edition=room.edition, rows=given)
        assert refused(recorded) == "category"

    def test_the_rules_are_not_narrowed_against_a_work_that_is_proposed(self, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "A")
        said = [
            PrizeSpec(each.code, each.name, each.quota, categories=["KHAC"])
            for each in queries.prizes(room.edition.id)[0]
        ]
        change = partial(prizes_otherwise, by=room.by(room.bench.organiser), edition=room.edition, levels=said)
        with pytest.raises(Refused) as told, unit_of_work():
            change()
        assert (told.value.verdict.code, room.works[0].title in told.value.verdict.sentence) == ("proposed", True)
        assert not any(each.categories for each in queries.prizes(room.edition.id)[0])

    def test_a_work_has_one_prize_and_the_later_word_counts(self, room: Hall) -> None:
        with unit_of_work():
            first = propose(room, 0, "A", reason="Hay.").id
        with unit_of_work():
            again = propose(room, 0, "DB", reason=" Hay nhất. ", who=room.deputy)
            assert (again.id, again.reason) == (first, "Hay nhất.")
        (kept,) = session.scalars(select(Proposal))
        assert (kept.prize_level_id, kept.proposed_by_id) == (level("DB").id, room.deputy.id)
        assert left(room) == {"DB": 0, "A": 2}

    def test_taken_back_it_frees_its_place_and_the_log_tells_which_it_was(self, room: Hall) -> None:
        with unit_of_work():
            proposal = propose(room, 0, "DB").id
        with unit_of_work():
            withdraw(room, 0)
        assert left(room) == {"DB": 1, "A": 2}
        (event,) = session.scalars(select(Event).where(Event.kind == "prize.proposal_withdrawn"))
        payload = json.loads(event.payload)
        assert payload["subject"] == ["proposal", proposal]
        assert payload["facts"] == {"entry": room.works[0].id, "voted": 0, "reason_sha256": ""}

    def test_taking_back_what_was_not_proposed_changes_nothing(self, room: Hall) -> None:
        with unit_of_work():
            withdraw(room, 0)
        assert session.scalars(select(Event).where(Event.kind == "prize.proposal_withdrawn")).all() == []

    @pytest.mark.parametrize("who", ["secretary", "organiser", "auditor"])
    def test_only_the_heads_propose(self, room: Hall, who: str) -> None:
        assert refused(lambda: propose(room, 0, "A", who=room.lookers[who])) == "role"
        assert refused(lambda: withdraw(room, 0, who=room.lookers[who])) == "role"

    def test_a_judge_without_a_seat_at_the_head_does_not(self, room: Hall) -> None:
        assert refused(lambda: propose(room, 0, "A", who=room.bench.judges[0])) == "role"

    def test_a_work_that_was_not_judged_gets_none(self, room: Hall) -> None:
        with unit_of_work():
            other = factories.edition(slug="iv-2024", ordinal=4)
            elsewhere = factories.prize_level(other, code="KK", name="Giải Khuyến khích")
            session.scalars(
                select(Screening).where(Screening.entry_id == room.works[3].id)
            ).one().decision = "ineligible"
        assert refused(lambda: propose(room, 3, "A")) == "not_judged"
        foreign = operations.propose
        by, edition, entry = room.by(room.chair), room.edition, room.works[0]
        assert refused(lambda: foreign(by=by, edition=edition, entry=entry, level=elsewhere)) == "level"

    def test_who_has_to_do_with_a_work_leaves_it_to_the_other_head(self, room: Hall) -> None:
        with unit_of_work():
            session.add(
                Conflict(
                    edition_id=room.edition.id,
                    person_id=room.chair.id,
                    entry_id=room.works[0].id,
                    relation="relative",
                    source="declared",
                )
            )
        assert refused(lambda: propose(room, 0, "A")) == "kept_from"
        with unit_of_work():
            propose(room, 0, "A", who=room.deputy)
        assert refused(lambda: withdraw(room, 0)) == "kept_from"

    @pytest.mark.usefixtures("ctx")
    def test_before_the_last_round_is_closed_nobody_proposes(self) -> None:
        with unit_of_work():
            of = hall(works=1, judges=1, later=False)
            factories.prize_level(of.bench.edition)
        assert refused(lambda: propose(of, 0, "A")) == "round_open"


class TestHandingDown:
    def test_every_proposal_is_a_result_and_the_rest_stays_vacant(self, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "DB", reason="Dẫn đầu.")
            propose(room, 1, "A")
        with unit_of_work():
            hand_down(room)
        found = session.execute(select(Result.entry_id, Result.prize_level_id, Result.proposed_reason, Result.state))
        assert sorted(found.tuples()) == sorted(
            [
                (room.works[0].id, level("DB").id, "Dẫn đầu.", "proposed"),
                (room.works[1].id, level("A").id, "", "proposed"),
            ]
        )
        assert left(room) == {"DB": 0, "A": 1}

    def test_it_happens_once_and_nothing_is_proposed_after_it(self, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "DB")
            hand_down(room)
        assert refused(lambda: hand_down(room)) == "handed_down"
        assert refused(lambda: propose(room, 1, "A")) == "handed_down"
        assert refused(lambda: withdraw(room, 0)) == "handed_down"

    def test_nothing_proposed_is_nothing_to_hand_down(self, room: Hall) -> None:
        assert refused(lambda: hand_down(room)) == "nothing_proposed"

    def test_a_proposed_work_that_left_is_taken_back_first(self, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "DB")
            propose(room, 1, "A")
            room.works[0].state = "withdrawn"
        assert refused(lambda: hand_down(room)) == "gone"
        with unit_of_work():
            withdraw(room, 0)
            hand_down(room)
        assert session.scalars(select(Result.entry_id)).all() == [room.works[1].id]

    def test_the_decision_waits_for_it(self, ctx: Flask, room: Hall) -> None:
        with ctx.test_request_context():
            (waits,) = feature.obstacles(room.edition.id, "decide", None)
            assert waits.sentence == "Hội đồng chưa kết thúc đề nghị giải."
            assert feature.obstacles(room.edition.id, "open_round", room.round.id) == []
        with unit_of_work():
            propose(room, 0, "DB")
            hand_down(room)
        with ctx.test_request_context():
            assert feature.obstacles(room.edition.id, "decide", None) == []


class TestAtTheSameTime:
    def race(self, app: Flask, *acts: Callable[[], object]) -> list[str]:
        """Each act in its own unit of work, all at once; the refusals' codes, empty for a deed done."""
        start, ends = threading.Barrier(len(acts)), ["no end"] * len(acts)

        def run(number: int, act: Callable[[], object]) -> None:
            try:
                with app.app_context():
                    start.wait()
                    with unit_of_work():
                        act()
                ends[number] = ""
            except Refused as refusal:
                ends[number] = refusal.verdict.code

        threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(ends)

    def test_of_four_works_for_two_places_two_get_one(self, ctx: Flask, room: Hall) -> None:
        session.remove()
        acts = [
            lambda number=number: propose(room, number, "A", who=room.deputy if number % 2 else room.chair)
            for number in range(4)
        ]
        assert self.race(ctx, *acts) == ["", "", "quota", "quota"]
        assert len(session.scalars(select(Proposal)).all()) == 2

    def test_the_same_work_twice_is_one_proposal(self, ctx: Flask, room: Hall) -> None:
        session.remove()
        ends = self.race(ctx, lambda: propose(room, 0, "A"), lambda: propose(room, 0, "DB", who=room.deputy))
        assert ends == ["", ""]
        assert len(session.scalars(select(Proposal)).all()) == 1

    def test_two_heads_end_the_council_once(self, ctx: Flask, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "DB")
        session.remove()
        deputy = lambda: operations.hand_down(by=room.by(room.deputy), edition=room.edition)  # noqa: E731
        assert self.race(ctx, lambda: hand_down(room), deputy) == ["", "handed_down"]
        assert len(session.scalars(select(Result)).all()) == 1

    def test_a_proposal_taken_back_meanwhile_is_in_the_outcome_or_refused(self, ctx: Flask, room: Hall) -> None:
        with unit_of_work():
            propose(room, 0, "DB")
            propose(room, 1, "A")
        session.remove()
        ends = self.race(ctx, lambda: hand_down(room), lambda: withdraw(room, 1, who=room.deputy))
        results, proposals = set(session.scalars(select(Result.entry_id))), queries.proposals(room.edition.id)
        assert results == {entry for entry, _kind in proposals}
        assert len(results) == (1 if ends == ["", ""] else 2)


def test_equal_scores_at_different_levels_are_told(room: Hall) -> None:
    (board,) = boards(room.round, names=False)
    first, second, third, fourth = (entry.id for entry in room.works)
    codes = {line.entry_id: line.code for line in board.lines}
    assert unequal(board.lines, {}) == {}
    assert unequal(board.lines, {first: 1, fourth: 2}) == {}
    assert unequal(board.lines, {second: 1, third: 1}) == {}
    assert unequal(board.lines, {second: 1}) == {second: [codes[third]], third: [codes[second]]}
    assert unequal(board.lines, {second: 1, third: 2}) == {second: [codes[third]], third: [codes[second]]}


def test_two_works_of_one_story_both_have_a_prize_only_for_a_reason(room: Hall) -> None:
    with unit_of_work():
        one_story(room, 0, 2)
        propose(room, 0, "DB")
        propose(room, 1, "A")
    assert refused(lambda: propose(room, 2, "A")) == "story"
    assert queries.one_story(room.edition.id) == {
        room.works[0].id: {room.works[2].id},
        room.works[2].id: {room.works[0].id},
    }
    with unit_of_work():
        propose(room, 2, "A", reason="Mỗi tác phẩm có phát hiện riêng.")
    with unit_of_work():
        withdraw(room, 0)
        propose(room, 2, "A")
    assert {each.entry_id for each in session.scalars(select(Proposal))} == {room.works[1].id, room.works[2].id}
