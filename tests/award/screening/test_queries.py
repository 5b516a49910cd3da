"""What the secretariat finds in the queue, however it was typed."""

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Authorship, Entry
from award.paging import FIRST, Turn
from award.screening import asking, queries
from award.screening.filters import ORDERS, UNLISTED, QueueFilter
from award.screening.models import Screening
from tests import factories

WORKS = [
    ("Đường về bản", "Nguyễn Thị Vân"),
    ("Người giữ hoà khí ở xã đảo", "Trần Minh"),
    ("Hòa vốn vẫn phải làm", "Hoàng Thu"),
    ("Chi bộ 100% số hóa", "Đỗ Lan"),
    ("Chuyện ở Khánh_Sơn", "Vũ Hà"),
]
"""Titles and their authors, KH3-0001 to KH3-0005."""


@pytest.fixture
def edition(ctx: Flask) -> Edition:
    with unit_of_work():
        made = factories.edition(state="screening")
        category, owner = factories.category(made), factories.person()
        for number, (title, author) in enumerate(WORKS, start=1):
            entry = Entry(
                edition_id=made.id,
                category_id=category.id,
                owner_id=owner.id,
                title=title,
                state="submitted",
                submitted_at=now(),
                code=f"KH3-{number:04d}",
                changed_at=now(),
                authors=[Authorship(ordinal=1, legal_name=author, contact=True)],
            )
            session.add(entry)
        session.add(
            Entry(
                edition_id=made.id,
                category_id=category.id,
                owner_id=owner.id,
                title="Đường nháp",
                state="draft",
                changed_at=now(),
            )
        )
    return made


def found(edition: Edition, words: str = "", **narrowed: str) -> list[str]:
    asked = queries.queue(edition.id, QueueFilter(words=words, **narrowed))
    return [entry.title for entry, _screening in session.execute(asked).tuples()]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("duong", ["Đường về bản"]),
        ("ĐƯỜNG", ["Đường về bản"]),
        ("đường về", ["Đường về bản"]),
        ("hoà", ["Người giữ hoà khí ở xã đảo", "Hòa vốn vẫn phải làm", "Chi bộ 100% số hóa"]),
        ("hòa khí", ["Người giữ hoà khí ở xã đảo"]),
        ("KH3-0003", ["Hòa vốn vẫn phải làm"]),
        ("kh3-0003", ["Hòa vốn vẫn phải làm"]),
        ("nguyen thi van", ["Đường về bản"]),
        ("Đỗ Lan", ["Chi bộ 100% số hóa"]),
        ("  ", [title for title, _author in WORKS]),
        ("100%", ["Chi bộ 100% số hóa"]),
        ("khánh_sơn", ["Chuyện ở Khánh_Sơn"]),
        ("_", ["Chuyện ở Khánh_Sơn"]),
        ("%", ["Chi bộ 100% số hóa"]),
        ("\\", []),
        ("không có đâu", []),
    ],
)
def test_marks_case_and_spelling_do_not_matter(edition: Edition, words: str, titles: list[str]) -> None:
    assert found(edition, words) == titles


def test_a_decided_work_is_found_by_the_code_judges_know(edition: Edition) -> None:
    with unit_of_work():
        second = session.scalars(queries.queue(edition.id, QueueFilter(words="KH3-0002"))).one()
        session.add(Screening(entry_id=second.id, edition_id=edition.id, decision="eligible", blind_code="III-IN-007"))
    assert found(edition, "iii-in-007") == ["Người giữ hoà khí ở xã đảo"]
    assert found(edition, "", decision="eligible") == ["Người giữ hoà khí ở xã đảo"]
    assert len(found(edition, "", decision="pending")) == 4
    assert queries.counts(edition.id) == {"eligible": 1, "pending": 4}


def test_a_category_narrows_and_another_edition_is_never_seen(edition: Edition) -> None:
    with unit_of_work():
        other = factories.category(edition, code="TH", name="Truyền hình", medium="tv")
    assert found(edition, "", category=other.public_id) == []
    assert found(edition, "", category=edition.categories[0].public_id) == [title for title, _author in WORKS]
    with unit_of_work():
        elsewhere = factories.edition(slug="iv-2024", ordinal=4)
    assert session.execute(queries.queue(elsewhere.id)).all() == []


def test_a_dossier_knows_the_ones_before_and_after_it(edition: Edition) -> None:
    keys = [entry.public_id for entry, _screening in session.execute(queries.queue(edition.id)).tuples()]
    assert queries.neighbours(edition.id, "KH3-0001", QueueFilter()) == (None, keys[1])
    assert queries.neighbours(edition.id, "KH3-0003", QueueFilter()) == (keys[1], keys[3])
    assert queries.neighbours(edition.id, "KH3-0005", QueueFilter()) == (keys[3], None)


NAMES = [
    "Đặng Văn An",
    "Mai An",
    "Nguyễn Thị Ánh",
    "Mai Ăn",
    "Trần Ân",
    "Mai Ấn",
    "Lê Bảo",
    "Lê Dạt",
    "Võ Dũng",
    "Đỗ Đạt",
    "Phạm Đức",
    "Ân Đức Ê",
    "Hà Ổi",
    "Cao Ôn",
    "Bùi Ơn",
]
"""In the order of lists by tên."""


