"""A season tells a line a stage; a long stage its quarters where lines stay, one moving line on a screen."""

import io
from datetime import UTC, datetime

import pytest

from demonstration.season.telling import Telling


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def _told(out: io.StringIO) -> str:
    pages = iter((0, 5, *range(10, 400)))
    seconds = iter(range(100, 1000))
    telling = Telling(
        out,
        pages=lambda: next(pages),
        moment=lambda: datetime(2023, 9, 30, tzinfo=UTC),
        clock=lambda: float(next(seconds)),
    )
    with telling.stage("Nhận tác phẩm") as now:
        for done in range(1, 101):
            now.step(done, 100, "tác phẩm")
        now.came = "100 tác phẩm"
    telling.ended()
    return out.getvalue()


def test_where_lines_stay_a_long_stage_tells_three_and_its_end() -> None:
    heading, *lines = _told(io.StringIO()).splitlines()
    assert heading.split() == ["ngày", "việc", "kết", "quả", "trang", "giây"]
    assert [line[36:84].strip() for line in lines] == [
        "… 25/100 tác phẩm",
        "… 50/100 tác phẩm",
        "… 75/100 tác phẩm",
        "100 tác phẩm",
        "",
    ]
    assert lines[0].split()[:4] == ["30/9/2023", "Nhận", "tác", "phẩm"]
    assert lines[3].split()[-2:] == ["8", "4,0"], "pages since the stage began, and seconds"
    assert lines[4].split() == ["30/9/2023", "Cả", "mùa", "giải", "14", "6,0"]
    assert len({len(line) for line in lines}) == 1, "the columns stand below each other"


def test_on_a_screen_one_line_moves() -> None:
    told = _told(_Screen())
    assert told.count("\n") == 3
    assert told.count("\r\033[K") == 102


def test_a_stage_that_breaks_off_has_no_line() -> None:
    out = io.StringIO()
    telling = Telling(out, pages=lambda: 0, moment=lambda: datetime(2023, 9, 30, tzinfo=UTC))
    with pytest.raises(RuntimeError), telling.stage("Nhận tác phẩm"):
        raise RuntimeError
    assert "Nhận" not in out.getvalue()
