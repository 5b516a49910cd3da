"""Every list of the house with more rows than a page holds: what it asks of the database, what comes over the wire."""

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import lxml.html
import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from award import dates
from award.cases.models import Case
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Clause, DayOff, FileSlot
from award.entries.models import Entry, PersonalDeadline
from award.files import fetches
from award.files.models import File
from award.history.models import HistoryImport
from award.intake.models import Handover, Parcel, ParcelWork, Piece
from award.log.operations import record
from award.messages.models import Message
from award.newsrooms.models import EntryImport, SignedList
from award.nominations.models import Delivery, Nomination
from award.people import memberships
from award.people.models import Newsroom, Person
from award.privacy.models import PrivacyRequest
from award.results.models import Result, Ruling
from award.screening.models import Screening
from tests import factories
from tests.award.editions.issuing import issuing_body, settled
from tests.award.screening.conftest import attach, dossier
from tests.budget.conftest import Spent
from tests.budget.test_cases import RULED
from tests.budget.test_hot_lists import AS_A_BROWSER, MOST, MOST_BYTES, told_apart
from tests.budget.test_results import season
from tests.conftest import empty_tables
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
MANY = 51
LISTS: dict[str, dict[str, int]] = {
    "contact": {
        "/iii-2023/tac-pham": 50,
        "/iii-2023/kien-nghi": 50,
        "/iii-2023/toa-soan/{newsroom}": 50,
        "/iii-2023/toa-soan/{newsroom}/nguoi": 50,
        "/iii-2023/toa-soan/{newsroom}/nap": 50,
        "/iii-2023/toa-soan/{newsroom}/danh-sach-ky": 50,
        "/tai-khoan/du-lieu": 50,
    },
    "secretary": {
        "/iii-2023/toa-soan": 50,
        "/iii-2023/tiep-nhan": 50,
        "/iii-2023/tiep-nhan/hien-vat": 50,
        "/iii-2023/tiep-nhan/nap": 50,
        "/iii-2023/kiem-tra": 50,
        "/iii-2023/khong-du-dieu-kien": 50,
        "/iii-2023/thoi-han-rieng": 50,
        "/iii-2023/cac-lan-truoc/nap": 50,
        "/iii-2023/ho-so-gui-den": 50,
        "/iii-2023/du-lieu-ca-nhan": 50,
        "/iii-2023/giai-quyet-kien-nghi": 50,
    },
    "organiser": {
        "/iii-2023/thiet-lap/nhan-su": 50,
        "/iii-2023/thiet-lap/co-quan": 50,
        "/iii-2023/gui-trung-uong": 26,
        "/iii-2023/gui-trung-uong/tin": 26,
        "/iii-2023/gui-trung-uong/hoi-y-kien": 38,
        "/iii-2023/nhan-xet": 50,
        "/iii-2023/chi-tra": 50,
        "/iii-2023/quyet-dinh": 50,
        "/iii-2023/sau-cong-bo": 51,
        "/iii-2023/thong-ke": 0,
        "/iii-2023/kiem-chung": 0,
        "/iii-2023/van-ban": 0,
        "/iii-2023/luu-tru": 0,
        "/iii-2023/nhat-ky": 50,
        "/iii-2023/nhat-ky/tep": 50,
    },
    "administrator": {"/ngay-nghi": 50, "/hop-thu": 0, "/kho-tep": 0, "/cac-lan": 0},
    "anonymous": {"/iii-2023/ket-qua": 0, "/iii-2023/thong-ke": 0, "/iii-2023/kiem-chung": 0},
}
"""Who reads it, its address, and how many rows it shows of what there is; those that are no tables are not counted.

What judges, chairs and the council read: `test_hot_lists.py`, `test_scoring.py`, `test_ranking.py`. No lists, and so
with more statements: a form with its check list (`/cong-bo`), the desk on which every room says what it waits for
(`/ban-lam-viec`), the letters of all rooms (`/thu`), set-up of an edition (`/thiet-lap/…`), the tables at which works
are dealt out (`/tieu-ban`, `/phan-cong`); each costs the same for ten works and for all, in a test beside this one."""


