"""Prize money through the doors: told after publication, read by the accountant alone, gone with the payment."""

import io
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
from award.entries.models import Authorship
from award.log.models import Event
from award.payments.models import BankAccount, Payment
from award.people.models import Consent, ConsentText, Person
from award.personal import Subject
from award.privacy import rooms
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
    assert kinds(app) == ["payment.account_told", *["payment.accounts_looked_at"] * 3]
    with app.app_context():
        looks = session.query(Event).filter_by(kind="payment.accounts_looked_at")
        assert {event.actor_id for event in looks} == {prizes.accountant.id}


def test_what_is_paid_leaves_a_day_and_no_account(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    for person in (prizes.first, prizes.second):
        Visitor(app, person).post(prizes.page, TOLD)
    accountant = Visitor(app, prizes.accountant)
    keys = re.findall(r'name="line" value="([^"]+)"', accountant.get(LIST).text)
    assert len(keys) == 3
    today = dates.day(now())
    assert accountant.post(f"{LIST}/da-chi", {"day": today}).status_code == 422
    assert accountant.post(f"{LIST}/da-chi", {"line": keys[0], "day": "01/01/2999"}).status_code == 422
    assert accountant.post(f"{LIST}/da-chi", {"line": keys[0], "day": today}).status_code == 303
    with app.app_context():
        assert [kept.person_id for kept in session.query(BankAccount)] == [prizes.second.id]
        paid = session.query(Payment).one()
    assert (paid.amount, dates.day(paid.paid_on), paid.recorded_by_id) == (6_000_000, today, prizes.accountant.id)
    assert f"Đã chi ngày {today}" in Visitor(app, prizes.first).get(prizes.page).text
    assert Visitor(app, prizes.first).post(prizes.page, TOLD).status_code == 403
    assert accountant.post(f"{LIST}/da-chi", {"line": keys[0], "day": today}).status_code == 403
    assert f"Đã chi ngày {today}" in accountant.get(LIST).text


def test_who_takes_the_account_or_the_consent_back_has_none_here(app: Flask, prizes: House) -> None:
    prizes.publish(app)
    visitor = Visitor(app, prizes.first)
    visitor.post(prizes.page, TOLD)
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
