"""While a round is open a mark is read by its owner alone: two worlds that differ in nothing else look the same.

The second world is the first with other marks, another note, another commitment in the sheets of one judge. Everybody
else crawls every page of the rooms of judging that they may ask for; the bytes must be equal.
"""

import ast
import re
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Appointment
from award.log.models import Event, EventDetail
from award.people.models import Person
from judging.panels import operations as seating
from judging.panels.models import Assignment
from judging.scoring import operations, queries
from judging.scoring.models import Keying, Mark, PaperSheet, ScoreSheet
from tests import factories
from tests.award.entries.conftest import made_file
from tests.judging.rows import Bench, bench, judge
from tests.visitor import Visitor

ROOMS = {"panels", "scoring", "ranking"}
VARIANTS = ("?loc=chua-cham", "?loc=dang-cham", "?loc=da-gui", "?xep=diem")
PRINTING = "organiser"
"""Prints one of each paper to be filled in: it is drawn from what it is asked for, whoever asks."""
CHANGING = re.compile(rb'((?:name="(?:csrf_token|deed_key)" value=|"csrf_token": ?|data-csrf=)")[^"]*(")')
ROOT = Path(__file__).parents[3]


@pytest.fixture
def world(app: Flask) -> Iterator[tuple[Bench, dict[str, Visitor]]]:
    """An open round in which the first judge has marked all and sent some; the others have not begun or half."""
    with stopped_at(now()):
        with app.app_context(), unit_of_work():
            of = bench(works=2, judges=3)
            people = {
                "chair": judge(of.edition, "Bùi An", "chair"),
                "deputy": judge(of.edition, "Bùi Bách", "deputy"),
                "secretary": judge(of.edition, "Bùi Cúc", "secretary"),
                "auditor": judge(of.edition, "Bùi Danh", "auditor"),
                "organiser": of.organiser,
                "administrator": judge(of.edition, "Bùi Em", "secretary"),
                "first to key": judge(of.edition, "Bùi Giang", "secretary"),
                "second to key": judge(of.edition, "Bùi Hà", "secretary"),
                "other judge": of.judges[1],
                "judge who stepped aside": of.judges[2],
            }
            for name, role in (("chair", "chair"), ("deputy", "deputy")):
                seating.seat_person(
                    by=of.by(of.organiser), edition=of.edition, panel=of.panel, person=people[name], role=role
                )
            _administers(people["administrator"])
            of.round.asks_level = True
            for rank, code in enumerate("AB", start=1):
                factories.prize_level(of.edition, rank=rank, code=code, name=f"Giải {code}", quota=1)
            of.open()
            mine = of.assignments(of.judges[0])
            marks = {criterion.id: 8 for criterion in of.round.criteria}
            by = of.by(of.judges[0])
            for number, assignment in enumerate(mine):
                operations.save(by=by, assignment=assignment, version=0, marks=marks, note="Hay.", level="A")
                if number:
                    operations.finish(by=by, edition=of.edition, assignment=assignment)
            _on_paper(of, mine[0], people["first to key"], people["second to key"], taken=False)
            _on_paper(of, mine[1], people["first to key"], people["second to key"], taken=True)
            aside = of.assignments(of.judges[2])[0]
            operations.step_aside(by=of.by(of.judges[2]), edition=of.edition, assignment=aside, relation="relative")
            visitors = {name: Visitor(app, person) for name, person in people.items()}
        yield of, visitors


def _administers(person: Person) -> None:
    """Only the house's administrator, with no office in the edition."""
    assert person.user is not None
    person.user.administrator = True
    session.execute(delete(Appointment).where(Appointment.person_id == person.id))


def _on_paper(of: Bench, assignment: Assignment, first: Person, second: Person, *, taken: bool) -> None:
    """The first judge's sheet on paper: keyed twice and taken, or keyed in two ways that differ."""
    own = queries.own_sheet(assignment.seat_id, assignment.id)
    paper = PaperSheet(assignment_id=assignment.id, scan_sha256="ab" * 32 if taken else "")
    paper.scan_id = made_file(first, "ready", sha256="ab" * 32).id
    if taken:
        assert own is not None
        paper.taken_at, paper.signed_on, paper.commitment = now(), date(2023, 10, 12), own.commitment
    for ordinal, person in enumerate((first, second), start=1):
        marks = [[criterion.id, 8 if taken else 7 + ordinal] for criterion in of.round.criteria]
        keying = Keying(ordinal=ordinal, person_id=person.id, marks=marks, level="A", signed_on=date(2023, 10, 12))
        paper.keyings.append(keying)
    session.add(paper)
    session.flush()


def change_the_secret(app: Flask, of: Bench) -> None:
    """The first judge gave other marks and proposed another level, and everything that follows from them."""
    with app.app_context(), unit_of_work():
        own = select(ScoreSheet.id).join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        own = own.where(Assignment.seat_id == of.seat(of.judges[0]).id)
        session.execute(update(Mark).where(Mark.sheet_id.in_(own)).values(steps=Mark.criterion_id % 8 + 1))
        values = {"note": "Kém, dài, thiếu số liệu.", "level": "-", "version": ScoreSheet.version + 5}
        session.execute(update(ScoreSheet).where(ScoreSheet.id.in_(own)).values(**values))
        for sheet in session.scalars(select(ScoreSheet).where(ScoreSheet.id.in_(own), ScoreSheet.state == "finished")):
            sheet.nonce, sheet.commitment = secrets.token_bytes(32), secrets.token_hex(32)
            change = update(PaperSheet).where(
                PaperSheet.assignment_id == sheet.assignment_id, PaperSheet.taken_at.is_not(None)
            )
            session.execute(change.values(commitment=sheet.commitment))
        for keying in session.scalars(select(Keying)):
            keying.level = "B"
            keying.marks = [[criterion, steps % 4 + keying.ordinal] for criterion, steps in keying.marks or ()]