def named(edition: Edition) -> None:
    with unit_of_work():
        for entry in session.scalars(select(Entry).where(Entry.edition_id == edition.id, Entry.state == "submitted")):
            entry.state, entry.submitted_at = "draft", None
        category, owner = edition.categories[0], factories.person()
        for number, name in enumerate(sorted(NAMES, key=lambda name: name[::-1]), start=100):
            authors = [Authorship(ordinal=1, legal_name=name, contact=True), Authorship(ordinal=2, legal_name="A A")]
            session.add(
                Entry(
                    edition_id=edition.id,
                    category_id=category.id,
                    owner_id=owner.id,
                    title=f"Của {name}",
                    state="submitted",
                    submitted_at=now(),
                    code=f"KH3-{number:04d}",
                    changed_at=now(),
                    authors=authors,
                )
            )


def walked(edition: Edition, wanted: QueueFilter, size: int = 4) -> list[str]:
    """The whole queue page by page, and back again."""
    pages = [queries.page_of(edition.id, wanted, FIRST, size=size)]
    while (following := pages[-1].following) is not None:
        pages.append(queries.page_of(edition.id, wanted, Turn.read(following), size=size))
    titles = [[row.Entry.title for row in page.rows] for page in pages]
    back = pages[-1]
    for there in titles[-2::-1]:
        assert back.previous is not None
        back = queries.page_of(edition.id, wanted, Turn.read(back.previous), size=size)
        assert [row.Entry.title for row in back.rows] == there
    assert back.previous is None
    return [title for page in titles for title in page]


def test_authors_stand_in_the_order_of_their_given_or_their_family_names(edition: Edition) -> None:
    named(edition)
    assert walked(edition, QueueFilter(order="name")) == [f"Của {name}" for name in NAMES]
    assert walked(edition, QueueFilter(order="family"))[:3] == ["Của Ân Đức Ê", "Của Bùi Ơn", "Của Cao Ôn"]
    assert walked(edition, QueueFilter(order="title"))[:2] == ["Của Ân Đức Ê", "Của Bùi Ơn"]


@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize("words", ["", "của", "an"])
def test_every_order_goes_on_page_by_page_without_loss_or_twin(edition: Edition, order: str, words: str) -> None:
    named(edition)
    wanted = QueueFilter(order=order, words=words)
    whole = [entry.title for entry, _screening in session.execute(queries.queue(edition.id, wanted)).tuples()]
    assert walked(edition, wanted) == whole
    assert len(set(whole)) == len(whole) > 0


def test_what_is_written_with_the_same_letters_comes_first(edition: Edition) -> None:
    with unit_of_work():
        first = session.scalars(queries.queue(edition.id, QueueFilter(words="KH3-0001"))).one()
        first.title = "Dương liễu bên sông"
        last = session.scalars(queries.queue(edition.id, QueueFilter(words="KH3-0005"))).one()
        last.title = "Con đường mới"
    assert found(edition, "đường") == ["Con đường mới", "Dương liễu bên sông"]
    assert found(edition, "duong") == ["Dương liễu bên sông", "Con đường mới"]


def test_an_organ_narrows_and_so_does_being_in_no_list(edition: Edition) -> None:
    with unit_of_work():
        organ = factories.newsroom("Đài Núi Bạc")
        entry = session.scalars(queries.queue(edition.id, QueueFilter(words="KH3-0002"))).one()
        entry.newsroom_id = organ.id
    assert found(edition, newsroom=organ.public_id) == ["Người giữ hoà khí ở xã đảo"]
    assert len(found(edition, newsroom=UNLISTED)) == 4
    assert queries.around(edition.id, 1).newsrooms == [(organ.public_id, "Đài Núi Bạc")]


def test_findings_narrow_by_what_was_counted_last(edition: Edition) -> None:
    with unit_of_work():
        last: int | None = 0
        while last is not None:
            last = asking.count_again(edition=edition, after=last)
    assert len(found(edition, findings="amber")) == 5
    assert found(edition, findings="green") == []
    assert found(edition, findings="red") == []
    with unit_of_work():
        screening = session.scalars(select(Screening).order_by(Screening.id)).first()
        assert screening is not None
        screening.red = 1
    assert len(found(edition, findings="red")) == 1


def test_counting_again_leaves_decisions_and_their_versions_alone(edition: Edition) -> None:
    with unit_of_work():
        entry = session.scalars(queries.queue(edition.id, QueueFilter(words="KH3-0002"))).one()
        session.add(Screening(entry_id=entry.id, edition_id=edition.id, decision="eligible", blind_code="III-IN-007"))
    with unit_of_work():
        asking.count_again(edition=edition, after=0)
    session.expire_all()
    kept = queries.decision_of(entry.id)
    assert kept is not None
    assert (kept.decision, kept.blind_code, kept.version) == ("eligible", "III-IN-007", 1)
    assert kept.amber > 0


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({}, ""),
        ({"ket-luan": "overdue", "tim": " đường ", "sau": "KH3-0001"}, "?ket-luan=overdue&tim=%C4%91%C6%B0%E1%BB%9Dng"),
        ({"ket-luan": "nonsense", "kiem-tra": "blue", "xep": "random", "loai-hinh": "x"}, ""),
        ({"loai-hinh": "abc", "kiem-tra": "red", "xep": "family"}, "?loai-hinh=abc&kiem-tra=red&xep=family"),
    ],
)
def test_a_filter_is_what_its_address_says(address: dict[str, str], said: str) -> None:
    read = QueueFilter.read(address, ["abc"])
    assert read.address() == said
    assert read.narrows is bool(said)
