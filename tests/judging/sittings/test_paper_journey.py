"""The way of ballots on paper through the pages: handed out, printed, scanned, read by two, ended; who sees what."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from judging.council.operations import propose
from judging.council.papers import session_of
from judging.sittings import papers, queries
from judging.sittings.models import Stack, Vote
from judging.sittings.stacks import SPARE, in_halves
from tests.award.documents.reading import printed_over
from tests.award.files.conftest import hashes_of, put
from tests.judging.sittings.rooms import Council, council
from tests.visitor import Visitor
from uploads.storage import SignedPart

ROOM = "/iii-2023/phien-hop"
LIST = f"{ROOM}/phieu-giay"


class Tables:
    """The chair, two tellers and a member who is none, each before a browser; the first of three works is tabled."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context(), unit_of_work():
            self.of: Council = council()
            self.of.begin()
            self.level = self.of.level("B").public_id
            self.items = [item.public_id for item in queries.agenda(self.of.sitting.id)]
        judges = self.of.hall.bench.judges
        self.chair, self.secretary = Visitor(app, self.of.hall.chair), Visitor(app, self.of.hall.secretary)
        self.first, self.second, self.member = (Visitor(app, judges[n]) for n in (0, 1, 4))

    @property
    def stack(self) -> Stack:
        with self.app.app_context():
            return session.scalars(select(Stack).order_by(Stack.id.desc())).first() or pytest.fail("no stack")

    @property
    def page(self) -> str:
        return f"{LIST}/{self.stack.public_id}"

    def scan(self, *pages: int) -> bytes:
        """The printed papers as a scanner gives them back: these pages of them, pictures without text."""
        papers = self.chair.get(f"{self.page}/phieu.pdf").data
        assert not printed_over(papers)
        printed = pypdfium2.PdfDocument(papers)
        pictures = [printed[page].render(scale=1.4).to_pil().convert("L").rotate(1, fillcolor=250) for page in pages]
        out = io.BytesIO()
        pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=100)
        return out.getvalue()

    def tells_unused(self) -> None:
        """The last papers that were printed were not drawn: a teller types their codes, the chair agrees to them."""
        left = ", ".join(in_halves(code) for code in self.stack.codes[-SPARE:])
        assert self.first.post(f"{self.page}/du-phong", {"unused": left.lower()}).status_code == 303
        asked = self.chair.get(self.page).text
        assert f'name="shown" value="{left}"' in asked
        assert self.chair.post(f"{self.page}/du-phong/dong-y", {"shown": left}).status_code == 303

    def sends(self, scan: bytes) -> None:
        said = {"name": "phieu.pdf", "size": len(scan), "part_hashes": hashes_of(scan)}
        plan = self.first.post_json(f"{self.page}/ban-quet", said).get_json()
        for part in plan["parts"]:
            start = (part["number"] - 1) * plan["part_size"]
            body = scan[start : start + plan["part_size"]]
            assert put(SignedPart(part["number"], part["url"], part["headers"]), body) == 200
        assert self.first.post_json(plan["finish_url"], {}).status_code == 200

    def reads(self, who: Visitor, page: int, *says: str, **more: Any) -> str:
        fields = {f"line{n}": word for n, word in enumerate(says)} | more
        answer = who.post(f"{self.page}/trang/{page}", fields)
        assert answer.status_code in {303, 422}, answer.text
        return who.get(answer.location).text if answer.status_code == 303 else answer.text

    def reads_all(self, who: Visitor, papers: Sequence[Sequence[str]]) -> str:
        return [self.reads(who, page, *says) for page, says in enumerate(papers, start=1)][-1]


@pytest.fixture
def tables(app: Flask) -> Tables:
    return Tables(app)


