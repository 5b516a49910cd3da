"""Requests and jobs of the season happen at the instant that was said last, and nothing else does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from award.clock import now
from demonstration.season import moment
from demonstration.season.moment import Lived, lived

SPRING = datetime(2023, 5, 22, 1, tzinfo=UTC)


def _tells(_environ: dict[str, Any], _start_response: object) -> Iterator[bytes]:
    yield now().isoformat().encode()


def test_a_request_is_answered_at_the_instant_that_was_said_to_its_last_byte(tmp_path: Path) -> None:
    moment.say(tmp_path, SPRING)
    application = Lived(_tells, tmp_path)
    assert b"".join(application({}, None)) == SPRING.isoformat().encode()  # type: ignore[arg-type]
    later = SPRING + timedelta(days=40)
    moment.say(tmp_path, later)
    assert b"".join(application({}, None)) == later.isoformat().encode()  # type: ignore[arg-type]
    assert now() > later + timedelta(days=300)


def test_a_job_is_done_at_the_instant_that_was_said(tmp_path: Path) -> None:
    moment.say(tmp_path, SPRING)
    assert lived(now, tmp_path)() == SPRING == moment.said(tmp_path)
