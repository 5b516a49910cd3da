"""A reporter with two works, one of them awarded, takes a copy of everything and then asks to be forgotten.

Afterwards every column of every table and every object of the store is read: nothing of the reporter is left but what
the page had said would stay.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import urllib3
from flask import Flask
from sqlalchemy import text

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Countersign, Edition
from award.entries.models import Authorship, Entry
from award.files import operations as files
from award.files.models import File, Fingerprint, Rendition
from award.files.store import prepare, storage
from award.intake.models import Handover, Parcel, ParcelScan, ParcelWork
from award.log.models import Event
from award.messages.operations import post
from award.newsrooms.models import SignedList
from award.nominations.models import Dossier, Nomination
from award.people.models import Membership, Person
from award.people.operations import REGISTRATION, give_consent
from award.privacy import operations
from award.privacy.models import PrivacyRequest
from award.results.models import Decision, Publication, Result
from award.results.record import hand_down
from award.screening.models import RuleVerdict, Screening
from tests import factories
from tests.award.entries.conftest import Browser, Scene, made_file, scene
from tests.award.files.conftest import hashes_of, pdf_of
from tests.conftest import owner_of, tables_of
from uploads import protocol

__all__ = ["scene"]

NAME, PEN, PHONE, EMAIL = "Đoàn Vũ Khánh Linh", "Gió Biển Đông", "0905 777 888", "khanh.linh@tram-tin.vn"
PLAIN, AWARDED, SHARED = "Con đường không tên ở làng chài", "Chi bộ giữa đảo xa", "Bốn mùa bám bản"
INSIDE = "Reporter Khanh Linh writes"
GUARDIAN = "Đoàn Thế Vĩnh"
TRACES = (NAME, NAME.upper(), "doan vu khanh linh", PEN, "gio bien dong", PHONE, "0905777888", EMAIL, INSIDE, GUARDIAN)


@dataclass
class Story:
    reporter: Person
    secretary: Person
    plain: int
    awarded: int
    shared: int


@pytest.fixture
def story(scene: Scene, app: Flask, run_jobs: Callable[[], None]) -> Story:
    """Two works of the reporter with files that were examined, a third of a colleague that only names the reporter."""
    prepare()
    for leftover in list(storage().objects()):
        storage().delete(leftover.key)
    with unit_of_work():
        reporter = factories.person(NAME, email=EMAIL, pen_name=PEN, phone=PHONE, newsroom_id=scene.organ_id)
        colleague, secretary = factories.person("Trần Hữu Phước"), factories.person("Lê Thị Hạnh")
        factories.appointment(scene.edition, secretary, "secretary")
        session.add(Membership(person_id=reporter.id, newsroom_id=scene.organ_id, role="journalist"))
        give_consent(person=reporter, purpose=REGISTRATION)
        plain, awarded = (_work(scene, reporter, title) for title in (PLAIN, AWARDED))
        shared = _work(scene, colleague, SHARED)
        child = {"minor": True, "guardian": GUARDIAN, "guardian_relation": "bố"}
        shared.authors.append(Authorship(ordinal=2, legal_name=NAME, pen_name=PEN, phone=PHONE, **child))
    run_jobs()
    assert [(file.state, file.reason) for file in session.query(File)] == [("ready", None)] * 3
    assert session.query(Rendition).filter_by(kind="text").count() == 3
    assert session.query(Fingerprint).filter_by(state="done").count() >= 1
    with unit_of_work():
        _hold(scene, awarded.id)
        _judge(scene, awarded.id, plain.id, secretary)
        _write_about(scene, reporter, plain.id)
        _receive(scene, secretary, plain.id, shared.id)
    run_jobs()
    return Story(reporter, secretary, plain.id, awarded.id, shared.id)


def _work(scene: Scene, owner: Person, title: str) -> Entry:
    entry = scene.submitted(owner, title=title, summary=f"{owner.legal_name} đi và viết.", withdrawn_reason="")
    content = pdf_of(INSIDE if owner.legal_name == NAME else "Somebody else writes")
    file = entry.files[0]
    held = session.get_one(File, file.file_id)
    held.name, held.size, held.state = f"{owner.legal_name}.pdf", len(content), "stored"
    held.part_hashes, held.fingerprint = hashes_of(content), protocol.fingerprint(hashes_of(content))
    storage().put_small(held.key, content, held.content_type)
    files.ask_for_verification(file_id=held.id)
    for author in entry.authors:
        author.phone, author.pen_name = owner.phone, owner.pen_name
    return entry


def _hold(scene: Scene, entry_id: int) -> None:
    """The edition is over, and one work has its prize."""
    edition = session.get_one(Edition, scene.edition_id)
    edition.state = "published"
    level = factories.prize_level(edition)
    one, two = factories.person("Người thứ nhất"), factories.person("Người thứ hai")
    session.add(Result(edition_id=edition.id, entry_id=entry_id, prize_level_id=level.id, state="decided"))
    session.add(
        Decision(
            edition_id=edition.id,
            number="12-QĐ/BTCG",
            day=date(2023, 11, 20),
            body="Ban Tổ chức Giải",
            signatory="Phan Đình",
            recorded_by_id=one.id,
            recorded_at=now(),
        )
    )
    sign = Countersign(
        edition_id=edition.id,
        act="publish",
        subject=edition.public_id,
        proposed_by_id=one.id,
        proposed_at=now(),
        confirmed_by_id=two.id,
        confirmed_at=now(),
    )
    session.add(sign)
    session.flush()
    session.add(Publication(edition_id=edition.id, at=now() - timedelta(days=1), countersign_id=sign.id))
    session.flush()
    hand_down(edition)


def _judge(scene: Scene, awarded: int, plain: int, secretary: Person) -> None:
    for entry_id, decision, reason in (
        (awarded, "eligible", ""),
        (plain, "ineligible", f"{NAME} đăng ngoài thời gian"),
    ):
        row = session.query(Screening).filter_by(entry_id=entry_id).one_or_none() or Screening(
            entry_id=entry_id, edition_id=scene.edition_id
        )
        row.decision, row.reason, row.blind_code = decision, reason, f"III-IN-{entry_id:03d}"
        row.findings = {"findings": [{"sentence": f"{NAME} ({PEN}) có 2 tác phẩm"}]}
        row.decided_by_id, row.decided_at, row.told_at = secretary.id, now(), now()
        session.add(row)
    session.add(
        Nomination(edition_id=scene.edition_id, entry_id=awarded, ordinal=1, chosen_by_id=secretary.id, reason=NAME)
    )
    dossier = Dossier(
        edition_id=scene.edition_id, state="ready", key="dossiers/an-old-one", asked_by_id=secretary.id, size=3
    )
    storage().put_small(dossier.key, f"{INSIDE} in a dossier".encode(), "application/zip")
    session.add(dossier)


def _write_about(scene: Scene, reporter: Person, entry_id: int) -> None:
    """A letter to the reporter, one about the reporter, and a change of the reporter's own."""
    from award.people.operations import Facts, edit_account

    letter = {"kind": "mailing", "subject": f"Về hồ sơ của {NAME}", "body": f"{NAME}, {PHONE}: “{PLAIN}”."}
    post(to_address=EMAIL, dedupe_key="to-reporter", **letter)
    post(to_address="other@example.vn", dedupe_key="about-reporter", **letter)
    facts = Facts(legal_name=NAME, pen_name=PEN, phone=PHONE, newsroom=None, newsroom_words="Báo Trạm Tin")
    edit_account(person=session.get_one(Person, reporter.id), facts=facts)


