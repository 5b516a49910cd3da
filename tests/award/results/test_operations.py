"""What is written once and what is refused: places, outcome, decision, publication."""

from datetime import timedelta
from fractions import Fraction

import pytest

from award.clock import now
from award.db import session, unit_of_work
from award.editions.queries import waiting_countersign
from award.entries.models import Entry
from award.log.models import Event, EventDetail
from award.results import operations, queries
from award.results.models import Publication, Result, Standing
from award.results.operations import OutcomeRow, StandingRow
from award.screening.models import Screening
from award.verdicts import Refused
from tests import factories
from tests.award.results.rows import Outcome, outcome

pytestmark = pytest.mark.usefixtures("ctx")


@pytest.fixture
def bare() -> Outcome:
    """Three works, nothing proposed."""
    with unit_of_work():
        return outcome(proposed=False)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.verdict.code


def places(made: Outcome) -> list[StandingRow]:
    session.refresh(made.edition, ["panels"])
    of_round = next(each for each in made.edition.panels if each.round_id == made.rounds[0].id)
    scores = (Fraction(103, 12), Fraction(103, 12), None)
    return [
        StandingRow(work.id, of_round.id, rank, score, 3 if score else 0)
        for work, rank, score in zip(made.works, (1, 1, None), scores, strict=True)
    ]


class TestStandings:
    def test_scores_stay_exact_and_equal_ones_share_a_place(self, bare: Outcome) -> None:
        with unit_of_work():
            operations.record_standing(
                by=bare.by(bare.organiser), edition=bare.edition, judged=bare.rounds[0], rows=places(bare)
            )
        found = session.scalars(queries.standings(bare.rounds[0].id)).all()
        assert [each.rank for each in found] == [1, 1, None]
        assert [(each.score_numerator, each.score_denominator) for each in found] == [
            (103, 12),
            (103, 12),
            (None, None),
        ]
        assert session.scalars(queries.standings(bare.rounds[1].id)).all() == []

    def test_once_for_a_round(self, bare: Outcome) -> None:
        rows = places(bare)
        deed = {"by": bare.by(bare.organiser), "judged": bare.rounds[0], "rows": rows}
        with unit_of_work():
            operations.record_standing(edition=bare.edition, **deed)
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.record_standing(edition=bare.edition, **deed)
        assert code_of(refused) == "already_recorded"

    def test_a_shortlist_says_of_every_work_whether_it_goes_on(self, bare: Outcome) -> None:
        by, judged, (first, second, _third) = bare.by(bare.organiser), bare.rounds[0], bare.works
        with unit_of_work():
            operations.record_standing(by=by, edition=bare.edition, judged=judged, rows=places(bare))
        with unit_of_work():
            operations.record_shortlist(by=by, edition=bare.edition, judged=judged, advanced={first.id: ""})
        with unit_of_work():
            operations.record_shortlist(by=by, edition=bare.edition, judged=judged, advanced={second.id: "bằng điểm"})
        assert session.scalars(queries.advanced(judged.id)).all() == [second.id]
        session.expire_all()
        found = {each.entry_id: (each.advanced, each.advanced_reason) for each in session.query(Standing)}
        assert found == {work.id: (work is second, "bằng điểm" if work is second else "") for work in bare.works}


