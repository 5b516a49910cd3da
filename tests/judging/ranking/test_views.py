"""The pages of ranking as people read them: counts before the end, figures and sheets after it."""

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from award.clock import now
from award.dates import local, typed_day
from award.db import session, unit_of_work
from award.editions.models import Round
from award.screening.models import Screening
from judging.panels.models import Conflict
from tests.judging.ranking.halls import House, hall
from tests.judging.rows import clause

ROUND = "/iii-2023/vong/1"
PROGRESS, STANDINGS, LIST = f"{ROUND}/tien-do", f"{ROUND}/xep-hang", f"{ROUND}/danh-sach.xlsx"


@pytest.fixture
def opened(app: Flask) -> House:
    with app.app_context(), unit_of_work():
        of = hall()
        clause(of.bench.edition, "readings", number=2)
    return House(app, of)


@pytest.fixture
def scored(opened: House) -> House:
    with opened.at_work() as of:
        of.mark_all(
            ((10, 8, 6), (10, 10, 6)),
            ((8, 6, 6), (8, 6, 6)),
            ((0, 8, 6), (14, 8, 4)),
        )
    return opened


@pytest.fixture
def closed(scored: House) -> House:
    with scored.at_work() as of:
        of.freeze()
        of.close()
    return scored


class TestProgress:
    def test_it_counts_by_person_and_names_the_works_that_are_short(self, opened: House) -> None:
        with opened.at_work() as of:
            of.mark(of.bench.judges[0], of.works[0], (8, 8, 8))
        text = opened.read(opened.of.secretary, PROGRESS)
        assert "còn 5 phiếu chưa gửi (2 thành viên)" in text
        assert "1 tác phẩm mới có 1/2 phiếu; 2 tác phẩm mới có 0/2 phiếu" in text
        assert "Nguyễn Thị Vân" in text
        assert "III-IN-003" in text
        assert "Điểm đang được giữ kín." in text

    def test_sheets_are_drawn_by_day_beside_an_even_pace_with_their_table(self, opened: House) -> None:
        assert "Phiếu gửi theo ngày" not in opened.read(opened.of.secretary, PROGRESS), "a day alone is no line"
        today = local(now()).date()
        with opened.at_work() as of:
            judged = session.merge(of.round)
            judged.opened_at, judged.ends_on = now() - timedelta(days=2), today + timedelta(days=3)
            for person in of.bench.judges:
                of.mark(person, of.works[0], (8, 8, 8))
            of.sheet(of.bench.judges[0], of.works[0]).finished_at = now() - timedelta(days=1)
        text = opened.read(opened.of.chair, PROGRESS)
        drawn = re.findall(r'<polyline(?: class="is-before")? points="([^"]+)"', text)
        assert [line.split() for line in drawn] == [
            ["0.0,133.3", "144.0,106.7", "288.0,80.0", "432.0,53.3", "576.0,26.7", "720.0,0.0"],
            ["0.0,160.0", "144.0,133.3", "288.0,106.7"],
        ]
        table = opened.chair.get(f"{PROGRESS}?bang=ngay&tai-ve=csv").data.decode("utf-8-sig").split("\r\n")
        days = [typed_day(today - timedelta(days=n)) for n in (2, 1, 0)]
        rows = zip(days, ('"0","0","1"', '"1","1","2"', '"1","2","3"'), strict=True)
        assert table[1:4] == [f'"{day}",{figures}' for day, figures in rows]

    def test_freezing_and_closing_are_offered_to_two_persons_in_turn(self, scored: House) -> None:
        reading = scored.read(scored.of.secretary, PROGRESS)
        assert "Đề nghị khóa phiếu chấm" not in reading
        assert "Chủ tịch hoặc Phó Chủ tịch hội đồng đề nghị khóa; người thứ hai xác nhận." in reading
        assert "Đề nghị khóa phiếu chấm" in scored.read(scored.of.chair, PROGRESS)
        assert scored.chair.post(f"{PROGRESS}/khoa").status_code == 303
        waiting = scored.read(scored.of.chair, PROGRESS)
        assert "Rút đề nghị" in waiting
        assert "khoa/xac-nhan" not in waiting
        assert "khoa/xac-nhan" in scored.read(scored.of.secretary, PROGRESS)
        assert "khoa/xac-nhan" not in scored.read(scored.of.auditor, PROGRESS)
        assert scored.chair.post(f"{PROGRESS}/khoa/xac-nhan").status_code == 403
        assert scored.deputy.post(f"{PROGRESS}/khoa/xac-nhan").status_code == 303
        assert "Kết thúc vòng sơ khảo" in scored.read(scored.of.chair, PROGRESS)
        assert "hội đồng đề nghị kết thúc; người thứ hai xác nhận." in scored.read(scored.of.secretary, PROGRESS)
        assert scored.chair.post(f"{PROGRESS}/ket-thuc").status_code == 303
        done = scored.deputy.post(f"{PROGRESS}/ket-thuc/xac-nhan")
        assert (done.status_code, done.location) == (303, STANDINGS)
        ended = scored.read(scored.of.auditor, PROGRESS)
        assert "Người đề nghị: Bùi An" in ended
        assert "Người xác nhận thứ hai: Bùi Bách" in ended
        assert "kết thúc lúc" in scored.read(scored.of.auditor, STANDINGS).lower()

    def test_locking_with_sheets_missing_says_what_is_lost_for_good(self, opened: House) -> None:
        with opened.at_work() as of:
            for person in of.bench.judges:
                of.mark(person, of.works[0], (8, 8, 8))
        lost = (
            "Thiếu 4 phiếu: khóa rồi không gửi được nữa. 2 tác phẩm chưa đủ số phiếu tối thiểu sẽ không được xếp hạng"
            " nếu không được chấm bổ sung khi rà soát."
        )
        offered = opened.read(opened.of.chair, PROGRESS)
        assert lost in offered and "Đã khóa thì không mở lại được." in offered
        opened.chair.post(f"{PROGRESS}/khoa")
        confirming = opened.read(opened.of.deputy, PROGRESS).split('class="two-person"')[1]
        assert f"2 phiếu đã gửi sẽ được khóa. {lost} Đã khóa thì không mở lại được." in confirming

    def test_locking_with_all_sheets_loses_none(self, scored: House) -> None:
        offered = scored.read(scored.of.chair, PROGRESS)
        assert "Đã đủ phiếu." in offered and "không gửi được nữa" not in offered

    def test_a_proposal_is_taken_back_by_who_made_it(self, scored: House) -> None:
        scored.chair.post(f"{PROGRESS}/khoa")
        address = f"{PROGRESS}/freeze_round/rut"
        assert scored.deputy.post(address).status_code == 403
        assert scored.chair.post(address).status_code == 303
        assert "Đề nghị khóa phiếu chấm" in scored.read(scored.of.chair, PROGRESS)

    def test_missing_sheets_ask_for_a_reason_and_keep_what_was_typed(self, opened: House) -> None:
        with opened.at_work() as of:
            of.freeze()
        answer = opened.chair.post(f"{PROGRESS}/ket-thuc", {"reason": " "})
        assert answer.status_code == 422
        assert "Chưa kết thúc được vòng sơ khảo: còn 6 phiếu chưa gửi (2 thành viên)" in answer.text
        assert opened.chair.post(f"{PROGRESS}/ket-thuc", {"reason": "Nghỉ ốm."}).status_code == 303
        assert "Nghỉ ốm." in opened.read(opened.of.secretary, PROGRESS)


