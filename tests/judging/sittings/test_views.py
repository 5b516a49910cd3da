"""The room as its heads, its members and its secretariat use it."""

import re

import pytest
from flask import Flask
from sqlalchemy import delete

from award.db import session, unit_of_work
from award.editions.models import Clause
from award.people.models import Person
from judging.panels.models import Conflict
from judging.ranking.uncertainty import Estimate
from judging.sittings import queries
from judging.sittings.models import Sitting, Vote
from tests.judging.ranking.halls import House
from tests.judging.rows import clause
from tests.judging.sittings.rooms import Council, council
from tests.visitor import Visitor

ROOM = "/iii-2023/phien-hop"


@pytest.fixture
def room(app: Flask) -> tuple[House, Council]:
    with app.app_context(), unit_of_work():
        of = council()
    return House(app, of.hall), of


@pytest.fixture
def sits(room: tuple[House, Council]) -> tuple[House, Council]:
    house, of = room
    with house.at_work():
        of.begin()
    return room


def key(house: House, of: Council, number: int) -> str:
    with house.at_work():
        return of.item(number).public_id


def voting(house: House, of: Council, code: str = "A") -> str:
    """A vote on the first work is open; gives its id in addresses."""
    with house.at_work():
        level = of.level(code).public_id
    answer = house.chair.post(f"{ROOM}/tac-pham/{key(house, of, 0)}/bo-phieu", {"level": level})
    assert answer.status_code == 303, answer.text
    with house.at_work():
        vote = queries.open_vote(of.sitting.id)
        assert vote is not None
        return vote.public_id


def test_the_secretary_prepares_and_the_chair_opens(room: tuple[House, Council]) -> None:
    house, of = room
    secretary, away = house.visitor(house.of.secretary), of.members[5]
    with house.at_work():
        tie = {"relation": "relative", "source": "declared", "edition_id": house.of.edition.id}
        session.add(Conflict(person_id=away.id, entry_id=house.of.works[0].id, **tie))
    assert "Chuẩn bị phiên họp" in house.read(house.of.secretary, ROOM)
    answer = secretary.post(f"{ROOM}/chuan-bi")
    assert (answer.status_code, answer.location) == (303, f"{ROOM}/chuan-bi")
    page = house.read(house.of.secretary, f"{ROOM}/chuan-bi")
    assert "Có mặt 0/7 thành viên." in page
    assert "Bắt đầu phiên họp" not in page
    assert page.index("III-IN-002") < page.index("III-IN-003") < page.index("III-IN-001"), "equal works first"
    present = {"person": [str(person.id) for person in of.members[:6]]}
    assert secretary.post(f"{ROOM}/diem-danh", present).status_code == 303
    assert "Có mặt 6/7 thành viên." in house.read(house.of.chair, f"{ROOM}/chuan-bi")
    assert secretary.post(f"{ROOM}/kiem-phieu", {"person": [str(house.of.chair.id)]}).status_code == 422
    tellers = {"person": [str(person.id) for person in of.members[:2]]}
    assert secretary.post(f"{ROOM}/kiem-phieu", tellers).status_code == 303
    assert secretary.post(f"{ROOM}/mo").status_code == 403
    before = house.read(of.members[0], ROOM)
    for told in ("Phiên họp chưa bắt đầu.", "Xét trước tiên", "có mặt 6/7 thành viên", "Vắng mặt: "):
        assert told in before
    listed = house.read(away, ROOM).partition("Xét trước tiên")[2].partition("Điểm danh:")[0]
    assert listed.count("Không tham gia xét do có liên quan") == 1
    assert listed.count(" điểm") == 2, "no figure of a work the reader has to do with"
    assert house.chair.post(f"{ROOM}/mo").status_code == 303
    assert "Chờ Chủ trì đưa tác phẩm ra xét." in house.read(of.members[0], ROOM)
    led = house.read(house.of.chair, ROOM)
    assert "Bấm “Đưa ra xét III-IN-002”" in led and "Chờ Chủ trì" not in led


