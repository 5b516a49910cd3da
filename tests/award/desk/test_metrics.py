"""Figures for a program that watches: what waits is counted, nobody is named, and only this machine is told."""

from typing import Any

import pytest
from flask import Flask

from award.db import unit_of_work
from award.jobs import defer
from award.messages.operations import post
from tests.visitor import Visitor


def test_what_waits_is_counted_and_nobody_is_named(app: Flask, visitor: Visitor) -> None:
    with app.app_context(), unit_of_work():
        defer("files.erase", keys=[], unfinished=[])
        post(kind="mailing", to_address="vi@example.vn", subject="Một chuyện", body="Một câu.", dedupe_key="x")
    answer = visitor.get("/metrics")
    rows = answer.text.splitlines()
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert {'giai_letters{state="queued"} 1', 'giai_letters{state="failed"} 0', "giai_store_up 1"} <= set(rows)
    assert int(next(row for row in rows if row.startswith('giai_jobs{state="todo"}')).rpartition(" ")[2]) >= 1
    assert "example.vn" not in answer.text


@pytest.mark.parametrize(
    "said", [{"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}, {"headers": {"X-Forwarded-For": "127.0.0.1"}}]
)
def test_from_elsewhere_there_is_no_such_page(visitor: Visitor, said: dict[str, Any]) -> None:
    assert visitor.get("/metrics", **said).status_code == 404
