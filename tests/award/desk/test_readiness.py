"""Whether the house stands: what is told to who sends visitors here, and to who watches."""

from dataclasses import replace

import pytest
from flask import Flask

import config
from award.db import unit_of_work
from award.desk import readiness
from award.jobs import defer
from tests.visitor import Visitor


def test_everything_stands(visitor: Visitor) -> None:
    answer = visitor.get("/readyz?tat-ca")
    assert (answer.status_code, answer.text.splitlines()[:2]) == (200, ["ready", "store: there"])


def test_without_the_store_people_are_sent_here_and_who_watches_is_told(
    app: Flask, settings: config.Settings, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(settings, s3_endpoint="127.0.0.1:1"))
    asked = [visitor.get(address) for address in ("/readyz", "/readyz?tat-ca")]
    assert [answer.status_code for answer in asked] == [200, 503]
    assert all("store: away" in answer.text for answer in asked)


def test_a_job_that_nobody_does_is_noticed(app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context(), unit_of_work():
        defer("files.erase", keys=[], unfinished=[])
    monkeypatch.setattr(readiness, "LATE_SECONDS", -1)
    assert visitor.get("/readyz?tat-ca").status_code == 503
    assert "oldest job that is due: 0 s" in visitor.get("/readyz").text
