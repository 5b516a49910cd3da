"""The doors of the national list."""

import secrets
import urllib.request
from datetime import date

from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import NationalEdition, Round
from award.entries.models import PriorPrize
from award.log.models import Event
from award.nominations.feature import next_acts
from award.nominations.models import Dossier, Nomination
from award.nominations.resolution import Resolution
from tests import factories
from tests.award.nominations.conftest import built, chosen
from tests.award.results.rows import Outcome
from tests.visitor import Visitor

LIST = "/iii-2023/gui-trung-uong"


def test_the_sentence_counts_and_names_what_to_look_at_again(app: Flask, ranked: Outcome) -> None:
    with app.app_context(), unit_of_work():
        national = session.query(NationalEdition).one()
        national.deadline_day, national.deadline_words = date(2023, 11, 10), "theo dấu bưu điện"
        national.name = "Giải Búa liềm vàng lần thứ VIII"
        session.add(PriorPrize(entry_id=ranked.works[0].id, award_name="Giải Báo chí quốc gia"))
    organiser = Visitor(app, ranked.organiser)
    refused = organiser.post(f"{LIST}/chon/{ranked.works[0].public_id}")
    assert refused.status_code == 422
    assert "cần ghi lý do" in refused.text
    accepted = organiser.post(f"{LIST}/chon/{ranked.works[0].public_id}", {"reason": "Khai nhầm"})
    assert accepted.status_code == 303
    page = " ".join(organiser.get(LIST).text.split())
    assert (
        "Danh sách gửi dự Giải Búa liềm vàng lần thứ VIII: 1 tác phẩm. "
        "Cần xem lại 1 tác phẩm: đã đoạt Giải Báo chí quốc gia. "
        "Hạn gửi: ngày 10/11/2023, theo dấu bưu điện."
    ) in page
    assert "Lý do gửi: Khai nhầm" in page
    assert "Đã quá hạn gửi (ngày 10/11/2023)." in page


def test_the_list_waits_for_the_last_round_and_becomes_a_dossier_once_works_are_chosen(
    app: Flask, ranked: Outcome
) -> None:
    def sentences() -> list[str]:
        with app.test_request_context():
            return [act.sentence.partition(" Giải")[0] for act in next_acts(ranked.organiser.id, ranked.edition_id)]

    with app.app_context(), unit_of_work():
        for each in session.scalars(select(Round).where(Round.edition_id == ranked.edition_id)):
            each.state = "open"
    assert sentences() == []
    with app.app_context(), unit_of_work():
        for each in session.scalars(select(Round).where(Round.edition_id == ranked.edition_id)):
            each.state = "closed"
    assert sentences() == ["Lập danh sách gửi dự"]
    Visitor(app, ranked.organiser).post(f"{LIST}/chon/{ranked.works[0].public_id}")
    assert sentences() == ["Lập hồ sơ gửi dự"]


def test_choose_order_and_drop(app: Flask, ranked: Outcome) -> None:
    organiser = Visitor(app, ranked.organiser)
    for work in ranked.works[:2]:
        assert organiser.post(f"{LIST}/chon/{work.public_id}").status_code == 303
    full = organiser.post(f"{LIST}/chon/{ranked.works[2].public_id}")
    assert full.status_code == 422
    assert "Danh sách có 3 tác phẩm, số lượng được gửi là 2." in full.text
    with app.app_context():
        first, second = session.query(Nomination).order_by(Nomination.ordinal)
    organiser.post(f"{LIST}/thu-tu/{second.public_id}", {"to": "up"})
    organiser.post(f"{LIST}/bo/{first.public_id}")
    with app.app_context():
        left = session.query(Nomination).one()
        assert (left.ordinal, left.entry_id) == (1, ranked.works[1].id)


def test_the_secretary_makes_the_dossier_but_does_not_choose(app: Flask, ranked: Outcome) -> None:
    with app.app_context(), unit_of_work():
        chosen(ranked, ranked.works[0])
    secretary = Visitor(app, ranked.secretary)
    assert secretary.post(f"{LIST}/chon/{ranked.works[1].public_id}").status_code == 403
    assert secretary.post(f"{LIST}/ho-so", {"number": "45-CV/BTGTU", "day": "31/2/2023"}).status_code == 422
    typed = {"number": "45-CV/BTGTU", "day": "01/11/2023", "resolution_number": "07-KL/BTCG"}
    refused = secretary.post(f"{LIST}/ho-so", typed)
    assert (refused.status_code, refused.text.count("Ghi đủ số, ngày và cơ quan ban hành")) == (422, 4)
    typed |= {"resolution_day": "25/10/2023", "resolution_body": "Ban Tổ chức Giải"}
    asked = secretary.post(f"{LIST}/ho-so", typed)
    assert asked.status_code == 303
    with app.app_context():
        made = session.query(Dossier).one()
        assert made.resolution == Resolution("07-KL/BTCG", date(2023, 10, 25), "Ban Tổ chức Giải")
        assert (made.letter_number, made.letter_day, made.state) == ("45-CV/BTGTU", date(2023, 11, 1), "building")
    waiting = secretary.get(asked.location)
    assert "data-dossier" in waiting.text
    assert secretary.get(f"{asked.location}/trang-thai").json == {"state": "building"}
    assert secretary.get(f"{asked.location}/tep").status_code == 403


