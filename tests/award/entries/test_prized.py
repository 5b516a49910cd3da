"""A work that was prized before: found in the record by title and author, asked for, known again, and tied to."""

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.permissions import Capacity
from award.entries import operations, queries
from award.entries.models import Authorship, Entry, PriorPrize
from award.history import operations as history
from award.history.models import HistoryImport, PastWork
from award.rules.eligibility import Finding, findings
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Browser, Scene
from tests.award.history.conftest import ROAD, VAN, taken_in

SINGLE = {**VAN, "title": "Giữ lời hứa với dân"}


def staff(scene: Scene) -> Capacity:
    return Capacity(scene.entrant.id, scene.edition_id, frozenset({"secretary"}))


@pytest.fixture
def record(scene: Scene) -> int:
    """A list in the record that gives a work of the entrant's title a prize; its id."""
    with unit_of_work():
        return taken_in(staff(scene), scene.edition, SINGLE, ROAD).id


def said(scene: Scene, entry: Entry) -> list[Finding]:
    found = findings(queries.facts_of(entry, scene.edition), queries.rule_book(scene.edition))
    return [finding for finding in found if finding.code == "prior_prizes"]


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("Giữ lời hứa với dân", [("Nguyễn Thị Vân", "")], ["amber"]),
        ("GIỮ LỜI HỨA với dân.", [("nguyễn thị vân", "")], ["amber"]),
        ("“Giữ lời hứa - với dân”", [("Lê Thu Cúc", ""), ("Trần Minh", "")], ["amber"]),
        ("Giữ lời hứa với dân", [("Lê Thu Cúc", "Sông Mây, Hà Vân")], ["amber"]),
        ("Giữ lời hứa với dân", [("Lê Thu Cúc", "")], ["green"]),
        ("Giữ lời hứa", [("Nguyễn Thị Vân", "")], ["green"]),
        ("", [("Nguyễn Thị Vân", "")], ["green"]),
    ],
)
def test_the_record_is_asked_by_title_and_author(
    scene: Scene, record: int, title: str, names: list[tuple[str, str]], expected: list[str]
) -> None:
    with unit_of_work():
        entry = scene.draft(title=title)
        entry.authors = [
            Authorship(ordinal=n, legal_name=name, pen_name=pen) for n, (name, pen) in enumerate(names, start=1)
        ]
        assert [finding.verdict for finding in said(scene, entry)] == expected


def test_another_awards_record_says_nothing_here(scene: Scene) -> None:
    with unit_of_work():
        other = factories.edition(slug="khac-2023")
        taken_in(staff(scene), other, SINGLE)
        assert [finding.verdict for finding in said(scene, scene.draft())] == ["green"]


def test_the_entrant_reads_it_beside_the_question_and_may_submit(ctx: Flask, scene: Scene, record: int) -> None:
    with unit_of_work():
        key = scene.draft().public_id
    page = Browser(ctx, scene.entrant).get(f"/{scene.slug}/tac-pham/{key}/cam-ket").text
    assert "Nếu là tác phẩm này, đề nghị kê khai." in page
    assert "Giải A, Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ II - năm 2022" in page
    answer = Browser(ctx, scene.entrant).post(f"/{scene.slug}/tac-pham/{key}/nop")
    assert answer.headers["Location"].endswith("/bien-nhan")


def declared(scene: Scene) -> Entry:
    entry = scene.draft(no_prior_prize=False)
    entry.prior_prizes = [
        PriorPrize(award_name="Giải báo chí Khánh Hòa", level="B", year=2021),
        PriorPrize(award_name="Giải Búa liềm vàng tỉnh Khánh Hòa", level="A", year=2022),
    ]
    session.flush()
    return entry


def test_what_is_declared_is_tied_to_the_record_when_the_work_is_submitted(scene: Scene, record: int) -> None:
    with unit_of_work():
        entry = declared(scene)
        assert [finding.verdict for finding in said(scene, entry)] == ["green"]
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    prized = session.scalars(select(PastWork.id).where(PastWork.title == "Giữ lời hứa với dân")).one()
    assert [prize.past_work_id for prize in entry.prior_prizes] == [None, prized]
    with pytest.raises(Refused) as refused, unit_of_work():
        done = session.get_one(HistoryImport, record)
        history.take_back(by=staff(scene), edition=scene.edition, done=done, reason="Nhầm năm")
    assert refused.value.verdict.code == "referred"


def test_a_revision_that_no_longer_declares_it_lets_go(scene: Scene, record: int) -> None:
    with unit_of_work():
        entry = declared(scene)
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    with unit_of_work():
        revision = operations.revise(by=scene.by(), edition=scene.edition, entry=entry)
        revision.title = "Tên khác hẳn"
        session.flush()
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
    session.expire_all()
    assert [prize.past_work_id for prize in entry.prior_prizes] == [None, None]
    with unit_of_work():
        done = session.get_one(HistoryImport, record)
        history.take_back(by=staff(scene), edition=scene.edition, done=done, reason="Nhầm năm")
    assert session.get_one(HistoryImport, record).state == "taken_back"
