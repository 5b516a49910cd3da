"""What is looked at before entries open is what users get afterwards, keeps nothing, and is for those who prepare."""

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.editions.queries import with_rules
from award.entries.models import Authorship, Entry, Part
from award.log.models import Event
from tests import factories
from tests.award.editions.browsing import AT
from tests.award.editions.conftest import Prepared, rows
from tests.visitor import Visitor

LABEL = re.compile(r'<(?:label|legend) class="field__label"[^>]*>(.*?)</(?:label|legend)>', re.DOTALL)


class _Controls(HTMLParser):
    """Names of what can be typed into, and what of it is shut by a fieldset around it."""

    def __init__(self) -> None:
        super().__init__()
        self.shut = 0
        self.fieldsets: list[bool] = []
        self.open_: list[str] = []
        self.closed: list[str] = []
        self.posts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "fieldset":
            self.fieldsets.append("disabled" in at)
        if tag == "form" and at.get("method") == "post" and not any(self.fieldsets):
            self.posts += 1
        if tag in {"input", "textarea", "select"} and at.get("type") != "hidden" and at.get("name"):
            (self.closed if any(self.fieldsets) else self.open_).append(str(at["name"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self.fieldsets.pop()


def controls(text: str) -> _Controls:
    reading = _Controls()
    reading.feed(text[text.index("<main") : text.index("</main>")])
    return reading


def form_address(draft: Prepared, page: str) -> str:
    return f"{AT}/xem-truoc/ke-khai/{draft.edition.categories[0].public_id}/{page}"


def test_the_list_leads_to_every_preview(draft: Prepared, desk: Visitor) -> None:
    listed = desk.get(f"{AT}/xem-truoc")
    addresses = ["/iii-2023/", "/iii-2023/the-le", form_address(draft, "tac-pham")]
    addresses += [f"{AT}/xem-truoc/phieu-cham/{n}" for n in (1, 2)]
    for address in addresses:
        assert f'href="{address}"' in listed.text
        assert desk.get(address).status_code == 200, address


@pytest.mark.parametrize("page", ["tac-pham", "cac-ky", "tac-gia", "tep", "cam-ket"])
def test_the_form_asks_what_entrants_are_asked(app: Flask, draft: Prepared, desk: Visitor, page: str) -> None:
    """The same questions, word by word, as on the page of an entrant once entries are open."""
    seen = desk.get(form_address(draft, page))
    assert seen.status_code == 200, seen.text
    reading = controls(seen.text)
    assert reading.open_ == []
    assert reading.posts == 0
    with rows(app):
        session.get_one(Edition, draft.edition.id).state = "open"
        entrant = factories.person("Trần Thị Minh")
    theirs = Visitor(app, entrant)
    made = theirs.post("/iii-2023/tac-pham/moi", {"category": draft.edition.categories[0].public_id})
    doors = {"tac-pham": "khai", "cac-ky": "cac-ky", "tac-gia": "tac-gia", "tep": "tep", "cam-ket": "cam-ket"}
    real = theirs.get(f"{made.location}".replace("/khai", "") + f"/{doors[page]}")
    assert real.status_code == 200
    assert LABEL.findall(seen.text) == LABEL.findall(real.text)


def test_looking_keeps_nothing(app: Flask, draft: Prepared, desk: Visitor) -> None:
    with app.app_context():
        before = len(session.scalars(select(Event)).all())
    for page in ("tac-pham", "tep", "cam-ket"):
        assert desk.get(form_address(draft, page)).status_code == 200
    with app.app_context():
        for table in (Entry, Part, Authorship):
            assert session.scalars(select(table)).all() == []
        assert len(session.scalars(select(Event)).all()) == before


def test_only_a_loai_hinh_with_pictures_has_captions(app: Flask, draft: Prepared, desk: Visitor) -> None:
    assert "chu-thich" not in desk.get(form_address(draft, "tep")).text
    with rows(app):
        edition = with_rules(draft.edition.id)
        edition.categories[0].slots.append(factories.picture_slot(2))
    assert f'href="{form_address(draft, "chu-thich")}"' in desk.get(form_address(draft, "tep")).text


@pytest.mark.parametrize(("blind", "named"), [(True, False), (False, True)])
def test_the_sheet_shows_the_criteria_and_names_only_in_an_open_round(
    app: Flask, draft: Prepared, desk: Visitor, blind: bool, named: bool
) -> None:
    with rows(app):
        edition = with_rules(draft.edition.id)
        edition.rounds[0].blind = blind
    page = desk.get(f"{AT}/xem-truoc/phieu-cham/1")
    assert page.status_code == 200
    for words in ("Tính phát hiện, tính chân thực", "tối đa 4 điểm, bước 0,25", "Gửi phiếu chấm", "Tiểu ban Báo in"):
        assert words in page.text
    assert ("Họ và tên tác giả" in page.text) is named
    reading = controls(page.text)
    assert [name for name in reading.open_ if name.startswith("c")] == []
    assert sum(name.startswith("c") for name in reading.closed) == 3


def test_a_draft_is_looked_at_by_those_who_prepare_it(app: Flask, draft: Prepared) -> None:
    with rows(app):
        stranger = factories.person("Người ngoài")
    elsewhere = Visitor(app, stranger)
    for address in (form_address(draft, "tac-pham"), f"{AT}/xem-truoc/phieu-cham/1", f"{AT}/xem-truoc"):
        assert elsewhere.get(address).status_code == 404
