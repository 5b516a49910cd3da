"""A newsroom's list of works, cell by cell: what is read, what is wrong, which rows are one work."""

from dataclasses import replace
from datetime import date, time

import pytest

from award.documents.listings import Told
from award.newsrooms.checking import Checked, EditionNames, Kind, check, works

KNOWN = EditionNames(
    kinds={"bao in": Kind(1, {"phong su": 11}), "truyen hinh": Kind(2)},
    topics={"hoc tap va lam theo bac": 21},
    publishers={"bao bien xanh": 31, "dai nui bac": 32},
    newsroom_id=31,
    last_year=2024,
    kind_names="Báo in, Truyền hình",
)
ONE = {
    "title": "Đường về bản",
    "category": "Báo in",
    "authors": "Nguyễn Thị Vân (Hà Vân), Trần Minh",
    "published_on": "05/7/2023",
}


def rows(*cells: dict[str, str]) -> list[Told]:
    return [Told(n, each) for n, each in enumerate(cells, start=2)]


def checked(*cells: dict[str, str], known: EditionNames = KNOWN) -> list[Checked]:
    return check(rows(*cells), known)


def test_a_row_is_a_work_with_one_part() -> None:
    full = ONE | {
        "genre": "phóng sự",
        "topic": "Học tập và làm theo Bác",
        "byline": "Hà Vân - Trần Minh",
        "phone": "0905 123 456",
        "publisher": "ĐÀI NÚI BẠC",
        "summary": "Một con đường.\nMột bản.",
        "prizes": "Chưa",
        "issue": "7520",
        "page": "1 và 3",
        "place": "Xây dựng Đảng",
        "aired_at": "19h45",
        "link": "www.baobien.vn/duong",
        "files": "trang-1.pdf; trang-2.pdf; trang-1.pdf",
    }
    (row,) = checked(full)
    assert row.faults == {}
    work = row.work
    assert work is not None
    assert (work.title, work.category_id, work.genre_id, work.topic_id, work.publisher_id) == (
        "Đường về bản",
        1,
        11,
        21,
        32,
    )
    assert [str(author) for author in work.authors] == ["Nguyễn Thị Vân (Hà Vân)", "Trần Minh"]
    assert (work.byline, work.phone, work.prizes) == ("Hà Vân - Trần Minh", "0905 123 456", "")
    (part,) = work.parts
    assert (part.published_on, part.issue, part.page, part.place) == (
        date(2023, 7, 5),
        "7520",
        "1 và 3",
        "Xây dựng Đảng",
    )
    assert (part.aired_at, part.link) == (time(19, 45), "https://www.baobien.vn/duong")
    assert part.files == ("trang-1.pdf", "trang-2.pdf")


def test_what_is_left_out_is_the_newsrooms_own_or_said_later() -> None:
    (work,) = works(checked(ONE))
    assert (work.publisher_id, work.prizes, work.genre_id, work.topic_id, work.byline) == (31, None, None, None, "")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ({"title": ""}, "Chưa ghi tên tác phẩm."),
        ({"title": "x" * 501}, "Dài 501 ký tự; tối đa 500 ký tự."),
        ({"category": ""}, "Chưa ghi loại hình."),
        ({"category": "Podcast"}, "Chưa rõ loại hình này. Các loại hình: Báo in, Truyền hình."),
        ({"genre": "Ký"}, "Loại hình này không có thể loại đó. Xem trang hướng dẫn của mẫu."),
        ({"topic": "Bóng đá"}, "Chưa rõ nội dung này. Xem trang hướng dẫn của mẫu."),
        ({"authors": " "}, "Chưa ghi tác giả."),
        ({"authors": "Trần Minh (Sông"}, "Chưa đọc được tác giả: ngoặc đơn chỉ dùng cho bút danh, mở và đóng đủ."),
        ({"phone": "gọi sau"}, "Chưa đọc được số điện thoại này, ví dụ: 0905 123 456."),
        ({"publisher": "Báo khác"}, "Không phải cơ quan này. Mỗi cơ quan nạp danh sách của mình."),
        ({"published_on": ""}, "Chưa ghi ngày đăng, phát."),
        ({"published_on": "31/02/2023"}, "Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2023."),
        ({"published_on": "05/7/2203"}, "Chưa đọc được ngày này. Ghi ngày/tháng/năm, ví dụ: 05/7/2023."),
        ({"aired_at": "25:00"}, "Chưa đọc được giờ này. Ghi giờ và phút, ví dụ: 19:45."),
        ({"link": "trang chủ"}, "Chưa đọc được đường dẫn. Ghi đủ, ví dụ: https://bao.vn/bai-viet.html."),
        ({"summary": "x" * 3001}, "Dài 3001 ký tự; tối đa 3000 ký tự."),
    ],
)
def test_a_cell_that_cannot_be_taken_says_what_to_write(cell: dict[str, str], sentence: str) -> None:
    (row,) = checked(ONE | cell)
    assert row.faults == {next(iter(cell)): [sentence]}
    assert row.state == "bad"
    assert works([row]) == []