def _receive(scene: Scene, secretary: Person, plain: int, shared: int) -> None:
    """A parcel of the reporter's own and one that brought a colleague's work, both scanned, and a list to sign."""
    of = {"edition_id": scene.edition_id}
    for number, (entry_id, words) in enumerate(((plain, INSIDE), (shared, "Somebody else writes")), start=1):
        parcel = Parcel(
            number=number,
            channel="post",
            sender=f"{NAME}, {scene.slug}" if entry_id == plain else "Trần Hữu Phước",
            contents=f"thư của {NAME}",
            arrived_at=now(),
            registered_by_id=secretary.id,
            **of,
        )
        scan = made_file(secretary, name=f"{NAME}-{number}.pdf", size=len(words))
        storage().put_small(scan.key, words.encode(), scan.content_type)
        session.add(parcel)
        session.flush()
        session.add(ParcelWork(parcel_id=parcel.id, entry_id=entry_id))
        session.add(ParcelScan(parcel_id=parcel.id, file_id=scan.id))
    session.add(Handover(receiver=NAME, given_on=date(2023, 11, 25), given_by_id=secretary.id, **of))
    screening = session.query(Screening).filter_by(entry_id=plain).one()
    screening.verdicts.append(RuleVerdict(code="window", verdict="red", remark=f"{NAME} đăng sau hạn"))
    signer = {"name": NAME, "phone": re.sub(r"\D", "", PHONE), "guardian": GUARDIAN}
    listed = SignedList(
        newsroom_id=scene.organ_id,
        made_by_id=secretary.id,
        works=[{"entry": shared, "title": SHARED, "authors": f"Trần Hữu Phước, {NAME}"}],
        people=[{**signer, "entries": [shared], "lines": [1], "signed": True}],
        **of,
    )
    session.add(listed)


