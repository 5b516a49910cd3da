"""Who issues papers, and what is settled for each: filled in on pages, kept once a paper has its number."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from award.db import session, unit_of_work
from award.documents.composing import composed
from award.documents.paper import DOTS
from award.editions.issuing import KINDS, usual_form
from award.editions.models import Edition, PaperBody, PaperKind
from award.editions.operations.papers import BodySpec, PaperSpec, set_paper_bodies, settle_paper
from award.editions.papers import letterhead
from award.editions.permissions import can_settle_paper, can_settle_papers
from award.editions.queries import paper_bodies, paper_kind
from award.log.models import Event, EventDetail
from award.verdicts import Refused
from tests import factories
from tests.award.editions.browsing import is_locked, save, typed
from tests.award.editions.issuing import issuing_body, settled
from tests.award.results.rows import Outcome, outcome
from tests.award.results.test_papers import lines_of
from tests.visitor import Visitor

AT = "/iii-2023/thiet-lap/van-ban"
COMMITTEE = BodySpec(name="Ban Tổ chức Giải", form="hd36", symbol="BTCG", post="Trưởng Ban")


@pytest.fixture
def made(app: Flask) -> Outcome:
    with app.app_context(), unit_of_work():
        return outcome()


def secretary(app: Flask, made: Outcome) -> Visitor:
    return Visitor(app, made.secretary)


def set_bodies(made: Outcome, *specs: BodySpec) -> None:
    with unit_of_work():
        set_paper_bodies(by=made.by(made.secretary), edition=made.edition, bodies=specs)


def settle(made: Outcome, kind: str, **fields: object) -> None:
    with unit_of_work():
        body = next(iter(paper_bodies(made.edition_id)), None)
        spec = PaperSpec(body=body, **fields)  # type: ignore[arg-type]
        settle_paper(by=made.by(made.secretary), edition=made.edition, kind=KINDS[kind], spec=spec)


def refused(act: Callable[[], None]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict.code


class TestPages:
    def test_a_body_and_a_kind_are_filled_in(self, app: Flask, made: Outcome) -> None:
        visitor = secretary(app, made)
        form = typed(visitor.get(AT)) | {"add": ["bodies"]}
        page = visitor.post(AT, form)
        fresh = typed(page)
        assert (fresh["bodies-0-form"], fresh["bodies-0-place"]) == (["hd05"], ["Khánh Hòa"])
        answers = {"bodies-0-name": ["Ban Tổ chức Giải"], "bodies-0-symbol": ["BTCG"], "bodies-0-post": ["Trưởng Ban"]}
        assert visitor.post(AT, fresh | answers).location == AT
        page = visitor.get(AT)
        assert typed(page)["bodies-0-name"] == ["Ban Tổ chức Giải"]
        assert page.text.count("Chưa chọn") == len(KINDS)

        with app.app_context():
            (body,) = paper_bodies(made.edition_id)
        lines = "Căn cứ Kế hoạch 142-KH/TU;\n\nCăn cứ Thể lệ Giải"
        answer = save(visitor, f"{AT}/decision", body=body.public_id, recitals=lines, funding="kinh phí năm 2023")
        assert answer.location == AT, answer.text
        kept = typed(visitor.get(f"{AT}/decision"))
        assert kept["body"] == [body.public_id]
        assert kept["symbol"] == ["QĐ"]
        assert kept["recitals"] == ["Căn cứ Kế hoạch 142-KH/TU;\nCăn cứ Thể lệ Giải"]
        assert "number" not in kept, "the number of the decision is recorded with the decision"
        assert visitor.get(AT).text.count("Chưa chọn") == len(KINDS) - 1

    def test_a_number_and_its_day_come_together(self, app: Flask, made: Outcome) -> None:
        visitor = secretary(app, made)
        answer = save(visitor, f"{AT}/notice", number="7")
        assert answer.status_code == 422
        assert "Số và ngày đi cùng nhau" in answer.text
        assert save(visitor, f"{AT}/notice", number="7", day="21/11/2023").location == AT
        assert "số 7, ngày 21/11/2023" in visitor.get(AT).text
        answer = save(visitor, f"{AT}/notice", recipients="Lưu Văn phòng")
        assert answer.status_code == 422
        assert "Văn bản đã có số, không sửa được." in answer.text

    def test_each_kind_asks_for_its_own_things(self, app: Flask, made: Outcome) -> None:
        visitor = secretary(app, made)
        for code, kind in KINDS.items():
            shown = set(typed(visitor.get(f"{AT}/{code}"))) - {"seen", "body"}
            assert shown == set(kind.asks), code
        assert visitor.get(f"{AT}/khong-co").status_code == 404

    def test_who_only_reads_sees_and_changes_nothing(self, app: Flask, made: Outcome) -> None:
        with app.app_context(), unit_of_work():
            auditor = factories.person("Đỗ Lan")
            factories.appointment(made.edition, auditor, "auditor")
        assert is_locked(Visitor(app, auditor).get(AT))
        assert Visitor(app, made.chair).get(AT).status_code == 403

    def test_no_more_rows_are_offered_than_are_kept(self, app: Flask, made: Outcome) -> None:
        with app.app_context(), unit_of_work():
            for n in range(1, 31):
                issuing_body(made.edition, ordinal=n)
        visitor = secretary(app, made)
        page = visitor.post(AT, typed(visitor.get(AT)) | {"add": ["bodies"]})
        assert page.status_code == 200
        assert "bodies-29-name" in typed(page)
        assert "bodies-30-name" not in typed(page)

    def test_the_check_list_leads_there(self, app: Flask, made: Outcome) -> None:
        page = secretary(app, made).get("/iii-2023/thiet-lap").text
        assert f'href="{AT}"' in page

    def test_a_page_with_another_persons_change_shows_both(self, app: Flask, made: Outcome) -> None:
        visitor = secretary(app, made)
        form = typed(visitor.get(f"{AT}/screening")) | {"writer": ["Lê Thu Hà"]}
        assert save(Visitor(app, made.organiser), f"{AT}/screening", writer="Trần Minh").status_code == 303
        answer = visitor.post(f"{AT}/screening", form)
        assert answer.status_code == 409
        assert "Trần Minh" in answer.text
        assert "Lê Thu Hà" in answer.text

    def test_the_people_are_a_workbook(self, app: Flask, made: Outcome) -> None:
        answer = secretary(app, made).get("/iii-2023/thiet-lap/nhan-su?tai-ve=xlsx")
        rows = list(load_workbook(io.BytesIO(answer.data))["Nhân sự"].iter_rows(min_row=3, values_only=True))
        assert [row[:2] for row in rows] == [
            ("Họ và tên", "Vai trò"),
            ("Phạm Văn Bình", "Ban Tổ chức Giải"),
            ("Lê Thu Hà", "Tổ Thư ký"),
            ("Trần Đức Minh", "Chủ tịch hội đồng"),
        ]


class TestDeeds:
    def test_bodies_keep_their_order_and_their_row(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            set_bodies(made, COMMITTEE, BodySpec(name="Hội đồng", form="hd36"))
            first, second = paper_bodies(made.edition_id)
            again = BodySpec(name="Hội đồng chung khảo", form="hd05", public_id=second.public_id)
            set_bodies(made, again, BodySpec(**{**vars(COMMITTEE), "public_id": first.public_id}))
            assert [(body.name, body.id) for body in paper_bodies(made.edition_id)] == [
                ("Hội đồng chung khảo", second.id),
                ("Ban Tổ chức Giải", first.id),
            ]

    def test_a_body_that_goes_leaves_its_kinds_without_one(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            set_bodies(made, COMMITTEE)
            settle(made, "notice", recipients=["Lưu"])
            set_bodies(made)
            kept = paper_kind(made.edition_id, "notice")
            assert kept is not None
            assert (kept.body, kept.recipients) == (None, ["Lưu"])

    def test_a_body_that_issued_a_numbered_paper_stays_as_it_is(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            set_bodies(made, COMMITTEE)
            settle(made, "notice", number="7", day=date(2023, 11, 21))
            (body,) = paper_bodies(made.edition_id)
            same = {**vars(COMMITTEE), "public_id": body.public_id}
            set_bodies(made, BodySpec(**same), BodySpec(name="Hội đồng", form="hd36"))
            assert refused(lambda: set_bodies(made, BodySpec(**{**same, "signer": "Khác"}))) == "bodies"
            assert refused(lambda: set_bodies(made)) == "bodies"

    def test_a_numbered_paper_is_changed_only_after_its_number_is_taken_off(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            set_bodies(made, COMMITTEE)
            settle(made, "notice", number="7", day=date(2023, 11, 21))
            assert (
                refused(lambda: settle(made, "notice", number="7", day=date(2023, 11, 21), symbol="TBKQ")) == "number"
            )
            settle(made, "notice", number="8", day=date(2023, 11, 22))
            settle(made, "notice", symbol="TBKQ")
            kept = paper_kind(made.edition_id, "notice")
            assert kept is not None
            assert (kept.number, kept.day, kept.symbol) == ("", None, "TBKQ")

    def test_what_a_kind_does_not_ask_for_is_not_kept(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            settle(made, "scores", writer="Lê Thu Hà", funding="kinh phí")
            kept = paper_kind(made.edition_id, "scores")
            assert kept is not None
            assert (kept.writer, kept.funding) == ("", "")

    def test_every_change_is_in_the_log_with_before_and_after(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            set_bodies(made, COMMITTEE)
            settle(made, "screening", writer="Lê Thu Hà")
            settle(made, "screening", writer="Lê Thu Hà")
            kinds = [event.kind for event in session.scalars(select(Event).order_by(Event.id))]
            assert [kind for kind in kinds if kind.startswith("papers.")] == ["papers.bodies_set", "papers.settled"]
            details = [each.detail for each in session.scalars(select(EventDetail).order_by(EventDetail.event_id))]
            assert details[-1]["changed"]["writer"] == [None, "Lê Thu Hà"]

    def test_only_organiser_and_secretariat_and_only_until_the_archive(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            edition = made.edition
            for who, may in ((made.organiser, True), (made.secretary, True), (made.chair, False)):
                assert bool(can_settle_papers(made.by(who), edition)) is may
            edition.state = "published"
            assert can_settle_paper(made.by(made.secretary), edition, "notice")
            assert can_settle_paper(made.by(made.secretary), edition, "decision").code == "issued"
            edition.state = "archived"
            assert can_settle_paper(made.by(made.organiser), edition, "notice").code == "archived"


class TestLetterhead:
    def test_what_is_settled_stands_on_the_paper(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            with unit_of_work():
                body = issuing_body(made.edition, authority="K/T Trưởng Ban", post="Phó Trưởng Ban")
                settled(made.edition, "notice", body, number="7", day=date(2023, 11, 21), recipients=["Lưu VP"])
            lines = lines_of(composed(letterhead(made.edition, "notice").paper("Thông báo", "thử", [])))
        assert lines == [
            "TỈNH ỦY KHÁNH HÒA",
            "BAN TỔ CHỨC GIẢI",
            "*",
            "ĐẢNG CỘNG SẢN VIỆT NAM",
            "Số 7-TB/BTCG",
            "Khánh Hòa, ngày 21 tháng 11 năm 2023",
            "THÔNG BÁO",
            "thử",
            "-----",
            "Nơi nhận:",
            "- Lưu VP.",
            "K/T TRƯỞNG BAN",
            "PHÓ TRƯỞNG BAN",
            "Nguyễn Văn Hòa",
        ]

    def test_nothing_is_guessed_but_the_place_of_the_award(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            lines = lines_of(composed(letterhead(made.edition, "notice").paper("Thông báo", "thử", [])))
        assert lines[0] == DOTS
        assert "Khánh Hòa, ngày tháng năm" in lines
        assert lines[-4:] == ["Nơi nhận:", f"- {DOTS}.", DOTS, DOTS]

    def test_another_edition_is_not_asked(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            with unit_of_work():
                other = factories.edition(slug="iv-2024", ordinal=4)
                settled(other, "notice", issuing_body(other))
            assert letterhead(made.edition, "notice").name == ""
            assert paper_bodies(made.edition_id) == []
            assert session.scalar(select(PaperKind).where(PaperKind.edition_id == made.edition_id)) is None

    def test_a_citation_leaves_out_what_is_not_known(self, app: Flask, made: Outcome) -> None:
        with app.app_context():
            assert letterhead(made.edition, "decision").cited("Quyết định") == (
                f"Quyết định số {DOTS}, ngày {DOTS} của {DOTS}"
            )


@pytest.mark.parametrize(
    ("held", "form"),
    [
        ({"deadline_day": date(2023, 9, 30)}, "hd36"),
        ({"deadline_day": date(2026, 5, 26)}, "hd36"),
        ({"deadline_day": date(2026, 5, 27)}, "hd05"),
        ({"deadline_day": None, "window_to": date(2026, 9, 30)}, "hd05"),
        ({"deadline_day": None, "window_to": None, "year": 2026}, "hd36"),
        ({"deadline_day": None, "window_to": None, "year": 2027}, "hd05"),
    ],
)
def test_the_usual_form_is_the_one_in_force(held: dict[str, object], form: str) -> None:
    edition = Edition(**{"year": 2023, "deadline_day": None, "window_to": None, **held})
    assert usual_form(edition) == form


def test_a_body_has_one_of_the_known_forms(app: Flask, made: Outcome) -> None:
    with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
        session.add(PaperBody(edition_id=made.edition_id, ordinal=1, name="Ban", form="hd99"))
