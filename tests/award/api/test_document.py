"""The document holds: whatever it lets a program ask is answered as it says, by nobody's fault of ours."""

from datetime import timedelta
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from award.api.models import Webhook, WebhookDelivery
from award.clock import now
from award.db import session
from award.editions.models import Countersign, Edition
from award.results.models import Decision, Honour, Publication, Result, Ruling
from tests import factories
from tests.award.api.conftest import Program, program_of
from tests.award.newsrooms.conftest import Press

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 8
"""Of each door for each caller: the same ones in every run."""


def test_every_door_is_in_the_document_and_it_says_what_a_key_must_be_for(app: Flask, anybody: Program) -> None:
    told = anybody.get("/openapi.json").json
    assert told is not None
    assert told["openapi"] == "3.1.0"
    doors = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")} - {"api.openapi"}
    operations = [each for path in told["paths"].values() for each in path.values()]
    assert {f"api.{each['operationId']}" for each in operations} == doors
    assert {each.get("x-scope") for each in operations if "security" in each} <= {"", "entries", "newsroom", "webhooks"}
    english = anybody.get("/openapi.json", Accept_Language="en").json
    assert english is not None
    assert english["paths"]["/api/v1/editions"]["get"]["summary"] == "Editions"


PRIVATE = {
    "me",
    "own_entries",
    "own_entry",
    "receipts",
    "newsroom",
    "desk_works",
    "webhooks",
    "deliveries",
}
SILENT = {
    "nobody": PRIVATE,
    "reporter": {"newsroom", "desk_works", "deliveries"},
    "contact": {"own_entry", "receipts"},
}
"""What is not shown to whom; every other door that is read answers each of them with what is there."""


@pytest.fixture
def named(press: Press) -> dict[str, str]:
    """What stands in addresses: things that are there, results that are public, a receiver that was told of one."""
    key = press.submitted("Vườn rau")
    with press.at_work() as edition:
        _public(press, edition, key)
        sea = press.organ().newsroom.id
        receiver = Webhook(person_id=press.people["contact"].id, edition_id=edition.id, newsroom_id=sea)
        receiver.url, receiver.secret = "https://toasoan.example/giai", "whsec_" + "x" * 43
        session.add(receiver)
        session.flush()
        told = WebhookDelivery(webhook_id=receiver.id, event=f"entry.submitted:{key}", next_at=now())
        told.body = {"event": "entry.submitted", "edition": edition.slug, "entry": key, "code": "KH3-0001"}
        session.add(told)
        webhook = receiver.public_id
    return {"slug": "iii-2023", "entry": key, "work": key, "newsroom": press.organs["sea"], "webhook": webhook}


def _public(press: Press, edition: Edition, key: str) -> None:
    """The work has a prize, lowered since, and a body has one, for everybody to read while the edition takes works."""
    by, second, since = press.people["organiser"].id, press.people["secretary"].id, now() - timedelta(hours=1)
    level, other = (factories.prize_level(edition, rank=rank, code=code) for rank, code in ((1, "A"), (9, "TT")))
    given = {"edition_id": edition.id, "state": "decided", "decided_at": since}
    paper = {"number": "1/QĐ", "day": since.date(), "body": "UBND", "signatory": "Trần Minh"}
    both = Countersign(edition_id=edition.id, act="publish", subject=edition.public_id, terms={"at": since.isoformat()})
    both.proposed_by_id, both.proposed_at, both.confirmed_by_id, both.confirmed_at = by, since, second, since
    session.add_all(
        [
            Decision(edition_id=edition.id, recorded_by_id=by, recorded_at=since, **paper),
            Result(entry_id=press.entry(key).id, prize_level_id=level.id, **given),
            Honour(prize_level_id=other.id, recipient="Báo Biển Xanh", **given),
            both,
        ]
    )
    session.flush()
    session.add(Publication(edition_id=edition.id, at=since, countersign_id=both.id))
    prize = session.query(Result).one()
    later = Ruling(edition_id=edition.id, kind="lowered", entry_id=prize.entry_id, result_id=prize.id, **paper)
    later.level_id, later.former_level_id, later.reason = level.id, other.id, "Có sai sót"
    later.state, later.done_at = "confirmed", now()
    session.add(later)


@pytest.mark.parametrize("who", ["nobody", "reporter", "contact"])
def test_programs_find_no_fault_and_nothing_but_what_is_described(
    press: Press, named: dict[str, str], who: str
) -> None:
    caller = Program(press.app) if who == "nobody" else program_of(press.app, press.people[who])
    headers = {"Accept-Encoding": "identity", **({"Authorization": f"Bearer {caller.key}"} if caller.key else {})}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", press.app)
    asked = 0
    silent = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        answered = _tried(operation, named, headers)
        asked += bool(answered)
        if operation.method.upper() == "GET" and 200 not in answered:
            silent.add(operation.definition.raw["operationId"])
    assert asked >= 13
    assert silent == SILENT[who]


def _tried(operation: Any, named: dict[str, str], headers: dict[str, str]) -> list[int]:
    """What the door answered each time. Half of them it was asked at an address where something is, first for all."""
    answered: list[int] = []

    @hypothesis.given(case=operation.as_strategy())
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        if len(answered) % 2 == 0 or not case.path_parameters:
            case.path_parameters = {name: named[name] for name in case.path_parameters or {}}
        if not answered:
            case.query = {}
        response = case.call_and_validate(headers=headers, base_url="http://127.0.0.1:8000", checks=CHECKS)
        answered.append(response.status_code)

    ask()
    return answered
