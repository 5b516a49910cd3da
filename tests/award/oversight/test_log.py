"""What happened in an edition: in words, to those who watch over it, and nothing of what is kept sealed."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.operations import PrizeSpec, set_prizes
from award.log.models import Event, EventDetail
from award.log.operations import record
from award.oversight.deeds import ACTS, WORDS
from award.people.models import Person
from award.screening.models import Screening
from judging.panels.models import Seat
from judging.ranking.permissions import may_read_relations
from judging.scoring import operations as scoring
from judging.sittings.models import Sitting
from tests import factories
from tests.judging.rows import Bench, acting, bench, judge
from tests.visitor import Visitor

PAGE = "/iii-2023/nhat-ky"
ROOT = Path(__file__).parents[3]
DOTTED = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDERS = re.compile(r"_?(record(ed)?(_structure)?|log|tell|move(_round)?|assign)")
OF_THE_HOUSE = re.compile(
    r"(account|calendar|consent|days_off|file|invitation|newsroom|person|privacy|retention|session|token)\."
)
"""Events about no edition: no list of one has them."""


def recorded() -> Iterator[str]:
    """Every kind that stands in a call that records, or is kept beside one to be recorded later."""
    for path in [*(ROOT / "award").rglob("*.py"), *(ROOT / "judging").rglob("*.py")]:
        text = path.read_text()
        if "award.log" not in text and "tell(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            told: list[ast.expr] = []
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                told = node.args if RECORDERS.fullmatch(name) else []
            if isinstance(node, ast.Assign):
                named = [each for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)]
                told = [node.value] if any(each.id in {"kind", "deed", "ASKED"} for each in named) else []
            for word in (each for one in told for each in ast.walk(one)):
                if isinstance(word, ast.Constant) and isinstance(word.value, str) and DOTTED.fullmatch(word.value):
                    yield word.value


def test_every_kind_that_is_recorded_of_an_edition_has_words(app: Flask) -> None:
    kinds = {kind for kind in recorded() if not OF_THE_HOUSE.match(kind)}
    assert len(kinds) > 180
    assert kinds - set(WORDS) == set()
    with app.test_request_context():
        assert all(str(words) for words in WORDS.values())


def test_every_act_of_two_persons_has_words() -> None:
    acts = set()
    for path in [*(ROOT / "award").rglob("*.py"), *(ROOT / "judging").rglob("*.py")]:
        acts |= set(re.findall(r'countersigns\.propose\([^)]*act="(\w+)"', path.read_text()))
        acts |= set(re.findall(r'^ACT = "(\w+)"', path.read_text(), re.MULTILINE))
    assert len(acts) > 5
    assert acts - set(ACTS) == set()


@pytest.fixture
def told(app: Flask) -> Iterator[tuple[Bench, dict[str, Visitor]]]:
    """An edition in which something was set, a work was sent, and another edition of the same award."""
    with app.app_context():
        with unit_of_work():
            of = bench(works=2, judges=2)
            auditor = judge(of.edition, "Bùi Danh", "auditor")
        yield of, {"auditor": Visitor(app, auditor), "organiser": Visitor(app, of.organiser)}


def lines(visitor: Visitor, address: str = PAGE) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    body = re.search(r"<tbody>.*</tbody>", answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body[0]).split()) if body else ""


def deed(of: Bench, kind: str, subject: object, by: Person | None = None, **detail: object) -> None:
    with unit_of_work():
        actor = by.id if by else None
        record(kind, actor_id=actor, award_id=of.edition.award_id, subject=subject, detail=detail)


def test_what_happened_is_told_with_who_and_before_and_after(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    with unit_of_work():
        draft = factories.edition(slug="iv-2024", ordinal=4, year=2024, award_id=of.edition.award_id)
        judge(draft, "Phạm Văn Bình", "organiser")
    deed(of, "entry.submitted", of.works[0], session.get_one(Person, of.works[0].owner_id))
    deed(of, "prizes.set", of.edition, of.organiser, before=[{"name": "Giải A", "quota": 1}], after=[])
    deed(of, "parcel.corrected", of.edition, of.organiser, sender=["Số nhà 12", "Số nhà 14"])
    deed(of, "round.held_fast", of.round)
    with unit_of_work():
        auditor = visitors["auditor"].person
        assert auditor is not None
        made: dict[str, int | str | None] = {"edition": of.edition.id, "person": auditor.id, "role": "auditor"}
        by = of.organiser.id
        record("appointment.made", actor_id=by, award_id=of.edition.award_id, subject=of.edition, facts=made)
    deed(of, "edition.described", draft, of.organiser, name=["Lần khác", "Lần khác nữa"])
    said = lines(visitors["auditor"])
    assert "Sửa cơ cấu giải" in said
    assert "Giải A, 1 → thành không còn" in said
    assert f"{of.works[0].code}" in said
    assert "Phạm Văn Bình Bùi Danh, người giám sát (chỉ xem)" in said
    assert "Hệ thống Vòng 1" in said
    assert f"Vòng 1, {of.panel.name}, Nguyễn Thị Vân" in said, "a seat is told with its panel"
    assert "Nội dung có ghi lại, không hiện ở đây." in said
    assert "Số nhà" not in said, "what may be personal is not shown"
    assert "Lần khác" not in said, "another edition of the award has its own"
    assert said.index("Lấy mốc hằng ngày") < said.index("Nộp tác phẩm"), "newest first"


def test_the_address_narrows_it(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    first, second = of.works
    deed(of, "entry.submitted", first, of.judges[0])
    deed(of, "entry.withdrawn", second, of.judges[1])
    deed(of, "archive.asked", of.edition, of.organiser)
    asked = {
        "nhom=xem-lay": "Yêu cầu lập bản lưu trữ",
        f"ma={(first.code or '').lower()}": "Nộp tác phẩm",
        "nguoi=tran+minh": "Rút tác phẩm",
    }
    for words, deed_told in asked.items():
        said = lines(visitors["organiser"], f"{PAGE}?{words}")
        others = [each for each in asked.values() if each != deed_told]
        assert deed_told in said
        assert not any(each in said for each in others), words
    blind = session.scalar(select(Screening.blind_code).where(Screening.entry_id == first.id))
    assert lines(visitors["organiser"], f"{PAGE}?ma={blind}") == lines(visitors["organiser"], f"{PAGE}?ma={first.code}")
    today, before = dates.local(now()).date(), dates.local(now() - timedelta(days=1)).date()
    assert "Nộp tác phẩm" in lines(visitors["organiser"], f"{PAGE}?ngay={dates.typed_day(today)}")
    assert lines(visitors["organiser"], f"{PAGE}?ngay={dates.typed_day(before)}") == ""
    assert "Nộp tác phẩm" in visitors["organiser"].get(f"{PAGE}?tai-ve=csv&nhom=tac-pham").text
    assert "Nộp tác phẩm" in lines(visitors["organiser"], f"{PAGE}?ngay=31/2/2023&nhom=khong-co&sau=khong")


def test_who_had_their_data_erased_is_a_number_and_the_words_are_gone(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    deed(of, "prizes.set", of.edition, of.judges[0], before=[{"name": "Giải cũ"}], after=[{"name": "Giải mới"}])
    with unit_of_work():
        session.get_one(Person, of.judges[0].id).legal_name = "Người đã xóa dữ liệu (AB12)"
        session.execute(delete(EventDetail))
    said = lines(visitors["auditor"])
    assert "Người đã xóa dữ liệu (AB12)" in said
    assert "Giải cũ" not in said


def test_what_judges_do_is_told_when_no_round_is_being_judged(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    with unit_of_work():
        of.open()
        judging = of.judges[0]
        sheet = of.assignments(judging)[0]
        marks = {criterion.id: 8 for criterion in of.round.criteria}
        scoring.save(by=of.by(judging), assignment=sheet, version=0, marks=marks, note="Hay.")
        scoring.finish(by=of.by(judging), edition=of.edition, assignment=sheet)
    assert session.scalars(select(Event).where(Event.kind == "sheet.sent")).one()
    for state, shown in (("open", False), ("frozen", False), ("closed", True)):
        with unit_of_work():
            session.get_one(Round, of.round.id).state = state
        for visitor in visitors.values():
            assert ("Gửi phiếu chấm" in lines(visitor)) == shown
            assert ("Gửi phiếu chấm" in visitor.get(f"{PAGE}?tai-ve=csv").text) == shown


@pytest.mark.parametrize(("blind", "seated"), [(True, False), (True, True), (False, True)])
def test_of_relations_it_tells_what_the_pages_would(
    told: tuple[Bench, dict[str, Visitor]], *, blind: bool, seated: bool
) -> None:
    """Held against the rule of the pages: a blind round keeps them from who sits in it."""
    of, visitors = told
    with unit_of_work():
        session.get_one(Round, of.round.id).blind = blind
        for visitor in visitors.values():
            assert visitor.person is not None
            if seated:
                seat = {"round_id": of.round.id, "panel_id": of.panel.id, "person_id": visitor.person.id}
                session.add(Seat(**seat, pledged_at=now()))
    for kind in ("conflict.declared", "conflict.told", "conflict.computed", "claim.stated", "sheet.annulled"):
        deed(of, kind, of.works[0], of.judges[0])
    for visitor in visitors.values():
        by = acting(session.get_one(Person, visitor.person.id), session.get_one(Edition, of.edition.id))
        may = may_read_relations(by, session.get_one(Round, of.round.id), seated=seated)
        for kind in ("conflict.declared", "conflict.told", "conflict.computed", "claim.stated", "sheet.annulled"):
            assert (str(WORDS[kind]) in lines(visitor)) == may, kind
            assert (str(WORDS[kind]) in visitor.get(f"{PAGE}?tai-ve=csv").text) == may, kind


def test_setting_prizes_writes_down_what_stood_before(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            edition = factories.edition()
            organiser = judge(edition, "Phạm Văn Bình", "organiser")
        for quota in (1, 2):
            with unit_of_work():
                by = acting(organiser, edition)
                level = PrizeSpec(code="A", name="Giải A", quota=quota)
                set_prizes(by=by, edition=session.get_one(Edition, edition.id), levels=[level])
        last = session.scalars(select(EventDetail).order_by(EventDetail.event_id.desc())).first()
        assert last is not None
        assert [last.detail[end][0]["quota"] for end in ("before", "after")] == [1, 2]


def test_a_prize_is_told_with_its_level_and_the_work(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    with unit_of_work():
        level = PrizeLevel(edition_id=of.edition.id, rank=1, code="A", name="Giải A", quota=1)
        session.add(level)
        session.flush()
        for kind, named in (("prize.proposed", level.code), ("result.set_aside", level.id), ("entry.screened", "A")):
            facts: dict[str, int | str | None] = {"entry": of.works[0].id, "level": named}
            record(kind, actor_id=of.organiser.id, award_id=of.edition.award_id, subject=of.works[0], facts=facts)
    said, work = lines(visitors["auditor"]), f"{of.works[0].code}, “{of.works[0].title}”, Giải A"
    assert said.count(work) == 2, "by its code and by its number; of other kinds nothing is said of a level"


def test_a_proposal_says_whether_a_vote_made_it(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    with unit_of_work():
        session.add(PrizeLevel(edition_id=of.edition.id, rank=1, code="A", name="Giải A", quota=1))
        session.flush()
        for voted in (0, 1):
            facts: dict[str, int | str | None] = {"entry": of.works[0].id, "level": "A", "voted": voted}
            record("prize.proposed", actor_id=None, award_id=of.edition.award_id, subject=of.works[0], facts=facts)
    said, work = lines(visitors["auditor"]), f"{of.works[0].code}, “{of.works[0].title}”, Giải A, "
    assert f"{work}không qua bỏ phiếu" in said and f"{work}theo kết quả bỏ phiếu" in said


def test_votes_are_told_when_the_council_has_risen(told: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = told
    with unit_of_work():
        sitting = Sitting(edition_id=of.edition.id, number=1, state="open", prepared_by_id=of.organiser.id)
        session.add(sitting)
        session.flush()
    deed(of, "vote.opened", sitting, of.organiser)
    deed(of, "sitting.entered_by_code", sitting, of.judges[0])
    said = lines(visitors["auditor"])
    assert "Mở bỏ phiếu" not in said
    assert "Vào phiên họp bằng mã" not in said
    with unit_of_work():
        session.get_one(Sitting, sitting.id).state = "closed"
    assert "Mở bỏ phiếu" in lines(visitors["auditor"])
