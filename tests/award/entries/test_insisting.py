"""What is received although the rules speak against it, and how it is counted then."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from award import clock
from award.clock import now
from award.db import session, unit_of_work
from award.entries import operations, queries
from award.entries.models import Entry
from award.entries.permissions import files_due_at
from award.files.models import File
from award.log.models import Event
from award.rules.eligibility import findings
from award.verdicts import Refused
from tests.award.entries.conftest import Scene


def drafted(scene: Scene) -> Entry:
    with unit_of_work():
        return scene.draft()


def test_what_the_rules_speak_against_is_received_when_the_entrant_insists(scene: Scene) -> None:
    entry = drafted(scene)
    with unit_of_work():
        entry.parts[0].published_on = date(2022, 10, 15)
    with unit_of_work():
        receipt = operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now(), insisting=True)
    assert receipt.code == "KH3-0001"
    said = session.scalars(select(Event).where(Event.kind == "entry.submitted")).one()
    assert json.loads(said.payload)["facts"]["submitted_against"] == 1


def test_insisting_does_not_fill_what_is_lacking(scene: Scene) -> None:
    entry = drafted(scene)
    with unit_of_work():
        entry.parts[0].published_on = date(2022, 10, 15)
        entry.files.clear()
    with pytest.raises(Refused) as refused, unit_of_work():
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now(), insisting=True)
    assert entry.state == "draft"
    assert "Căn cứ: khoản 2 Điều 4" in refused.value.verdict.sentence


def test_of_too_many_works_the_later_ones_are_too_many(scene: Scene) -> None:
    entries = [drafted(scene) for _ in range(4)]
    at = now()
    for number, entry in enumerate(entries):
        with unit_of_work():
            arrived = {"arrived_at": at + timedelta(seconds=number), "insisting": True}
            operations.submit(by=scene.by(), edition=scene.edition, entry=entry, **arrived)
    works = [queries.facts_of(entry, scene.edition).authors[0].works for entry in entries]
    assert works == [0, 1, 2, 3]
    with unit_of_work():
        revision = operations.revise(by=scene.by(), edition=scene.edition, entry=entries[1])
    assert queries.facts_of(revision, scene.edition).authors[0].works == 1


def test_a_promised_file_that_never_came_is_lacking_once_it_was_due(scene: Scene) -> None:
    entry = drafted(scene)
    session.get_one(File, entry.files[0].file_id).state = "uploading"
    with unit_of_work():
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())

    def lacking() -> list[str]:
        facts, book = queries.facts_of(entry, scene.edition), queries.rule_book(scene.edition)
        return [each.missing for each in findings(facts, book) if each.missing]

    assert lacking() == []
    due = files_due_at(scene.edition)
    assert due is not None
    with clock.stopped_at(due):
        assert lacking() == ["bản quét trang báo"]