def everything(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(table, column, value in words) of every cell of the database, the queue's tables among them."""
    with owner_of(app).connect() as connection:
        for table in tables_of(connection):
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                for column, value in row.items():
                    if isinstance(value, dict | list):
                        yield table, column, json.dumps(value, ensure_ascii=False)
                    elif isinstance(value, bytes | memoryview):
                        yield table, column, bytes(value).decode(errors="replace")
                    elif value is not None:
                        yield table, column, str(value)


def places(app: Flask, *looked_for: str) -> set[str]:
    return {f"{table}.{column}" for table, column, cell in everything(app) if any(each in cell for each in looked_for)}


def test_a_copy_of_everything_and_then_nothing_but_what_was_told(
    story: Story, scene: Scene, app: Flask, run_jobs: Callable[[], None]
) -> None:
    reporter, secretary = Browser(app, story.reporter), Browser(app, story.secretary)
    assert {"person.legal_name", "authorship.legal_name", "message.body", "event_detail.detail"} <= places(app, *TRACES)
    _the_copy(reporter, run_jobs)

    told = reporter.get("/tai-khoan/du-lieu/xoa").text
    assert re.search(rf"“{PLAIN}”: tên, nội dung khai, tệp", told)
    assert "Bản quét bì, thư gửi kèm tác phẩm của người này" in told
    assert re.search(rf"“{AWARDED}”: tên tác phẩm, tác giả.*kết quả Giải đã công bố", told)
    assert reporter.post("/tai-khoan/du-lieu/xoa").status_code == 422
    assert reporter.post("/tai-khoan/du-lieu/xoa", {"read": "y"}).status_code == 303

    assert "Trả lời 1 yêu cầu về dữ liệu cá nhân" in secretary.get("/ban-lam-viec").text
    session.rollback()
    asked = session.query(PrivacyRequest).filter_by(kind="erasure").one()
    assert asked.due_day - asked.received_on == timedelta(days=15)
    door = f"/{scene.slug}/du-lieu-ca-nhan/{asked.public_id}"
    page = secretary.get(door).text
    named = re.findall(r'name="row" value="(authorship:\d+)"', page)
    assert len(named) == 1, "the colleague's dossier names the reporter and nobody has said that it is the same person"
    assert SHARED in page
    assert secretary.post(f"{door}/doi-chieu", {"row": named[0]}).status_code == 303
    assert secretary.post(f"{door}/xoa").status_code == 303
    run_jobs()
    with unit_of_work():
        operations.let_go()
    _nothing_left(story, app)
    assert reporter.get("/tai-khoan").status_code == 302, "the account is gone with its sessions"


def _the_copy(reporter: Browser, run_jobs: Callable[[], None]) -> None:
    assert reporter.post("/tai-khoan/du-lieu/ban-sao").status_code == 303
    run_jobs()
    link = re.search(r'href="(/tai-khoan/du-lieu/ban-sao/\w+)"', reporter.get("/tai-khoan/du-lieu").text)
    assert link
    answer = reporter.get(link[1])
    assert answer.status_code == 302
    body = urllib3.PoolManager().request("GET", answer.headers["Location"]).data
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert archive.testzip() is None
    told = json.loads(archive.read("du-lieu.json"))
    assert {entry["title"] for entry in told["tables"]["entry"]} == {PLAIN, AWARDED}
    assert told["tables"]["person"][0]["legal_name"] == NAME
    assert told["tables"]["user_account"][0] == {
        **told["tables"]["user_account"][0],
        "email": EMAIL,
    }
    assert "password" not in told["tables"]["user_account"][0]
    assert len(told["files"]) == 2
    sums = {file["path"]: hashlib.sha256(archive.read(file["path"])).hexdigest() for file in told["files"]}
    assert sums == {file["path"]: file["sha256"] for file in told["files"]}
    assert NAME in archive.read("index.html").decode()


def _nothing_left(story: Story, app: Flask) -> None:
    kept = {
        # the published result, as the page said
        "authorship.legal_name",
        "authorship.name_folded",
        "authorship.pen_name",
        "past_work.authors_words",
        "past_author.name",
        "past_author.name_folded",
        "past_work.identity",
    }
    found = places(app, *TRACES)
    assert found <= kept, found - kept
    session.rollback()
    bearing = session.query(Authorship).filter(Authorship.legal_name == NAME).all()
    assert [author.entry_id for author in bearing] == [story.awarded]
    assert (bearing[0].phone, bearing[0].person_id) == ("", None)
    assert places(app, PLAIN, "con duong khong ten") == set()
    assert places(app, SHARED) != set(), "the colleague's work stands"
    assert session.get_one(Entry, story.awarded).title == AWARDED
    assert session.query(File).filter(File.uploader_id == story.reporter.id).all() == []
    left = {file.id for file in session.query(File)}
    assert {row.file_id for row in session.query(Rendition)} <= left
    assert {row.file_id for row in session.query(Fingerprint)} <= left
    _no_bytes_left(story)
    scanned = session.query(Parcel.number).join(ParcelScan).all()
    assert scanned == [(2,)], "the colleague's parcel keeps its scan"
    events = session.query(Event).filter(Event.kind == "privacy.erased").all()
    assert [NAME.encode() in event.payload for event in events] == [False]


def _no_bytes_left(story: Story) -> None:
    session.rollback()
    named = {file.key for file in session.query(File)} | {row.key for row in session.query(Rendition) if row.key}
    objects = {each.key for each in storage().objects()}
    assert objects <= named, "bytes that no row names"
    for key in objects:
        assert INSIDE.encode() not in b"".join(storage().stream(key))
