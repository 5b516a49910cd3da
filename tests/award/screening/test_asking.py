"""Asking for a dossier to be mended and what comes of it: answered, taken back, overtaken, overdue, raced for."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from award.clock import VIETNAM, now, stopped_at
from award.db import session, unit_of_work
from award.editions.deadlines import THROUGH, Deadline
from award.editions.models import Clause, Edition
from award.editions.permissions import Capacity
from award.entries import operations as entering
from award.entries import revising
from award.entries.models import Correction, Entry
from award.log.models import Event
from award.messages.models import Message
from award.screening import asking, operations, queries
from award.screening.correspondence import to_mend
from award.screening.models import Screening
from award.screening.showing import state_of
from award.verdicts import Refused
from tests.award.screening.conftest import QUEUE, Office

DUE = Deadline(THROUGH, date(2099, 10, 5))
AFTER = datetime(2099, 10, 6, 0, 2, 1, tzinfo=VIETNAM)
"""The day and the technical grace are over."""


def one(office: Office, number: int = 0) -> tuple[Edition, Entry]:
    edition = session.get_one(Edition, office.edition_id)
    return edition, session.scalars(select(Entry).where(Entry.public_id == office.keys[number])).one()


def as_(office: Office, who: str = "secretary") -> Capacity:
    return Capacity(office.people[who].id, office.edition_id, frozenset({who} if who != "owner" else ()))


def ask(office: Office, *, due: Deadline = DUE, number: int = 0) -> None:
    with office.app.app_context(), unit_of_work():
        edition, entry = one(office, number)
        asking.request_correction(
            by=as_(office), edition=edition, entry=entry, items="bút danh", parts=["authors"], due=due
        )


def answer(office: Office, words: str = "Tác giả không có bút danh.") -> None:
    with office.app.app_context(), unit_of_work():
        edition, entry = one(office)
        entering.submit(by=as_(office, "owner"), edition=edition, entry=entry, arrived_at=now(), answer=words)


def decide(office: Office, decision: str, *, seen: str = "", reason: str = "Xem lại") -> None:
    with office.app.app_context(), unit_of_work():
        edition, entry = one(office)
        operations.decide(
            by=as_(office), edition=edition, entry=entry, decision=decision, reason=reason, clause="Điều 4", seen=seen
        )


def letters(office: Office) -> list[Message]:
    with office.app.app_context():
        return list(session.scalars(select(Message).order_by(Message.id)))


def kinds(office: Office) -> list[str]:
    with office.app.app_context():
        return list(session.scalars(select(Event.kind).order_by(Event.seq)))


def where(office: Office) -> str:
    with office.app.app_context():
        _edition, entry = one(office)
        screening = queries.decision_of(entry.id)
        told = session.scalar(
            select(queries.state())
            .select_from(Entry)
            .outerjoin(Screening, Screening.entry_id == Entry.id)
            .where(Entry.id == entry.id)
        )
        assert told == state_of(entry, screening), "rows and SQL agree"
        return str(told)


def test_an_answer_sends_the_dossier_back_to_be_looked_at(office: Office) -> None:
    ask(office)
    assert where(office) == "correction"
    answer(office)
    assert where(office) == "answered"
    decided = office.decided(0)
    assert decided is not None
    assert (decided.decision, decided.reason, decided.due_at, decided.decided_by_id) == ("pending", "", None, None)
    assert kinds(office)[-3:] == ["entry.resubmitted", "entry.correction_answered", "entry.screened"]
    decide(office, "eligible")
    assert where(office) == "eligible"


def test_a_day_that_passes_decides_nothing_and_is_seen(office: Office) -> None:
    ask(office)
    with stopped_at(AFTER):
        assert where(office) == "overdue"
        with pytest.raises(Refused, match="overdue"):
            answer(office)
        decide(office, "ineligible", reason="Không bổ sung")
        assert where(office) == "ineligible"


def test_who_is_asked_twice_is_written_to_once_with_both_days(office: Office) -> None:
    ask(office)
    ask(office, number=1, due=Deadline(THROUGH, date(2099, 11, 1)))
    with office.app.app_context():
        (told,) = to_mend(office.edition_id)
    assert told.values["han"] == "hết ngày 05/10/2099; hết ngày 01/11/2099"
    assert told.values["xung_ho"] == "đồng chí"
    assert told.values["so_tac_pham"] == "2"


def test_nobody_is_found_wanting_while_there_is_time_to_mend(office: Office) -> None:
    ask(office)
    with pytest.raises(Refused, match="promised"):
        decide(office, "ineligible")
    with stopped_at(AFTER - timedelta(seconds=2)), pytest.raises(Refused, match="promised"):
        decide(office, "ineligible")
    decide(office, "eligible")
    told = letters(office)[-1]
    assert (told.kind, "không đề nghị bổ sung hồ sơ KH3-0001 nữa" in told.body) == ("correction_over", True)
    with pytest.raises(Refused):
        answer(office)


def test_taking_back_tells_the_owner_and_closes_the_dossier(office: Office) -> None:
    ask(office)
    for _ in range(2):
        with office.app.app_context():
            edition, entry = one(office)
            try:
                with unit_of_work():
                    asking.take_back(by=as_(office), edition=edition, entry=entry)
            except Refused as refused:
                assert refused.verdict.code == "not_asked"
    assert [letter.kind for letter in letters(office)] == ["correction", "correction_over"]
    assert where(office) == "pending"
    with office.app.app_context():
        assert session.scalars(select(Correction)).one().ended == "taken_back"
    with pytest.raises(Refused):
        with office.app.app_context(), unit_of_work():
            edition, entry = one(office)
            entering.revise(by=as_(office, "owner"), edition=edition, entry=entry)


def test_a_second_request_is_a_second_letter(office: Office) -> None:
    ask(office)
    ask(office, due=Deadline(THROUGH, date(2099, 11, 5)))
    assert [("05/10/2099" in each.body, "05/11/2099" in each.body) for each in letters(office)] == [
        (True, False),
        (False, True),
    ]


def test_what_the_rules_forbid_is_told_at_its_field(office: Office) -> None:
    with office.at_work() as edition:
        said = {"choice": "some", "several": ["files"]}
        session.add(Clause(edition_id=edition.id, code="corrections", value=said, source="khoản 4 Điều 6"))
        edition.deadline_at = now() - timedelta(days=1)
    page = office.visitor().get(office.address(0)).text
    assert 'value="authors"' not in page
    assert 'name="parts"' in page
    fields = {"items": "tên tác giả", "parts": ["authors"], "due_day": "05/10/2099"}
    refused = office.visitor().post(office.address(0, "/bo-sung"), fields)
    assert refused.status_code == 422
    assert "Chọn trong các mục." in refused.text


def test_other_content_of_ones_own_accord_makes_a_decision_wait_again(office: Office) -> None:
    decide(office, "eligible")
    with office.at_work() as edition:
        edition.state = "open"
        session.add(Clause(edition_id=edition.id, code="changes_after_submission", value={"yes": True}))
    with office.app.app_context(), unit_of_work():
        _edition, entry = one(office)
        copy = revising.copy_of(entry)
        copy.title = "Tên khác"
    with office.app.app_context(), unit_of_work():
        edition, entry = one(office)
        revision = session.scalars(select(Entry).where(Entry.revises_id == entry.id)).one()
        revising.take_over(entry, revision)
        asking.came_in(edition=edition, entry=entry, what="changed")
    decided = office.decided(0)
    assert decided is not None
    assert (decided.decision, decided.blind_code, decided.answered_at) == ("pending", "III-IN-001", None)


def test_a_withdrawn_work_leaves_its_trace_with_the_secretariat(office: Office) -> None:
    ask(office)
    with office.app.app_context(), unit_of_work():
        edition, entry = one(office)
        entering.withdraw(by=as_(office, "owner"), edition=edition, entry=entry, reason="Tòa soạn đề nghị")
    assert where(office) == "withdrawn"
    assert "KH3-0001" not in office.visitor().get(QUEUE).text
    listed = office.visitor().get(f"{QUEUE}?ket-luan=withdrawn").text
    assert "KH3-0001" in listed
    page = office.visitor().get(office.address(0)).text
    assert "Tác giả rút tác phẩm lúc" in page
    assert "Tòa soạn đề nghị" in page
    assert "Đã kết thúc lúc" in page


@pytest.mark.parametrize("attempt", range(5))
def test_an_answer_and_a_decision_at_once_never_both_count(office: Office, attempt: int) -> None:
    ask(office)
    with office.app.app_context():
        _edition, entry = one(office)
        seen = operations.seen_of(entry, queries.decision_of(entry.id))
    start, ends = threading.Barrier(2), ["", ""]

    def run(number: int) -> None:
        start.wait()
        try:
            if number == 0:
                answer(office)
            else:
                decide(office, "eligible", seen=seen)
        except Refused as refused:
            ends[number] = refused.verdict.code

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.app.app_context():
        ended = session.scalars(select(Correction)).one().ended
    first_answered = (["", "changed"], "answered", "answered")
    first_decided = (["not_asked", ""], "decided", "eligible")
    assert (ends, ended, where(office)) in (first_answered, first_decided)


def test_who_decides_on_what_has_changed_is_shown_it_first(office: Office) -> None:
    ask(office)
    with office.app.app_context():
        _edition, entry = one(office)
        seen = operations.seen_of(entry, queries.decision_of(entry.id))
    answer(office)
    refused = office.visitor().post(office.address(0, "/du-dieu-kien"), {"seen": seen})
    assert refused.status_code == 422
    assert "Hồ sơ vừa thay đổi hoặc vừa có người kết luận." in refused.text
    assert "Tác giả không có bút danh." in refused.text
    assert where(office) == "answered"
    with office.app.app_context():
        _edition, entry = one(office)
        seen = operations.seen_of(entry, queries.decision_of(entry.id))
    assert office.visitor().post(office.address(0, "/du-dieu-kien"), {"seen": seen}).status_code == 303


def test_no_letter_goes_to_the_secretary_who_filled_a_dossier_in_from_paper(office: Office) -> None:
    with office.app.app_context(), unit_of_work():
        _edition, entry = one(office)
        entry.channel, entry.came_at, entry.owner_id = "post", now(), office.people["secretary"].id
    visitor = office.visitor("secretary")
    assert "không có thư nào được gửi" in visitor.get(f"{QUEUE}/{office.keys[0]}").text
    assert "không có thư nào được gửi" not in visitor.get(f"{QUEUE}/{office.keys[1]}").text
    ask(office)
    assert letters(office) == []
    ask(office, number=1)
    assert [letter.kind for letter in letters(office)] == ["correction"]