class TestOutcome:
    def test_a_quota_is_not_passed(self, bare: Outcome) -> None:
        with pytest.raises(Refused) as refused, unit_of_work():
            bare.propose((bare.works[0], "ĐB"), (bare.works[1], "ĐB"))
        assert code_of(refused) == "quota"
        assert "Giải Đặc biệt: đề nghị 2, số lượng theo Thể lệ là 1." in refused.value.verdict.sentence
        assert session.query(Result).count() == 0

    def test_a_full_level_is_still_within_it(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"), (bare.works[1], "A"), (bare.works[2], "ĐB"))
        assert session.query(Result).count() == 3

    def test_only_once(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
        with pytest.raises(Refused) as refused, unit_of_work():
            bare.propose((bare.works[1], "A"))
        assert code_of(refused) == "already_recorded"

    def test_a_level_of_another_edition_is_refused(self, bare: Outcome) -> None:
        with unit_of_work():
            foreign = factories.prize_level(factories.edition(slug="iv-2024", ordinal=4))
        rows = [OutcomeRow(bare.works[0].id, foreign.id)]
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.record_outcome(by=bare.by(bare.chair), edition=bare.edition, rows=rows)
        assert code_of(refused) == "level"


class TestDecision:
    def test_nothing_proposed_is_nothing_to_decide(self, bare: Outcome) -> None:
        with pytest.raises(Refused) as refused, unit_of_work():
            bare.decide()
        assert code_of(refused) == "nothing_proposed"
        assert queries.decision(bare.edition_id) is None

    def test_it_decides_every_proposal_and_stands_in_the_log(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"), (bare.works[1], "ĐB"))
            bare.decide()
        assert {(each.state, each.decided_at is None) for each in session.query(Result)} == {("decided", False)}
        event = session.query(Event).filter_by(kind="results.decided").one()
        assert b'"prizes":2' in event.payload
        assert "Hòa".encode() not in event.payload, "names of people stay out of the log"


class TestSettingAside:
    def test_the_place_is_vacant_and_the_reason_is_in_the_log(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"), (bare.works[1], "A"))
        kept, gone = session.query(Result).order_by(Result.id)
        with unit_of_work():
            operations.set_aside(
                by=bare.by(bare.organiser), edition=bare.edition, result=gone, reason="Tác giả xin rút"
            )
        assert [each.id for each in session.query(Result)] == [kept.id]
        event = session.query(Event).filter_by(kind="result.set_aside").one()
        assert session.query(EventDetail).filter_by(event_id=event.id).one().detail["reason"] == "Tác giả xin rút"

    @pytest.mark.parametrize(("role", "reason", "code"), [("secretary", "có", "role"), ("organiser", "", "reason")])
    def test_by_the_organiser_and_with_a_reason(self, bare: Outcome, role: str, reason: str, code: str) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
        result = session.query(Result).one()
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.set_aside(by=bare.by(getattr(bare, role)), edition=bare.edition, result=result, reason=reason)
        assert code_of(refused) == code

    def test_not_after_the_decision(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
            bare.decide()
        result = session.query(Result).one()
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.set_aside(by=bare.by(bare.organiser), edition=bare.edition, result=result, reason="Muộn")
        assert code_of(refused) == "decided"

    def test_a_work_that_was_withdrawn_stands_in_the_way_of_the_decision(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"), (bare.works[1], "A"))
        assert queries.proposed_without_standing(bare.edition_id) == 0
        with unit_of_work():
            session.get_one(Entry, bare.works[0].id).state = "withdrawn"
            session.query(Screening).filter_by(entry_id=bare.works[1].id).one().decision = "ineligible"
        assert queries.proposed_without_standing(bare.edition_id) == 2


class TestPublication:
    def test_the_proposer_is_not_the_second_person(self, bare: Outcome) -> None:
        at = now() + timedelta(days=1)
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
            bare.decide()
            operations.propose_publication(by=bare.by(bare.organiser), edition=bare.edition, at=at)
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.confirm_publication(by=bare.by(bare.organiser), edition=bare.edition)
        assert code_of(refused) == "same_person"
        assert session.query(Publication).count() == 0

    @pytest.mark.parametrize(("role", "may"), [("chair", True), ("deputy", True), ("auditor", False), ("judge", False)])
    def test_who_may_be_the_second(self, bare: Outcome, role: str, may: bool) -> None:
        at = now() + timedelta(days=1)
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
            bare.decide()
            operations.propose_publication(by=bare.by(bare.organiser), edition=bare.edition, at=at)
            second = factories.person("Người thứ hai")
            factories.appointment(bare.edition, second, role)
        try:
            with unit_of_work():
                operations.confirm_publication(by=bare.by(second), edition=bare.edition)
        except Refused as refused:
            assert refused.verdict.code == "role"
        assert (session.query(Publication).count() == 1) is may

    def test_nothing_waits_nothing_is_confirmed(self, bare: Outcome) -> None:
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.confirm_publication(by=bare.by(bare.secretary), edition=bare.edition)
        assert code_of(refused) == "nothing_waits"

    def test_a_confirmed_publication_is_not_confirmed_again(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
            bare.decide()
            bare.publish(now() + timedelta(days=1))
        assert waiting_countersign(bare.edition_id, "publish", bare.edition.public_id) is None
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.confirm_publication(by=bare.by(bare.secretary), edition=bare.edition)
        assert code_of(refused) == "nothing_waits"

    def test_the_figures_are_counted(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
            bare.decide()
            publication = bare.publish(now() + timedelta(days=1))
        assert publication.figures == {
            "received": 3,
            "eligible": 3,
            "groups": 1,
            "by_category": [["Báo in", 3]],
            "prizes": 1,
            "honours": 0,
        }

    def test_the_calendar_follows_only_when_the_instant_has_come(self, bare: Outcome) -> None:
        with unit_of_work():
            bare.propose((bare.works[0], "A"))
            bare.decide()
            bare.publish(now() + timedelta(days=1))
        with unit_of_work():
            assert not operations.mark_public(edition=bare.edition)
        assert bare.edition.state == "decision"