class TestStandings:
    def test_every_figure_unfolds_to_the_sheets_with_their_names(self, closed: House) -> None:
        text = closed.read(closed.of.chair, STANDINGS)
        assert "6,25" in text
        assert "Tính phát hiện, tính chân thực" in text
        for name in ("Nguyễn Thị Vân", "Trần Minh"):
            assert text.count(name) == 3
        assert "2 phiếu, chênh lệch 0,50" in text

    def test_every_work_is_drawn_beside_the_line_of_the_cut(self, closed: House) -> None:
        text = closed.read(closed.of.chair, STANDINGS)
        lines = re.findall(r'class="whisker__cut" x1="([\d.]+)%"', text)
        assert len(lines) == text.count('class="whisker"') == 3
        assert len(set(lines)) == 1
        assert text.count("; ngưỡng 5,00") == 3

    def test_members_read_the_figures_without_the_names(self, closed: House) -> None:
        text = closed.read(closed.of.bench.judges[0], STANDINGS)
        assert "6,25" in text
        assert "Phiếu 1" in text
        assert "Phiếu 2" in text
        assert "Trần Minh" not in text
        assert "Nguyễn Thị Vân" not in text

    def test_a_member_sees_nothing_of_a_work_the_member_has_to_do_with(self, closed: House) -> None:
        reader = closed.of.bench.judges[0]
        with closed.at_work() as of:
            tie = Conflict(
                edition_id=of.edition.id,
                person_id=reader.id,
                entry_id=of.works[0].id,
                relation="relative",
                source="declared",
            )
            session.add(tie)
        text = closed.read(reader, STANDINGS)
        assert "6,25" not in text
        assert "Không xem điểm do có liên quan." in text
        assert "6,25" in closed.read(closed.of.bench.judges[1], STANDINGS)
        with closed.at_work() as of:
            session.get_one(Conflict, tie.id).effect = "waived"
        assert "6,25" in closed.read(reader, STANDINGS)

    def test_who_was_recused_is_named_where_relations_may_be_read_and_counted_for_others(self, closed: House) -> None:
        reader = closed.of.bench.judges[1]
        with closed.at_work() as of:
            of.assignment(reader, of.works[1]).state = "recused"
        told = "Không tham gia chấm do có liên quan: {}."
        for person, who in ((closed.of.secretary, "Trần Minh"), (closed.of.chair, "1"), (reader, "1")):
            assert re.findall(r"Không tham gia chấm.*?\.", closed.read(person, STANDINGS)) == [told.format(who)]
        with closed.at_work() as of:
            of.round.blind = False
        assert told.format("Trần Minh") in closed.read(closed.of.chair, STANDINGS)
        assert told.format("1") in closed.read(closed.of.bench.judges[0], STANDINGS)

    def test_a_tie_at_the_cut_is_marked_with_what_the_rules_say(self, closed: House) -> None:
        with closed.at_work() as of:
            clause(of.edition, "tie_rule", text="tác phẩm có điểm Tính phát hiện cao hơn.")
        text = closed.read(closed.of.chair, STANDINGS)
        assert "2 tác phẩm cùng 5,00 điểm ở ngưỡng, từ hạng 2 đến hạng 3, còn 1 chỗ: III-IN-002, III-IN-003." in text
        assert "Theo khoản 1 Điều 5 Quy chế, xét tiếp: tác phẩm có điểm Tính phát hiện cao hơn." in text
        assert text.count("Bằng điểm ở ngưỡng") == 2

    def test_a_gap_beyond_the_rules_is_told_at_the_sheet(self, closed: House) -> None:
        assert "Quy chế: không quá" not in closed.read(closed.of.chair, STANDINGS)
        with closed.at_work() as of:
            clause(of.edition, "spread_limit", points="2")
        text = closed.read(closed.of.chair, STANDINGS)
        words = "Chênh lệch 3,00 điểm so với trung bình của các thành viên khác (Quy chế: không quá 2 điểm)."
        assert text.count(words) == 2

    def test_a_work_that_left_since_keeps_its_line_and_has_no_say(self, closed: House) -> None:
        with closed.at_work() as of:
            session.scalars(select(Screening).where(Screening.entry_id == of.works[1].id)).one().decision = "ineligible"
        text = closed.read(closed.of.chair, STANDINGS)
        assert "Đã rút hoặc không đủ điều kiện" in text
        assert "điểm ở ngưỡng" not in text
        assert text.count('name="advanced"') == 2


