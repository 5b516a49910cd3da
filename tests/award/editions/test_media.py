"""What each medium asks for, and how it is told where a part appeared."""

from dataclasses import dataclass
from datetime import time

import pytest
from flask import Flask

from award.editions.media import ASKS, MEDIA, PART_FIELDS, WORK_FIELDS, needable, needed_words, where
from award.entries.models import Part


@dataclass(frozen=True)
class Appeared:
    issue: str = ""
    page: str = ""
    place: str = ""
    channel: str = ""
    aired_at: time | None = None


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Appeared(issue="7520", page="1 và 3", place="Xây dựng Đảng"), "Số 7520, trang 1 và 3, Xây dựng Đảng"),
        (Appeared(page="3"), "Trang 3"),
        (Appeared(place="Thời sự tối", channel="KTV", aired_at=time(19, 5)), "Thời sự tối, KTV, 19 giờ 05"),
        (Appeared(place="bao.vn/xay-dung-dang"), "bao.vn/xay-dung-dang"),
        (Appeared(), ""),
    ],
)
def test_where_a_part_appeared_is_one_line(ctx: Flask, part: Appeared, words: str) -> None:
    assert where(part) == words


def test_every_field_a_medium_asks_for_is_a_column_of_a_part() -> None:
    assert set(ASKS) == set(MEDIA)
    columns = {column.key for column in Part.__mapper__.column_attrs}
    for asks in ASKS.values():
        names = [asked.name for asked in asks.asked]
        assert len(names) == len(set(names))
        assert set(names) <= set(PART_FIELDS) <= columns
        assert asks.always <= set(names)


def test_a_category_may_demand_what_its_medium_asks_and_no_more(ctx: Flask) -> None:
    offered = dict(needable("television"))
    assert set(offered) == {"place", "channel", "aired_at", "link", "share"} | set(WORK_FIELDS)
    assert ASKS["television"].needs(["aired_at", "issue"]) == {"aired_at"}
    assert ASKS["online"].needs([]) == {"link"}
    assert "link" not in dict(needable("online")), "an online work is never without its address"
    assert needed_words("print", ["page", "issue", "summary"]) == "số báo, trang báo, tóm tắt nội dung"