def test_the_download_is_a_short_lived_address_under_a_readable_name(app: Flask, ranked: Outcome) -> None:
    with app.app_context():
        with unit_of_work():
            chosen(ranked, ranked.works[0])
        dossier = built(ranked)
        auditor = factories.person("Người giám sát")
        factories.appointment(ranked.edition, auditor, "auditor")
        session.commit()
    address = f"{LIST}/ho-so/{dossier.public_id}"
    assert Visitor(app, auditor).get(address).status_code == 200
    assert Visitor(app, auditor).get(f"{address}/tep").status_code == 403
    given = Visitor(app, ranked.secretary).get(f"{address}/tep")
    assert given.status_code == 302
    with urllib.request.urlopen(given.location, timeout=10) as answer:  # noqa: S310 - our own store
        assert 'attachment; filename="ho-so-gui-du-iii-2023-' in answer.headers["Content-Disposition"]
        assert len(answer.read()) == dossier.size


def test_a_dossier_of_another_edition_is_not_there(app: Flask, ranked: Outcome) -> None:
    with app.app_context(), unit_of_work():
        other = factories.edition(slug="iv-2024", ordinal=4)
        foreign = Dossier(edition_id=other.id, key=f"dossiers/{secrets.token_hex(8)}", asked_by_id=ranked.organiser.id)
        session.add(foreign)
        session.flush()
        name = foreign.public_id
    organiser = Visitor(app, ranked.organiser)
    for address in ("", "/trang-thai", "/tep"):
        assert organiser.get(f"{LIST}/ho-so/{name}{address}").status_code == 404


def test_without_a_national_edition_the_page_says_where_it_is_entered(app: Flask, ranked: Outcome) -> None:
    with app.app_context(), unit_of_work():
        session.delete(session.query(NationalEdition).one())
    page = Visitor(app, ranked.organiser).get(LIST)
    assert page.status_code == 200
    assert "Chưa nhập giải Trung ương." in page.text


def test_what_became_of_the_works_is_told_with_its_source(app: Flask, ranked: Outcome) -> None:
    with app.app_context(), unit_of_work():
        chosen(ranked, *ranked.works[:2])
        keys = [row.public_id for row in session.query(Nomination).order_by(Nomination.ordinal)]
    secretary = Visitor(app, ranked.secretary)
    page = f"{LIST}/tin"
    told = {"state": "received", "source": "Giấy biên nhận của Cơ quan thường trực", "known_on": "12/11/2023"}
    assert "Chưa chọn tác phẩm nào." in secretary.post(page, told).text
    assert "Chưa ghi nguồn" in secretary.post(page, {**told, "work": keys, "source": " "}).text
    assert "Ngày của nguồn chưa tới." in secretary.post(page, {**told, "work": keys, "known_on": "01/01/2099"}).text
    assert secretary.post(page, {**told, "work": keys}).status_code == 303
    won = {"work": keys[:1], "state": "prized", "source": "Quyết định của Ban Chỉ đạo", "known_on": "03/02/2024"}
    assert "Chưa ghi giải đã đoạt." in secretary.post(page, won).text
    assert secretary.post(page, {**won, "prize": "Giải B"}).status_code == 303
    shown = " ".join(secretary.get(page).text.split())
    assert shown.index("Đoạt giải: Giải B") < shown.index("Trung ương đã nhận<span"), "the latest comes first, all stay"
    assert "Quyết định của Ban Chỉ đạo, 03/02/2024" in shown
    beside = secretary.get(f"/iii-2023/kiem-tra/{ranked.works[0].public_id}").text
    received = "Giải Trung ương: Trung ương đã nhận; nguồn: Giấy biên nhận của Cơ quan thường trực, ngày 12/11/2023."
    prized = "Giải Trung ương: Đoạt giải: Giải B; nguồn: Quyết định của Ban Chỉ đạo, ngày 03/02/2024."
    assert 0 < beside.find(received) < beside.find(prized), "the history of the work itself"
    organiser = Visitor(app, ranked.organiser)
    listed = " ".join(organiser.get(LIST).text.split())
    assert "Trung ương đã nhận: 1; Đoạt giải: 1" in listed
    assert "Rút khỏi danh sách" not in listed
    refused = organiser.post(f"{LIST}/bo/{keys[0]}")
    assert refused.status_code == 403
    assert "Tác phẩm đã gửi, không rút khỏi danh sách được nữa." in refused.text
    figures = organiser.get("/iii-2023/thong-ke").text
    assert "Tác phẩm gửi dự giải Trung ương" in figures
    with app.app_context():
        kinds = [event.kind for event in session.query(Event).filter(Event.kind == "nomination.news")]
        assert len(kinds) == 3
