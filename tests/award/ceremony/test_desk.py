"""The desk of the ceremony: who came, who took what for whom, what was signed for; two desks never overwrite."""

import io
import json
import re

from flask import Flask
from openpyxl import load_workbook

from award.ceremony.models import Handover
from award.ceremony.papers import signing_list
from award.db import session, unit_of_work
from award.documents.paper import Table
from award.log.models import Event
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

DESK = "/iii-2023/le-trao-giai"


def decided(app: Flask) -> Outcome:
    """A special prize of one author, an A of two."""
    with app.app_context():
        with unit_of_work():
            made = outcome(proposed=False)
            both = work(made.edition, made.category, "Tiếng loa bản xa", authors=(("Đỗ Lan", ""), ("Trần Minh", "")))
            made.propose((made.works[0], "ĐB"), (both, "A"))
        with unit_of_work():
            made.decide()
    return made


def fields(page: str) -> dict[str, str]:
    """What the page would send as it stands."""
    sent = dict(re.findall(r'<input type="hidden" name="(ban-\w+)" value="(\d+)"', page))
    sent |= dict(re.findall(r'name="(thay-\w+)" value="([^"]*)"', page))
    sent |= dict(re.findall(r'name="(ky-\w+)" value="(y)" checked', page))
    for name, options in re.findall(r'<select class="input" name="(mat-\w+)".*?>(.*?)</select>', page, re.S):
        sent[name] = "".join(re.findall(r'value="(\w*)" selected', options))
    return sent


def test_who_came_and_who_took_it_for_whom_is_written_once_by_whoever_was_first(app: Flask) -> None:
    made = decided(app)
    secretary, organiser = Visitor(app, made.secretary), Visitor(app, made.organiser)
    page = secretary.get(DESK).text
    assert "Lưu mọi mức giải" in page, "one form holds every level"
    assert page.index("Lượt 1. Giải A") < page.index("Lượt 2. Giải Đặc biệt"), "from the foot of the ladder up"
    shown = fields(page)
    lan, minh, van = (name.removeprefix("ban-") for name in shown if name.startswith("ban-"))

    nobody = secretary.post(DESK, {**shown, f"ky-{lan}": "y"})
    assert nobody.status_code == 422
    assert "Chưa ghi ai nhận: Đỗ Lan" in nobody.text
    said = {f"mat-{lan}": "co", f"ky-{lan}": "y", f"mat-{minh}": "vang", f"thay-{minh}": "Lê Hà", f"ky-{minh}": "y"}
    assert secretary.post(DESK, {**shown, **said}).status_code == 303

    late = organiser.post(DESK, {**shown, f"mat-{minh}": "co", f"mat-{van}": "vang"})
    assert late.status_code == 422
    assert "vừa được ghi ở máy khác" in late.text
    assert organiser.post(DESK, fields(late.text)).status_code == 303, "pressed again it keeps what the other wrote"
    with app.app_context():
        rows = [(row.here, row.proxy, row.signed_at is not None, row.version) for row in session.query(Handover)]
        assert sorted(rows, key=repr) == [(False, "", False, 1), (False, "Lê Hà", True, 1), (True, "", True, 1)]
        events = session.query(Event).filter_by(kind="ceremony.noted").order_by(Event.id)
        assert [json.loads(event.payload)["facts"]["signed"] for event in events] == [2, 0]
        (table,) = (block for block in signing_list(made.edition).body if isinstance(block, Table))
        beside = {row[1]: row[4:] for row in table.rows}
    assert beside["Đỗ Lan"][0] == "x"
    assert beside["Trần Minh"][:2] == ("vắng", "Lê Hà")
    assert beside["Trần Minh"][2].startswith("Đã ký nhận")

    left = secretary.get(f"{DESK}?con=chua-ky").text
    assert [name for name in fields(left) if name.startswith("ban-")] == [f"ban-{van}"]
    book = load_workbook(io.BytesIO(secretary.get(f"{DESK}?tai-ve=xlsx").data)).worksheets[0]
    cells = [row for row in book.iter_rows(values_only=True) if row[0] in {1, 2, 3}]
    assert [(row[2], row[3], row[6]) for row in cells][1] == ("Giải A", "Trần Minh", "Lê Hà")
    assert Visitor(app, made.chair).get(DESK).status_code == 403