FILES = {
    "/iii-2023/nhan-xet": "organiser",
    "/iii-2023/sau-cong-bo": "organiser",
    "/iii-2023/kiem-chung": "anonymous",
    "/iii-2023/ho-so-gui-den": "secretary",
    "/iii-2023/du-lieu-ca-nhan": "secretary",
    "/iii-2023/giai-quyet-kien-nghi": "secretary",
    "/iii-2023/thoi-han-rieng": "secretary",
    "/iii-2023/nhat-ky": "organiser",
    "/iii-2023/nhat-ky/tep": "organiser",
}
"""A list whose file says what its rows say, and who takes it along."""
FULLER_FILES = {
    "/iii-2023/tac-pham": "contact",
    "/iii-2023/toa-soan/{newsroom}": "contact",
    "/iii-2023/toa-soan": "secretary",
    "/iii-2023/tiep-nhan": "secretary",
    "/iii-2023/tiep-nhan/hien-vat": "secretary",
    "/iii-2023/kiem-tra": "secretary",
    "/iii-2023/khong-du-dieu-kien": "secretary",
    "/iii-2023/thiet-lap/nhan-su": "organiser",
    "/iii-2023/gui-trung-uong": "organiser",
    "/iii-2023/quyet-dinh": "organiser",
    "/iii-2023/ket-qua": "anonymous",
}
"""Those whose file numbers its rows, or says of each what its page says elsewhere: under headings, behind a link."""


