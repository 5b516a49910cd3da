"""Text pasted from an old font: told beside its field with its reading, and turned into Unicode on one press."""

from flask import Flask

from award.db import session, unit_of_work
from award.entries.models import Entry
from tests.award.entries.conftest import Browser, Scene
from tests.award.entries.test_pages import Tab

OLD = "X\u00ad¬ng sèng cña §¶ng"
READ = "Gõ bằng bảng mã TCVN3, đọc là “Xương sống của Đảng”."


def work(app: Flask, scene: Scene, page: str = "khai") -> tuple[Entry, Tab]:
    with unit_of_work():
        entry = scene.draft()
    return entry, Tab(Browser(app, scene.entrant), scene, entry, page)


def title(entry: Entry) -> str:
    session.rollback()
    return session.get_one(Entry, entry.id, populate_existing=True).title


def test_the_reading_is_told_while_typing_and_nothing_is_changed_by_itself(app: Flask, scene: Scene) -> None:
    entry, tab = work(app, scene)
    answer = tab.type(title=OLD)
    assert answer.json["messages"]["title"] == [READ]
    assert answer.json["cautions"] == [READ]
    assert answer.json["old"] == 1
    assert title(entry) == "X¬ng sèng cña §¶ng"
    page = tab.visitor.get(tab.address).text
    assert READ in page
    assert "<div data-old-letters>" in page
    assert tab.type(title="Xương sống của Đảng").json["old"] == 0


def test_one_press_turns_every_text_of_the_page_into_unicode(app: Flask, scene: Scene) -> None:
    entry, tab = work(app, scene)
    answer = tab.press(title=OLD, byline="Hµ V©n vµ céng sù", summary="Tiếng Việt, Café", act="unicode")
    assert answer.headers["Location"].endswith(tab.address)
    assert title(entry) == "Xương sống của Đảng"
    stood = session.get_one(Entry, entry.id)
    assert (stood.byline, stood.summary) == ("Hà Vân và cộng sự", "Tiếng Việt, Café")
    assert "data-old-letters hidden" in tab.visitor.get(tab.address).text


def test_rows_of_authors_are_read_as_well(app: Flask, scene: Scene) -> None:
    entry, tab = work(app, scene, "tac-gia")
    key = entry.authors[0].public_id
    answer = tab.type(**{f"{key}-legal_name": "Nguyeãn Thò Vaân"})
    assert "Gõ bằng bảng mã VNI, đọc là “Nguyễn Thị Vân”." in answer.json["messages"][f"{key}-legal_name"]
    tab.press(**{f"{key}-legal_name": "Nguyeãn Thò Vaân", "act": "unicode"})
    session.rollback()
    assert session.get_one(Entry, entry.id, populate_existing=True).authors[0].legal_name == "Nguyễn Thị Vân"
