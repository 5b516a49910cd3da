"""Which number comes next: for each kind and body, by term in the Party's forms and by year in the State's."""

import unicodedata
from datetime import date

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.documents.paper import FormCode
from award.editions.issuing import KINDS
from award.editions.operations.papers import PaperSpec, settle_paper
from award.editions.queries import paper_bodies
from award.issued.register import Known, Series, missing, next_number, remark, split, suggestion, twice
from award.results.models import Result
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import outcome
from tests.visitor import Visitor

TERM, SYMBOL = date(2020, 10, 15), "-qđ/btcg"
KNOWN = [
    Known("41-QĐ/BTCG", date(2020, 3, 1)),
    Known("02-QĐ/BTCG", date(2023, 5, 16)),
    Known("12-QĐ/BTCG", date(2023, 11, 20)),
    Known("90-TB/BTCG", date(2023, 11, 21)),
    Known("12-QĐ/BTCG", date(2024, 11, 2)),
]


@pytest.mark.parametrize(
    ("form", "since", "until", "expected"),
    [
        ("hd36", TERM, None, (13, [3, 4, 5, 6, 7, 8, 9, 10, 11], [12])),
        ("hd05", None, None, (42, [*range(3, 12), *range(13, 41)], [12])),
        ("nd30", date(2024, 1, 1), date(2025, 1, 1), (13, [], [])),
        ("nd30", date(2025, 1, 1), date(2026, 1, 1), (1, [], [])),
    ],
)
def test_numbers_are_counted_within_their_term_or_year(
    form: FormCode, since: date | None, until: date | None, expected: tuple[int, list[int], list[int]]
) -> None:
    series = Series(form, SYMBOL, since, until)
    assert (next_number(series, KNOWN), missing(series, KNOWN), twice(series, KNOWN)) == expected


def test_a_number_is_told_from_its_symbol() -> None:
    assert [split(each) for each in ("012-QĐ/BTCG", "30/QĐ-UBND", "7", "khác")] == [
        (12, SYMBOL),
        (30, "/qđ-ubnd"),
        (7, ""),
        (None, "khác"),
    ]
    assert split(unicodedata.normalize("NFD", " 12 - QĐ / BTCG")) == (12, SYMBOL), "typed with blanks, or decomposed"


def test_the_next_number_stands_where_one_is_typed_and_a_gap_is_told(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        made = outcome()
        body = issuing_body(made.edition)
        settled(made.edition, "decision", body)
        settled(made.edition, "notice", body)
        assert "01-QĐ/BTCG" in suggestion(made.edition_id, "decision")
        made.decide()
        assert suggestion(made.edition_id, "decision") == "Theo các văn bản đã ghi: số tiếp theo là 13-QĐ/BTCG."
        settled(made.edition, "revocation", body)
        prize = session.query(Result.public_id).limit(1).scalar()
    revoking = f"/iii-2023/sau-cong-bo/thu-hoi/{prize}"
    assert "số tiếp theo là 13-QĐ/BTCG" in Visitor(app, made.organiser).get(revoking).text
    page = "/iii-2023/thiet-lap/van-ban/notice"
    assert "số tiếp theo là 01-TB/BTCG" in Visitor(app, made.secretary).get(page).text
    for number, told in (("07", ""), ("09", "")):
        with app.app_context(), unit_of_work():
            (body,) = paper_bodies(made.edition_id)
            spec = PaperSpec(body=body, symbol="TB", number=number, day=date(2023, 11, 21))
            settle_paper(by=made.by(made.organiser), edition=made.edition, kind=KINDS["notice"], spec=spec)
            assert remark(made.edition_id, "notice") == told, "the number that was replaced counts no more"
    with app.app_context():
        assert suggestion(made.edition_id, "notice").endswith("10-TB/BTCG.")