def test_a_formula_is_no_value() -> None:
    (row,) = check([Told(2, ONE, ("authors",))], KNOWN)
    assert row.faults == {"authors": ["Ô này là công thức. Đề nghị dán giá trị thay cho công thức."]}


@pytest.mark.parametrize("second", [{}, {"title": "ĐƯỜNG VỀ BẢN", "category": "báo in"}, {"title": "“Đường về bản”"}])
def test_rows_of_a_series_are_one_work(second: dict[str, str]) -> None:
    listed = checked(ONE | {"part_title": "Kỳ 1"}, second | {"part_title": "Kỳ 2", "published_on": "06/7/2023"})
    (work,) = works(listed)
    assert [(part.title, part.published_on) for part in work.parts] == [
        ("Kỳ 1", date(2023, 7, 5)),
        ("Kỳ 2", date(2023, 7, 6)),
    ]
    assert [row.first for row in listed] == [True, False]


def test_a_fault_in_one_row_of_a_series_refuses_the_work() -> None:
    listed = checked(ONE, {"published_on": "hôm qua"}, {"published_on": "07/7/2023", "authors": "Lê Cúc"})
    assert [row.state for row in listed] == ["bad"] * 3
    assert [sorted(row.faults) for row in listed] == [[], ["published_on"], ["authors"]]
    assert listed[2].faults["authors"] == ["Khác với dòng 2 của cùng tác phẩm."]


def test_a_work_told_twice_and_one_that_is_there_already() -> None:
    other = ONE | {"title": "Người giữ biển"}
    listed = checked(ONE, other, ONE)
    assert [row.state for row in listed] == ["new", "new", "bad"]
    assert listed[2].faults == {"title": ["Trùng với dòng 2 của tệp này."]}
    known = replace(KNOWN, entered=frozenset({(1, "duong ve ban")}))
    assert [row.state for row in checked(ONE, other, known=known)] == ["known", "new"]
    assert [work.title for work in works(checked(ONE, other, known=known))] == ["Người giữ biển"]


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    """What cells say only together waits for no other cell to be mended."""
    other = ONE | {"title": "Người giữ lửa"}
    first, _between, second = checked(
        ONE | {"published_on": "hôm qua"}, other, ONE | {"published_on": "mai", "genre": "Chèo"}
    )
    assert set(first.faults) == {"published_on"}
    assert set(second.faults) == {"published_on", "genre", "title"}
    assert second.faults["title"] == ["Trùng với dòng 2 của tệp này."]


def test_the_same_title_in_another_category_is_another_work() -> None:
    assert len(works(checked(ONE, ONE | {"category": "Truyền hình"}))) == 2


def test_a_list_that_begins_without_a_title_says_so() -> None:
    listed = checked({"published_on": "05/7/2023"})
    assert listed[0].faults["title"] == ["Chưa ghi tên tác phẩm."]


@pytest.mark.parametrize(
    ("said", "prizes"),
    [
        ("chưa", ""),
        ("Không", ""),
        ("Chưa đạt giải nào", ""),
        ("Không có", ""),
        ("Giải B báo chí 2022", "Giải B báo chí 2022"),
        ("", None),
    ],
)
def test_prizes_are_denied_told_or_left_for_later(said: str, prizes: str | None) -> None:
    (work,) = works(checked(ONE | {"prizes": said}))
    assert work.prizes == prizes
