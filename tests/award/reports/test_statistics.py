"""Counted rows become lines that add up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from award.reports.charts import HEIGHT, WIDTH, bars
from award.reports.statistics import (
    CategoryRow,
    Counted,
    Counts,
    Frame,
    LevelRow,
    PrizeCount,
    TopicRow,
    statistics,
)

FRAME = Frame(
    categories=(CategoryRow(1, "Báo in", "print"), CategoryRow(2, "Ảnh báo chí", "photo")),
    topics=(
        TopicRow(10, None, "Trọng tâm", True),
        TopicRow(11, 10, "Thứ nhất", False),
        TopicRow(12, 10, "Thứ hai", False),
        TopicRow(20, None, "Thường xuyên", False),
    ),
    levels=(LevelRow(5, "A", "Giải A", 2), LevelRow(6, "B", "Giải B", 3)),
    matters={"khoản 1 Điều 4": "Thời gian đăng, phát"},
)


def test_what_has_no_work_has_its_line_all_the_same() -> None:
    told = statistics(FRAME, Counts(Counted(None, 3, 2), categories=[Counted(1, 3, 2)]))
    assert [(line.code, line.received, line.eligible) for line in told.categories] == [("print", 3, 2), ("photo", 0, 0)]
    assert [(line.code, line.quota, line.given) for line in told.levels] == [("A", 2, 0), ("B", 3, 0)]


def test_a_content_holds_the_works_of_those_below_it() -> None:
    told = statistics(
        FRAME,
        Counts(
            Counted(None, 6, 4),
            topics=[Counted(10, 1, 1), Counted(12, 2, 1), Counted(None, 3, 2)],
            prizes=[PrizeCount(5, 1, None, 1, 10), PrizeCount(6, 1, None, 2, 12), PrizeCount(6, 1, None, 4)],
        ),
    )
    assert [(line.name, line.depth, line.received, line.eligible, line.prizes) for line in told.topics] == [
        ("Trọng tâm", 0, 3, 2, 3),
        ("Thứ nhất", 1, 0, 0, 0),
        ("Thứ hai", 1, 2, 1, 2),
        ("Thường xuyên", 0, 0, 0, 0),
    ]
    assert [line.name for line in told.silent] == ["Thứ nhất", "Thường xuyên"]
    assert told.without_topic == 3


def test_what_was_received_is_divided_by_where_it_stands() -> None:
    stand = {"eligible": 5, "ineligible": 3, "pending": 2, "correction": 1, "withdrawn": 4}
    told = statistics(FRAME, Counts(Counted(None, 15, 5), standings=[Counted(*each, 0) for each in stand.items()]))
    assert told.received == told.eligible + told.ineligible + told.undecided + told.withdrawn == 15
    assert told.undecided == 3


def test_a_clause_is_told_with_what_it_regulates() -> None:
    counted = [Counted(None, 9, 9), Counted("Điều 2", 2, 0), Counted("khoản 1 Điều 4", 5, 0, flagged=4)]
    told = statistics(FRAME, Counts(Counted(None, 16, 9), clauses=counted))
    assert [(line.clause, line.matter, line.works, line.flagged) for line in told.clauses] == [
        ("khoản 1 Điều 4", "Thời gian đăng, phát", 5, 4),
        ("Điều 2", "", 2, 0),
    ]


def test_prizes_stand_by_level_by_category_and_by_organ() -> None:
    prizes = [
        PrizeCount(5, 1, "Báo Biển Xanh", 1),
        PrizeCount(6, 2, "Báo Biển Xanh", 2),
        PrizeCount(6, 1, "Báo Sóng", 1),
        PrizeCount(6, None, None, 5),
    ]
    organs = [Counted("Báo Sóng", 4, 3), Counted("Báo Biển Xanh", 4, 4), Counted("Báo Xa", 1, 0)]
    told = statistics(FRAME, Counts(Counted(None, 9, 7), organs=organs, prizes=prizes))
    assert [(line.code, line.given, line.by_category) for line in told.levels] == [("A", 1, (1, 0)), ("B", 8, (1, 2))]
    assert [(line.name, line.prizes) for line in told.organs] == [("Báo Biển Xanh", 3), ("Báo Sóng", 1), ("Báo Xa", 0)]
    assert told.prizes == 4
    assert [(line.name, line.given, line.by_level) for line in told.prized_organs] == [
        ("Báo Biển Xanh", 3, (1, 2)),
        ("Báo Sóng", 1, (0, 1)),
    ]


def test_a_work_with_two_prizes_is_one_work_and_two_prizes_of_its_organ() -> None:
    prizes = [PrizeCount(5, 1, "Báo Sóng", 1), PrizeCount(6, 1, "Báo Sóng", 2, again=1)]
    told = statistics(FRAME, Counts(Counted(None, 2, 2), organs=[Counted("Báo Sóng", 2, 2)], prizes=prizes))
    assert (told.prizes, told.organs[0].prizes, told.prized_organs[0].given) == (2, 2, 3)


def test_a_short_season_is_told_by_days_and_a_long_one_by_weeks() -> None:
    first = date(2023, 9, 5)
    few = [Counted(first, 2, 0), Counted(first + timedelta(days=2), 1, 0)]
    told = statistics(FRAME, Counts(Counted(None, 3, 0), days=few))
    assert [(span.works, span.so_far) for span in told.spans] == [(2, 2), (0, 2), (1, 3)]
    assert not told.weekly
    told = statistics(FRAME, Counts(Counted(None, 3, 0), days=[*few, Counted(first + timedelta(days=40), 7, 0)]))
    assert told.weekly
    assert [span.first.weekday() for span in told.spans] == [0] * len(told.spans)
    assert told.spans[-1].so_far == 10


@given(st.dictionaries(st.dates(date(2022, 1, 1), date(2023, 12, 31)), st.integers(1, 9), max_size=30))
def test_no_work_is_lost_between_spans(days: dict[date, int]) -> None:
    told = statistics(FRAME, Counts(Counted(None, 0, 0), days=[Counted(day, n, 0) for day, n in days.items()]))
    assert sum(span.works for span in told.spans) == sum(days.values())
    assert [span.so_far for span in told.spans] == sorted(span.so_far for span in told.spans)


@given(st.lists(st.integers(0, 500), max_size=60))
def test_columns_stay_inside_their_drawing(values: list[int]) -> None:
    for value, bar in zip(values, bars(values), strict=True):
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.1
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.1
        assert (bar.height > 0) is (value > 0)
