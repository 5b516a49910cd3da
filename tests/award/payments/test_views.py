"""Prize money through the doors: told after publication, read by the accountant alone, gone with the payment."""

import io
import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import text

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.documents.paper import Paragraph, Table
from award.editions.models import PrizeLevel, Round
from award.entries.models import Authorship, Entry
from award.log.models import Event, EventDetail
from award.payments import operations, papers, queries
from award.payments.models import BankAccount, Payment
from award.payments.owed import sums
from award.people.models import Consent, ConsentText, Person
from award.personal import Subject
from award.privacy import rooms
from award.results import later
from award.results.models import Honour, NameCorrection, Result
from award.verdicts import Refused
from tests import factories
from tests.award.results.rows import Outcome, outcome
from tests.conftest import owner_of
from tests.visitor import Visitor

TOLD = {"holder": "NGUYEN THI VAN", "number": "0071 000 123456", "bank": "Ngân hàng Biển Xanh", "agreed": "y"}
LIST = "/iii-2023/chi-tra"


@dataclass
class House:
    """Two works with prizes: the first of two authors with shares, the second of one; results decided."""

    made: Outcome
    first: Person
    second: Person
    accountant: Person

    @property
    def page(self) -> str:
        return f"/iii-2023/tac-pham/{self.made.works[0].public_id}/tien-thuong"

    def authors(self) -> list[Authorship]:
        """Of the first work, in the present session."""
        return session.get_one(Entry, self.made.works[0].id).authors

    def publish(self, app: Flask) -> None:
        with app.app_context(), unit_of_work():
            self.made.publish(now() + timedelta(hours=1)).at = now() - timedelta(hours=1)


@pytest.fixture
def prizes(app: Flask) -> House:
    with app.app_context(), unit_of_work():
        made = outcome()
        for level in made.levels.values():
            level.money = 10_000_000
        entry = made.works[0]
        first, second = session.get_one(Person, entry.owner_id), factories.person("Trần Minh")
        entry.authors[0].person_id, entry.authors[0].share = first.id, 60
        entry.authors.append(
            Authorship(ordinal=2, legal_name="Trần Minh", person_id=second.id, joined_at=now(), share=40)
        )
        accountant = factories.person("Đỗ Thị Ngân")
        factories.appointment(made.edition, accountant, "accountant")
        made.decide()
        for person in (first, second, accountant):
            session.refresh(person, ["user"])
    return House(made, first, second, accountant)


def keys_of(accountant: Visitor) -> list[str]:
    """What may be chosen on the list, from the top."""
    return re.findall(r'name="line" value="([^"]+)"', accountant.get(LIST).text)


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return [kind for (kind,) in session.query(Event.kind).filter(Event.kind.like("payment.%")).order_by(Event.id)]


def test_nobody_is_asked_before_the_results_are_public(app: Flask, prizes: House) -> None:
    visitor = Visitor(app, prizes.first)
    assert visitor.get(prizes.page).status_code == 404
    assert visitor.post(prizes.page, TOLD).status_code == 404
    prizes.publish(app)
    page = visitor.get(prizes.page)
    assert page.status_code == 200
    assert "6.000.000 đồng" in page.text
    assert "4.000.000" not in page.text, "each reads the own share"
    work = visitor.get(prizes.page.removesuffix("/tien-thuong")).text
    assert "Khai tài khoản nhận tiền thưởng" in work
    assert "Khai tài khoản nhận tiền thưởng" in visitor.get("/ban-lam-viec").text
    assert Visitor(app, prizes.made.secretary).get(prizes.page).status_code == 404


