"""One form for five kinds of works: what each is asked for, how it reads on the check page, pictures with captions."""

import re
from datetime import date, time
from typing import Any

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Category
from award.entries import attaching, filling, queries, receipts
from award.entries.leave import ORDINARY
from award.entries.models import Entry
from award.entries.operations import revise
from award.entries.values import CaptionValues, PartValues
from award.files.models import File
from award.rules.eligibility import Finding, blocking, findings
from tests import factories
from tests.award.entries.conftest import Browser, Scene
from tests.award.entries.test_pages import Tab, again

PART: dict[str, dict[str, str]] = {
    "print": {"issue": "7520", "page": "1 và 3", "place": "Xây dựng Đảng"},
    "online": {"link": "https://bao.vn/bai", "aired_at": "8h15", "place": "Chính trị"},
    "radio": {"place": "Thời sự sáng", "channel": "FM 106,5 MHz", "aired_at": "6h30"},
    "television": {"place": "Thời sự tối", "channel": "Kênh Biển Xanh", "aired_at": "19:45"},
    "photo": {"issue": "7521", "page": "4"},
}
WHERE = {
    "print": "Số 7520, trang 1 và 3, Xây dựng Đảng",
    "online": "Chính trị, 08 giờ 15",
    "radio": "Thời sự sáng, FM 106,5 MHz, 06 giờ 30",
    "television": "Thời sự tối, Kênh Biển Xanh, 19 giờ 45",
    "photo": "Số 7521, trang 4",
}
ROLES = {
    "print": "viết bài, ảnh, đồ họa",
    "online": "viết bài, ảnh, video, đồ họa, kỹ thuật trình bày",
    "radio": "kịch bản, biên tập, đạo diễn, phóng viên, dẫn chương trình, kỹ thuật âm thanh",
    "television": "kịch bản, biên tập, đạo diễn, quay phim, phóng viên, dẫn chương trình, dựng phim",
    "photo": "ảnh, viết lời",
}


@pytest.fixture
def entrant(app: Flask, scene: Scene) -> Browser:
    return Browser(app, scene.entrant)


def of_kind(scene: Scene, medium: str, **fields: Any) -> Entry:
    """A draft of another loại hình of the edition; it demands everything its medium asks for."""
    with unit_of_work():
        category = factories.category(
            scene.edition, code=medium[:2].upper(), name="Loại hình khác", medium=medium, **fields
        )
        category.needed = list(PART[medium])
        entry = scene.draft(category_id=category.id, genre_id=category.genres[0].id)
        entry.parts[0].place = ""
        entry.files.clear()
    return entry


@pytest.mark.parametrize("medium", PART)
def test_each_kind_is_asked_for_its_own_things_and_tells_where_it_appeared(
    scene: Scene, entrant: Browser, medium: str
) -> None:
    entry = of_kind(scene, medium)
    key = entry.parts[0].public_id
    page = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/cac-ky").text
    asked = {
        name for name in ("issue", "page", "place", "channel", "aired_at", "link") if f'name="{key}-{name}"' in page
    }
    assert set(PART[medium]) <= asked
    assert ("issue" in asked) == (medium in {"print", "photo"})
    assert ("aired_at" in asked) == (medium in {"online", "radio", "television"})

    authors = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/tac-gia").text
    offered = authors[authors.index('<datalist id="roles">') :].partition("</datalist>")[0]
    assert ", ".join(re.findall(r'<option value="([^"]+)">', offered)) == ROLES[medium]

    lacking = {finding.field for finding in _blocking(scene, entry)}
    assert {f"parts.{key}.{name}" for name in PART[medium]} <= lacking
    saved = Tab(entrant, scene, entry, "cac-ky").type(**{f"{key}-{name}": text for name, text in PART[medium].items()})
    assert saved.status_code == 200, saved.text
    assert again(entry).parts[0].where == queries.dossier(entry.id).parts[0].where == WHERE[medium]
    assert not any(finding.field.startswith("parts.") for finding in _blocking(scene, entry))

    check = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/kiem-tra").text
    for text in PART[medium].values():
        assert {"8h15": "08 giờ 15", "6h30": "06 giờ 30", "19:45": "19 giờ 45"}.get(text, text) in check