def test_the_agenda_is_changed_by_its_buttons(room: tuple[House, Council]) -> None:
    house, of = room
    with house.at_work():
        of.prepare(works=2)
    secretary, second = house.visitor(house.of.secretary), key(house, of, 1)
    assert secretary.post(f"{ROOM}/tac-pham/{second}/chuyen", {"to": "up"}).status_code == 303
    assert key(house, of, 0) == second
    assert secretary.post(f"{ROOM}/chuong-trinh", {"work": house.keys[2]}).status_code == 303
    assert secretary.post(f"{ROOM}/chuong-trinh", {"work": house.keys[2]}).status_code == 422
    assert secretary.post(f"{ROOM}/chuong-trinh", {"work": "zzzzzzzzzzzz"}).status_code == 404
    assert secretary.post(f"{ROOM}/tac-pham/{second}/chuyen", {"to": "off"}).status_code == 303
    assert key(house, of, 0) != second


def test_a_ballot_from_opening_to_the_count(sits: tuple[House, Council]) -> None:
    house, of = sits
    member = of.members[0]
    assert 'name="choice"' not in house.read(member, ROOM)
    assert "Đạt khi có từ 5 người đồng ý." in house.read(house.of.chair, ROOM), "before the ballot is opened"
    vote = voting(house, of)
    text = house.read(member, ROOM)
    assert "Đạt khi có từ 5 người đồng ý." in text, "while it goes on"
    assert "Bỏ phiếu kín: giải A, tác phẩm “Giữ lời hứa với dân 1”." in text
    assert text.count('name="choice"') == 3
    assert "Nếu đạt: giải A còn 0 chỗ." in text
    assert "Đã bỏ phiếu:" not in text
    assert house.visitor(member).post(f"{ROOM}/phieu/{vote}", {"choice": "yes"}).status_code == 303
    after = house.read(member, ROOM)
    assert "Đã nhận phiếu. Nội dung phiếu không gắn với tên người bỏ phiếu." in after
    assert "Đã bỏ phiếu: 1/7" in house.read(house.of.chair, ROOM)
    assert "Đồng ý</dt>" not in house.read(house.of.chair, ROOM)
    assert house.visitor(member).post(f"{ROOM}/phieu/{vote}", {"choice": "maybe"}).status_code == 422
    assert house.visitor(house.of.secretary).post(f"{ROOM}/phieu/{vote}", {"choice": "yes"}).status_code == 403
    for person in of.members[1:]:
        house.visitor(person).post(f"{ROOM}/phieu/{vote}", {"choice": "yes"})
    assert house.deputy.post(f"{ROOM}/phieu/{vote}/ket-thuc").status_code == 303
    told = house.read(member, ROOM)
    assert "Giải A: đạt" in told
    assert f"{house.of.bench.category.name}: 1" in told, "beside what is left of the level"
    with house.at_work():
        of.turn_to(1)
    assert "Nếu đạt: giải A đã đủ số lượng" in house.read(house.of.chair, ROOM)
    with house.at_work():
        of.turn_to(0)
    assert "Phát ra 7 phiếu, thu về 7, hợp lệ 7." in told
    assert "Đạt khi có từ 5 người đồng ý." in told
    assert "Kết quả nhất trí cho biết phiếu của mọi người." in told
    assert "Đề nghị giải A" in told
    assert house.visitor(member).post(f"{ROOM}/phieu/{vote}", {"choice": "no"}).status_code == 422
    silent = house.chair.post(f"/iii-2023/de-nghi-giai/{house.keys[0]}", {"level": ""})
    assert silent.status_code == 422
    assert "Tác phẩm đã đạt khi bỏ phiếu. Đề nghị ghi lý do không đề nghị giải." in silent.text
    said = {"level": "", "reason": "Trùng bài đã được trao giải"}
    assert house.chair.post(f"/iii-2023/de-nghi-giai/{house.keys[0]}", said).status_code == 303
    ending = house.read(house.of.chair, "/iii-2023/de-nghi-giai/ket-thuc")
    assert "III-IN-001, giải A: đạt khi bỏ phiếu, không đề nghị. Lý do: Trùng bài đã được trao giải" in ending


