"""A dossier goes from one house to another, with a database and a bucket of its own: every work arrives whole, once."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.editions.described import read as read_setup
from award.editions.models import Category, Edition, FileSlot, NationalEdition
from award.editions.queries import capacity
from award.entries.models import Authorship, Entry, EntryFile, PriorPrize
from award.files.models import File
from award.files.store import storage
from award.files.tasks import verify
from award.intake.models import Parcel
from award.intake.operations import Sent as Sending
from award.intake.operations import register
from award.local import Postgres
from award.log.models import Event
from award.nominations import arrival_tasks
from award.nominations.models import DeliveredWork, Delivery, Dossier
from award.nominations.resolution import Resolution
from award.nominations.tasks import build
from award.people.models import Person
from tests import factories
from tests.award.files.conftest import hashes_of, pdf_of, put
from tests.award.nominations import houses
from tests.award.nominations.conftest import attach, built, chosen
from tests.award.results.rows import Outcome, work
from tests.conftest import empty_tables
from tests.visitor import Visitor
from uploads.storage import SignedPart

CHOSEN_BY = Resolution("07-KL/BTCG", date(2023, 10, 25), "Ban Tổ chức Giải")
DOORS = "/viii-2023/ho-so-gui-den"


@pytest.fixture(scope="session")
def second(house: Flask, postgres: Postgres) -> Flask:
    return houses.build(house, postgres)


@pytest.fixture
def other(app: Flask, second: Flask) -> Iterator[Flask]:
    yield second
    empty_tables(second)


@dataclass(frozen=True)
class Sent:
    """A dossier as its bytes, and what the sender knows of its works: code → title, authors, SHA-256 of files."""

    content: bytes
    works: dict[str, tuple[str, list[str], list[str]]]


def told(entry: Entry, code: str) -> tuple[str, tuple[str, list[str], list[str]]]:
    rows = select(File.sha256).join(EntryFile, EntryFile.file_id == File.id).where(EntryFile.entry_id == entry.id)
    sums = sorted(str(each) for each in session.scalars(rows))
    return code, (entry.title, [f"{each.legal_name} ({each.pen_name})" for each in entry.authors], sums)


def sent(app: Flask, ranked: Outcome, letter: str = "45-CV/BTGTU") -> Sent:
    """Two works with files that can be read: a series with two parts, and one with a prize of its own."""
    with app.app_context():
        with unit_of_work():
            slot = ranked.category.slots[0].id
            first = session.get_one(Entry, ranked.works[0].id)
            if not first.files:
                long = work(ranked.edition, ranked.category, "Đường về bản xa, sau một mùa lũ", parts=2)
                long.declared = first.declared = {"commitment": {"version": 1}, "consent": {"version": 1}}
                long.authors[0].phone = first.authors[0].phone = "0905 000 111"
                long.no_prior_prize = True
                first.byline = long.byline = "Hà Vân"
                first.newsroom_text = long.newsroom_text = "Báo Biển Xanh"
                attach(first, slot, pdf_of("Khi bí thư chi bộ xuống ruộng"))
                attach(long, slot, pdf_of("Kỳ hai"), part=2)
                attach(long, slot, pdf_of("Kỳ một"), part=1)
                long.parts[1].newsroom_text = "Đài Núi Bạc"
                session.add(PriorPrize(entry_id=first.id, award_name="Giải Búa liềm vàng tỉnh", level="B", year=2022))
                ranked.propose_more(long, "A")
                chosen(ranked, long, first)
        dossier = built(ranked, letter_number=letter, letter_day=date(2023, 11, 1), resolution=CHOSEN_BY)
        assert dossier.state == "ready", dossier.fault
        content = b"".join(storage().stream(dossier.key))
        session.expire_all()
        works = dict(
            told(session.scalars(select(Entry).where(Entry.title == title)).one(), code)
            for title, code in (
                ("Đường về bản xa, sau một mùa lũ", "III-IN-004"),
                ("Khi bí thư chi bộ xuống ruộng", "III-IN-001"),
            )
        )
        return Sent(content, works)


def national(other: Flask) -> Person:
    """An edition of the second house that takes works, and its secretary."""
    with other.app_context(), unit_of_work():
        edition = factories.edition(
            slug="viii-2023", ordinal=8, state="open", name="Giải Trung ương", code_prefix="TW8"
        )
        factories.category(edition, name="Báo in")
        secretary = factories.person("Trần Thị Thư Ký")
        factories.appointment(edition, secretary, "secretary")
    return secretary


def upload(visitor: Visitor, content: bytes, name: str = "ho-so-gui-du-iii-2023.zip") -> str:
    """The bytes are sent as the uploader sends them; the address of the dossier comes back."""
    declared = {"name": name, "size": len(content), "part_hashes": hashes_of(content)}
    begun = visitor.post_json(DOORS, declared)
    assert begun.status_code == 200, begun.text
    answer = begun.get_json()
    size = answer["part_size"]
    for part in answer["parts"]:
        at = (part["number"] - 1) * size
        assert put(SignedPart(part["number"], part["url"], part["headers"]), content[at : at + size]) == 200
    assert visitor.post_json(answer["finish_url"], {}).status_code == 200
    return str(answer["remove_url"]).removesuffix("/bo")


def state(other: Flask, address: str) -> Delivery:
    with other.app_context():
        return session.scalars(select(Delivery).where(Delivery.public_id == address.rpartition("/")[2])).one()


def test_a_whole_edition_goes_to_another_house_with_works_people_and_files(
    app: Flask, ranked: Outcome, other: Flask
) -> None:
    """Every work that was received, ranked or not; what never came stays behind and is told."""
    sent(app, ranked)
    organiser = Visitor(app, ranked.organiser)
    assert Visitor(app, ranked.secretary).post("/iii-2023/goi-tac-pham").status_code == 403
    with app.app_context():
        with unit_of_work():
            slot = ranked.category.slots[0].id
            attach(session.get_one(Entry, ranked.works[1].id), slot, b"half of it", state="rejected")
            ranked.decide()
        assert organiser.post("/iii-2023/goi-tac-pham").status_code == 303
        whole = session.query(Dossier).filter_by(whole=True).one()
        build(dossier_id=whole.id)
        session.expire_all()
        assert whole.state == "ready", whole.fault
        content = b"".join(storage().stream(whole.key))
        build(dossier_id=whole.id)
        held = zipfile.ZipFile(io.BytesIO(content))
        assert read_setup(held.read("THIET-LAP.json")).edition.name == ranked.edition.name
        told = [name for name in held.namelist() if name.endswith(("/THONG-TIN.txt", "DANH-SACH.csv"))]
        ours = f" - {ranked.edition.name}"
        assert [name for name in told if ours in held.read(name).decode()] == [], "a prize may be decided and not out"
        assert held.read("TEP-THIEU.txt").decode() == "Trang báo ký tên tác giả.pdf\r\n"
        mine = {entry.title: [author.legal_name for author in entry.authors] for entry in session.query(Entry)}
        sums = sorted(str(each) for each in session.scalars(select(File.sha256).where(File.state == "ready")))
    assert len(mine) == 4
    with houses.living_in(other, app):
        visitor = Visitor(other, national(other))
        address = upload(visitor, content, "goi-tac-pham-iii-2023.zip")
        houses.work(other)
        assert "4 tác phẩm mới, 3 tệp" in visitor.get(address).text
        assert visitor.post(address, {"compared": "y"}).status_code == 303
        houses.work(other)
        assert state(other, address).fault == ""
        with other.app_context():
            came = {entry.title: [author.legal_name for author in entry.authors] for entry in session.query(Entry)}
            kept = session.scalars(select(File.sha256).join(EntryFile, EntryFile.file_id == File.id))
            assert came == mine
            assert sorted(map(str, kept)) == sums
            assert {author.phone for author in session.query(Authorship) if author.contact} >= {"0905 000 111"}
            assert session.query(PriorPrize).count() == 1, "the prize it has at home is no prior one"


def test_every_work_arrives_with_its_files_and_only_once(app: Flask, ranked: Outcome, other: Flask) -> None:
    dossier = sent(app, ranked)
    with houses.living_in(other, app):
        secretary = national(other)
        visitor = Visitor(other, secretary)
        address = upload(visitor, dossier.content)
        assert visitor.get(f"{address}/trang-thai").json == {"state": "sending", "percent": 0}
        houses.work(other)
        page = visitor.get(address).text
        assert state(other, address).fault == ""
        assert "Chờ xem và nạp" in page
        assert "2 tác phẩm mới, 3 tệp" in page
        assert "45-CV/BTGTU" in page
        assert "văn bản số 07-KL/BTCG, ngày 25/10/2023 của Ban Tổ chức Giải" in page
        assert "lần đầu gặp" in page
        with other.app_context():
            assert session.query(Entry).count() == 0, "nothing is made before somebody asks for it"

        refused = visitor.post(address, {})
        assert refused.status_code == 422
        assert "so mã đối chiếu" in refused.text
        assert visitor.post(address, {"compared": "y"}).status_code == 303
        houses.work(other)
        with other.app_context():
            taken = session.query(Delivery).one()
            assert (taken.state, taken.fault, taken.told) == ("taken", "", None)
            arrived = {}
            for row in session.query(DeliveredWork):
                entry = session.get_one(Entry, row.entry_id)
                assert (row.lacks, entry.state) == ("", "submitted")
                assert entry.channel == "dossier"
                code, what = told(entry, row.code)
                arrived[code] = what
            assert arrived == dossier.works
            assert {file.state for file in session.query(File)} == {"ready"}
            for file in session.query(File).where(File.kind == "pdf"):
                assert hashlib.sha256(b"".join(storage().stream(file.key))).hexdigest() == file.sha256
            first = session.scalars(select(Entry).where(Entry.title == "Khi bí thư chi bộ xuống ruộng")).one()
            assert [(p.award_name, p.level, p.year) for p in first.prior_prizes] == [
                ("Giải Búa liềm vàng tỉnh", "B", 2022)
            ]
            series = session.scalars(select(Entry).where(Entry.title == "Đường về bản xa, sau một mùa lũ")).one()
            assert [part.published_on for part in series.parts] == [date(2023, 3, 1), date(2023, 3, 2)]
            assert [part.newsroom_text for part in series.parts] == ["", "Đài Núi Bạc"]
            assert {file.part_id for file in series.files} == {part.id for part in series.parts}
            parcel = session.query(Parcel).one()
            assert (parcel.channel, parcel.number) == ("dossier", 1)
            assert {event.kind for event in session.query(Event)} >= {"delivery.checked", "delivery.taken_in"}
            shown = first.public_id
        beside = visitor.get(f"/viii-2023/kiem-tra/{shown}").text
        assert "Nguồn: III-IN-001 của" in beside
        assert "Hồ sơ điện tử, đến lúc" in beside

        again = upload(visitor, dossier.content, "lan-hai.zip")
        houses.work(other)
        page = visitor.get(again).text
        assert "Khóa này đã gặp" in page
        assert "Mọi tác phẩm của hồ sơ này đã nạp" in page
        assert visitor.post(again, {}).status_code == 422
        with other.app_context():
            assert session.query(Entry).count() == 2


@pytest.mark.long
def test_a_later_dossier_brings_only_what_is_new_and_tells_what_changed(
    app: Flask, ranked: Outcome, other: Flask
) -> None:
    first = sent(app, ranked)
    with app.app_context(), unit_of_work():
        edition = ranked.edition
        late = work(edition, ranked.category, "Tác phẩm gửi thêm")
        attach(late, ranked.category.slots[0].id, pdf_of("Thêm"))
        session.get_one(Entry, ranked.works[0].id).summary = "Tóm tắt viết lại"
        session.query(NationalEdition).one().quota = 5
        ranked.propose_more(late, "A")
        chosen(ranked, late)
    second = sent(app, ranked, letter="50-CV/BTGTU")
    with houses.living_in(other, app):
        visitor = Visitor(other, national(other))
        address = upload(visitor, first.content)
        houses.work(other)
        visitor.post(address, {"compared": "y"})
        houses.work(other)
        later = upload(visitor, second.content)
        houses.work(other)
        page = visitor.get(later).text
        assert "1 tác phẩm mới, 1 tệp" in page
        assert "1 tác phẩm đã nạp trước đây nay được gửi với nội dung khác" in page
        assert visitor.post(later, {}).status_code == 303, "the key is known by now"
        houses.work(other)
        with other.app_context():
            assert session.query(Entry).count() == 3
            row = session.scalars(select(DeliveredWork).order_by(DeliveredWork.id.desc()).limit(1)).one()
            entry = session.get_one(Entry, row.entry_id)
            assert (entry.title, entry.state, entry.code) == ("Tác phẩm gửi thêm", "draft", None)
            assert row.lacks.startswith("Còn thiếu"), "what lacks something waits to be filled in, and says what"


def repacked(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The same dossier, opened and packed again by somebody on the way."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    change(held)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, inside in held.items():
            packed.writestr(name, inside)
    return out.getvalue()


def test_a_file_too_few_one_too_many_and_a_way_out_are_refused_by_name(
    app: Flask, ranked: Outcome, other: Flask
) -> None:
    whole = sent(app, ranked).content
    gone = next(name for name in zipfile.ZipFile(io.BytesIO(whole)).namelist() if name.endswith(".pdf"))
    beside, outside = f"{gone.rpartition('/')[0]}/them.pdf", "../../ra-ngoai.sh"
    changes: dict[str, Callable[[dict[str, bytes]], object]] = {
        f"Thiếu tệp “{gone}”": lambda held: held.pop(gone),
        f"Thừa tệp “{beside}”": lambda held: held.update({beside: b"%PDF-1.7"}),
        f"“{outside}”: tên tệp không được phép": lambda held: held.update({outside: b"#!"}),
    }
    with houses.living_in(other, app):
        visitor = Visitor(other, national(other))
        addresses = {words: upload(visitor, repacked(whole, change)) for words, change in changes.items()}
        houses.work(other)
        for words, address in addresses.items():
            refused = state(other, address)
            assert (refused.state, refused.fault[: len(words)]) == ("refused", words)
            assert refused.fault in visitor.get(address).text
            assert visitor.post(address, {"compared": "y"}).status_code == 403
        with other.app_context():
            assert session.query(Entry).count() == 0


def test_a_flipped_byte_is_refused_by_the_name_of_its_file(app: Flask, ranked: Outcome, other: Flask) -> None:
    content = bytearray(sent(app, ranked).content)
    at = content.index(b"%PDF-")
    content[at + 7] ^= 1
    with houses.living_in(other, app):
        visitor = Visitor(other, national(other))
        address = upload(visitor, bytes(content))
        houses.work(other)
        page = visitor.get(address).text
        refused = state(other, address)
        with other.app_context():
            key = session.query(File).one().key
        assert refused.state == "refused"
        assert ".pdf” khác tệp nơi gửi đã ký" in refused.fault
        assert refused.fault in page
        assert visitor.post(address, {"compared": "y"}).status_code == 403
        assert visitor.post(f"{address}/bo").status_code == 303
        houses.work(other)
        with other.app_context():
            assert session.query(Delivery).count() == session.query(File).count() == 0
            assert list(storage().objects(key)) == []


def test_nothing_is_taken_in_when_one_file_has_no_place(app: Flask, ranked: Outcome, other: Flask) -> None:
    """The category here takes no PDF: not one work comes in, and the page names the file. Another category does."""
    dossier = sent(app, ranked)
    with houses.living_in(other, app):
        visitor = Visitor(other, national(other))
        with other.app_context(), unit_of_work():
            edition = session.query(Edition).one()
            session.query(FileSlot).one().kinds = ["jpeg"]
            fitting = factories.category(edition, code="IN2", name="Báo in, cả trang").public_id
        address = upload(visitor, dossier.content)
        houses.work(other)
        refused = visitor.post(address, {"compared": "y"})
        assert refused.status_code == 422
        assert "không có mục nào nhận tệp “01-III-IN-004" in refused.text
        assert visitor.post(address, {"compared": "y", "kind-0": fitting, "parcel": "7"}).status_code == 422
        assert visitor.post(address, {"compared": "y", "kind-0": fitting}).status_code == 303
        houses.work(other)
        with other.app_context():
            assert {entry.category_id for entry in session.query(Entry)} == {
                session.query(Category).filter_by(code="IN2").one().id
            }


@pytest.mark.long
def test_a_dossier_that_lay_in_a_parcel_comes_in_with_it(app: Flask, ranked: Outcome, other: Flask) -> None:
    dossier = sent(app, ranked)
    with houses.living_in(other, app):
        secretary = national(other)
        visitor = Visitor(other, secretary)
        with other.app_context(), unit_of_work():
            edition = session.query(Edition).one()
            register(by=capacity(secretary, edition), edition=edition, sent=Sending("usb", "Tỉnh"), stamped_at=now())
        address = upload(visitor, dossier.content)
        houses.work(other)
        assert visitor.post(address, {"compared": "y", "parcel": "1"}).status_code == 303
        houses.work(other)
        with other.app_context():
            assert session.query(Parcel).count() == 1
            assert {entry.channel for entry in session.query(Entry)} == {"usb"}


def test_a_worker_that_died_is_followed_by_another(app: Flask, ranked: Outcome, other: Flask) -> None:
    dossier = sent(app, ranked)
    with houses.living_in(other, app):
        visitor = Visitor(other, national(other))
        address = upload(visitor, dossier.content)
        with other.app_context():
            verify(file_id=session.query(File).one().id)
            session.execute(text("DELETE FROM procrastinate_jobs"))
            session.commit()
            with clock.stopped_at(now() + timedelta(minutes=5)):
                arrival_tasks.sweep_deliveries()
        assert state(other, address).state == "checking"
        houses.work(other)
        assert state(other, address).state == "checked"