def _blocking(scene: Scene, entry: Entry) -> list[Finding]:
    """What keeps the work from being submitted, as it stands in the database."""
    session.expire_all()
    return blocking(findings(queries.dossier(entry.id).facts, queries.rule_book(scene.edition)))


def test_an_hour_that_cannot_be_read_is_told_and_stays_as_it_stood(scene: Scene, entrant: Browser) -> None:
    entry = of_kind(scene, "television")
    key = entry.parts[0].public_id
    tab = Tab(entrant, scene, entry, "cac-ky")
    tab.type(**{f"{key}-aired_at": "19:45"})
    answer = tab.type(**{f"{key}-aired_at": "25:00", f"{key}-place": "Thời sự"})
    assert answer.json["messages"][f"{key}-aired_at"] == ["Chưa đọc được giờ này. Ghi giờ và phút, ví dụ: 19:45."]
    assert (again(entry).parts[0].aired_at, again(entry).parts[0].place) == (time(19, 45), "Thời sự")


def test_a_series_is_one_line_a_part_on_the_check_page(scene: Scene, entrant: Browser) -> None:
    entry = of_kind(scene, "print")
    with unit_of_work():
        entry = session.get_one(Entry, entry.id)
        filling.add_row(entry, "parts")
        first, second = (part.public_id for part in entry.parts)
        filling.save_parts(
            entry,
            [
                PartValues(first, "Mở đầu", date(2023, 3, 2), "Xây dựng Đảng", "", issue="7520", page="3"),
                PartValues(second, "Đi tiếp", date(2023, 3, 3), "Xây dựng Đảng", "", page="4"),
            ],
        )
    check = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/kiem-tra").text
    assert "<p>Số báo: 7520</p>" in check
    assert "<p>Trang: 4</p>" in check
    assert f'href="/{scene.slug}/tac-pham/{entry.public_id}/cac-ky#{second}-issue"' in check
    assert "số báo kỳ 2" in check


def pictures(scene: Scene, count: int = 3) -> tuple[Entry, list[File]]:
    """A photo work with so many pictures, none with words under it."""
    entry = of_kind(scene, "photo")
    with unit_of_work():
        entry = session.get_one(Entry, entry.id)
        category = session.get_one(Category, entry.category_id)
        category.needed, category.slots = [], [factories.picture_slot(at_least=1)]
        session.flush()
        place = queries.dossier(entry.id).places[0]
        made = []
        for number in range(1, count + 1):
            file = attaching.begin_file(
                uploader=scene.entrant,
                edition=scene.edition,
                entry=entry,
                place=place,
                leave=ORDINARY,
                name=f"anh-{number}.jpg",
                size=number * 1000,
                part_hashes=[f"{number}" * 64],
            )
            file.state = "ready"
            made.append(file)
    return entry, made


def test_pictures_have_captions_and_an_order(scene: Scene, entrant: Browser) -> None:
    entry, (first, second, third) = pictures(scene)
    assert [each.missing for each in _blocking(scene, entry)] == [f"chú thích ảnh {n}" for n in (1, 2, 3)]
    tab = Tab(entrant, scene, entry, "chu-thich")
    tab.type(**{f"{first.public_id}-caption": "Bên ruộng lúa", f"{third.public_id}-caption": "Trước giờ họp"})
    moved = tab.press(act=f"up:{third.public_id}")
    assert moved.status_code == 303
    assert moved.location.endswith(f"#row-{third.public_id}")
    session.rollback()
    shown = queries.dossier(entry.id).pictures
    assert [(file.name, file.caption) for file in shown] == [
        ("anh-1.jpg", "Bên ruộng lúa"),
        ("anh-3.jpg", "Trước giờ họp"),
        ("anh-2.jpg", ""),
    ]
    assert [(each.missing, each.field) for each in _blocking(scene, entry)] == [
        ("chú thích ảnh 3", f"captions.{second.public_id}.caption")
    ]
    page = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/chu-thich").text
    assert page.index("anh-3.jpg") < page.index("anh-2.jpg")
    check = entrant.get(f"/{scene.slug}/tac-pham/{entry.public_id}/kiem-tra").text
    assert "Chú thích ảnh 2" in check
    assert "Trước giờ họp" in check
    received = receipts.content(queries.dossier(entry.id), scene.edition, "KH3-1", first.created_at, None)
    assert [file["caption"] for file in received["files"]] == ["Bên ruộng lúa", "Trước giờ họp", ""]