def test_what_is_written_down_is_read_by_the_room_and_not_by_who_has_to_do_with_the_work(
    sits: tuple[House, Council],
) -> None:
    house, of = sits
    away, words = of.members[0], "Cách kể giản dị, có phát hiện."
    with house.at_work():
        tie = {"relation": "relative", "source": "declared", "edition_id": house.of.edition.id}
        session.add(Conflict(person_id=away.id, entry_id=house.of.works[0].id, **tie))
        of.turn_to(0)
    address = f"{ROOM}/tac-pham/{key(house, of, 0)}/y-kien"
    secretary = house.visitor(house.of.secretary)
    assert house.visitor(of.members[1]).post(address, {"words": words}).status_code == 403
    assert secretary.post(address, {"words": " "}).status_code == 422
    assert secretary.post(address, {"words": words}).status_code == 303
    assert words in house.read(of.members[1], f"{ROOM}/tren-ban")
    assert words not in house.read(away, f"{ROOM}/tren-ban")
    assert "Bỏ ý kiến này" not in house.read(of.members[1], ROOM)
    (taken,) = re.findall(r"/y-kien/(\w+)/bo", secretary.get(ROOM).text)
    assert secretary.post(f"{ROOM}/y-kien/{taken}/bo").status_code == 303
    assert words not in house.read(of.members[1], ROOM)


def test_who_has_to_do_with_a_work_sees_neither_figure_nor_ballot_nor_count(sits: tuple[House, Council]) -> None:
    house, of = sits
    away = of.members[0]
    with house.at_work():
        tie = {"relation": "relative", "source": "declared", "edition_id": house.of.edition.id}
        session.add(Conflict(person_id=away.id, entry_id=house.of.works[0].id, **tie))
        of.turn_to(0)
    assert "6,00" in house.read(of.members[1], ROOM)
    vote = voting(house, of)
    for page in (ROOM, f"{ROOM}/tren-ban", f"{ROOM}/tac-pham/{key(house, of, 0)}"):
        text = house.read(away, page)
        assert "không tham gia xét, bỏ phiếu tác phẩm này do có liên quan" in text
        assert "6,00" not in text
        assert 'name="choice"' not in text
    assert house.visitor(away).post(f"{ROOM}/phieu/{vote}", {"choice": "yes"}).status_code == 403
    for person in of.members[1:]:
        house.visitor(person).post(f"{ROOM}/phieu/{vote}", {"choice": "no"})
    house.chair.post(f"{ROOM}/phieu/{vote}/ket-thuc")
    assert "chưa đạt" in house.read(of.members[1], ROOM)
    assert "chưa đạt" not in house.read(away, ROOM)
    assert f"Không tham gia do có liên quan: {away.legal_name}" in house.read(house.of.chair, ROOM)


def test_works_not_told_apart_across_the_cut_stand_beside_the_work_and_none_the_reader_is_kept_from(
    sits: tuple[House, Council],
) -> None:
    house, of = sits
    away = of.members[0]
    with house.at_work():
        house.of.round.shortlist_size = 1
        for entry, quality in zip(house.of.works, (6, 5, 5), strict=True):
            standing = house.of.standing(entry)
            standing.detail = standing.detail | {"estimate": Estimate(quality, 2, ()).kept()}
        tie = {"relation": "relative", "source": "declared", "edition_id": house.of.edition.id}
        session.add(Conflict(person_id=away.id, entry_id=house.of.works[1].id, **tie))
        of.turn_to(0)
    assert "Chưa phân định với III-IN-002 (63%), III-IN-003 (63%)." in house.read(of.members[1], ROOM)
    assert "Chưa phân định với III-IN-003 (63%)." in house.read(away, ROOM)
    assert "Chưa phân định" not in house.read(away, f"{ROOM}/tac-pham/{key(house, of, 1)}")