def test_from_the_printed_papers_to_the_count(tables: Tables, run_jobs: Callable[[], None]) -> None:
    of = tables
    assert "Phát phiếu giấy" in of.chair.get(LIST).text
    assert (of.member.get(LIST).status_code, "Phát phiếu giấy" in of.first.get(LIST).text) == (403, False)
    assert of.first.post(LIST, {"level": of.level, "item": of.items}).status_code == 403
    assert of.chair.post(LIST, {"level": of.level}).status_code == 422
    assert of.chair.post(LIST, {"level": of.level, "item": of.items[:2]}).status_code == 303
    assert "Bỏ phiếu kín trên giấy" in of.member.get(f"{ROOM}/tren-ban").text
    assert f'action="{ROOM}/phieu/' not in of.member.get(ROOM).text, "nothing to vote on by device"
    assert of.member.get(of.page).status_code == 403
    scan = of.scan(4, 1, 0, 2, 5)
    refused = of.first.post(f"{of.page}/doi", {"code": "2222-3333"})
    assert (refused.status_code, 'value="2222-3333"' in refused.text) == (422, True), "what was typed is still there"
    spoiled, other = (in_halves(of.stack.codes[n]) for n in (6, 3))
    assert of.first.post(f"{of.page}/doi", {"code": spoiled}).status_code == 303
    assert f'name="shown" value="{spoiled}"' in of.chair.get(of.page).text
    assert f'name="instead_of" value="{spoiled}"' in of.first.get(of.page).text
    assert 'name="instead_of"' not in of.second.get(of.page).text
    assert of.first.post(f"{of.page}/doi", {"code": other, "instead_of": spoiled}).status_code == 303
    late = of.chair.post(f"{of.page}/doi/dong-y", {"shown": spoiled})
    assert (late.status_code, other in late.text) == (422, True), "the code that waits now was never seen"
    assert of.chair.post(f"{of.page}/doi/dong-y", {"shown": other}).status_code == 303
    assert "Trước khi quét, nhập mã" in of.first.get(of.page).text
    left = ", ".join(in_halves(code) for code in of.stack.codes[-SPARE:])
    assert 'value="2222-3333"' in of.first.post(f"{of.page}/du-phong", {"unused": "2222-3333"}).text
    assert of.first.post(f"{of.page}/du-phong", {"unused": left}).status_code == 422, "one of three was drawn"
    left = ", ".join(in_halves(code) for code in of.stack.codes[1 - SPARE :])
    assert of.first.post(f"{of.page}/du-phong", {"unused": left}).status_code == 303
    assert f'name="shown" value="{left}"' in of.chair.get(of.page).text
    assert of.chair.post(f"{of.page}/du-phong/dong-y", {"shown": left}).status_code == 303
    of.sends(scan)
    assert of.chair.get(f"{of.page}/phieu.pdf").status_code == 403, "once some came back nobody prints their codes"
    run_jobs()
    assert "Trang 5" in of.first.get(of.page).text
    assert "Nhận nhập lần hai" in of.second.get(of.page).text
    assert of.second.get(f"{of.page}/trang/1").status_code == 403
    assert of.chair.get(f"{of.page}/trang/1").status_code == 403
    shown = of.first.get(f"{of.page}/trang/1").text
    code = of.stack.codes[4]
    assert f"phiếu {code[:4]}-{code[4:]}" in shown, "the machine has read whose paper it is"
    assert "chọn một ô" in of.reads(of.first, 1, "yes")
    papers_in = [("yes", "no"), ("yes", "no"), ("yes", "blank"), ("yes", "invalid"), ("yes", "yes")]
    assert "Đã nhập đủ các trang" in of.reads_all(of.first, papers_in)
    assert of.second.post(f"{of.page}/nhan").status_code == 303
    told = of.reads_all(of.second, [*papers_in[:4], ("no", "yes")])
    assert "Trang 5: hai người nhập khác nhau ở" in told
    assert "Trang 5: hai người" not in of.secretary.get(of.page).text
    assert "chưa nhập xong hoặc nhập khác nhau" in of.chair.post(f"{of.page}/ket-thuc").text
    of.reads(of.second, 5, "yes", "yes")
    assert "Kết thúc bỏ phiếu" in of.chair.get(of.page).text
    assert of.chair.post(f"{of.page}/ket-thuc").status_code == 303
    assert "phát ra 7 phiếu, thu về 5, hợp lệ 5, không hợp lệ 0" in of.member.get(ROOM).text
    assert of.chair.post(f"{of.page}/ket-thuc").status_code == 422, "it ends once"
    with of.app.app_context():
        counts = session.scalars(select(Vote).order_by(Vote.id)).all()
        assert [(one.yes, one.no, one.blank, one.invalid, one.passed) for one in counts] == [
            (5, 0, 0, 0, True),
            (1, 2, 1, 1, False),
        ]
        last = of.of.hall.round
        held = session_of(of.of.hall.edition, last, of.of.hall.chair.id)
        minutes = str(papers.count_minutes(held, of.of.sitting))
        assert "bỏ phiếu kín trên giấy" in minutes
        assert "'7', '5', '4', '1', '1', '2', '1'" in minutes


def test_a_work_that_is_proposed_already_is_not_chosen_by_itself(tables: Tables) -> None:
    of = tables
    box = f'name="item" value="{of.items[0]}" checked'
    assert box in of.chair.get(LIST).text
    with of.app.app_context(), unit_of_work():
        hall = of.of.hall
        propose(by=hall.by(hall.chair), edition=hall.edition, entry=hall.works[0], level=of.of.level("A"), voted=True)
    page = of.chair.get(LIST).text
    assert box not in page and "Đã đề nghị giải A" in page
    assert not re.search(r'name="item" value="\w+" checked', page), "nor another in its stead"


def test_a_page_of_another_vote_is_told(tables: Tables, run_jobs: Callable[[], None]) -> None:
    of = tables
    of.chair.post(LIST, {"level": of.level, "item": of.items[:1]})
    foreign = of.scan(0)
    assert of.chair.post(f"{of.page}/huy", {"reason": "Chọn nhầm."}).status_code == 303
    assert "Chờ Ban kiểm phiếu đồng ý" in of.chair.get(LIST).text
    asked = of.second.get(of.page).text
    assert "Đồng ý hủy phát phiếu" in asked
    assert "Phiếu đã hủy thì không kiểm, không có kết quả" in asked and "vẫn được tính" not in asked
    assert of.chair.post(f"{of.page}/huy/dong-y").status_code == 422
    assert of.second.post(f"{of.page}/huy/dong-y").status_code == 303
    assert "đã hủy phát phiếu giấy" in of.member.get(f"{ROOM}/tren-ban").text
    of.chair.post(LIST, {"level": of.level, "item": of.items[1:2]})
    of.tells_unused()
    of.sends(foreign)
    run_jobs()
    assert "của lần bỏ phiếu khác" in of.first.get(f"{of.page}/trang/1").text
    assert "của lần bỏ phiếu khác. Nếu vậy" in of.reads(of.first, 1, "yes", code=of.stack.codes[0])
    assert "Đã nhập đủ các trang" in of.reads(of.first, 1, no_paper="y")
