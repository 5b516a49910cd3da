"""What the pages of ranking and of the council cost: the same for ten works and for 319."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import insert, select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Criterion, Panel
from award.editions.placing import TIE_STEPS
from award.editions.rulebook import rules_of_round
from award.entries.models import Entry, Part
from award.people.models import Person
from award.results.models import FormerStanding, Standing
from award.screening.models import Screening
from judging.panels.models import Assignment, Seat
from judging.ranking.models import Zone
from judging.scoring.models import Mark, ScoreSheet
from tests import factories
from tests.budget.conftest import Spent
from tests.judging.rows import bench, clause, judge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[Spent]]
MOST, MOST_BYTES = 8, 60_000
"""The whole page, with session, account, edition and masthead. The ranking itself: `test_hot_lists.py`."""


LOOKING_THROUGH = 25
"""Marks are opened, set against each other, and laid beside what was asked: only while a round is frozen."""


@dataclass
class Award:
    chair: Person
    secretary: Person
    member: Person


def award(works: int, *, state: str, judges: int = 2) -> Award:
    """A last round with that many works and judges, in this state; closed, with places, prizes to give and rules
    that part equal works by every step there is."""
    of = bench(works=0, judges=judges)
    clause(of.edition, "readings", number=judges)
    clause(of.edition, "tie_steps", several=[code for code, _words in TIE_STEPS])
    heads = [judge(of.edition, name, role) for name, role in (("Bùi An", "chair"), ("Bùi Cúc", "secretary"))]
    levels = [factories.prize_level(of.edition, rank=rank, code=code, quota=9) for rank, code in enumerate("ABC")]
    assert levels
    entries = [
        Entry(
            edition_id=of.edition.id,
            category_id=of.category.id,
            owner_id=of.organiser.id,
            title=f"Tác phẩm {number}",
            state="submitted",
            submitted_at=now(),
            code=f"KH3-{number:04d}",
            changed_at=now(),
            parts=[Part(ordinal=1, title="Kỳ 1")],
        )
        for number in range(1, works + 1)
    ]
    session.add_all(entries)
    session.flush()
    codes = {entry.id: f"III-IN-{number:03d}" for number, entry in enumerate(entries, start=1)}
    _insert(
        Screening,
        [
            {"entry_id": entry, "edition_id": of.edition.id, "decision": "eligible", "blind_code": code}
            for entry, code in codes.items()
        ],
    )
    of.open()
    _score(of.round.id)
    of.round.state, of.round.shortlist_size = state, 20
    if state == "closed":
        of.round.closed_at = now()
        of.round.counted_rules = rules_of_round(of.round, [of.panel])
        _place(of.edition.id, of.round.id, of.panel.id)
    session.flush()
    return Award(*heads, of.judges[0])


def _insert(table: type, rows: list[dict[str, object]]) -> None:
    session.execute(insert(table), rows)


def _score(round_id: int) -> None:
    """The first judge has sent every sheet, the second none: every work is short of one."""
    seat = session.scalars(select(Seat.id).where(Seat.round_id == round_id).order_by(Seat.id)).first()
    criteria = session.scalars(select(Criterion.id).where(Criterion.round_id == round_id)).all()
    given = session.scalars(select(Assignment.id).where(Assignment.seat_id == seat)).all()
    sheets = [
        {"assignment_id": one, "state": "finished", "finished_at": now(), "changed_at": now(), "public_id": f"s{one}"}
        for one in given
    ]
    _insert(ScoreSheet, sheets)
    ids = session.scalars(select(ScoreSheet.id).where(ScoreSheet.assignment_id.in_(given))).all()
    _insert(Mark, [{"sheet_id": sheet, "criterion_id": one, "steps": 6} for sheet in ids for one in criteria])


def _place(edition_id: int, round_id: int, panel_id: int) -> None:
    seats = session.scalars(select(Seat.id).where(Seat.round_id == round_id)).all()
    criteria = session.scalars(select(Criterion.id).where(Criterion.round_id == round_id)).all()
    detail = {"sheets": [{"seat": seat, "marks": {str(one): 6 for one in criteria}} for seat in seats]}
    entries = session.scalars(select(Entry.id).where(Entry.edition_id == edition_id).order_by(Entry.id)).all()
    _insert(
        Standing,
        [
            {
                "edition_id": edition_id,
                "round_id": round_id,
                "panel_id": panel_id,
                "entry_id": entry,
                "rank": rank,
                "score_numerator": 4000 - rank,
                "score_denominator": 400,
                "sheets": len(seats),
                "detail": detail,
                "advanced": None,
                "advanced_reason": "",
            }
            for rank, entry in enumerate(entries, start=1)
        ],
    )
    place = {"round_id": round_id, "version": 1, "panel_id": panel_id, "sheets": len(seats), "detail": detail}
    _insert(FormerStanding, [{**place, "entry_id": entry, "rank": rank} for rank, entry in enumerate(entries, start=1)])


PAGES = [
    ("chair", "open", "/iii-2023/vong/1/tien-do"),
    ("secretary", "frozen", "/iii-2023/vong/1/tien-do"),
    ("chair", "closed", "/iii-2023/vong/1/xep-hang"),
    ("member", "closed", "/iii-2023/vong/1/xep-hang"),
    ("chair", "closed", "/iii-2023/vong/1/doi-chieu"),
    ("member", "closed", "/iii-2023/vong/1/dinh-chinh/ban-1"),
    ("chair", "closed", "/iii-2023/de-nghi-giai"),
    ("secretary", "closed", "/iii-2023/de-nghi-giai"),
]


CORRECTING = "/iii-2023/vong/1/dinh-chinh?ma=III-IN-001"
MORE = {CORRECTING: 12, "/iii-2023/vong/1/tien-do": 11}
"""No lists of works: a form with what waits for a second person and who is kept from the work; panels, judges and
what is short of sheets, counted at once. Both opened by few."""


@pytest.mark.parametrize(("who", "state", "page"), [*PAGES, ("chair", "closed", CORRECTING)])
@pytest.mark.parametrize("works", [10, 319])
def test_a_page_costs_the_same_for_ten_works_and_for_all(
    app: Flask, count_queries: Counting, who: str, state: str, page: str, works: int
) -> None:
    with app.app_context(), unit_of_work():
        made = award(works, state=state)
    visitor = Visitor(app, getattr(made, who))

    def cost(address: str) -> list[str]:
        assert visitor.get(address).status_code == 200
        with count_queries() as spent:
            answer = visitor.get(address, headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"})
        assert len(answer.data) <= MOST_BYTES
        return spent.statements

    spent = cost(page)
    assert len(spent) <= MORE.get(page, MOST), "\n\n".join(spent)


FILES = [
    ("secretary", "open", "/iii-2023/vong/1/tien-do?tai-ve=csv", 9),
    ("member", "closed", "/iii-2023/vong/1/xep-hang?tai-ve=xlsx", 9),
    ("secretary", "closed", "/iii-2023/de-nghi-giai?tai-ve=xlsx", 10),
    ("secretary", "closed", "/iii-2023/kiem-chung/bo-kiem-chung.zip", 30),
    ("member", "closed", "/iii-2023/kiem-chung/vong/1/bien-nhan.txt", 9),
    ("secretary", "closed", "/iii-2023/vong/1/bang-diem/{panel}.docx", 12),
    ("secretary", "closed", "/iii-2023/de-nghi-giai/bien-ban.pdf", 14),
]
"""Lists and papers have no frame around them: what they cost is what stands here."""


@pytest.mark.parametrize(("who", "state", "address", "most"), FILES)
@pytest.mark.parametrize("works", [10, 319])
def test_a_file_costs_the_same_for_ten_works_and_for_all(
    app: Flask, count_queries: Counting, who: str, state: str, address: str, most: int, works: int
) -> None:
    with app.app_context(), unit_of_work():
        made = award(works, state=state)
        address = address.format(panel=session.scalars(select(Panel.public_id)).one())
    visitor = Visitor(app, getattr(made, who))
    assert visitor.get(address).status_code == 200
    with count_queries() as spent:
        visitor.get(address)
    assert len(spent) <= most, "\n\n".join(spent.statements)


@pytest.mark.parametrize("works", [10, 319])
def test_looking_through_a_frozen_round_costs_the_same_for_ten_works_and_for_all(
    app: Flask, count_queries: Counting, works: int
) -> None:
    with app.app_context(), unit_of_work():
        made = award(works, state="frozen")
        panel, entries = session.scalars(select(Panel)).one(), session.scalars(select(Entry.id).order_by(Entry.id))
        content = {"round": "", "works": [[panel.public_id, entry, 500] for entry in entries]}
        session.add(Zone(round_id=panel.round_id, content=content, nonce=b"", commitment="", settled_at=now()))
    visitor = Visitor(app, made.chair)
    answer = visitor.get("/iii-2023/vong/1/ra-soat")
    assert (answer.status_code, answer.text.count('name="work"')) == (200, works)
    for page in ("ra-soat", "vo-hieu"):
        with count_queries() as spent:
            assert visitor.get(f"/iii-2023/vong/1/{page}").status_code == 200
        assert len(spent) <= LOOKING_THROUGH, "\n\n".join(spent.statements)