def test_few_voters_are_told_what_cannot_be_kept_secret(room: tuple[House, Council]) -> None:
    house, of = room
    with house.at_work():
        for person in of.members[:2]:
            tie = {"relation": "relative", "source": "declared", "edition_id": of.hall.edition.id}
            session.add(Conflict(person_id=person.id, entry_id=of.hall.works[0].id, **tie))
        session.execute(delete(Clause).where(Clause.code == "quorum"))
    with house.at_work():
        of.begin(*of.members[:5])
    assert "theo mức thông thường: ít nhất hai phần ba." in house.chair.get(f"{ROOM}/chuan-bi").text
    voting(house, of)
    assert "Chỉ có 3 người bỏ phiếu: từ kết quả có thể suy ra phiếu của từng người." in house.read(of.members[2], ROOM)


def test_a_device_is_told_something_only_when_it_changed(sits: tuple[House, Council]) -> None:
    house, of = sits
    member = house.visitor(of.members[0])
    first = member.get(f"{ROOM}/tren-ban")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert member.get(f"{ROOM}/tren-ban", headers=tag).status_code == 304
    vote = voting(house, of)
    changed = member.get(f"{ROOM}/tren-ban", headers=tag)
    assert (changed.status_code, changed.text.count('name="choice"')) == (200, 3)
    tag = {"If-None-Match": changed.headers["ETag"]}
    house.visitor(of.members[1]).post(f"{ROOM}/phieu/{vote}", {"choice": "no"})
    assert member.get(f"{ROOM}/tren-ban", headers=tag).status_code == 200, "one more has voted"


def test_who_looks_elsewhere_is_led_back(sits: tuple[House, Council]) -> None:
    house, of = sits
    member, second = of.members[0], key(house, of, 1)
    text = house.read(member, f"{ROOM}/tac-pham/{second}")
    assert "Giữ lời hứa với dân 2" in text
    assert "Chủ trì đang xét III-IN-001." in text
    assert "Theo Chủ trì" in text
    voting(house, of)
    assert "Đang bỏ phiếu: III-IN-001." in house.read(member, f"{ROOM}/dang-xet")
    assert house.visitor(member).post(f"{ROOM}/tac-pham/{second}/dua-ra").status_code == 403


def test_hands_are_written_down_and_refusals_stay_in_the_room(sits: tuple[House, Council]) -> None:
    house, of = sits
    with house.at_work():
        level = of.level("A").public_id
    secretary, first = house.visitor(house.of.secretary), key(house, of, 0)
    assert "Quy chế không quy định biểu quyết giơ tay." in house.read(house.of.secretary, ROOM)
    with house.at_work():
        clause(house.of.edition, "hands", yes=True)
    address = f"{ROOM}/tac-pham/{first}/gio-tay"
    assert "Đề nghị ghi số người đồng ý" in secretary.post(address, {"level": level, "yes": "x", "no": "1"}).text
    assert "nhiều hơn 7 người" in secretary.post(address, {"level": level, "yes": "7", "no": "1"}).text
    for confirmed in (False, True):
        assert secretary.post(address, {"level": level, "yes": "4", "no": "2"}).status_code == 303
        waits = house.read(of.members[0], ROOM)
        assert "Chờ Chủ trì xác nhận, chưa là kết quả." in waits and "Giải A: chưa đạt" not in waits
        assert "xac-nhan" not in waits + house.read(house.of.secretary, ROOM)
        (act,) = re.findall(r'action="([^"]+/xac-nhan)"', house.read(house.of.chair, ROOM))
        assert secretary.post(act).status_code == 403
        assert house.chair.post(act if confirmed else act.replace("xac-nhan", "dem-lai")).status_code == 303
    text = house.read(of.members[0], ROOM)
    assert "Giải A: chưa đạt" in text
    assert "Biểu quyết giơ tay, 7 người có quyền biểu quyết." in text
    again = house.chair.post(f"{ROOM}/tac-pham/{first}/bo-phieu", {"level": level})
    assert (again.status_code, "Bỏ phiếu lại cần ghi lý do." in again.text) == (422, True)
    assert house.chair.post(f"{ROOM}/tac-pham/{first}/bo-phieu", {}).status_code == 422


