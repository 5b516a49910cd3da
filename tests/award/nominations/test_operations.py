"""The national list: who may be on it, why, in which order. It asks nothing of publication."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, update

from award.db import session, unit_of_work
from award.editions.models import NationalEdition
from award.entries.models import Entry, PriorPrize
from award.log.models import Event
from award.nominations import operations, queries
from award.nominations.models import Nomination
from award.nominations.national import too_late
from award.paging import Turn
from award.results.models import Result, Standing
from award.verdicts import Refused
from tests.award.nominations.conftest import chosen
from tests.award.results.rows import Outcome, work


def listed(made: Outcome) -> list[tuple[int, int]]:
    return [(each.ordinal, each.entry_id) for each in queries.nominations(made.edition_id)]


def rules(made: Outcome, **changed: object) -> None:
    national = session.query(NationalEdition).filter_by(edition_id=made.edition_id).one()
    for name, value in changed.items():
        setattr(national, name, value)
    session.flush()


@pytest.mark.usefixtures("ctx")
class TestChoosing:
    def test_before_any_decision_or_publication(self, ranked: Outcome) -> None:
        first, second, third = ranked.works
        with unit_of_work():
            chosen(ranked, third, first)
        assert listed(ranked) == [(1, third.id), (2, first.id)]
        assert session.query(Nomination).first().findings == {}  # type: ignore[union-attr]
        assert second.id not in dict(listed(ranked)).values()

    def test_no_more_than_the_quota(self, ranked: Outcome) -> None:
        with unit_of_work():
            chosen(ranked, *ranked.works[:2])
        with pytest.raises(Refused) as refused, unit_of_work():
            chosen(ranked, ranked.works[2])
        assert refused.value.verdict.sentence == "Danh sách có 3 tác phẩm, số lượng được gửi là 2."
        with unit_of_work():
            operations.drop(
                by=ranked.by(ranked.organiser),
                edition=ranked.edition,
                nomination=queries.nominations(ranked.edition_id)[0],
            )
            chosen(ranked, ranked.works[2])
        assert listed(ranked) == [(1, ranked.works[1].id), (2, ranked.works[2].id)]

    def test_a_barred_work_needs_a_reason_that_is_kept(self, ranked: Outcome) -> None:
        first = ranked.works[0]
        with unit_of_work():
            session.add(PriorPrize(entry_id=first.id, award_name="Giải báo chí Quốc gia lần thứ XVII"))
        by, edition = ranked.by(ranked.organiser), ranked.edition
        with pytest.raises(Refused) as refused, unit_of_work():
            operations.choose(by=by, edition=edition, entry=first)
        assert refused.value.verdict.code == "reason"
        with unit_of_work():
            kept = operations.choose(by=by, edition=edition, entry=first, reason="Khai nhầm, đã đối chiếu")
        assert kept.findings == {"barred_prize": "Đã đoạt Giải Báo chí quốc gia."}
        assert kept.reason == "Khai nhầm, đã đối chiếu"

    def test_one_work_for_each_author_when_the_rules_say_so(self, ranked: Outcome) -> None:
        with unit_of_work():
            rules(ranked, one_per_author=True)
            chosen(ranked, ranked.works[0])
        with pytest.raises(Refused) as refused, unit_of_work():
            chosen(ranked, ranked.works[1])
        assert refused.value.verdict.code == "reason"

    def test_a_work_without_place_or_prize_is_no_candidate(self, ranked: Outcome) -> None:
        with unit_of_work():
            unranked = work(ranked.edition, ranked.category, "Chưa được chấm")
        with pytest.raises(Refused) as refused, unit_of_work():
            chosen(ranked, unranked)
        assert refused.value.verdict.code == "no_candidate"

    def test_a_work_is_chosen_once(self, ranked: Outcome) -> None:
        with unit_of_work():
            chosen(ranked, ranked.works[0])
        with pytest.raises(Refused) as refused, unit_of_work():
            chosen(ranked, ranked.works[0])
        assert refused.value.verdict.code == "chosen"

    def test_the_ends_of_the_list_stay_where_they_are(self, ranked: Outcome) -> None:
        first, second = ranked.works[:2]
        with unit_of_work():
            chosen(ranked, first, second)
        by = ranked.by(ranked.organiser)
        top = queries.nominations(ranked.edition_id)[0]
        for up, order in ((True, [first, second]), (False, [second, first]), (False, [second, first])):
            with unit_of_work():
                operations.move(by=by, edition=ranked.edition, nomination=top, up=up)
            assert [entry for _n, entry in listed(ranked)] == [each.id for each in order]

    def test_every_deed_is_in_the_log(self, ranked: Outcome) -> None:
        with unit_of_work():
            chosen(ranked, ranked.works[0])
            operations.ask_dossier(by=ranked.by(ranked.secretary), edition=ranked.edition)
        kinds = {event.kind for event in session.query(Event)}
        assert {"nomination.chosen", "dossier.asked"} <= kinds

    def test_a_withdrawn_work_on_the_list_is_told(self, ranked: Outcome) -> None:
        with unit_of_work():
            chosen(ranked, ranked.works[0])
            session.get_one(Entry, ranked.works[0].id).state = "withdrawn"
        found = queries.chosen(ranked.edition_id, queries.last_ranked_round(ranked.edition_id), None)
        assert [each.code for each in found[0].findings] == ["withdrawn"]


@pytest.mark.usefixtures("ctx")
def test_candidates_stand_by_prize_then_by_place(ranked: Outcome) -> None:
    judged = queries.last_ranked_round(ranked.edition_id)
    titles = [each.entry.title for each in queries.candidates(ranked.edition_id, judged).rows]
    assert titles == ["Khi bí thư chi bộ xuống ruộng", "Đường về bản xa", "Người giữ lửa ở Khánh Sơn"]
    after = queries.candidates(ranked.edition_id, judged, Turn(ranked.works[0].public_id))
    assert [each.entry.id for each in after.rows] == [each.id for each in ranked.works[1:]]


@pytest.mark.usefixtures("ctx")
def test_candidates_of_one_place_stand_in_the_order_of_their_codes(ranked: Outcome) -> None:
    """Not in that of their drafts: which was begun first is nobody's merit."""
    judged = queries.last_ranked_round(ranked.edition_id)
    session.execute(delete(Result))
    session.execute(update(Standing).values(rank=1))
    for tied, code in zip(ranked.works, ("III-IN-3", "III-IN-1", "III-IN-2"), strict=True):
        session.execute(update(Entry).where(Entry.id == tied.id).values(code=code))
    session.expire_all()
    codes = [each.entry.code for each in queries.candidates(ranked.edition_id, judged).rows]
    assert codes == ["III-IN-1", "III-IN-2", "III-IN-3"]


def test_the_last_day_for_sending_counts(app: Flask) -> None:
    last = date(2023, 11, 10)
    assert too_late(last, last) is None
    assert too_late(None, last) is None
    late = too_late(last, date(2023, 11, 11))
    assert late is not None
    assert late.sentence == "Đã quá hạn gửi (ngày 10/11/2023)."