def test_a_picture_moved_beyond_the_end_stays_and_a_new_one_comes_last(scene: Scene) -> None:
    entry, made = pictures(scene, 2)
    with unit_of_work():
        filling.move_picture(session.get_one(Entry, entry.id), made[1].public_id, 1)
        filling.move_picture(session.get_one(Entry, entry.id), "khongcotepay", 1)
    with unit_of_work():
        fresh = session.get_one(Entry, entry.id)
        attaching.begin_file(
            uploader=scene.entrant,
            edition=scene.edition,
            entry=fresh,
            place=queries.dossier(entry.id).places[0],
            leave=ORDINARY,
            name="anh-3.jpg",
            size=3000,
            part_hashes=["3" * 64],
        )
    assert [file.name for file in queries.dossier(entry.id).pictures] == ["anh-1.jpg", "anh-2.jpg", "anh-3.jpg"]


def test_a_caption_of_a_picture_removed_meanwhile_is_kept_before_the_person(scene: Scene, entrant: Browser) -> None:
    entry, (first, *_rest) = pictures(scene)
    tab = Tab(entrant, scene, entry, "chu-thich")
    with unit_of_work():
        attaching.remove_file(
            by_id=scene.entrant.id, edition=scene.edition, entry=session.get_one(Entry, entry.id), key=first.public_id
        )
    answer = tab.type(**{f"{first.public_id}-caption": "Đã gõ"})
    assert answer.status_code == 409
    assert answer.json["conflict"] == {f"{first.public_id}-caption": {"yours": "Đã gõ", "theirs": ""}}
    with unit_of_work():
        filling.save_captions(session.get_one(Entry, entry.id), [CaptionValues(first.public_id, "Đã gõ")])


def test_a_revision_keeps_captions_and_their_order(scene: Scene) -> None:
    entry, made = pictures(scene, 2)
    with unit_of_work():
        entry = session.get_one(Entry, entry.id)
        filling.save_captions(entry, [CaptionValues(file.public_id, f"Lời {file.name}") for file in made])
        filling.move_picture(entry, made[1].public_id, -1)
        entry.state, entry.submitted_at, entry.code = "submitted", entry.changed_at, "KH3-0001"
    with unit_of_work():
        revision = revise(by=scene.by(), edition=scene.edition, entry=session.get_one(Entry, entry.id))
    shown = queries.dossier(revision.id).pictures
    assert [(file.name, file.caption) for file in shown] == [
        ("anh-2.jpg", "Lời anh-2.jpg"),
        ("anh-1.jpg", "Lời anh-1.jpg"),
    ]


def test_a_picture_that_cannot_be_used_needs_no_words(scene: Scene) -> None:
    entry, made = pictures(scene, 2)
    with unit_of_work():
        session.get_one(File, made[0].id).state = "rejected"
    assert [each.missing for each in _blocking(scene, entry)] == ["chú thích ảnh 2"]


def test_a_work_without_pictures_has_no_page_of_captions(scene: Scene, entrant: Browser) -> None:
    entry = of_kind(scene, "print")
    address = f"/{scene.slug}/tac-pham/{entry.public_id}"
    assert entrant.get(f"{address}/chu-thich").status_code == 404
    assert "Chú thích ảnh" not in entrant.get(address).text
    photo, _made = pictures(scene)
    assert "Chú thích ảnh" in entrant.get(f"/{scene.slug}/tac-pham/{photo.public_id}").text
    assert "/chu-thich" in entrant.get(f"/{scene.slug}/tac-pham/{photo.public_id}/tep").text
