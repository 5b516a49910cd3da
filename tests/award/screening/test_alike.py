"""The same work again, across loại hình, editions and lists, under either name of the award; for the staff alone."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Category, Edition
from award.editions.permissions import Capacity
from award.entries.models import Authorship, Entry, Part
from award.entries.queries import dossier
from award.screening.alike import similar_works
from award.screening.similar import Similar
from tests import factories
from tests.award.history.conftest import ROAD, VAN, taken_in
from tests.award.screening.conftest import Office

LINK = "https://baobien.vn/giu-loi-hua.html"


def entered(edition: Edition, title: str, *names: str, link: str = "", **fields: object) -> Entry:
    """A submitted work of these authors, each with the pen name behind a slash if there is one."""
    print_media = select(Category).where(Category.edition_id == edition.id, Category.code == "IN")
    made = session.scalar(print_media) or factories.category(edition)
    edition.last_dossier_number += 1
    values: dict[str, object] = {"state": "submitted", "submitted_at": now(), "category_id": made.id, **fields}
    entry = Entry(
        edition_id=edition.id,
        owner_id=factories.person().id,
        title=title,
        code=f"{edition.code_prefix}-1{edition.last_dossier_number:03d}",
        changed_at=now(),
        parts=[Part(ordinal=1, title="Kỳ 1", published_on=date(2023, 3, 2), link=link)],
        **values,
    )
    entry.authors = [
        Authorship(ordinal=n, legal_name=name.partition("/")[0], pen_name=name.partition("/")[2])
        for n, name in enumerate(names, start=1)
    ]
    session.add(entry)
    session.flush()
    return entry


def found(edition: Edition, entry: Entry) -> list[Similar]:
    session.flush()
    return similar_works(edition, dossier(entry.id))


@pytest.fixture
def edition(ctx: Flask) -> Edition:
    with unit_of_work():
        return factories.edition(state="screening")


@pytest.fixture
def earlier(edition: Edition) -> Edition:
    """The edition before, of the same award."""
    with unit_of_work():
        made = factories.edition(state="archived", slug="ii-2022", ordinal=2, ordinal_words="II", year=2022)
        made.award_id, made.code_prefix = edition.award_id, "KH2"
        return made


def by(edition: Edition) -> Capacity:
    return Capacity(factories.person().id, edition.id, frozenset({"secretary"}))


def test_another_loai_hinh_of_the_edition_is_looked_at(edition: Edition) -> None:
    with unit_of_work():
        work = entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân")
        radio = factories.category(edition, code="PT", name="Phát thanh", medium="radio")
        again = entered(edition, "Giữ trọn lời hứa với dân", "Trần Minh", category_id=radio.id)
        entered(edition, "Đường về bản", "Lê Thu Cúc")
        (like,) = found(edition, work)
    assert (like.other.key, like.reasons, like.other.here) == (again.public_id, ("Tên gần giống",), True)
    assert like.other.where == f"{again.code}, Phát thanh"


def test_the_same_page_is_found_however_its_address_was_passed_on(edition: Edition) -> None:
    with unit_of_work():
        work = entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân", link=LINK)
        entered(edition, "Chuyện ở bản xa", "Trần Minh", link="http://www.baobien.vn/giu-loi-hua.html?fbclid=1#top")
        entered(edition, "Chuyện ở bản gần", "Trần Minh", link="https://baobien.vn/")
        entered(edition, "Chuyện không đường dẫn", "Trần Minh")
        (like,) = found(edition, work)
    assert (like.other.title, like.reasons) == ("Chuyện ở bản xa", ("Trùng đường dẫn",))


def test_the_same_group_is_found_by_legal_and_by_pen_names(edition: Edition) -> None:
    with unit_of_work():
        work = entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân/Hà Vân", "Trần Minh")
        again = entered(edition, "Đường về bản", "Trần Minh", "Hà Vân")
        entered(edition, "Người giữ biển", "Trần Minh", "Lê Thu Cúc")
        (like,) = found(edition, work)
    assert (like.other.key, like.reasons, like.strong) == (again.public_id, ("Cùng nhóm tác giả",), False)


def test_earlier_editions_are_looked_at_and_later_ones_are_not(edition: Edition, earlier: Edition) -> None:
    with unit_of_work():
        old = entered(earlier, "Giữ lời hứa với dân", "Nguyễn Thị Vân", state="withdrawn", withdrawn_at=now())
        new = entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân")
        (like,) = found(edition, new)
        assert (like.other.key, like.other.here) == (old.public_id, False)
        assert like.other.where == "KH2-1001, Báo in, lần thứ II - năm 2022, đã rút"
        assert found(earlier, old) == []


def test_drafts_other_awards_and_the_work_itself_are_not_shown(edition: Edition) -> None:
    with unit_of_work():
        work = entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân")
        entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân", state="draft", submitted_at=None)
        other = factories.edition(slug="khac-2023", ordinal=1)
        entered(other, "Giữ lời hứa với dân", "Nguyễn Thị Vân")
        taken_in(by(other), other, VAN)
        assert found(edition, work) == []


@pytest.mark.parametrize(
    "award", ["", "Giải Búa liềm vàng tỉnh Khánh Hòa", "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ II"]
)
def test_a_prize_on_record_is_shown_under_whatever_name_the_award_bore(edition: Edition, award: str) -> None:
    with unit_of_work():
        taken_in(by(edition), edition, {**VAN, "award_name": award}, ROAD)
        work = entered(edition, "Giữ lời hứa với dân", "Nguyễn Thị Vân", "Trần Minh/Minh Trần", link=LINK)
        (like,) = found(edition, work)
    assert like.reasons == ("Trùng tên tác phẩm", "Trùng đường dẫn", "Cùng nhóm tác giả")
    name = award or "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"
    assert like.prizes == (f"Giải A, {name} lần thứ II - năm 2022",)


def test_a_list_that_was_taken_in_under_one_name_of_the_award_is_known_under_the_other(edition: Edition) -> None:
    with unit_of_work():
        taken_in(by(edition), edition, {**VAN, "award_name": "Giải Búa liềm vàng tỉnh Khánh Hòa"})
        again = {**VAN, "award_name": "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"}
        taken_in(by(edition), edition, again, ROAD)
        work = entered(edition, "Giữ lời hứa với dân", "Lê Thu Cúc")
        assert [each.prizes for each in found(edition, work) if each.strong] == [
            ("Giải A, Giải Búa liềm vàng tỉnh Khánh Hòa lần thứ II - năm 2022",)
        ]


def test_the_secretary_reads_it_beside_the_rules_and_nobody_else_does(office: Office) -> None:
    with office.at_work() as edition:
        taken_in(by(edition), edition, {**ROAD, "title": "Đường về bản xa"})
        entered(edition, "Nhiều việc khác", "Nguyễn Thị Vân")
    page = office.visitor().get(office.address(0)).text
    part = page[page.index('id="tuong-tu"') :]
    seen = " ".join(re.sub(r"<[^>]+>", " ", part).split())
    assert "Hệ thống chỉ gợi ý; Tổ Thư ký kết luận." in seen
    assert '<a href="#tuong-tu">1 tác phẩm tương tự</a>' in page
    assert "Đường về bản xa Lê Thu Cúc Đã đoạt Giải Khuyến khích, Giải báo chí về xây dựng Đảng" in seen
    assert "3 tác phẩm khác của cùng tác giả" in seen
    other = office.visitor().get(office.address(2)).text
    assert "Không thấy tác phẩm nào trùng nội dung tệp, trùng tên, tên gần giống hoặc trùng đường dẫn." in other
