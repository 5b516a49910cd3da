"""While a round is open a mark is read by its owner alone: two worlds that differ in nothing else look the same.

The second world is the first with other marks, another note, another commitment in the sheets of one judge. Everybody
else crawls every page of the rooms of judging that they may ask for, and one of each kind of reader, with programs of
theirs, all other pages and files of the house whose address this world can fill in; the bytes must be equal.
"""

import ast
import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Appointment, Category, Panel, PrizeLevel
from award.files.models import File
from award.letters import offers
from award.log.models import Checkpoint, Event, EventDetail
from award.people.models import Person
from award.people.tokens import SCOPES, issue
from award.reports.papers import TABLES
from judging.panels import operations as seating
from judging.panels.models import Assignment
from judging.scoring import operations, queries
from judging.scoring.models import Keying, Mark, PaperSheet, ScoreSheet
from judging.viewings import operations as viewings
from judging.viewings.models import Viewing
from tests import factories
from tests.award.entries.conftest import made_file
from tests.judging.rows import Bench, bench, judge
from tests.visitor import Visitor

ROOMS = {"panels", "scoring", "ranking"}
VARIANTS = ("?loc=chua-cham", "?loc=dang-cham", "?loc=da-gui")
ELSEWHERE = ("chair",)
"""Who goes through the other rooms: who heads, and sees most of them; everybody with --long. Those nearest to the marks
are tried by `tests/doors/test_twins.py` in every run."""
NEAR = {"archive", "calendars", "calibration", "council", "files", "letters", "privacy", "proof"}
NEAR |= {"reports", "sittings", "viewings"}
"""The other rooms whose pages tell of judging, of persons or of files; every room of the house with --long."""
OF_THE_MACHINE = {"static", "security", "api", "desk.figures", "desk.health", "desk.ready"}
"""What is the same for every edition, or tells how often this process was asked; and what programs ask with keys."""
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
            _watches_together(of, people["chair"])
            visitors = {name: Visitor(app, person) for name, person in people.items()}
        yield of, visitors


def _administers(person: Person) -> None:
    """Only the house's administrator, with no office in the edition."""
    assert person.user is not None
    person.user.administrator = True
    session.execute(delete(Appointment).where(Appointment.person_id == person.id))


def _watches_together(of: Bench, chair: Person) -> None:
    """The panel sits before one screen, all of it."""
    where = {"by": of.by(chair), "edition": of.edition, "round": of.round}
    viewing = viewings.open_viewing(panel=of.panel, **where)
    viewings.call_roll(viewing=viewing, present=[chair.id, *(each.id for each in of.judges)], **where)


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
        if "GET" in (rule.methods or set()) and rule.endpoint.split(".")[0] in ROOMS:
            filled = filled_in(rule, names)
            found += filled[:1] if rule.rule.endswith(".pdf") else filled
    return sorted(found)


def elsewhere(app: Flask, of: Bench, rooms: set[str] = NEAR, *, whole: bool = False) -> list[str]:
    """Every page, list and file of these rooms that this world can fill in; `whole`: of all not walked yet."""
    with app.app_context():
        names = {
            "slug": [of.edition.slug],
            "ordinal": ["1"],
            "version": ["1"],
            "number": ["1"],
            "size": [str(size) for size in session.scalars(select(Checkpoint.size))],
            "entry_id": [of.works[0].public_id],
            "entry": [of.works[0].public_id],
            "file_id": [session.scalars(select(File.public_id)).first() or ""],
            "panel_id": [session.get_one(Panel, of.panel.id).public_id],
            "category_id": [session.get_one(Category, of.category.id).public_id],
            "level_id": [session.scalars(select(PrizeLevel.public_id)).first() or ""],
            "viewing_id": [session.scalars(select(Viewing.public_id)).first() or ""],
            "table": list(TABLES),
            "audience": list(offers.audiences()),
            "ending": ["xlsx", "csv"],
        }
    found = []
    for rule in app.url_map.iter_rules():
        known = {rule.endpoint, rule.endpoint.split(".")[0]}
        if "GET" in (rule.methods or set()) and (not known & (ROOMS | OF_THE_MACHINE) if whole else known & rooms):
            found += filled_in(rule, names)
    return sorted(found)


def filled_in(rule: Rule, names: dict[str, list[str]]) -> list[str]:
    """The addresses of the rule; none where a name of it is not known."""
    filled = [rule.rule] if rule.arguments <= set(names) else []
    for argument in rule.arguments:
        pattern = re.compile(rf"<(?:\w+:)?{argument}>")
        filled = [pattern.sub(value, address) for address in filled for value in names.get(argument, ())]
    return filled


class Program:
    """A program of this person, with a key for everything they may ask."""

    def __init__(self, app: Flask, person: Person | None) -> None:
        with app.app_context(), unit_of_work():
            assert person is not None and person.user is not None
            self._key = issue(user=person.user, name="Phần mềm", scopes=SCOPES, days=30)[1]
        self._client = app.test_client()

    def get(self, address: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {self._key}"}
        return self._client.get(address, base_url=Visitor.origin, headers=headers)


def crawl(visitors: Mapping[str, Visitor | Program], pages: list[str]) -> dict[tuple[str, str], bytes]:
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
    app: Flask, world: tuple[Bench, dict[str, Visitor]], request: pytest.FixtureRequest
) -> None:
    of, visitors = world
    pages = addresses(app, of)
    of_works = "the sheet, stepping aside, telling of a problem, works beside each other"
    of_lists = "works beside each other, own marks, what is taken along and its worker"
    assert sum("/cham/" in page for page in pages) == 4 * 6 + 4, (of_works, of_lists)
    whole = request.config.getoption("--long")
    readers = {name: visitors[name] for name in (visitors if whole else ELSEWHERE)}
    programs = {f"program of {name}": Program(app, visitors[name].person) for name in ("organiser", "other judge")}
    others, doors = elsewhere(app, of, whole=whole), elsewhere(app, of, {"api"})
    before = crawl(programs, doors) | crawl(visitors, pages) | crawl(readers, others)
    change_the_secret(app, of)
    after = crawl(programs, doors) | crawl(visitors, pages) | crawl(readers, others)
    differ = {where for where in before if before[where] != after[where]}
    with app.app_context():
        keyed = f"/{of.edition.slug}/vong/1/phieu-giay/to/{of.assignments(of.judges[0])[0].public_id}"
    assert differ == {("first to key", keyed), ("second to key", keyed)}, "who keys a paper knows what is on it"
    allowed = {name for (name, address), seen in before.items() if address.endswith("/cham") and b"(200" in seen[:5]}
    assert allowed == {"chair", "deputy", "other judge", "judge who stepped aside"}
    shown = {address for (_name, address), seen in before.items() if seen.startswith(b"(200")}
    assert {"/iii-2023/thong-ke/tien-do", "/iii-2023/kiem-chung", "/tai-khoan/du-lieu/xem", "/api/v1/me"} <= shown
    assert any("/xem-chung/" in address for address in shown), "the panel sits together meanwhile"


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
