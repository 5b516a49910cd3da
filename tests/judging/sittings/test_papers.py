"""The minutes write themselves from the sittings, and name nobody's ballot."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from award import clock, dates
from award.db import session, unit_of_work
from award.documents.composing import composed
from award.log.checkpoints import signer
from award.log.models import Checkpoint, Event
from award.verdicts import Refused
from judging.council.operations import hand_down
from judging.council.papers import session_of
from judging.panels.models import Conflict
from judging.sittings import papers
from judging.sittings.operations import hands, meeting, remarks
from tests import factories
from tests.award.results.test_papers import lines_of
from tests.judging.council.test_papers import part
from tests.judging.rows import clause
from tests.judging.sittings.rooms import Council, council


@pytest.fixture
def sat(ctx: Flask) -> Council:
    """Six of seven came; the first work got A in a vote taken again, one member took no part; the second got hands."""
    with unit_of_work():
        of = council()
        members = of.members
        tie = {"relation": "relative", "source": "declared", "edition_id": of.hall.edition.id}
        session.add(Conflict(person_id=members[4].id, entry_id=of.hall.works[0].id, **tie))
        session.flush()
        of.begin(*members[:6])
    for choices, reason in ((("yes", "yes", "no", "blank"), ""), (("yes", "yes", "yes", "yes"), "Một phiếu bỏ nhầm.")):
        with unit_of_work():
            vote = of.open_vote(reason=reason)
            of.cast(vote, *choices)  # type: ignore[arg-type]
        with unit_of_work():
            of.close_vote(vote)
    with unit_of_work():
        of.turn_to(1)
        by = of.hall.by(of.hall.secretary)
        where = {"edition": of.hall.edition, "sitting": of.sitting, "item": of.item(1), "level": of.level("B")}
        clause(of.hall.edition, "hands", yes=True)
        vote = hands.count_hands(by=by, yes=3, no=2, **where)
        chair = {"by": of.hall.by(of.hall.chair), "edition": of.hall.edition, "sitting": of.sitting}
        hands.confirm_hands(vote=vote, **chair)
        of.close()
    return of


def written(of: Council, *, count: bool = False) -> list[str]:
    held = session_of(of.hall.edition, of.hall.round, None)
    paper = papers.count_minutes(held, of.sitting) if count else papers.minutes(held)
    return lines_of(composed(paper))


def test_the_log_tells_universal_time_and_paper_the_time_in_vietnam(ctx: Flask) -> None:
    late = datetime(2023, 9, 30, 18, 30, tzinfo=UTC)
    with unit_of_work():
        of = council()
    with clock.stopped_at(late), unit_of_work():
        of.begin()
        of.close()
    ((payload,),) = session.execute(select(Event.payload).where(Event.kind == "sitting.opened")).all()
    assert json.loads(payload)["at"] == "2023-09-30T18:30:00.000000+00:00"
    assert any(
        "bắt đầu lúc 01:30, ngày 01/10/2023, kết thúc lúc 01:30, ngày 01/10/2023" in line for line in written(of)
    )


def test_they_name_who_came_and_who_counted(sat: Council) -> None:
    lines = written(sat)
    assert any(line.startswith("Hôm nay, lúc ") and "…… giờ" not in line for line in lines)
    told = part(lines, "I. THÀNH PHẦN", "II. NỘI DUNG")
    assert any("có mặt 6/7 thành viên" in line for line in told)
    assert "- Vắng mặt: Bùi Bách." in told
    assert any(line.startswith("- Ban kiểm phiếu: ") for line in told)


def test_they_name_who_took_no_part_in_what(sat: Council) -> None:
    told = part(written(sat), "III. KHÔNG THAM GIA DO CÓ LIÊN QUAN", "IV. TÁC PHẨM BẰNG ĐIỂM")
    assert told == [f"- “Giữ lời hứa với dân 1” (III-IN-001): {sat.members[4].legal_name}."]


def test_they_tell_every_vote_with_its_count_and_why_one_was_taken_again(sat: Council) -> None:
    assert part(written(sat), "V. BỎ PHIẾU, BIỂU QUYẾT", "VI. KẾT QUẢ ĐỀ NGHỊ GIẢI") == [
        "- “Giữ lời hứa với dân 1” (III-IN-001), giải A, bỏ phiếu kín, có mặt 6/7: phát ra 5 phiếu, thu về 4, hợp lệ 4;"
        " đồng ý 2, không đồng ý 1, phiếu trắng 1. Chưa đạt (cần từ 4).",
        "- “Giữ lời hứa với dân 1” (III-IN-001), giải A, lần 2 (lý do: Một phiếu bỏ nhầm), bỏ phiếu kín, có mặt 6/7:"
        " phát ra 5 phiếu, thu về 4, hợp lệ 4; đồng ý 4, không đồng ý 0, phiếu trắng 0. Đạt.",
        "- “Giữ lời hứa với dân 2” (III-IN-002), giải B, biểu quyết giơ tay, có mặt 6/7: được biểu quyết 6,"
        f" đồng ý 3, không đồng ý 2, không biểu quyết 1; {sat.hall.secretary.legal_name} đếm,"
        f" {sat.hall.chair.legal_name} xác nhận. Chưa đạt (cần từ 4).",
    ]
    assert "1. Giải A: đề nghị 1 trong số 1" in written(sat)


def test_they_say_no_more_than_was_put_to_the_vote(sat: Council) -> None:
    """Two of the works were voted on, at A and at B; nobody was asked about the others, nor about any other level."""
    with unit_of_work():
        factories.prize_level(sat.hall.edition, rank=9, code="KK", name="Giải Khuyến khích", quota=2)
        hand_down(by=sat.hall.by(sat.hall.chair), edition=sat.hall.edition)
    works, lines = len(sat.hall.works), written(sat)
    told = part(lines, "II. NỘI DUNG", "III. KHÔNG THAM GIA DO CÓ LIÊN QUAN")
    assert told[0].startswith(f"Trước Hội đồng có {works} tác phẩm")
    assert f"Đã bỏ phiếu, biểu quyết 2 tác phẩm; không bỏ phiếu {works - 2}." in told
    assert "Không có đề nghị trao giải B." in lines
    assert "Không có đề nghị trao giải Khuyến khích; không bỏ phiếu ở mức này." in lines
    assert not [line for line in lines if "thống nhất không" in line]


def test_the_counting_committee_has_minutes_of_its_own(sat: Council) -> None:
    lines = written(sat, count=True)
    assert part(lines, "I. BAN KIỂM PHIẾU", "II. CÁCH BỎ PHIẾU") == [
        f"{n}. {person.legal_name}"
        for n, person in enumerate(sorted(sat.members[:2], key=lambda each: each.name_key), start=1)
    ]
    rows = [line for line in lines if " | " in line]
    assert rows[-5:-3] == [
        "1 | “Giữ lời hứa với dân 1” (III-IN-001) | Giải A | 5 | 4 | 4 | 0 | 2 | 1 | 1",
        "2 | “Giữ lời hứa với dân 1” (III-IN-001) | Giải A (lần 2) | 5 | 4 | 4 | 0 | 4 | 0 | 0",
    ]


@pytest.mark.parametrize("count", [False, True])
def test_minutes_have_an_annex_that_holds_the_log_fast(sat: Council, *, count: bool) -> None:
    lines = written(sat, count=count)
    taken = session.query(Checkpoint).order_by(Checkpoint.size.desc()).first()
    assert taken is not None
    assert lines[-1] == f"Khóa công khai | {signer(taken.award_id).verifier_key}"
    assert lines[-2].replace(" ", "") == f"Mãcủasổ|{taken.root.hex()}"
    assert lines[-3] == f"Số sự kiện | {dates.number(taken.size)}"


def test_what_was_said_and_what_absent_members_sent_stands_in_the_minutes(sat: Council) -> None:
    """The seventh member did not come; the second work was spoken of, and nothing written down is a vote."""
    with unit_of_work():
        sat.prepare(works=3)
        sat.call_roll(*sat.members[:6])
        sat.name_tellers()
        by = sat.hall.by(sat.hall.chair)
        where = {"edition": sat.hall.edition, "sitting": sat.sitting}
        meeting.open_sitting(by=by, **where)
        remarks.write_down(by=by, item=sat.item(1), words="Phát hiện mới, cách kể giản dị.", **where)
        absent = sat.members[6]
        taken = remarks.write_down(by=by, item=sat.item(1), words="Đề nghị giải A.", member=absent.id, **where)
        remarks.write_down(by=by, item=sat.item(1), words="Đề nghị giải B.", member=absent.id, **where)
        remarks.take_back(by=by, remark=taken, **where)
    with unit_of_work():
        clause(sat.hall.edition, "absent_opinions", choice="present")
        said = remarks.Answer(sat.level("A"), "yes")
        sat.turn_to(1)
        remarks.write_down(by=by, item=sat.item(1), words="Đáng giải A.", member=absent.id, answer=said, **where)
        shown = {"by": sat.hall.by(sat.hall.secretary), "item": sat.item(1), "level": sat.level("A")}
        vote = hands.count_hands(yes=4, no=1, **shown, **where)
        hands.confirm_hands(by=by, vote=vote, **where)
    for member, code in ((sat.members[0].id, "present"), (absent.id, "words")):
        with pytest.raises(Refused) as told, unit_of_work():
            words = "Đồng ý." if code == "present" else " "
            remarks.write_down(by=by, item=sat.item(1), words=words, member=member, **where)
        assert told.value.verdict.code == code
    lines = [line for line in written(sat) if "ý kiến" in line and "“" in line]
    work = next(each.title for each in sat.hall.works if each.id == sat.item(1).entry_id)
    assert [line.split(": ")[1] for line in lines[:3]] == [
        "Phát hiện mới, cách kể giản dị.",
        "Đề nghị giải B.",
        "Đáng giải A.",
    ]
    assert f"{absent.legal_name} (vắng mặt), đồng ý giải A: Đáng giải A." in lines[2]
    assert "có mặt 6/7: được biểu quyết 7, đồng ý 5, không đồng ý 1, không biểu quyết 1 (trong đó 1 ý kiến" in lines[3]
    assert all(f"“{work}”" in line for line in lines)
    assert f"ý kiến bằng văn bản của {absent.legal_name} (vắng mặt)" in lines[1]
