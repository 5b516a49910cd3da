"""The week on one page for leaders, whatever the plan and the season are."""

from datetime import date

import pytest
from flask import Flask

from award.db import unit_of_work
from award.documents.paper import FORM_CODES, FormCode
from award.documents.typeset import pdf
from award.reports.papers import Report
from award.reports.statistics import CategoryRow, Counted, Counts, Frame, TopicRow, statistics
from award.reports.weekly import weekly
from tests import factories
from tests.award.documents.reading import pages_of
from tests.award.editions.issuing import issuing_body, settled

TODAY = date(2023, 9, 15)
KINDS = ("Báo in", "Báo điện tử", "Phát thanh", "Truyền hình", "Ảnh báo chí")


@pytest.mark.parametrize("form", FORM_CODES)
def test_it_counts_the_week_names_what_is_missing_and_stays_one_page(app: Flask, form: FormCode) -> None:
    days = [Counted(date(2023, 9, day), works, 0) for day, works in ((8, 40), (9, 3), (15, 4), (16, 9))]
    topics = tuple(
        TopicRow(n, None, f"Nội dung thứ {n}: " + "xây dựng Đảng về đạo đức, " * 6, False) for n in range(30)
    )
    frame = Frame(tuple(CategoryRow(n, name, "print") for n, name in enumerate(KINDS)), topics, ())
    counts = Counts(
        Counted(None, 56, 40, authors=31),
        standings=[Counted("eligible", 40, 0), Counted("pending", 16, 0)],
        categories=[Counted(0, 50, 36), Counted(1, 6, 4)],
        topics=[Counted(0, 5, 5)],
        days=days,
    )
    with app.app_context(), unit_of_work():
        edition = factories.edition()
        settled(edition, "weekly", issuing_body(edition, form=form))
        report = Report(edition, frame, statistics(frame, counts))
        pages = pages_of(pdf(weekly(report, days, TODAY)))
    assert len(pages) == 1
    for words in (
        "Từ ngày 09/9/2023 đến ngày 15/9/2023 nhận 7 tác phẩm; tính chung đã nhận 56 tác phẩm",
        "40 đủ điều kiện, 0 không đủ điều kiện, 16 chưa kết luận",
        "Loại hình chưa có tác phẩm: phát thanh, truyền hình, ảnh báo chí.",
        "Nội dung chưa có tác phẩm (29): Nội dung thứ 1:",
        "và 23 nội dung khác.",
    ):
        assert words in pages[0]
