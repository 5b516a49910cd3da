"""What the secretariat finds in the queue, however it was typed."""

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.entries.models import Authorship, Entry
from award.screening import queries
from award.screening.filters import QueueFilter
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
