"""Deciding who may be judged: codes, reasons, two persons, letters."""

import threading
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.deadlines import AT, Deadline
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.messages.models import Message
from award.people.models import Person
from award.screening import asking, operations, queries, refusals
from award.verdicts import Refused
from tests.doors.world import World, build


def world(app: Flask) -> World:
    with app.app_context(), unit_of_work():
        return build("open")


def setting(made: World, actor: str = "secretary") -> tuple[Edition, Entry, Capacity]:
    edition = session.scalars(select(Edition).where(Edition.slug == made.names["slug"])).one()
    entry = session.scalars(select(Entry).where(Entry.public_id == made.names["entry"])).one()
    roles = frozenset({actor})
    return edition, entry, Capacity(made.people[actor], edition.id, roles)


def test_the_first_eligible_work_gets_the_first_code_and_keeps_it(app: Flask) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made)
        with unit_of_work():
            decided = operations.decide(by=by, edition=edition, entry=entry, decision="eligible")
        assert decided.blind_code == "III-IN-001"
        assert decided.findings["findings"]
        with unit_of_work():
            turned = operations.decide(
                by=by, edition=edition, entry=entry, decision="ineligible", reason="Quá hạn", clause="Điều 4"
            )
        assert (turned.decision, turned.blind_code) == ("ineligible", "III-IN-001")
        with unit_of_work():
            again = operations.decide(by=by, edition=edition, entry=entry, decision="eligible", reason="Xem lại")
        assert again.blind_code == "III-IN-001"
        assert list(session.scalars(queries.eligible(edition.id))) == [entry.id]


@pytest.mark.parametrize(("reason", "clause"), [("", "Điều 4"), ("Quá hạn", ""), (" ", " ")])
def test_not_eligible_needs_reason_and_clause(app: Flask, reason: str, clause: str) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made)
        with pytest.raises(Refused, match="reason"), unit_of_work():
            operations.decide(by=by, edition=edition, entry=entry, decision="ineligible", reason=reason, clause=clause)
        assert queries.decision_of(entry.id) is None


@pytest.mark.parametrize("actor", ["judge", "chair", "auditor", "entrant"])
def test_nobody_else_decides(app: Flask, actor: str) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made, actor)
        with pytest.raises(Refused), unit_of_work():
            operations.decide(by=by, edition=edition, entry=entry, decision="eligible")


def test_a_work_in_judging_leaves_only_by_two_persons(app: Flask) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made)
        with unit_of_work():
            operations.decide(by=by, edition=edition, entry=entry, decision="eligible")
            edition.state = "judging"
        with pytest.raises(Refused, match="two_persons"), unit_of_work():
            operations.decide(
                by=by, edition=edition, entry=entry, decision="ineligible", reason="Trùng", clause="Điều 5"
            )
        with unit_of_work():
            operations.propose_exclusion(by=by, edition=edition, entry=entry, reason="Trùng", clause="Điều 5")
        with pytest.raises(Refused, match="same_person"), unit_of_work():
            operations.confirm_exclusion(by=by, edition=edition, entry=entry)
        second = Capacity(made.people["organiser"], edition.id, frozenset({"organiser"}))
        with unit_of_work():
            decided = operations.confirm_exclusion(by=second, edition=edition, entry=entry)
        assert (decided.decision, decided.clause) == ("ineligible", "Điều 5")


def test_owners_are_told_once_and_only_after_approval(app: Flask) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made)
        with unit_of_work():
            operations.decide(
                by=by, edition=edition, entry=entry, decision="ineligible", reason="Quá hạn", clause="Điều 4"
            )
        assert session.scalars(select(Message)).all() == []
        organiser = Capacity(made.people["organiser"], edition.id, frozenset({"organiser"}))
        for _ in range(2):
            with unit_of_work():
                seen = refusals.seen_list(edition.id)
                operations.approve_ineligible(by=organiser, edition=edition, seen=seen)
        (letter,) = session.scalars(select(Message))
        assert "Quá hạn" in letter.body
        assert "Điều 4 Thể lệ" in letter.body


def test_a_correction_is_asked_by_letter_with_its_hour(app: Flask) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made)
        with unit_of_work():
            asking.request_correction(
                by=by,
                edition=edition,
                entry=entry,
                items="bản quét trang báo kỳ 2",
                parts=["files"],
                due=Deadline(AT, date(2099, 10, 5), time(17)),
            )
        (letter,) = session.scalars(select(Message))
        assert "17 giờ 00, ngày 05/10/2099" in letter.body
        decided = queries.decision_of(entry.id)
        assert decided is not None
        assert decided.decision == "correction"


def test_twenty_decisions_at_once_give_twenty_codes(app: Flask) -> None:
    made = world(app)
    with app.app_context(), unit_of_work():
        edition, entry, by = setting(made)
        edition_id, owner = edition.id, session.get_one(Person, entry.owner_id)
        for number in range(20):
            copy = Entry(
                edition_id=edition.id,
                category_id=entry.category_id,
                owner_id=owner.id,
                state="submitted",
                title=f"Tác phẩm {number}",
                code=f"KH3-{100 + number:04d}",
                submitted_at=entry.submitted_at,
                changed_at=entry.changed_at,
            )
            session.add(copy)
        session.flush()
        ids = list(session.scalars(select(Entry.id).where(Entry.code.like("KH3-01%"))))
    assert len(ids) == 20
    faults: list[BaseException] = []

    def screen(entry_id: int) -> None:
        try:
            with app.app_context(), unit_of_work():
                operations.decide(
                    by=by,
                    edition=session.get_one(Edition, edition_id),
                    entry=session.get_one(Entry, entry_id),
                    decision="eligible",
                )
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=screen, args=(entry_id,)) for entry_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with app.app_context():
        codes = sorted(queries.blind_codes(ids).values())
    assert codes == [f"III-IN-{number:03d}" for number in range(1, 21)]


def test_two_confirm_an_exclusion_and_one_has_done_it(app: Flask) -> None:
    made = world(app)
    with app.app_context():
        edition, entry, by = setting(made)
        edition_id, entry_id = edition.id, entry.id
        with unit_of_work():
            operations.decide(by=by, edition=edition, entry=entry, decision="eligible")
            edition.state = "judging"
            operations.propose_exclusion(by=by, edition=edition, entry=entry, reason="Trùng", clause="Điều 5")
    start, ends = threading.Barrier(2), ["", ""]

    def confirm(number: int, actor: str) -> None:
        with app.app_context():
            second = Capacity(made.people[actor], edition_id, frozenset({actor}))
            found = {"edition": session.get_one(Edition, edition_id), "entry": session.get_one(Entry, entry_id)}
            start.wait()
            try:
                with unit_of_work():
                    operations.confirm_exclusion(by=second, **found)
            except Refused as refused:
                ends[number] = refused.verdict.code

    threads = [threading.Thread(target=confirm, args=each) for each in enumerate(("organiser", "chair"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["", "nothing_waits"]