def test_the_end_asks_first_and_leaves_the_papers(sits: tuple[House, Council]) -> None:
    house, of = sits
    assert "Đã bỏ phiếu 0/3 tác phẩm" in house.read(house.of.chair, f"{ROOM}/ket-thuc")
    assert house.visitor(house.of.secretary).get(f"{ROOM}/ket-thuc").status_code == 403
    assert house.chair.post(f"{ROOM}/ket-thuc").status_code == 303
    with house.at_work():
        sitting = session.query(Sitting).one().public_id
    text = house.read(house.of.secretary, ROOM)
    assert f"{ROOM}/{sitting}/bien-ban-kiem-phieu.pdf" in text
    assert "Phiên họp đã kết thúc." in house.read(of.members[0], f"{ROOM}/tren-ban")
    assert "Phiên họp đã kết thúc." in house.read(of.members[0], f"{ROOM}/man-hinh")
    assert "bien-ban" not in house.read(of.members[0], ROOM)
    assert house.visitor(of.members[0]).get(f"{ROOM}/{sitting}/bien-ban-kiem-phieu.pdf").status_code == 403


def test_desk_and_frame_lead_members_here_while_the_council_sits(room: tuple[House, Council], app: Flask) -> None:
    house, of = room
    stranger: Person
    assert "Phiên họp</a>" not in house.read(of.members[0], "/ban-lam-viec")
    with house.at_work():
        of.prepare()
    assert "Bắt đầu phiên họp Hội đồng" in house.read(house.of.chair, "/ban-lam-viec")
    assert "Xem chương trình phiên họp Hội đồng" in house.read(of.members[0], "/ban-lam-viec")
    assert "họp Hội đồng" not in house.read(house.of.auditor, "/ban-lam-viec")
    assert f'action="{ROOM}/mo"' in house.read(house.of.chair, ROOM)
    assert f'action="{ROOM}/mo"' not in house.read(of.members[0], ROOM)
    with house.at_work():
        of.call_roll()
    assert house.chair.post(f"{ROOM}/mo").status_code == 303
    for person in (of.members[0], house.of.chair, house.of.secretary):
        page = house.read(person, "/ban-lam-viec")
        assert "Vào phiên họp Hội đồng" in page
        assert ROOM in page
    assert "Theo dõi phiên họp Hội đồng" in house.read(house.of.auditor, "/ban-lam-viec")
    with house.at_work():
        from tests.judging.rows import judge

        stranger = judge(house.of.edition, "Trịnh Xa")
    assert Visitor(app, stranger).get(ROOM).status_code == 403
    assert "Vào phiên họp" not in house.read(stranger, "/ban-lam-viec")


def test_a_vote_of_another_sitting_is_not_found(sits: tuple[House, Council]) -> None:
    house, of = sits
    vote = voting(house, of)
    house.chair.post(f"{ROOM}/phieu/{vote}/ket-thuc")
    with house.at_work():
        of.close()
        of.prepare()
    assert house.visitor(of.members[0]).post(f"{ROOM}/phieu/{vote}", {"choice": "yes"}).status_code == 404
    with house.at_work():
        assert session.query(Vote).one().state == "closed"