def test_an_account_is_sealed_in_the_database_and_agreed_to(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    visitor = Visitor(app, prizes.first)
    assert visitor.post(prizes.page, TOLD | {"agreed": ""}).status_code == 422
    assert visitor.post(prizes.page, TOLD | {"number": "12"}).status_code == 422
    assert visitor.post(prizes.page, TOLD).status_code == 303
    with owner_of(app).connect() as connection:
        row = bytes(connection.execute(text("SELECT holder || number || bank FROM bank_account")).scalar_one())
    assert not any(words in row for words in (b"NGUYEN", b"0071000123456", "Biển".encode()))
    with app.app_context():
        kept = session.query(BankAccount).one()
        assert (kept.holder, kept.number, kept.bank) == ("NGUYEN THI VAN", "0071000123456", "Ngân hàng Biển Xanh")
        agreed = session.query(ConsentText).join(Consent, Consent.text_id == ConsentText.id).one()
        payload = str([event.payload for event in session.query(Event)])
    assert agreed.purpose == "payment"
    assert "xóa ngay sau khi ghi đã chi" in agreed.words
    assert "0071000123456" in visitor.get(prizes.page).text
    foreign = Visitor(app, prizes.second).get(prizes.page)
    assert foreign.status_code == 200
    assert "0071000123456" not in foreign.text
    assert "0071000123456" not in payload


def test_the_accountant_alone_reads_accounts_and_every_look_is_an_event(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    Visitor(app, prizes.first).post(prizes.page, TOLD)
    accountant, organiser = Visitor(app, prizes.accountant), Visitor(app, prizes.made.organiser)
    for reader in (accountant, organiser):
        page = reader.get(LIST)
        assert page.status_code == 200
        assert "0071000123456" not in page.text
        assert "Đã khai tài khoản" in page.text
    assert kinds(app) == ["payment.account_told"], "a list without numbers is no look"
    for address in (f"{LIST}/xem", f"{LIST}/danh-sach.xlsx", f"{LIST}/da-chi"):
        assert organiser.post(address).status_code == 403
        assert Visitor(app, prizes.made.secretary).post(address).status_code == 403
    seen = accountant.post(f"{LIST}/xem")
    assert "0071000123456" in seen.text
    assert seen.headers["Cache-Control"] == "no-store"
    book = load_workbook(io.BytesIO(accountant.post(f"{LIST}/danh-sach.xlsx").data)).active
    assert book is not None
    cells = {str(cell.value) for row in book.iter_rows() for cell in row}
    assert {"0071000123456", "NGUYEN THI VAN", "6000000", "4000000", "10000000"} <= cells
    assert accountant.post(f"{LIST}/danh-sach.pdf").data[:4] == b"%PDF"
    assert accountant.post(f"{LIST}/danh-sach.exe").status_code == 404
    assert kinds(app) == ["payment.account_told", "payment.accounts_looked_at", *["payment.accounts_taken"] * 2]
    with app.app_context():
        looks = session.query(Event).filter(Event.kind.like("payment.accounts_%"))
        assert {event.actor_id for event in looks} == {prizes.accountant.id}
        assert [json.loads(event.payload)["facts"].get("file") for event in looks.order_by(Event.id)] == [
            None,
            "xlsx",
            "pdf",
        ]


def test_what_is_paid_leaves_a_day_and_no_account(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    for person in (prizes.first, prizes.second):
        Visitor(app, person).post(prizes.page, TOLD)
    accountant = Visitor(app, prizes.accountant)
    keys = keys_of(accountant)
    assert len(keys) == 3
    today = dates.day(now())
    nobody = accountant.post(f"{LIST}/da-chi", {"day": today})
    assert nobody.status_code == 422
    assert "<li>Chưa chọn người nhận nào.</li>" in nobody.text
    assert accountant.post(f"{LIST}/da-chi", {"line": keys[0], "day": "01/01/2999"}).status_code == 422
    asked = accountant.post(f"{LIST}/da-chi", {"line": keys[:2], "day": today})
    assert "Ghi đã chi cho 2 người nhận, tổng 10.000.000 đồng?" in asked.text
    again = accountant.post(f"{LIST}/da-chi", {"line": keys[:2], "day": today, "viec": "sua"})
    assert len(re.findall(r'name="line"[^>]+ checked', again.text)) == 2
    with app.app_context():
        assert session.query(Payment).count() == 0
    assert accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": keys[0], "day": today}).status_code == 303
    with app.app_context():
        assert [kept.person_id for kept in session.query(BankAccount)] == [prizes.second.id]
        paid = session.query(Payment).one()
    assert (paid.amount, dates.day(paid.paid_on), paid.recorded_by_id) == (6_000_000, today, prizes.accountant.id)
    assert f"Đã chi ngày {today}" in Visitor(app, prizes.first).get(prizes.page).text
    assert Visitor(app, prizes.first).post(prizes.page, TOLD).status_code == 403
    assert accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": keys[0], "day": today}).status_code == 403
    assert f"Đã chi ngày {today}" in accountant.get(LIST).text


def test_a_prize_without_a_sum_is_not_recorded_and_one_without_money_is_not_listed(app: Flask, prizes: House) -> None:
    accountant, today = Visitor(app, prizes.accountant), dates.day(now())
    with app.app_context():
        first, second, other = queries.owed(prizes.made.edition_id)
    with app.app_context(), unit_of_work():
        level = session.get_one(Result, first.result_id).prize_level_id
        session.get_one(PrizeLevel, level).money = None
    page = accountant.get(LIST).text
    assert "Giải chưa quy định số tiền thì chưa ghi đã chi được." in page
    assert keys_of(accountant) == [other.choice]
    chosen = {"line": [f"{first.key}=", other.choice], "day": today}
    for act in ({}, {"viec": "ghi"}):
        answer = accountant.post(f"{LIST}/da-chi", chosen | act)
        assert answer.status_code == 403
        assert f"chưa ghi đã chi cho {first.name} được" in answer.text
    with app.app_context(), unit_of_work():
        assert session.query(Payment).count() == 0
        session.get_one(PrizeLevel, level).money = 0
    with app.app_context():
        assert [each.key for each in queries.owed(prizes.made.edition_id)] == [other.key]
    assert second.name not in accountant.get(LIST).text


def test_what_is_unpaid_of_an_archived_edition_lies_on_the_desk_of_who_pays(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    with app.app_context(), unit_of_work():
        prizes.made.edition.state, name = "archived", prizes.made.edition.name
    accountant, line = Visitor(app, prizes.accountant), "Chi tiền thưởng cho 3 người nhận"
    assert line in accountant.get("/ban-lam-viec").text
    for other in (prizes.made.organiser, prizes.made.secretary):
        assert name not in _main(Visitor(app, other).get("/ban-lam-viec").text)
    answer = accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": keys_of(accountant), "day": dates.day(now())})
    assert answer.status_code == 303
    assert name not in _main(accountant.get("/ban-lam-viec").text)


def test_who_won_in_an_archived_edition_is_led_there_to_tell_an_account(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    with app.app_context(), unit_of_work():
        edition = prizes.made.edition
        edition.state, name = "archived", edition.name
        factories.edition(state="judging", slug="iv-2025", name="Giải lần thứ IV", year=edition.year + 2)
    winner, ask = Visitor(app, prizes.second), f'href="{prizes.page}"'
    assert ask in _main(winner.get("/ban-lam-viec").text)
    assert f'<a href="/iii-2023/tac-pham">{name}</a>' in _main(winner.get("/iv-2025/tac-pham").text)
    assert winner.post(prizes.page, TOLD).status_code == 303
    assert name not in _main(winner.get("/ban-lam-viec").text)
    stranger = Visitor(app, prizes.accountant)
    assert "Tác phẩm ở các lần tổ chức khác" not in stranger.get("/iv-2025/tac-pham").text


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def test_the_money_of_a_prize_is_owed_once_whoever_leaves_afterwards(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    with app.app_context(), unit_of_work():
        first, second = prizes.authors()
        first.share = second.share = None
        first.contact, second.contact = False, True
    accountant, today = Visitor(app, prizes.accountant), dates.day(now())
    Visitor(app, prizes.second).post(prizes.page, TOLD)
    mine = keys_of(accountant)[0]
    with app.app_context(), unit_of_work():
        prizes.authors()[1].contact = False
    assert keys_of(accountant)[0] == mine, "who told the account receives it"
    assert accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": mine, "day": today}).status_code == 303
    with app.app_context(), unit_of_work():
        second = prizes.authors()[1]
        second.person_id = second.joined_at = None
        lines = queries.owed(prizes.made.edition_id, prizes.made.works[0].id)
        assert [(each.open, each.name, each.amount) for each in lines] == [(False, "Trần Minh", 10_000_000)]
    assert Visitor(app, prizes.first).get(prizes.page).status_code == 404


def test_a_prize_revoked_after_it_was_paid_is_told_and_not_owed(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    accountant, today, page = Visitor(app, prizes.accountant), dates.day(now()), prizes.page
    for person in (prizes.first, prizes.second):
        Visitor(app, person).post(page, TOLD)
    paid, unpaid, other = keys_of(accountant)
    accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": paid, "day": today})
    with app.app_context():
        with unit_of_work():
            edition, result = prizes.made.edition, session.query(Result).filter_by(entry_id=prizes.made.works[0].id)
            paper = later.Paper(number="9", day=now().date(), body="B", signatory="S", reason="L")
            by = prizes.made.by(prizes.made.organiser)
            sign = later.propose_revocation(by=by, edition=edition, prize=result.one(), paper=paper)
        with unit_of_work():
            later.confirm(by=prizes.made.by(prizes.made.secretary), edition=edition, sign=sign)
        assert session.query(BankAccount).count() == 0
        lines = queries.owed(edition.id)
        rows = list(papers.listed(edition, lines, {}).rows)
    assert kinds(app)[-1] == "payment.accounts_dropped"
    assert [(each.choice, each.revoked) for each in lines] == [(paid, True), (other, False)]
    assert sums(lines).known == 10_000_000
    assert [(row[4], row[-1]) for row in rows] == [(None, 6_000_000), (10_000_000, None)]
    assert "Đã thu hồi sau khi chi" in accountant.get(LIST).text
    assert keys_of(accountant) == [other]
    assert "Đã thu hồi sau khi chi" in Visitor(app, prizes.first).get(page).text
    answer = accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": [unpaid, other], "day": today})
    assert (answer.status_code, "Danh sách chi đã thay đổi" in answer.text) == (403, True)
    assert Visitor(app, prizes.second).post(f"{page}/xoa").status_code == 303


def test_deeds_judge_by_what_stands_once_they_have_the_edition(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    with app.app_context():
        with unit_of_work():
            lines, edition = queries.owed(prizes.made.edition_id), prizes.made.edition
        with owner_of(app).begin() as connection:
            connection.execute(text("UPDATE result SET state = 'revoked'"))
        told = {"holder": "A", "number": "1", "bank": "B"}
        with pytest.raises(Refused), unit_of_work():
            operations.tell(person=prizes.first, edition=edition, keys=[lines[0].key], **told)
        with pytest.raises(Refused), unit_of_work():
            by = prizes.made.by(prizes.accountant)
            operations.pay(by=by, edition=edition, chosen=[lines[0].choice], paid_on=now().date())


def test_a_higher_prize_leaves_the_difference_and_a_mistake_is_undone(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    accountant, today = Visitor(app, prizes.accountant), dates.day(now())
    chosen = keys_of(accountant)[2]
    paid = chosen.removesuffix("=10000000")
    assert (
        accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": f"{paid}=9000000", "day": today}).status_code == 403
    )
    assert accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": chosen, "day": today}).status_code == 303
    with app.app_context(), unit_of_work():
        level = session.get_one(PrizeLevel, prizes.made.levels["A"].id)
        level.money = 30_000_000
        entry = session.get_one(Entry, prizes.made.works[1].id)
        said = {"stood": "x", "reason": "x", "state": "confirmed", "done_at": now()}
        for field, whose, reads in (("title", None, "Đường lên bản"), ("author", entry.authors[0].id, "Nguyễn Vân")):
            of = {"edition_id": entry.edition_id, "entry_id": entry.id, "authorship_id": whose, "field": field}
            session.add(NameCorrection(**of, **said, reads=reads))
    page = accountant.get(LIST).text
    assert all(words in page for words in ("Đường lên bản", "Nguyễn Vân", "10.000.000", "20.000.000"))
    assert keys_of(accountant)[2] == f"{paid}.2=20000000"
    assert (
        accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": f"{paid}.2=20000000", "day": today}).status_code
        == 303
    )
    assert len(keys_of(accountant)) == 2
    mistake = {"paid": f"{paid}.2", "reason": "Ghi nhầm người"}
    assert accountant.post(f"{LIST}/xoa-ghi-nhan", mistake | {"reason": ""}).status_code == 422
    assert Visitor(app, prizes.made.organiser).post(f"{LIST}/xoa-ghi-nhan", mistake).status_code == 403
    asked = accountant.post(f"{LIST}/xoa-ghi-nhan", mistake)
    assert (asked.status_code, "Xóa ghi nhận chi 20.000.000 đồng cho Nguyễn Vân?" in asked.text) == (200, True)
    assert len(keys_of(accountant)) == 2, "it is asked once before anything is withdrawn"
    assert accountant.post(f"{LIST}/xoa-ghi-nhan", mistake | {"viec": "xoa"}).status_code == 303
    assert keys_of(accountant)[2] == f"{paid}.2=20000000"
    assert kinds(app)[-1] == "payment.withdrawn"
    with app.app_context():
        details = [each.detail for each in session.query(EventDetail).order_by(EventDetail.event_id)]
        with unit_of_work():
            session.get_one(PrizeLevel, prizes.made.levels["A"].id).money = 4_000_000
        sheet = papers.listed(prizes.made.edition, queries.owed(prizes.made.edition_id), {})
    assert [row[4] for row in sheet.rows][-1:] + [row[-1] for row in sheet.rows][-1:] == [4_000_000, 6_000_000]
    page = accountant.get(LIST).text
    assert "Chi vượt mức giải hiện nay 6.000.000 đồng" in page, "of a prize that is worth less than what was paid"
    assert "Tổng: 14.000.000 đồng. Đã chi: 10.000.000 đồng. Phải nộp lại: 6.000.000 đồng." in page
    details = [each for each in details if "lines" in each]
    line = {"key": f"{paid}.2", "amount": 20_000_000}
    taxed = {"lines": [line | {"tax": None}]}
    assert details[-2:] == [taxed, {"lines": [line], "reason": "Ghi nhầm người"}]


def test_tax_is_what_the_organiser_says_and_a_payment_keeps_what_it_bore(app: Flask, prizes: House) -> None:
    """Of each receiver's own share; nothing of what a body has. Another rule later changes nothing that was paid."""
    prizes.publish(app)
    accountant, organiser = Visitor(app, prizes.accountant), Visitor(app, prizes.made.organiser)
    said = {"prize-percent": "10", "prize-threshold": "5.000.000", "prize-basis": "excess", "round1": "150.000"}
    refused = organiser.post(f"{LIST}/thue", said)
    assert (refused.status_code, "Ghi đủ bốn mục" in refused.text) == (422, True)
    said |= {"prize-ground": "Luật Thuế thu nhập cá nhân"}
    assert accountant.post(f"{LIST}/thue", said).status_code == 403
    assert organiser.post(f"{LIST}/thue", said).status_code == 303
    assert 'value="5.000.000"' in organiser.get(f"{LIST}/thue").text
    keys = keys_of(accountant)
    assert [key.partition("=")[2] for key in keys] == ["6000000-100000", "4000000-0", "10000000-500000"]
    assert "10% phần vượt trên 5.000.000 đồng của mỗi khoản, theo Luật Thuế" in accountant.get(LIST).text
    assert "5.900.000 đồng" in Visitor(app, prizes.first).get(prizes.page).text
    today = dates.day(now())
    assert accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": keys[0], "day": today}).status_code == 303
    assert organiser.post(f"{LIST}/thue", said | {"prize-percent": "20"}).status_code == 303
    assert accountant.post(f"{LIST}/da-chi", {"viec": "ghi", "line": keys[2], "day": today}).status_code == 403, (
        "another sum was shown"
    )
    with app.app_context():
        with unit_of_work():
            level = PrizeLevel(edition_id=prizes.made.edition_id, rank=9, code="TT", name="Bằng khen", quota=1)
            level.kind, level.money = "collective", 30_000_000
            session.add(level)
            session.flush()
            body = Honour(edition_id=prizes.made.edition_id, prize_level_id=level.id, recipient="Báo Sóng")
            body.state = "decided"
            session.add(body)
        lines = queries.owed(prizes.made.edition_id)
        paper = papers.paying(prizes.made.edition, lines, {}, queries.tax_rules(prizes.made.edition_id)["prize"])
        rows = [row[4:7] for row in papers.listed(prizes.made.edition, lines, {}).rows]
        rate = queries.fees(session.query(Round).one()) if session.query(Round).count() == 1 else None
    assert [each.tax for each in lines] == [100_000, 0, 1_000_000, 0]
    assert rows[0] == (6_000_000, 100_000, 5_900_000)
    words = [each.text for each in paper.body if isinstance(each, Paragraph)]
    names = [row[1] for block in paper.body if isinstance(block, Table) for row in block.rows]
    assert names == [each.name for each in lines[1:]], "who was paid is not paid again"
    assert words[0].startswith("Tổng số tiền: 44.000.000 đồng")
    assert words[1].startswith("Thuế khấu trừ: 1.000.000 đồng; thực nhận: 43.000.000 đồng (Bốn mươi ba triệu")
    assert words[-1] == "Đã chi trước đó, không ghi trong danh sách này: 6.000.000 đồng, 1 lượt."
    assert rate is None or (rate.per_sheet, rate.tax) == (150_000, None)
    assert organiser.post(f"{LIST}/thue", {}).status_code == 303
    assert keys_of(accountant)[0].endswith("=4000000"), "nothing is said any more"


def test_who_takes_the_account_or_the_consent_back_has_none_here(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    visitor = Visitor(app, prizes.first)
    visitor.post(prizes.page, TOLD)
    visitor.post(prizes.page, TOLD | {"holder": "TRAN THI VAN"})
    assert visitor.post(f"{prizes.page}/xoa").status_code == 303
    with app.app_context():
        assert session.query(BankAccount).count() == 0
        assert session.query(Consent).filter(Consent.withdrawn_at.is_(None)).count() == 0
    visitor.post(prizes.page, TOLD)
    with app.app_context():
        standing = session.query(Consent).filter(Consent.withdrawn_at.is_(None)).one()
    assert visitor.post(f"/tai-khoan/du-lieu/dong-y/{standing.id}/rut").status_code == 303
    with app.app_context():
        assert session.query(BankAccount).count() == 0


def test_an_account_is_told_to_its_owner_in_words_and_goes_with_them(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    for person in (prizes.first, prizes.second):
        Visitor(app, person).post(prizes.page, TOLD)
    with app.app_context():
        subject = rooms.subject_of(prizes.first.id, {}).subject
        told = {section.table: section.rows for section in rooms.told(subject)}
        assert [row["number"] for row in told["bank_account"]] == ["0071000123456"]
        assert "Tài khoản nhận tiền thưởng" in {fate.what for fate in rooms.fates(subject)}
        with unit_of_work():
            rooms.erase(Subject(prizes.first.id, kept=subject.kept))
        assert [kept.person_id for kept in session.query(BankAccount)] == [prizes.second.id]