def crowded(app: Flask) -> tuple[dict[str, Person | None], Newsroom]:
    """A published edition with more of everything than a page holds; who reads what, and the organ of the works."""
    made = season(app, MANY)
    with app.app_context(), unit_of_work():
        edition, organ = made.edition, session.query(Newsroom).one()
        contact, administrator = factories.person("Bùi Cúc"), factories.person("Phạm Quản Trị")
        assert administrator.user
        administrator.user.administrator = True
        memberships.join(by_id=None, person=contact, newsroom=organ, role="contact")
        settled(edition, "letter", issuing_body(edition))
        text = {"text": "Tôi đồng ý gửi dự."}
        session.add(Clause(edition_id=edition.id, code="declare_forwarding", source="Điều 8", value=text))
        for entry in session.query(Entry):
            entry.owner_id = contact.id
        for listed in session.query(Nomination).filter(Nomination.ordinal % 2 == 0):
            listed.state = "sent"
        for result in session.query(Result).limit(MANY // 2):
            about = {"edition_id": edition.id, "entry_id": result.entry_id}
            session.add(Ruling(kind="revoked", state="confirmed", result_id=result.id, done_at=now(), **about, **RULED))
        for n in range(1, MANY + 1):
            refused = dossier(edition, contact, 1000 + n, f"Việc làng xa {n}")
            refused.newsroom_id = organ.id
            said = {"decision": "ineligible", "reason": "Đăng sớm", "clause": "Điều 4"}
            session.add(Screening(entry_id=refused.id, edition_id=edition.id, **said))
            _beside(edition.id, edition.award_id, n, refused, contact, made.secretary)
            person = factories.person(f"Người thứ {n}")
            factories.appointment(edition, person, "judge")
            memberships.join(by_id=None, person=person, newsroom=organ, role="journalist")
            given = {"until": now() + timedelta(days=20), "reason": "Mất điện", "decided_by_id": made.secretary.id}
            session.add(PersonalDeadline(edition_id=edition.id, person_id=person.id, **given))
            factories.newsroom(f"Đài số {n}")
    people = {"contact": contact, "secretary": made.secretary, "organiser": made.organiser}
    return {**people, "administrator": administrator, "anonymous": None}, organ


def _beside(edition_id: int, award_id: int, n: int, work: Entry, contact: Person, secretary: Person) -> None:
    """One more row of each list that hangs on no other."""
    of: dict[str, Any] = {"edition_id": edition_id}
    file: dict[str, Any] = {"file_name": f"Danh sách {n}.xlsx", "file_sha256": "0" * 64, "state": "done"}
    done: dict[str, Any] = {**file, "done_at": now(), "works": 3}
    parcel = Parcel(number=n, channel="post", sender=f"Bưu điện {n}", arrived_at=now(), **of)
    parcel.registered_by_id = secretary.id
    parcel.pieces = [Piece(ordinal=1, kind="usb", kept_at="Tủ 1")]
    told = {"sender": "Tỉnh bạn", "edition": "Lần I", "illustrative": False, "works": []}
    opened = {"about": "edition", "words": "Đề nghị xem lại", "received_on": date(2023, 11, 21)}
    received = {"received_on": date(2026, 3, 2), "due_day": date(2026, 3, 17)}
    session.add_all(
        [
            parcel,
            Handover(receiver=f"Người nhận {n}", given_on=date(2023, 12, 1), given_by_id=secretary.id, **of),
            EntryImport(newsroom_id=work.newsroom_id, read_by_id=contact.id, **of, **done),
            EntryImport(newsroom_id=None, read_by_id=secretary.id, **of, **done),
            HistoryImport(award_id=award_id, read_by_id=secretary.id, done_by_id=secretary.id, **done),
            SignedList(newsroom_id=work.newsroom_id, made_by_id=contact.id, works=[], **of),
            Delivery(state="checked", brought_by_id=secretary.id, arrived_at=now(), sender="Tỉnh bạn", told=told, **of),
            PrivacyRequest(award_id=award_id, kind="access", name=f"Người {n}", **received),
            PrivacyRequest(award_id=award_id, kind="correction", person_id=contact.id, **received),
            Case(number=n, opened_by_id=contact.id, **opened, **of),
            Message(kind="x", to_address=f"a{n}@example.vn", subject="Thư", body="Kính gửi.", dedupe_key=f"x:{n}"),
            DayOff(day=date(now().year, 1, 1) + timedelta(days=n), words=f"Nghỉ {n}"),
        ]
    )
    session.flush()
    session.add(ParcelWork(parcel_id=parcel.id, entry_id=work.id))
    attach(work, session.scalars(select(FileSlot.id).limit(1)).one(), "pdf", f"trang-{n}.pdf")
    session.flush()
    fetches.note(file=session.get_one(File, work.files[-1].file_id), person_id=secretary.id, saved=True)
    record("parcel.registered", actor_id=secretary.id, award_id=award_id, subject=parcel)
    record("entry.kept", actor_id=secretary.id, award_id=award_id, subject=work)


@dataclass
class Crowd:
    app: Flask
    people: dict[str, Person | None]
    organ: str

    def visitor(self, who: str) -> Visitor:
        return Visitor(self.app, self.people[who])


@pytest.fixture(scope="module")
def crowd(house: Flask) -> Iterator[Crowd]:
    people, organ = crowded(house)
    told_apart(house)
    yield Crowd(house, people, organ.public_id)
    empty_tables(house)


def test_every_list_keeps_to_its_budget(crowd: Crowd, count_queries: Counting) -> None:
    beyond: dict[str, tuple[int, int, int, int]] = {}
    for who, addresses in LISTS.items():
        visitor = crowd.visitor(who)
        for address, least in addresses.items():
            there = address.format(newsroom=crowd.organ)
            visitor.get(there)
            with count_queries() as spent:
                answer = visitor.get(there, headers=AS_A_BROWSER)
            bodies = re.findall(rb"<tbody.*?</tbody>", gzip.decompress(answer.data), re.DOTALL)
            rows = max((body.count(b"<tr") for body in bodies), default=0)
            if answer.status_code != 200 or len(spent) > MOST or len(answer.data) > MOST_BYTES or rows < least:
                beyond[address] = (answer.status_code, len(spent), len(answer.data), rows)
    assert beyond == {}, "status, statements, bytes and rows of each"


def test_every_file_says_what_its_list_shows_and_no_more(crowd: Crowd) -> None:
    """Each row of a workbook is one row of the page, cell by cell."""
    unlike: dict[str, object] = {}
    for address, who in FILES.items():
        shown = [row.casefold() for row in rows_shown(crowd.visitor(who), address)]
        headings, *rows = taken_along(crowd.visitor(who), address)
        for row in rows:
            said = [spoken(value).casefold() for value in row if value is not None]
            if not any(all(word in line for word in said) for line in shown):
                unlike[address] = dict(zip(headings, row, strict=True))
    assert not unlike, unlike


def test_every_file_is_typed_and_whole_in_both_kinds(crowd: Crowd) -> None:
    for address, who in FULLER_FILES.items():
        taken_along(crowd.visitor(who), address.format(newsroom=crowd.organ))


def taken_along(visitor: Visitor, address: str) -> list[tuple[Any, ...]]:
    """Headings and rows of the workbook; CSV has as many rows."""
    table = table_of(openpyxl.load_workbook(BytesIO(visitor.get(f"{address}?tai-ve=xlsx").data)).active)
    lines = list(csv.reader(StringIO(visitor.get(f"{address}?tai-ve=csv").data.decode("utf-8-sig"))))
    kinds = {type(value) for row in table[1:] for value in row}
    assert len(lines) == len(table) > 1, address
    assert kinds <= {str, int, float, datetime, type(None)}, address
    return table


def rows_shown(visitor: Visitor, address: str) -> list[str]:
    """The words of every row of every page of a list."""
    found: list[str] = []
    turn: str | None = address
    while turn:
        page = lxml.html.fromstring(visitor.get(turn).text)
        assert page.xpath("//a[contains(@href, 'tai-ve=xlsx')]") and page.xpath("//a[contains(@href, 'tai-ve=csv')]")
        found += [" ".join(row.text_content().split()) for row in page.iterfind(".//tbody/tr")]
        turn = next((each.get("href") for each in page.iter("a") if "sau=" in each.get("href", "")), None)
    return found


def table_of(sheet: Any) -> list[tuple[Any, ...]]:
    """Its headings and rows, without the note above them."""
    rows = list(sheet.iter_rows(values_only=True))
    return rows if all(rows[0]) or len(rows[0]) == 1 else rows[2:]


def spoken(value: object) -> str:
    """A cell as the page has it."""
    if isinstance(value, datetime):
        return dates.day(value.date())
    return " ".join(str(dates.number(value) if isinstance(value, (int, float)) else value).split())
