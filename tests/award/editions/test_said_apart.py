"""Editions of before keep saying what they said when one rule on members became two."""

import importlib
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from award.db import session, unit_of_work
from award.editions.models import Clause
from tests import factories

APART = importlib.import_module("migrations.versions.0034_who_may_enter")


@pytest.mark.parametrize(
    ("choice", "organisers", "judges", "own"),
    [
        ("barred", False, False, "own_work"),
        ("own_work", None, True, "own_work"),
        ("own_newsroom", None, True, "own_newsroom"),
        ("none", None, None, "none"),
    ],
)
def test_one_rule_becomes_two(app: Flask, choice: str, organisers: bool | None, judges: bool | None, own: str) -> None:
    with app.app_context():
        with unit_of_work():
            edition = factories.edition()
            value: dict[str, Any] = {"choice": choice}
            kept = session.scalar(
                select(Clause).where(Clause.edition_id == edition.id, Clause.code == "conflict_policy")
            )
            if kept is None:
                session.add(Clause(edition_id=edition.id, code="conflict_policy", value=value, source="Điều 9"))
            else:
                kept.value, kept.source = value, "Điều 9"
            session.flush()
            for statement in APART.SAID:
                session.execute(text(statement))
        said = {each.code: each for each in session.scalars(select(Clause).where(Clause.edition_id == edition.id))}
        for code, expected in (("organisers_enter", organisers), ("judges_enter", judges)):
            clause = said.get(code)
            assert (clause and clause.value) == (None if expected is None else {"yes": expected})
            assert clause is None or clause.source == "Điều 9"
        assert said["conflict_policy"].value == {"choice": own}