def addresses(app: Flask, of: Bench) -> list[str]:
    """Every page of the rooms that the names of this world lead to, the list with its filters, and the desk."""
    with app.app_context():
        names = {
            "slug": [of.edition.slug],
            "ordinal": ["1"],
            "assignment_id": [a.public_id for person in of.judges for a in of.assignments(person)],
            "seat_id": [of.seat(of.judges[0]).public_id],
            "entry_id": [entry.public_id for entry in of.works],
        }
    found = ["/ban-lam-viec", f"/{of.edition.slug}/nhat-ky", f"/{of.edition.slug}/nhat-ky?tai-ve=csv"]
    found += [f"/{of.edition.slug}/vong/1/cham{variant}" for variant in VARIANTS]
    found += [f"/{of.edition.slug}/vong/1/cham/so-sanh?tp={name}" for name in names["assignment_id"]]
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint.split(".")[0] not in ROOMS:
            continue
        filled = [rule.rule] if rule.arguments <= set(names) else []
        for argument in rule.arguments:
            pattern = re.compile(rf"<(?:\w+:)?{argument}>")
            filled = [pattern.sub(value, address) for address in filled for value in names.get(argument, ())]
        found += filled[:1] if rule.rule.endswith(".pdf") else filled
    return sorted(found)


def crawl(visitors: dict[str, Visitor], pages: list[str]) -> dict[tuple[str, str], bytes]:
    seen = {}
    for name, visitor in visitors.items():
        for address in pages:
            if address.endswith(".pdf") and name != PRINTING:
                continue
            answer = visitor.get(address)
            head = repr((answer.status_code, answer.location, answer.headers.get("ETag"))).encode()
            body = re.sub(rb"[0-9A-F]{6}", b"", answer.data) if answer.status_code >= 400 else answer.data
            seen[name, address] = head + CHANGING.sub(rb"\1\2", body)
    return seen


@pytest.mark.timeout(900)
def test_two_worlds_that_differ_in_another_judges_marks_look_the_same(
    app: Flask, world: tuple[Bench, dict[str, Visitor]]
) -> None:
    of, visitors = world
    pages = addresses(app, of)
    of_works = "the sheet, stepping aside, telling of a problem, works beside each other"
    of_lists = "works beside each other, own marks, what is taken along and its worker"
    assert sum("/cham/" in page for page in pages) == 4 * 6 + 4, (of_works, of_lists)
    before = crawl(visitors, pages)
    change_the_secret(app, of)
    after = crawl(visitors, pages)
    differ = {where for where in before if before[where] != after[where]}
    with app.app_context():
        keyed = f"/{of.edition.slug}/vong/1/phieu-giay/to/{of.assignments(of.judges[0])[0].public_id}"
    assert differ == {("first to key", keyed), ("second to key", keyed)}, "who keys a paper knows what is on it"
    allowed = {name for (name, address), seen in before.items() if address.endswith("/cham") and b"(200" in seen[:5]}
    assert allowed == {"chair", "deputy", "other judge", "judge who stepped aside"}


def test_the_owner_sees_the_difference(app: Flask, world: tuple[Bench, dict[str, Visitor]]) -> None:
    of, _visitors = world
    owner = {"owner": Visitor(app, of.judges[0])}
    before = crawl(owner, ["/iii-2023/vong/1/cham"])
    change_the_secret(app, of)
    assert crawl(owner, ["/iii-2023/vong/1/cham"]) != before


def test_reading_changes_nothing(app: Flask, world: tuple[Bench, dict[str, Visitor]]) -> None:
    of, visitors = world
    readers = {"owner": Visitor(app, of.judges[0]), "organiser": visitors["organiser"]}

    def rows() -> list[object]:
        with app.app_context():
            tables = (Assignment.__table__, ScoreSheet.__table__, Mark.__table__, Event.__table__)
            return [session.execute(select(table).order_by(table.c.id)).all() for table in tables]

    before = rows()
    crawl(readers, addresses(app, of))
    assert rows() == before


def test_the_log_of_an_open_round_holds_no_mark_and_no_note(
    app: Flask, world: tuple[Bench, dict[str, Visitor]]
) -> None:
    with app.app_context():
        written = [event.payload for event in session.scalars(select(Event))]
        written += [repr(one.detail).encode() for one in session.scalars(select(EventDetail))]
        sent = session.scalars(select(Event).where(Event.kind == "sheet.sent")).all()
        assert len(sent) == 1
        for event in sent:
            assert re.fullmatch(
                rb'.*"facts":\{"assignment":\d+,"commitment":"[0-9a-f]{64}","entry":\d+\}.*', event.payload
            )
    for text in written:
        assert b"mark" not in text
        assert b"steps" not in text
        assert b"Hay." not in text
        assert b"level" not in text


def imports_of(path: Path) -> set[tuple[str, str]]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {(node.module, alias.name) for alias in node.names}
        if isinstance(node, ast.Attribute):
            found.add(("", node.attr))
    return found


def test_marks_are_read_in_scoring_and_opened_by_ranking_alone() -> None:
    for folder in ("award", "judging"):
        for path in (ROOT / folder).rglob("*.py"):
            inside = path.relative_to(ROOT).as_posix()
            for module, name in imports_of(path):
                if (module, name) == ("judging.scoring.models", "Mark"):
                    assert inside.startswith("judging/scoring/"), inside
                if name == "finished_marks":
                    assert inside == "judging/ranking/gathering.py", inside