class TestShortlist:
    def post(self, house: House, *chosen: int, **reasons: str) -> tuple[int, str]:
        form = {"advanced": [house.keys[n] for n in chosen]}
        form |= {f"reason-{house.keys[int(name[1:])]}": [words] for name, words in reasons.items()}
        answer = house.chair.post(STANDINGS, form)
        return answer.status_code, answer.text

    def test_a_choice_in_a_tie_without_a_reason_comes_back_as_typed(self, closed: House) -> None:
        status, text = self.post(closed, 0, 2, r0="Không cần.")
        assert status == 422
        assert "III-IN-003" in text
        assert "Không cần." in text
        assert f'value="{closed.keys[2]}" checked' in text
        assert f'value="{closed.keys[1]}" checked' not in text

    def test_a_reason_of_several_lines_is_kept_whole_up_to_its_500_signs(self, closed: House) -> None:
        reason = "Tính phát hiện cao hơn.\r\nTác động rõ." + "a" * 600
        assert self.post(closed, 0, 2, r2=reason)[0] == 303
        kept = " ".join(reason.split())[:500]
        with closed.at_work() as of:
            assert of.standing(of.works[2]).advanced_reason == kept
        field = re.search(
            rf'<textarea[^>]*name="reason-{closed.keys[2]}"[^>]*>([^<]*)<', closed.chair.get(STANDINGS).text
        )
        assert field is not None and field[1] == kept

    def test_a_drawn_list_goes_on_and_leaves_as_a_file(self, closed: House) -> None:
        assert closed.chair.get(LIST).status_code == 403
        status, _text = self.post(closed, 0, 2, r2="Tính phát hiện cao hơn.")
        assert status == 303
        answer = closed.chair.get(LIST)
        assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert 'filename="danh-sach-iii-2023-vong-1.xlsx"' in answer.headers["Content-Disposition"]
        rows = list(load_workbook(io.BytesIO(answer.data))["Danh sách vào vòng sau"].iter_rows(values_only=True))
        assert rows[0][0] == ("Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023. Vòng sơ khảo.")
        assert rows[2] == (
            "STT",
            "Tiểu ban",
            "Mã tác phẩm",
            "Tên tác phẩm",
            "Thứ hạng",
            "Điểm",
            "Số phiếu",
            "Chênh lệch giữa các phiếu",
            "Ghi chú",
        )
        assert rows[3:] == [
            (1, "Tiểu ban Báo in", "III-IN-001", "Giữ lời hứa với dân 1", 1, 6.25, 2, 0.5, None),
            (2, "Tiểu ban Báo in", "III-IN-003", "Giữ lời hứa với dân 3", 2, 5, 2, 3, "Tính phát hiện cao hơn."),
        ]

    def test_an_illustrative_edition_says_so_in_the_file(self, closed: House) -> None:
        with closed.at_work() as of:
            of.edition.illustrative = True
        self.post(closed, 0)
        sheet = load_workbook(io.BytesIO(closed.chair.get(LIST).data)).active
        assert sheet is not None
        assert "Dữ liệu minh họa" in str(sheet["A1"].value)

    def test_members_take_no_file(self, closed: House) -> None:
        self.post(closed, 0)
        assert closed.visitor(closed.of.bench.judges[0]).get(LIST).status_code == 403

    def test_once_the_next_round_has_begun_the_page_only_shows_it(self, closed: House) -> None:
        self.post(closed, 0)
        with closed.at_work():
            session.scalars(select(Round).where(Round.ordinal == 2)).one().state = "open"
        text = closed.read(closed.of.chair, STANDINGS)
        assert "Lập lại danh sách" not in text
        assert text.count("Vào vòng sau") > 1
        status, _text = self.post(closed, 0)
        assert status == 403

    def test_the_last_round_has_no_list_to_draw(self, closed: House) -> None:
        with closed.at_work():
            session.delete(session.scalars(select(Round).where(Round.ordinal == 2)).one())
        text = closed.read(closed.of.chair, STANDINGS)
        assert "Lập danh sách" not in text
        assert "Vào vòng sau" not in text


class TestDesk:
    def test_the_chair_is_led_from_the_sheets_to_the_list(self, scored: House) -> None:
        assert "Khóa phiếu chấm vòng sơ khảo: đã đủ phiếu" in scored.read(scored.of.chair, "/ban-lam-viec")
        with scored.at_work() as of:
            of.freeze()
        assert "Kết thúc vòng sơ khảo" in scored.read(scored.of.chair, "/ban-lam-viec")
        with scored.at_work() as of:
            of.close()
        assert "Lập danh sách từ xếp hạng vòng sơ khảo" in scored.read(scored.of.chair, "/ban-lam-viec")
        member = scored.read(scored.of.bench.judges[0], "/ban-lam-viec")
        assert "Xem xếp hạng vòng sơ khảo" in member
        assert "Lập danh sách" not in member
