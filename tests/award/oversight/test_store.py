"""The page of the store: what is held for whom, what has not come in, what is missing; nobody sees other editions."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import EntryFile
from award.files import operations
from award.files.models import File
from award.files.store import storage
from award.people.models import Person
from tests import factories
from tests.award.entries.conftest import Browser
from tests.award.files.conftest import Sender, fresh, pdf_of
from tests.award.files.test_tasks import away
from tests.award.screening.conftest import dossier
from tests.judging.rows import judge

PAGE = "/kho-tep"
COMPARED = f"{PAGE}?doi-chieu=1"


@dataclass
class Two:
    """Two editions with a work and a verified file in each, and who looks after them."""

    organiser: Person
    administrator: Person
    files: dict[str, File]
    senders: dict[str, Sender]


@pytest.fixture
def two(ctx: Flask, run_jobs: Callable[[], None]) -> Two:
    files, senders = {}, {}
    with unit_of_work():
        editions = {slug: factories.edition(state="open", slug=slug, ordinal=n) for n, slug in ((3, "mot"), (4, "hai"))}
        organiser = judge(editions["mot"], "Lê Tổ Chức", "organiser")
        administrator = factories.person("Phạm Quản Trị")
        assert administrator.user
        administrator.user.administrator = True
    for slug, edition in editions.items():
        with unit_of_work():
            factories.category(session.merge(edition))
            senders[slug] = Sender(ctx, factories.person(f"Người gửi {slug}"))
        files[slug] = senders[slug].stored(pdf_of(f"Trang cua {slug}"), f"trang-{slug}.pdf")
        with unit_of_work():
            in_it = session.merge(edition)
            entry = dossier(in_it, session.merge(senders[slug].person), 1, f"Tác phẩm {slug}")
            place = {"part_id": entry.parts[0].id, "slot_id": in_it.categories[0].slots[0].id}
            entry.files.append(EntryFile(file_id=files[slug].id, ordinal=9, **place))
    run_jobs()
    return Two(organiser, administrator, files, senders)


def test_an_administrator_sees_every_edition_and_what_nobody_could_check(app: Flask, two: Two) -> None:
    two.senders["hai"].begin(pdf_of("Do dang"), "dở dang.pdf")
    broken = two.senders["mot"].stored(pdf_of("Khong mo duoc"), "không mở được.pdf")
    with unit_of_work():
        operations.start_verifying(file_id=broken.id)
        operations.mark_unchecked(file_id=broken.id, sha256=None, facts={})
    page = Browser(app, two.administrator).get(PAGE).text
    for words in ("Người gửi mot", "Người gửi hai", "dở dang.pdf", "Chưa tải xong", "không mở được.pdf"):
        assert words in page
    assert "Chưa kiểm tra được" in page
    assert "Không thuộc lần nào" in page
    assert "Mỗi người gửi được tất cả 500 GB." in page


def test_an_organiser_sees_the_editions_they_run_and_nothing_of_others(app: Flask, two: Two) -> None:
    storage().delete(fresh(two.files["hai"]).key)
    for address in (PAGE, COMPARED):
        page = Browser(app, two.organiser).get(address).text
        assert "Người gửi mot" in page
        assert "Người gửi hai" not in page
        assert "trang-hai.pdf" not in page
        assert "Không thuộc lần nào" not in page
    assert "Mọi tệp đã ghi đều có trong kho, đúng độ dài." in page
    assert "Cả kho" not in page
    taken = {each: Browser(app, two.organiser).get(f"{PAGE}?bang={each}&tai-ve=csv") for each in ("lan", "nguoi", "x")}
    assert [each.status_code for each in taken.values()] == [200, 200, 404]
    size = fresh(two.files["mot"]).size
    (kept,) = taken["lan"].text.splitlines()[1:]
    assert kept.startswith(f'"{name_of("mot")}","1","{size}","') and kept.endswith('","0"')
    assert int(kept.split('","')[3]) > 0, "what pages show of it"
    assert taken["nguoi"].text.splitlines()[1:] == [f'"Người gửi mot","1","{size}"']


def name_of(slug: str) -> str:
    return session.query(Edition).filter_by(slug=slug).one().name


def test_what_is_missing_is_named(app: Flask, two: Two) -> None:
    key = fresh(two.files["mot"]).key
    storage().delete(key)
    for reader in (two.organiser, two.administrator):
        page = Browser(app, reader).get(COMPARED).text
        assert "1 mục không đúng như đã ghi. Cần lấy lại từ bản sao lưu." in page
        assert "trang-mot.pdf" in page
        assert key in page
    assert "Cả kho:" in page


def test_a_store_that_is_away_is_said_to_be(app: Flask, two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", away(app))
    page = Browser(app, two.administrator).get(COMPARED)
    assert page.status_code == 200
    assert "Kho tệp tạm thời không trả lời nên chưa đối chiếu được." in page.text
    assert "Người gửi mot" in page.text


def test_nobody_else_sees_it(app: Flask, two: Two) -> None:
    assert Browser(app, two.senders["mot"].person).get(PAGE).status_code == 403
