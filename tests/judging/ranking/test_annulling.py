"""A conflict found late: two persons annul a judge's sheet, somebody else reads the work, and nobody's mark is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Countersign
from award.entries.models import Authorship, Entry
from award.features import tell_rooms_of_ties
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.panels import recusing
from judging.panels.models import Assignment, Conflict
from judging.proof.verifier import steps
from judging.ranking import annulling, operations
from judging.ranking.annulments import annulments
from tests.judging.proof.test_verify import unpacked
from tests.judging.ranking.halls import Hall, House, hall
from tests.judging.rows import clause

STEPS = ((10, 8, 6), (9, 8, 6), (8, 8, 6), (7, 8, 6))


@pytest.fixture
def marked(ctx: Flask) -> Hall:
    """Four works, each read by two of four judges and marked by both."""
    with unit_of_work():
        of = hall(works=4, judges=4, shortlist=2, readings=2)
        clause(of.bench.edition, "conflict_policy", choice="own_work")
        of.mark_dealt(*STEPS)
    return of


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, unit_of_work():
        act()
    return caught.value.verdict.code


def facts(kind: str) -> list[dict[str, object]]:
    found = session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id))
    return [json.loads(event.payload)["facts"] for event in found]


def readers(of: Hall, entry: Entry) -> list[Person]:
    return [p for p in of.bench.judges if any(a.entry_id == entry.id and a.state == "open" for a in dealt(of, p))]


def dealt(of: Hall, person: Person) -> list[Assignment]:
    found = of.bench.assignments(person)
    for each in found:
        session.refresh(each)
    return found


def propose(of: Hall, person: Person, entry: Entry, by: Person, reason: str = "Vợ tác giả.") -> Countersign:
    return annulling.propose_annulment(
        by=of.by(by),
        edition=of.edition,
        judged=of.round,
        assignment=of.assignment(person, entry),
        relation="relative",
        reason=reason,
    )


def confirm(of: Hall, proposal: Countersign, by: Person) -> None:
    annulling.confirm_annulment(by=of.by(by), edition=of.edition, judged=of.round, proposal=session.merge(proposal))


def annul(of: Hall, person: Person, entry: Entry) -> None:
    with unit_of_work():
        proposal = propose(of, person, entry, of.chair)
    with unit_of_work():
        confirm(of, proposal, of.secretary)


def test_it_takes_a_reason_and_two_persons_neither_of_whom_is_the_judge(marked: Hall) -> None:
    entry = marked.works[0]
    person = readers(marked, entry)[0]
    assert refused(lambda: propose(marked, person, entry, marked.auditor)) == "role"
    assert refused(lambda: propose(marked, person, entry, marked.chair, reason=" ")) == "no_reason"
    with unit_of_work():
        proposal = propose(marked, person, entry, marked.secretary)
    assert refused(lambda: confirm(marked, proposal, marked.secretary)) == "same_person"
    assert refused(lambda: confirm(marked, proposal, marked.chair)) == "reads_here", "the round is blind"
    with unit_of_work():
        session.add(
            Conflict(
                edition_id=marked.edition.id,
                person_id=marked.bench.organiser.id,
                entry_id=entry.id,
                relation="relative",
                source="declared",
            )
        )
    assert refused(lambda: confirm(marked, proposal, marked.bench.organiser)) == "kept_from"
    assert marked.sheet(person, entry).state == "finished", "nothing happens before it is confirmed"
    told = {
        who: annulments(marked.edition, marked.round, marked.by(marked.lookers[who])) for who in ("chair", "secretary")
    }
    assert [told[who].waiting[0].reason for who in told] == ["", "Vợ tác giả."]


def test_while_marks_are_given_the_sheet_counts_no_more_and_another_reads(marked: Hall) -> None:
    entry = marked.works[0]
    person, other = readers(marked, entry)
    annul(marked, person, entry)
    assert marked.sheet(person, entry).state == "annulled"
    assert marked.sheet(person, entry).commitment, "what was sent can still be opened"
    now_reading = readers(marked, entry)
    assert other in now_reading and person not in now_reading and len(now_reading) == 2
    (found,) = facts("conflict.found")
    assert found == {"entry": entry.id, "person": person.id, "relation": "relative", "assignments": 1}
    assert [each["reason"] for each in facts("sheet.annulled")] == ["relative"]
    assert refused(lambda: propose(marked, person, entry, marked.chair)) == "ended"


def test_in_a_frozen_round_the_replacement_may_still_mark_and_the_evidence_fits(
    marked: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = marked.works[3]
    with unit_of_work():
        marked.freeze()
    person = readers(marked, entry)[0]
    with unit_of_work():
        proposal = propose(marked, person, entry, marked.chair)
    assert (
        refused(
            lambda: operations.propose_close(by=marked.by(marked.chair), edition=marked.edition, judged=marked.round)
        )
        == "annulment_waits"
    )
    with unit_of_work():
        confirm(marked, proposal, marked.secretary)
    (added,) = facts("reading.added")
    assert (added["entry"], added["why"]) == (entry.id, "replacement")
    reader = next(p for p in marked.bench.judges if marked.bench.seat(p).id == added["seat"])
    with unit_of_work():
        marked.mark(reader, entry, (12, 12, 10))
    with unit_of_work():
        marked.close()
    placed = marked.standing(entry)
    assert placed.sheets == 2
    assert marked.bench.seat(person).id not in {sheet["seat"] for sheet in placed.detail["sheets"]}
    folder = unpacked(marked, tmp_path)
    assert steps.main([str(folder.path)]) == 0, capsys.readouterr().out


def test_a_tie_known_since_dealing_ends_what_was_not_sent_and_stops_the_end_of_the_round(ctx: Flask) -> None:
    with unit_of_work():
        of = hall(works=4, judges=4, shortlist=2, readings=2)
        clause(of.bench.edition, "conflict_policy", choice="own_work")
        sent, unsent = of.works[0], of.works[1]
        for person in readers(of, sent):
            of.mark(person, sent, (8, 8, 8))
    author, co_author = readers(of, sent)[0], readers(of, unsent)[0]
    with unit_of_work():
        of.mark(co_author, unsent, (8, 8, 8), send=False)
        for entry, person in ((sent, author), (unsent, co_author)):
            row = Authorship(ordinal=2, legal_name=person.legal_name, person_id=person.id, contact=False)
            session.get_one(Entry, entry.id).authors.append(row)
        session.flush()
        tell_rooms_of_ties()
    assert co_author not in readers(of, unsent) and len(readers(of, unsent)) == 2, "another was given the work"
    assert of.sheet(co_author, unsent).state == "annulled"
    assert author in readers(of, sent), "what was sent is annulled by two persons"
    assert [each["relation"] for each in facts("conflict.computed")] == ["author"]
    with unit_of_work():
        of.freeze()
    by, words = of.by(of.chair), "Chưa đủ phiếu."
    close = lambda: operations.propose_close(by=by, edition=of.edition, judged=of.round, shortfall_reason=words)  # noqa: E731
    assert refused(close) == "tied"
    (tied,) = annulments(of.edition, of.round, of.by(of.secretary)).tied
    assert (tied.code, tied.member, tied.relation) == ("III-IN-001", author.legal_name, "Là tác giả")
    annul(of, author, sent)
    with unit_of_work():
        close()


def test_the_page_leads_through_both_steps(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        house = House(app, hall(works=1, judges=2))
        of = house.of
        person = of.bench.judges[0]
        of.mark(person, of.works[0], (8, 8, 8))
        seat = of.bench.seat(person).public_id
    address = "/iii-2023/vong/1/vo-hieu"
    form = {"code": "iii-in-001", "seat": seat, "relation": "relative", "reason": "Em ruột tác giả."}
    chair, secretary = house.chair, house.visitor(of.secretary)
    answer = chair.post(address, data={**form, "code": "III-IN-999"})
    assert answer.status_code == 422 and "không được phân công tác phẩm có mã ấy" in answer.text
    assert chair.post(address, data=form).status_code == 303
    page = secretary.get(address).text
    assert "Lý do: Em ruột tác giả." in page
    assert house.deputy.get(address).text.count("Em ruột") == 0, "the deputy of a blind round learns of no tie"
    with app.app_context():
        sign = session.scalars(select(Countersign.public_id)).one()
    assert secretary.post(f"{address}/{sign}/xac-nhan").status_code == 303
    page = secretary.get(address).text
    assert "Đã vô hiệu" in page and "Bùi An, Bùi Cúc" in page
    with app.app_context():
        assert of.sheet(person, of.works[0]).state == "annulled"


def test_who_declared_is_replaced_in_a_frozen_round_too(marked: Hall) -> None:
    entry = marked.works[1]
    with unit_of_work():
        marked.freeze()
    person = readers(marked, entry)[0]
    with unit_of_work():
        recusing.declare_conflict(
            by=marked.by(person),
            edition=marked.edition,
            assignment=marked.assignment(person, entry),
            relation="relative",
        )
    assert [each["why"] for each in facts("reading.added")] == ["replacement"]
    assert len(readers(marked, entry)) == 2
