"""When a form arrived: the queue costs nobody anything, a clock of one's own decides nothing."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from award.arrival import Arrivals, bounded, turn
from award.clock import now, stopped_at

NOON = datetime(2023, 9, 30, 5, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("arrived", "here", "there", "counted"),
    [
        (0, 0, 0, 0),
        (0, 30, 30, 0),  # it waited for its turn
        (0, 120, 120, 0),
        (0, 121, 121, 121),  # nobody waits so long: a clock was moved meanwhile
        (0, 0, 2, 2),  # behind the database
        (2, 2, 0, 2),  # ahead of it, by less than the two minutes
        (-90, -90, 0, 0),  # this machine's clock went back, or never kept up
        (300, 300, 0, 0),  # of no use: the database's alone
        (300, 330, 30, 0),  # the same after waiting half a minute
        (-300, -300, 0, 0),
        (-300, -270, 30, 0),
    ],
)
def test_what_counts_of_two_clocks(arrived: int, here: int, there: int, counted: int) -> None:
    assert bounded(at(arrived), here=at(here), there=at(there)) == at(counted)


@pytest.mark.parametrize(
    ("here", "there", "seen", "counted"),
    [
        (31, 30, 20, 1),  # the database's clock went on
        (31, -100, 20, 31),  # it went back; this machine's did not
        (-70, -100, 20, 20),  # both went back
        (-170, -180, 20, 20),
    ],
)
def test_a_clock_that_went_back_takes_nothing_off(here: int, there: int, seen: int, counted: int) -> None:
    assert bounded(at(here - 30), here=at(here), there=at(there), seen=at(seen)) == at(counted)


class Slow(BytesIO):
    """A form whose last bytes come when `came` says."""

    def read(self, *_size: int | None) -> bytes:
        self.read_at = now()
        return super().read(*_size)


def stamped(environ: dict[str, Any]) -> dict[str, Any]:
    Arrivals(lambda *_: [], 10)(environ, lambda *_: None)
    return environ


def test_a_form_is_stamped_when_it_is_read_to_its_end_less_what_it_stood_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "waited", 30.0)
    form = Slow(b"a=1&b=2")
    environ = stamped({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "7", "wsgi.input": form})
    after = now()
    assert form.read_at <= environ["house.reached"] + timedelta(seconds=30) <= after
    assert environ["wsgi.input"].read() == b"a=1&b=2"
    with stopped_at(NOON):
        assert stamped({"REQUEST_METHOD": "POST", "wsgi.input": BytesIO()})["house.reached"] == NOON


@pytest.mark.parametrize("length", ["11", "", "many"])
def test_what_is_too_long_or_has_no_length_is_stamped_unread(length: str) -> None:
    form = BytesIO(b"a=1")
    environ = stamped({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": length, "wsgi.input": form})
    assert environ["wsgi.input"] is form
    assert "house.reached" in environ
    assert form.read() == b"a=1"


def test_who_only_reads_is_not_stamped() -> None:
    assert stamped({"REQUEST_METHOD": "GET"}) == {"REQUEST_METHOD": "GET"}
