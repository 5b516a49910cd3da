"""The document holds: whatever it lets a program ask is answered as it says, by nobody's fault of ours."""

from collections.abc import Mapping
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

from award.clock import now
from award.db import session
from award.results.models import Decision
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


@pytest.fixture
def named(press: Press) -> dict[str, str]:
    """What stands in addresses: things that are there, and results that are public."""
    key = press.submitted("Vườn rau")
    with press.at_work() as edition:
        paper = {"number": "1/QĐ", "day": now().date(), "body": "UBND", "signatory": "Trần Minh"}
        by = press.people["organiser"].id
        session.add(Decision(edition_id=edition.id, recorded_by_id=by, recorded_at=now(), **paper))
    return {"slug": "iii-2023", "entry": key, "work": key, "newsroom": press.organs["sea"]}


@pytest.mark.parametrize("who", ["nobody", "reporter", "contact"])
def test_programs_find_no_fault_and_nothing_but_what_is_described(
    press: Press, named: dict[str, str], who: str
) -> None:
    caller = Program(press.app) if who == "nobody" else program_of(press.app, press.people[who])
    headers = {"Accept-Encoding": "identity", **({"Authorization": f"Bearer {caller.key}"} if caller.key else {})}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", press.app)
    asked: Mapping[str, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        asked = {**asked, operation.label: _tried(operation, named, headers)}
    assert len(asked) >= 13
    assert min(asked.values()) >= 1


def _tried(operation: Any, named: dict[str, str], headers: dict[str, str]) -> int:
    """How many times the door was asked; half of them at an address where something is."""
    count = 0

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
        nonlocal count
        count += 1
        if count % 2 or not case.path_parameters:
            case.path_parameters = {name: named.get(name, "x") for name in case.path_parameters or {}}
        case.call_and_validate(headers=headers, base_url="http://127.0.0.1:8000", checks=CHECKS)

    ask()
    return count