def test_the_hall_reads_on_its_screen_what_everybody_there_may(sits: tuple[House, Council]) -> None:
    house, of = sits
    told, screen = f"{ROOM}/man-hinh/dang-xet", house.read(of.members[0], f"{ROOM}/man-hinh")
    assert told in screen and "<form" not in screen.split('class="hall"')[1].split('class="screen__foot"')[0]
    assert all(words in screen for words in ("III-IN-001", "Giữ lời hứa với dân 1", "Điểm <strong", "Giải A"))
    vote = voting(house, of)
    assert "Đang bỏ phiếu kín: giải A." in house.read(house.of.chair, told)
    for member in of.members[:5]:
        house.visitor(member).post(f"{ROOM}/phieu/{vote}", {"choice": "yes"})
    assert "Đã bỏ phiếu" not in house.read(house.of.chair, told), "how far the ballots are is for who leads"
    house.chair.post(f"{ROOM}/phieu/{vote}/ket-thuc")
    assert "Giải A: đạt" in house.read(house.of.secretary, told)
    with house.at_work():
        tie = {"relation": "relative", "source": "declared", "edition_id": house.of.edition.id}
        session.add(Conflict(person_id=of.members[2].id, entry_id=house.of.works[0].id, **tie))
        session.flush()
        of.turn_to(0)
    for reader in (house.of.chair, of.members[2]):
        text = house.read(reader, told)
        assert "Có thành viên không tham gia xét tác phẩm này" in text and "Giữ lời hứa với dân 1" in text
        assert "Điểm <strong" not in text and "Giải A: đạt" not in text
        assert of.members[2].legal_name not in text


def test_who_did_not_vote_is_counted_beside_who_was_against(sits: tuple[House, Council]) -> None:
    house, of = sits
    vote = voting(house, of)
    for member, choice in zip(of.members, ("yes", "yes", "yes", "yes", "no"), strict=False):
        house.visitor(member).post(f"{ROOM}/phieu/{vote}", {"choice": choice})
    house.chair.post(f"{ROOM}/phieu/{vote}/ket-thuc")
    told = house.read(of.members[0], ROOM)
    assert "2 người không bỏ phiếu, tính như không đồng ý." in told
    assert re.search(r"<dt>Không đồng ý</dt><dd class=\"num\">1<", told), "the ballots that say so, and no more"
    assert re.search(r"<dt>Không bỏ phiếu</dt><dd class=\"num\">2<", told)


def test_what_is_written_down_says_what_it_is_for_and_where_a_letter_is_entered(sits: tuple[House, Council]) -> None:
    house, of = sits
    with house.at_work():
        clause(house.of.edition, "hands", yes=True)
        clause(house.of.edition, "absent_opinions", choice="present")
    everybody = house.read(house.of.secretary, ROOM)
    assert 'for="remark-words">Nội dung ý kiến</label>' in everybody
    assert "Biên bản không ghi tên người phát biểu." in everybody
    assert "được cộng thêm" not in everybody, "nobody is away who could have written"
    with house.at_work():
        of.call_roll(*of.members[:6])
    assert "đã ghi ở mục “Ghi ý kiến về III-IN-001”, được cộng thêm" in house.read(house.of.secretary, ROOM)


def test_minutes_grow_at_the_side_of_who_takes_them_along(sits: tuple[House, Council]) -> None:
    house, of = sits
    vote = voting(house, of)
    house.visitor(of.members[0]).post(f"{ROOM}/phieu/{vote}", {"choice": "no"})
    before = house.read(house.of.secretary, f"{ROOM}/tren-ban")
    assert "có mặt 7/7 thành viên" in before and "phát ra 7 phiếu" not in before
    house.chair.post(f"{ROOM}/phieu/{vote}/ket-thuc")
    line = "giải A, bỏ phiếu kín, có mặt 7/7: phát ra 7 phiếu, thu về 1, hợp lệ 1; đồng ý 0"
    for reader in (house.of.secretary, house.of.chair, house.of.auditor):
        assert line in house.read(reader, f"{ROOM}/tren-ban")
    assert "Biên bản đang ghi" not in house.read(of.members[0], f"{ROOM}/tren-ban")
    with house.at_work():
        tie = {"relation": "relative", "source": "declared", "edition_id": house.of.edition.id}
        session.add(Conflict(person_id=house.of.chair.id, entry_id=house.of.works[0].id, **tie))
        session.flush()
        of.turn_to(0, by=of.hall.deputy)
    assert line not in house.read(house.of.chair, f"{ROOM}/tren-ban")
    assert line in house.read(house.of.secretary, f"{ROOM}/tren-ban")
