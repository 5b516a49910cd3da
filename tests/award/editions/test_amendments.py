"""Frozen rules change by a paper: told before and after, to everybody who has a work, and kept with its instant."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions import operations
from award.editions.amended import Change, lines_of, version_at, version_words
from award.editions.clauses import rule
from award.editions.models import Amendment, Edition
from award.editions.operations.amending import ClauseSaid, Paper, amend_clauses
from award.editions.queries import amendments, capacity, with_rules
from award.entries.models import Entry
from award.log.models import Event
from award.messages.models import Message
from award.people.models import Person
from award.verdicts import Refused
from tests import factories
from tests.award.editions.browsing import AT, typed
from tests.award.editions.conftest import Prepared, prepared, rows
from tests.visitor import Visitor

PAPER = Paper("15-QĐ/BTCG", date(2023, 9, 20), "Nhiều cơ quan có loạt bài dài kỳ.")
LIMIT = {"max_parts": ClauseSaid({"number": 7}, source="khoản 3 Điều 4")}
PAGE = f"{AT}/sua-doi/the-le"


def an_entry(edition: Edition, owner: Person, state: str = "submitted") -> Entry:
    made = Entry(
        edition_id=edition.id,
        category_id=edition.categories[0].id,
        owner_id=owner.id,
        title="Giữ lời hứa với dân",
        state=state,
        submitted_at=None if state == "draft" else now(),
        withdrawn_at=now() if state == "withdrawn" else None,
        code=f"KH3-{owner.id:04d}" if state != "draft" else None,
        changed_at=now(),
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def running(app: Flask) -> Prepared:
    """An edition that takes entries: one work sent, one begun, one taken back, each of somebody else."""
    with rows(app):
        made = prepared(state="open")
        edition = with_rules(made.edition.id)
        for name, state in (("Lê An", "submitted"), ("Trần Bình", "draft"), ("Võ Châu", "withdrawn")):
            an_entry(edition, factories.person(name, email=f"{state}@example.vn"), state)
    return made


def test_a_rule_is_changed_by_a_paper_and_everybody_is_told(app: Flask, running: Prepared) -> None:
    with app.test_request_context(), unit_of_work():
        edition = with_rules(running.edition.id)
        by = capacity(running.organiser, edition)
        made = amend_clauses(by=by, edition=edition, stage="entry", paper=PAPER, said=LIMIT)
        assert (made.ordinal, made.told) == (1, 2)
    with app.app_context():
        edition = with_rules(running.edition.id)
        assert rule(edition, "max_parts").number == 7
        (line,) = lines_of(amendments(edition.id)[0])
        assert line == Change(
            "max_parts",
            "Số kỳ của một loạt bài",
            "Một loạt bài có nhiều nhất 5 kỳ. (khoản 1 Điều 4)",
            "Một loạt bài có nhiều nhất 7 kỳ. (khoản 3 Điều 4)",
        )
        letters = session.scalars(select(Message).order_by(Message.to_address)).all()
        assert [m.to_address for m in letters] == ["draft@example.vn", "submitted@example.vn"]
        for told in ("15-QĐ/BTCG, ngày 20/9/2023", PAPER.reason, line.before, line.after, "/iii-2023/the-le"):
            assert told in letters[0].body
        assert "edition.amended" in session.scalars(select(Event.kind)).all()


def test_nothing_new_is_no_amendment(app: Flask, running: Prepared) -> None:
    same = {"max_parts": ClauseSaid({"number": 5}, source="khoản 1 Điều 4")}
    with app.test_request_context():
        edition = with_rules(running.edition.id)
        with pytest.raises(Refused) as refused, unit_of_work():
            amend_clauses(by=running.by, edition=edition, stage="entry", paper=PAPER, said=same)
        assert refused.value.verdict.code == "changes"
        assert session.scalars(select(Amendment)).all() == []


@pytest.mark.parametrize("paper", [Paper("", PAPER.day, PAPER.reason), Paper(PAPER.number, PAPER.day, " ")])
def test_without_its_paper_nothing_changes(app: Flask, running: Prepared, paper: Paper) -> None:
    with app.test_request_context():
        edition = with_rules(running.edition.id)
        with pytest.raises(Refused) as refused, unit_of_work():
            amend_clauses(by=running.by, edition=edition, stage="entry", paper=paper, said=LIMIT)
        assert refused.value.verdict.code == "paper"
    with app.app_context():
        assert rule(with_rules(running.edition.id), "max_parts").number == 5


@pytest.mark.parametrize(
    ("state", "allowed"),
    [("draft", "draft"), ("screening", ""), ("judging", ""), ("decision", "over"), ("archived", "over")],
)
def test_rules_are_amended_between_opening_and_the_decision(
    app: Flask, running: Prepared, state: str, allowed: str
) -> None:
    with rows(app):
        session.get_one(Edition, running.edition.id).state = state
    with app.test_request_context():
        edition = with_rules(running.edition.id)
        try:
            with unit_of_work():
                amend_clauses(by=running.by, edition=edition, stage="entry", paper=PAPER, said=LIMIT)
            code = ""
        except Refused as refused:
            code = refused.verdict.code
    assert code == allowed


@pytest.mark.parametrize(("state", "code"), [("open", "being_judged"), ("frozen", "being_judged"), ("closed", "")])
def test_what_places_and_votes_rest_on_stands_while_a_round_is_judged(
    app: Flask, running: Prepared, state: str, code: str
) -> None:
    organiser = Visitor(app, running.organiser)
    page = f"{AT}/sua-doi/quy-che-cham"
    with rows(app):
        edition = session.get_one(Edition, running.edition.id)
        edition.state, edition.rounds[0].state = "judging", state
    first = typed(organiser.get(page))
    paper = {"number": PAPER.number, "paper_day": "20/9/2023", "reason": PAPER.reason}
    cited = organiser.post(page, {**first, **paper, "quorum-source": "khoản 5 Điều 6"})
    assert cited.status_code == 200, "where it stands in the paper may be put right at any time"
    moved = organiser.post(page, {**first, **paper, "quorum-choice": "more_than_half"})
    if not code:
        assert (moved.status_code, "khi có mặt quá nửa" in moved.text) == (200, True)
        return
    words = "Vòng sơ khảo chưa kết thúc: chưa sửa đổi được mục “Số thành viên có mặt để bỏ phiếu”."
    assert (moved.status_code, words in moved.text) == (422, True)
    with app.test_request_context(), pytest.raises(Refused) as refused, unit_of_work():
        edition = with_rules(running.edition.id)
        said = {"aggregation": ClauseSaid({"choice": "trimmed"}, source="khoản 1 Điều 4")}
        amend_clauses(by=running.by, edition=edition, stage="judging", paper=PAPER, said=said)
    assert refused.value.verdict.code == code


def test_days_are_not_changed_this_way(app: Flask, running: Prepared) -> None:
    with app.test_request_context():
        edition = with_rules(running.edition.id)
        with pytest.raises(Refused), unit_of_work():
            said = {"window": ClauseSaid(None, unregulated=True)}
            amend_clauses(by=running.by, edition=edition, stage="entry", paper=PAPER, said=said)


def test_prizes_change_by_a_paper_looked_at_before_and_after(app: Flask, running: Prepared) -> None:
    organiser = Visitor(app, running.organiser)
    page = f"{AT}/sua-doi/co-cau-giai"
    first = typed(organiser.get(page))
    paper = {"number": PAPER.number, "paper_day": "20/9/2023", "reason": PAPER.reason}
    (code,) = first["levels-0-code"]
    changed = {**first, **paper, "levels-0-quota": "9", "levels-0-money": "12.000.000"}
    looked = organiser.post(page, changed)
    assert looked.status_code == 200
    assert "9 giải, mỗi giải 12.000.000 đồng" in looked.text
    with app.app_context():
        assert all(level.quota != 9 for level in with_rules(running.edition.id).prize_levels), "looking changes nothing"
        assert session.scalars(select(Event).where(Event.kind == "prizes.set")).all() == []
    done = organiser.post(page, typed(looked))
    assert done.status_code == 303, done.text
    with app.app_context():
        edition = with_rules(running.edition.id)
        level = next(each for each in edition.prize_levels if each.code == code)
        assert (level.quota, level.money) == (9, 12_000_000)
        (line,) = lines_of(amendments(edition.id)[0])
        assert line.code == f"prize:{code}"
        assert line.after.endswith("9 giải, mỗi giải 12.000.000 đồng")
        assert line.before != line.after
        assert len(session.scalars(select(Message)).all()) == 2
    assert "9 giải, mỗi giải 12.000.000 đồng" in Visitor(app).get("/iii-2023/the-le").text


def test_a_loai_hinh_changes_its_numbers_and_words_and_keeps_its_rows(app: Flask, running: Prepared) -> None:
    with app.app_context():
        category = with_rules(running.edition.id).categories[0]
        genres, slots = [each.id for each in category.genres], [each.id for each in category.slots]
        page = f"{AT}/sua-doi/loai-hinh/{category.public_id}"
    organiser = Visitor(app, running.organiser)
    first = typed(organiser.get(page))
    paper = {"number": PAPER.number, "paper_day": "20/9/2023", "reason": PAPER.reason}
    new = {
        "limits-max_parts": "7",
        "limits_source": "khoản 3 Điều 4",
        "genres": "Phóng sự ngắn\r\nKý",
        "places-0-at_most": "9",
        "places-0-lengths-pages": "12",
    }
    looked = organiser.post(page, {**first, **paper, **new})
    assert looked.status_code == 200, looked.text
    assert organiser.post(page, typed(looked)).status_code == 303
    with app.app_context():
        category = with_rules(running.edition.id).categories[0]
        assert [each.name for each in category.genres] == ["Phóng sự ngắn", "Ký"]
        assert [each.id for each in category.genres][: len(genres)] == genres
        assert [each.id for each in category.slots] == slots
        assert (category.limits, category.slots[0].at_most) == ({"max_parts": 7}, 9)
        assert category.slots[0].lengths == {"pages": 12}
        kinds = {line.code.partition(":")[0] for line in lines_of(amendments(running.edition.id)[0])}
        assert kinds == {"limits", "genres", "slot"}
    fewer = organiser.post(page, {**typed(organiser.get(page)), **paper, "genres": "Ký"})
    assert fewer.status_code == 422
    assert "Thể loại đã công bố thì không bỏ" in fewer.text


def test_the_window_changes_and_a_deadline_is_never_extended_this_way(app: Flask, running: Prepared) -> None:
    organiser = Visitor(app, running.organiser)
    first = typed(organiser.get(PAGE))
    paper = {"number": PAPER.number, "paper_day": "20/9/2023", "reason": PAPER.reason}
    later = organiser.post(PAGE, {**first, **paper, "deadline-wording": "đến hết ngày", "deadline-day": "31/12/2199"})
    assert later.status_code == 422
    assert "Gia hạn là việc riêng" in later.text
    looked = organiser.post(PAGE, {**first, **paper, "window-first": "01/10/2022"})
    assert looked.status_code == 200
    assert "từ ngày 01/10/2022" in looked.text
    assert organiser.post(PAGE, typed(looked)).status_code == 303
    with app.app_context():
        edition = with_rules(running.edition.id)
        assert edition.window_from == date(2022, 10, 1)
        (line,) = lines_of(amendments(edition.id)[0])
        assert line.code == "window"


def test_it_stays_known_which_version_was_in_force(app: Flask, running: Prepared) -> None:
    start = now()
    for n, parts in enumerate((7, 9), start=1):
        with app.test_request_context(), stopped_at(start + timedelta(hours=n)), unit_of_work():
            said = {"max_parts": ClauseSaid({"number": parts}, source="khoản 3 Điều 4")}
            paper = Paper(f"{n}-QĐ/BTCG", PAPER.day, PAPER.reason)
            edition = with_rules(running.edition.id)
            amend_clauses(by=running.by, edition=edition, stage="entry", paper=paper, said=said)
    with app.app_context():
        made = amendments(running.edition.id)
        instants = [start, start + timedelta(hours=1), start + timedelta(minutes=119), start + timedelta(hours=2), None]
        assert [version_at(made, at) for at in instants] == [0, 1, 1, 2, None]
        assert version_words(made, start) == "Thể lệ ban đầu, chưa sửa đổi"
        assert version_words(made, start + timedelta(hours=3)) == "Thể lệ sửa đổi lần 2 (2-QĐ/BTCG)"
        assert version_words([], start) == version_words(made, None) == ""


def test_other_changes_are_recorded_the_same_way(app: Flask, running: Prepared) -> None:
    """Whoever changes something else of the rules gives the lines; the record is the same."""
    with app.test_request_context(), unit_of_work():
        edition = with_rules(running.edition.id)
        lines = [Change("deadline", "Thời hạn nhận tác phẩm", "đến hết ngày 30/9/2023", "đến hết ngày 10/10/2023")]
        made = operations.record_amendment(by=running.by, edition=edition, paper=PAPER, changes=lines)
        assert (lines_of(made), made.told) == (lines, 2)


def test_the_page_shows_before_and_after_and_then_puts_it_in_force(app: Flask, running: Prepared) -> None:
    desk = Visitor(app, running.organiser)
    shown = typed(desk.get(PAGE))
    change = {"number": "15-QĐ/BTCG", "paper_day": "20/9/2023", "reason": PAPER.reason, "max_parts-number": "7"}
    looked = desk.post(PAGE, {**shown, **change, "edit": "y"})
    assert looked.status_code == 200
    assert "Một loạt bài có nhiều nhất 7 kỳ." in looked.text
    assert "thư báo gửi đến 2 người" in looked.text
    with app.app_context():
        assert amendments(running.edition.id) == []

    form = typed(looked)
    other = desk.post(PAGE, {**form, "max_parts-number": ["9"]})
    assert (other.status_code, "nhiều nhất 9 kỳ" in other.text) == (200, True), "not looked at yet: shown, not done"
    assert desk.post(PAGE, form).status_code == 303
    with app.app_context():
        assert rule(with_rules(running.edition.id), "max_parts").number == 7

    public = Visitor(app).get("/iii-2023/the-le").text
    for told in ("Thể lệ đã sửa đổi lần 1", "Một loạt bài có nhiều nhất 5 kỳ.", "Một loạt bài có nhiều nhất 7 kỳ."):
        assert told in public
    assert "15-QĐ/BTCG, ngày 20/9/2023" in public
    assert "Thư báo đã gửi đến 2 người." in desk.get(f"{AT}/sua-doi").text


def test_a_form_without_a_paper_or_a_change_says_so(app: Flask, running: Prepared) -> None:
    desk = Visitor(app, running.organiser)
    shown = typed(desk.get(PAGE))
    bare = desk.post(PAGE, {**shown, "max_parts-number": "7"})
    assert (bare.status_code, "Chưa ghi số văn bản." in bare.text) == (422, True)
    paper = {"number": "15-QĐ/BTCG", "paper_day": "20/9/2023", "reason": PAPER.reason}
    same = desk.post(PAGE, {**shown, **paper})
    assert (same.status_code, "Chưa có nội dung nào thay đổi." in same.text) == (422, True)


def test_the_secretariat_sees_which_rules_a_work_was_judged_by(app: Flask, running: Prepared) -> None:
    with rows(app):
        secretary = factories.person("Phạm Thư")
        factories.appointment(running.edition, secretary, "secretary")
        entry = session.scalars(select(Entry).where(Entry.state == "submitted")).one()
    desk = Visitor(app, secretary)
    address = f"/iii-2023/kiem-tra/{entry.public_id}"
    assert "Khi nộp:" not in desk.get(address).text
    with app.test_request_context(), unit_of_work():
        edition = with_rules(running.edition.id)
        amend_clauses(by=running.by, edition=edition, stage="entry", paper=PAPER, said=LIMIT)
    assert "Khi nộp: Thể lệ ban đầu, chưa sửa đổi." in desk.get(address).text
