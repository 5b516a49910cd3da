"""The ledger: numbers without gaps, an arrival that is stamped once, works that count as their parcel came."""

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from award import dates
from award.clock import VIETNAM, now, stopped_at
from award.db import session
from award.editions import posting
from award.entries import operations as entering
from award.entries import queries as entered
from award.entries.models import Entry, EntryFile, Receipt
from award.intake import held, operations, queries
from award.intake.models import Handover, Parcel, ParcelWork, Piece
from award.intake.operations import Sent
from award.intake.pieces import read
from award.log.models import Event
from award.verdicts import Refused
from tests.award.entries.conftest import made_file
from tests.award.intake.conftest import Desk

pytestmark = pytest.mark.db

LAST = date(2023, 9, 30)
MORNING = datetime(2023, 10, 3, 9, 10, tzinfo=VIETNAM)


def refused(act: Any) -> str:
    with pytest.raises(Refused) as why:
        act()
    return why.value.verdict.code


def test_lines_are_numbered_without_gaps_also_when_many_are_written_at_once(desk: Desk) -> None:
    def write() -> None:
        desk.registered()

    desks = [threading.Thread(target=write) for _ in range(12)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    with desk.at_work():
        assert session.scalars(select(Parcel.number).order_by(Parcel.number)).all() == list(range(1, 13))


@pytest.mark.parametrize(
    ("day", "hour", "at"),
    [
        (None, None, MORNING),
        (date(2023, 10, 3), None, MORNING),
        (date(2023, 10, 3), time(8, 5), datetime(2023, 10, 3, 8, 5, tzinfo=VIETNAM)),
        (None, time(8, 5), datetime(2023, 10, 3, 8, 5, tzinfo=VIETNAM)),
        (date(2023, 10, 2), None, datetime(2023, 10, 2, 23, 59, 59, tzinfo=VIETNAM)),
        (date(2023, 10, 2), time(17), datetime(2023, 10, 2, 17, tzinfo=VIETNAM)),
    ],
)
def test_the_instant_of_arrival(day: date | None, hour: time | None, at: datetime) -> None:
    assert operations.arrival(day, hour, MORNING) == at


@pytest.mark.parametrize(("day", "hour"), [(date(2023, 10, 4), None), (date(2023, 10, 3), time(9, 11))])
def test_nothing_has_arrived_that_is_still_to_come(day: date, hour: time | None) -> None:
    assert refused(lambda: operations.arrival(day, hour, MORNING)) == "future"


def test_the_clock_of_the_database_bounds_the_stamp(desk: Desk) -> None:
    key = desk.registered(at=now() + timedelta(hours=3))
    with desk.at_work():
        assert abs(desk.parcel(key).arrived_at - now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("choice", "channel", "postmark", "arrived", "counts"),
    [
        ("postmark", "post", LAST, MORNING, True),
        ("postmark", "post", LAST + timedelta(days=1), MORNING, False),
        ("postmark", "post", None, MORNING, False),
        ("postmark", "post", None, MORNING - timedelta(days=4), True),
        ("postmark", "hand", None, MORNING, False),
        ("arrival", "post", LAST, MORNING, False),
        ("arrival", "post", LAST - timedelta(days=5), MORNING - timedelta(days=4), True),
        (None, "post", LAST, MORNING, False),
    ],
)
def test_what_decides_whether_a_parcel_is_in_time(
    desk: Desk, choice: str | None, channel: str, postmark: date | None, arrived: datetime, counts: bool
) -> None:
    """The page and the ledger's filter agree."""
    desk.deadline(LAST)
    desk.rule(choice)
    with stopped_at(arrived):
        key = desk.registered(channel=channel, postmark=postmark)
    with desk.at_work() as edition:
        parcel = desk.parcel(key)
        assert posting.in_time(edition, parcel.came) is counts
        line = queries.line(edition, key)
        assert line is not None
        assert line.state == ("alone" if counts else "late")
        assert posting.verdict(edition, parcel.came).startswith("Đúng hạn" if counts else "Quá hạn")


def test_a_deadline_at_an_hour_takes_every_postmark_of_its_day(desk: Desk) -> None:
    with desk.at_work() as edition:
        edition.deadline_day, edition.deadline_at = None, datetime(2023, 9, 30, 17, 0, 1, tzinfo=VIETNAM)
    with desk.at_work() as edition:
        assert posting.last_posting_day(edition) == LAST


def test_the_verdict_cites_its_clause(desk: Desk) -> None:
    desk.deadline(LAST)
    with stopped_at(MORNING):
        key = desk.registered(postmark=LAST)
    with desk.at_work() as edition:
        verdict = posting.verdict(edition, desk.parcel(key).came)
        assert verdict == "Đúng hạn theo dấu bưu điện. Căn cứ: khoản 2 Điều 6 Thể lệ."


def complete(desk: Desk, entry: Entry) -> None:
    """What the secretary fills in from the paper."""
    entry.genre_id, entry.newsroom_id, entry.byline = None, desk.scene.organ_id, "Hà Vân"
    entry.genre_id = desk.scene.edition.categories[0].genres[0].id
    entry.no_prior_prize = True
    entry.declared = {code: {"version": 1, "at": now().isoformat()} for code in ("commitment", "consent")}
    part = entry.parts[0]
    part.title, part.published_on, part.place, part.issue = "Kỳ 1", date(2023, 3, 2), "Trang 3", "7520"
    entry.authors[0].phone = "0905 123 456"
    slot = desk.scene.edition.categories[0].slots[0]
    file = made_file(desk.people["secretary"])
    entry.files.append(EntryFile(part_id=part.id, slot_id=slot.id, file_id=file.id))
    session.flush()


def test_a_work_posted_in_time_is_entered_after_the_deadline_and_was_received_when_its_parcel_came(desk: Desk) -> None:
    desk.deadline(LAST)
    with stopped_at(MORNING):
        key = desk.registered(postmark=LAST, title="Đường về bản")
    (work,) = desk.works(key)
    assert (work.channel, work.postmark_on, work.title) == ("post", LAST, "Đường về bản")
    assert work.came_at == MORNING
    with desk.at_work() as edition, stopped_at(MORNING + timedelta(days=2)):
        entry = session.get_one(Entry, work.id)
        complete(desk, entry)
        receipt = entering.submit(
            by=desk.by(), edition=edition, entry=entry, arrived_at=MORNING + timedelta(days=2), insisting=True
        )
        assert (entry.state, entry.submitted_at, receipt.received_at) == ("submitted", MORNING, MORNING)
        assert receipt.content["channel"] == "post"
        assert receipt.content["postmark"] == "2023-09-30"
        assert not entering.can_revise(desk.people["secretary"].id, entry, edition, now(), entered.leave_of(entry))


def test_a_parcel_that_is_late_is_written_down_and_opens_no_dossier(desk: Desk) -> None:
    desk.deadline(LAST)
    with stopped_at(MORNING):
        key = desk.registered(postmark=LAST + timedelta(days=1), title="Đường về bản")
        assert desk.works(key) == []
        with desk.at_work() as edition:
            parcel = desk.parcel(key)
            named = operations.Named(edition.categories[0], "Đường về bản", ())
            assert (
                refused(lambda: operations.begin(by=desk.by(), edition=edition, parcel=parcel, named=named)) == "late"
            )


def test_an_online_draft_is_not_let_in_by_a_parcel(desk: Desk) -> None:
    desk.deadline(LAST)
    with desk.at_work() as edition, stopped_at(MORNING):
        draft = desk.scene.draft()
        assert entered.leave_of(draft).came is None
        act = lambda: entering.submit(by=desk.scene.by(), edition=edition, entry=draft, arrived_at=MORNING)  # noqa: E731
        assert refused(act) == "late"


def test_a_dossier_is_opened_in_the_name_of_its_authors(desk: Desk) -> None:
    key = desk.registered("Trần Minh", newsroom="báo biển xanh", title="Đường về bản")
    (work,) = desk.works(key)
    with desk.at_work():
        entry = session.get_one(Entry, work.id)
        assert [(each.legal_name, each.pen_name, each.contact) for each in entry.authors] == [
            ("Nguyễn Thị Vân", "Hà Vân", True)
        ]
        assert entry.authors[0].employer_id == entry.newsroom_id == desk.scene.organ_id
        assert entry.owner_id == desk.people["secretary"].id
        assert entry.authors[0].person_id is None
        kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
        assert kinds[-3:] == ["parcel.registered", "entry.created", "parcel.work_added"]


def test_a_colleague_goes_on_with_a_dossier(desk: Desk) -> None:
    key = desk.registered(title="Đường về bản")
    (work,) = desk.works(key)
    with desk.at_work() as edition:
        entry = session.get_one(Entry, work.id)
        operations.keep(by=desk.by("colleague"), edition=edition, parcel=desk.parcel(key), entry=entry)
        assert entry.owner_id == desk.people["colleague"].id
    with desk.at_work() as edition:
        online = desk.scene.submitted()
        parcel = desk.parcel(key)
        assert refused(lambda: operations.keep(by=desk.by(), edition=edition, parcel=parcel, entry=online)) == "online"
        entry = session.get_one(Entry, work.id)
        by = desk.by("auditor")
        assert refused(lambda: operations.keep(by=by, edition=edition, parcel=parcel, entry=entry)) == "role"


def test_a_parcel_is_put_to_what_was_entered_online(desk: Desk) -> None:
    key = desk.registered(title="Giữ lời hứa")
    (begun,) = desk.works(key)
    with desk.at_work() as edition:
        online = desk.scene.submitted(title="Giữ lời hứa với dân")
        parcel = desk.parcel(key)
        for sought in ("giu loi hua", "KH3-0001", "nguyen thi van"):
            found = queries.dossiers(edition.id, sought, beside=parcel.id)
            assert [each.code for each in found] == ["KH3-0001"], sought
        assert queries.dossiers(edition.id, "  ", beside=parcel.id) == []
        for _again in range(2):
            operations.attach(by=desk.by(), edition=edition, parcel=parcel, entry=online)
        assert queries.dossiers(edition.id, "giu loi hua", beside=parcel.id) == []
        beside, entry = queries.work_of(parcel.id, begun.public_id) or (None, None)
        assert beside is not None
        assert entry is not None
        operations.drop(by=desk.by("colleague"), edition=edition, parcel=parcel, beside=beside, entry=entry)
        assert session.scalars(select(Entry.id)).all() == [online.id]
        (left,) = queries.works_of([parcel.id])[parcel.id]
        assert (left.code, left.begun) == ("KH3-0001", False)


def test_a_dossier_that_was_submitted_is_not_dropped(desk: Desk) -> None:
    key = desk.registered(title="Đường về bản")
    (work,) = desk.works(key)
    with desk.at_work() as edition:
        entry, parcel = session.get_one(Entry, work.id), desk.parcel(key)
        entry.state, entry.submitted_at, entry.code = "submitted", now(), "KH3-0009"
        session.flush()
        beside, _entry = queries.work_of(parcel.id, work.public_id) or (None, None)
        assert beside is not None
        act = lambda: operations.drop(by=desk.by(), edition=edition, parcel=parcel, beside=beside, entry=entry)  # noqa: E731
        assert refused(act) == "submitted"
        assert (
            refused(lambda: operations.void(by=desk.by(), edition=edition, parcel=parcel, reason="Nhầm")) == "has_works"
        )


def test_a_corrected_postmark_goes_to_the_dossier_and_the_arrival_stays(desk: Desk) -> None:
    today = dates.local(now()).date()
    key = desk.registered(postmark=today, title="Đường về bản")
    (work,) = desk.works(key)
    with desk.at_work() as edition:
        parcel, at = desk.parcel(key), desk.parcel(key).arrived_at
        sent = Sent("post", "Trần Minh", "Đài lạ", today - timedelta(days=2), "Thư tay")
        operations.correct(
            by=desk.by(), edition=edition, parcel=parcel, sent=sent, pieces=read("2 USB"), kept_at="Tủ 2"
        )
        assert (parcel.sender, parcel.newsroom_text, parcel.contents) == ("Trần Minh", "Đài lạ", "Thư tay")
        assert [(each.kind, each.count, each.kept_at) for each in parcel.pieces] == [("usb", 2, "Tủ 2")]
        assert parcel.arrived_at == at
        assert session.get_one(Entry, work.id).postmark_on == today - timedelta(days=2)
        for wrong, code in (
            (Sent("post", "Trần Minh", postmark=today + timedelta(days=1)), "postmark"),
            (Sent("hand", "Trần Minh"), "channel"),
        ):
            act = lambda wrong=wrong: operations.correct(  # noqa: E731
                by=desk.by(), edition=edition, parcel=parcel, sent=wrong, pieces=(), kept_at=""
            )
            assert refused(act) == code
    with desk.at_work():
        assert "entry.postmark_corrected" in session.scalars(select(Event.kind)).all()


def test_a_line_written_by_mistake_keeps_its_number(desk: Desk) -> None:
    first, _second = desk.registered(), desk.registered()
    with desk.at_work() as edition:
        operations.void(by=desk.by(), edition=edition, parcel=desk.parcel(first), reason="Ghi hai lần")
    third = desk.registered()
    with desk.at_work() as edition:
        assert desk.parcel(third).number == 3
        assert queries.counts(edition) == {"void": 1, "alone": 2}
        assert [each.number for each in queries.numbered(edition.id, range(1, 9))] == [2, 3]
        parcel = desk.parcel(first)
        assert refused(lambda: operations.void(by=desk.by(), edition=edition, parcel=parcel, reason="Lại")) == "voided"


def test_things_are_given_back_together_and_once(desk: Desk) -> None:
    first = desk.registered("Trần Minh", pieces="1 bì, 2 USB", kept_at="Tủ 1")
    desk.registered("Lê Hòa", channel="disk", pieces="1 ổ cứng")
    today = dates.local(now()).date()
    with desk.at_work() as edition:
        keys = session.scalars(select(Piece.public_id).where(Piece.kind != "envelope")).all()
        made = operations.give_back(
            by=desk.by(),
            edition=edition,
            pieces=held.kept_pieces(edition.id, keys),
            receiver="Trần Minh, Báo Biển Xanh",
            given_on=today,
            today=today,
        )
        again = lambda: operations.give_back(  # noqa: E731
            by=desk.by(),
            edition=edition,
            pieces=held.kept_pieces(edition.id, keys),
            receiver="Ai đó",
            given_on=today,
            today=today,
        )
        assert refused(again) == "none"
        _given, giver, things = held.handover(edition.id, made.public_id) or (None, "", [])
        assert giver == "Người secretary"
        assert [each.piece.kind for each in things] == ["usb", "disk"]
        parcel = desk.parcel(first)
        operations.correct(
            by=desk.by(), edition=edition, parcel=parcel, sent=Sent("post", "Trần Minh"), pieces=(), kept_at=""
        )
        assert [each.kind for each in parcel.pieces] == ["usb"], "what was given back stands, whatever is corrected"
        assert refused(lambda: operations.void(by=desk.by(), edition=edition, parcel=parcel, reason="Nhầm")) == "given"
        assert session.scalar(select(func.count()).select_from(Handover)) == 1


@pytest.mark.parametrize("who", ["auditor", "entrant", "outsider"])
def test_only_the_secretariat_writes(desk: Desk, who: str) -> None:
    with pytest.raises(Refused):
        desk.registered(who=who)


def test_late_things_are_written_down_until_the_edition_is_archived(desk: Desk) -> None:
    for state in ("screening", "judging", "published"):
        with desk.at_work() as edition:
            edition.state = state
        key = desk.registered(title="Đường về bản")
        assert len(desk.works(key)) == (state == "screening"), state
    with desk.at_work() as edition:
        edition.state = "archived"
    with pytest.raises(Refused):
        desk.registered()
    with desk.at_work():
        assert session.scalar(select(func.count()).select_from(Receipt)) == 0
        assert session.scalar(select(func.count()).select_from(ParcelWork)) == 1
