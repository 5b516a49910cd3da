"""What differs between two contents of one dossier, in words."""

from typing import Any

import pytest

from award.entries.changes import Change, changes

FILE = {"slot": "Bản quét trang báo", "part": 1, "name": "a.pdf", "size": 1000, "fingerprint": "aa", "state": "stored"}
AUTHOR = {"legal_name": "Nguyễn Thị Vân", "pen_name": "", "role": "", "employer": "", "phone": "0905", "contact": True}
PART = {"ordinal": 1, "title": "Kỳ 1", "published_on": "2023-03-02", "place": "", "link": ""}
BEFORE: dict[str, Any] = {
    "title": "Giữ lời hứa",
    "genre": "Phóng sự",
    "summary": "",
    "parts": [PART],
    "authors": [AUTHOR],
    "files": [FILE],
    "no_prior_prize": True,
    "prior_prizes": [],
    "declared": {"commitment": {"version": 1}, "consent": {"version": 1}},
}
OTHER = {**AUTHOR, "legal_name": "Trần Minh", "contact": False, "phone": ""}


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ({}, []),
        ({"title": "Giữ lời hứa với dân"}, [Change("Tên tác phẩm", "Giữ lời hứa", "Giữ lời hứa với dân")]),
        ({"summary": "Một xã."}, [Change("Tóm tắt nội dung", "", "Một xã.")]),
        (
            {"parts": [{**PART, "published_on": "2023-07-05", "issue": "7520"}]},
            [
                Change("Kỳ 1, ngày đăng lần đầu", "02/3/2023", "05/7/2023"),
                Change("Kỳ 1, số báo", "", "7520"),
            ],
        ),
        (
            {"parts": [PART, {**PART, "ordinal": 2, "title": "Kỳ 2"}]},
            [Change("Kỳ 2", "", "Kỳ 2, 02/3/2023")],
        ),
        ({"parts": []}, [Change("Kỳ 1", "Kỳ 1, 02/3/2023", "")]),
        ({"parts": [{**PART, "channel": "KTV"}]}, [Change("Kỳ 1", "", "KTV")]),
        ({"authors": [AUTHOR, OTHER]}, [Change("Tác giả Trần Minh", "", "Trần Minh")]),
        (
            {"authors": [{**AUTHOR, "pen_name": "Hà Vân"}]},
            [
                Change(
                    "Tác giả Nguyễn Thị Vân",
                    "Nguyễn Thị Vân, 0905, người liên hệ",
                    "Nguyễn Thị Vân, Hà Vân, 0905, người liên hệ",
                )
            ],
        ),
        (
            {"files": [{**FILE, "fingerprint": "bb", "name": "b.pdf", "size": 1_200_000}]},
            [Change("Bản quét trang báo, kỳ 1", "a.pdf (1 KB)", "b.pdf (1,2 MB)")],
        ),
        (
            {"files": [{**FILE, "caption": "Bí thư chi bộ ra đồng"}]},
            [Change("Bản quét trang báo, kỳ 1", "a.pdf (1 KB)", "a.pdf (1 KB): Bí thư chi bộ ra đồng")],
        ),
        ({"files": [{**FILE, "name": "cùng tệp, tên khác.pdf", "state": "due"}]}, []),
        (
            {"no_prior_prize": False, "prior_prizes": [{"award": "Giải tỉnh", "level": "B", "year": 2022}]},
            [Change("Giải thưởng đã đạt", "Chưa đạt giải nào", "Giải tỉnh, B, 2022")],
        ),
        ({"declared": {"commitment": {}}}, [Change("Đồng ý sử dụng thông tin cá nhân", "Đã đồng ý", "")]),
    ],
)
def test_each_difference_is_told_with_both_its_sides(after: dict[str, Any], told: list[Change]) -> None:
    assert changes(BEFORE, {**BEFORE, **after}, "print") == told


def test_authors_that_change_places_are_told_once() -> None:
    both = {**BEFORE, "authors": [AUTHOR, OTHER]}
    turned = {**BEFORE, "authors": [OTHER, AUTHOR]}
    assert changes(both, turned, "print") == [
        Change("Thứ tự tác giả", "Nguyễn Thị Vân, Trần Minh", "Trần Minh, Nguyễn Thị Vân")
    ]


def test_against_nothing_everything_is_new() -> None:
    assert all(change.before == "" for change in changes({}, BEFORE, "print"))
    assert len(changes({}, BEFORE, "print")) >= 7
