"""A store that is away or trickles is left alone for a while, and nobody waits for it in the meantime."""

from collections.abc import Iterator

import pytest

from award.files.resting import RESTS, Rest
from uploads.storage import StoreUnavailable
from uploads.wire import LEAST_PACE, PACE_GRACE_SECONDS, paced


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rest(clock: Clock) -> Rest:
    return Rest(clock)


def fail(rest: Rest) -> bool:
    """Whether the store was asked, and failed."""
    asked = False
    with pytest.raises(StoreUnavailable), rest.turn():
        asked = True
        raise StoreUnavailable("away")
    return asked


def test_after_a_failure_nobody_asks_until_the_rest_is_over_and_each_rest_is_longer(rest: Rest, clock: Clock) -> None:
    for length in (*RESTS, RESTS[-1]):
        assert fail(rest)
        clock.now += length - 0.1
        assert not fail(rest), "it is left alone"
        clock.now += 0.1


def test_one_tries_after_a_rest_and_the_others_wait_for_what_comes_of_it(rest: Rest, clock: Clock) -> None:
    fail(rest)
    clock.now += RESTS[0]
    with rest.turn():
        assert not fail(rest)
    assert fail(rest), "all is well again, so this one asked"


def test_what_is_wrong_with_a_file_is_not_held_against_the_store(rest: Rest) -> None:
    with pytest.raises(ValueError, match="broken"), rest.turn():
        raise ValueError("a broken file")
    with rest.turn():
        pass


def trickle(clock: Clock, size: int, seconds: float) -> Iterator[bytes]:
    while True:
        clock.now += seconds
        yield b"x" * size


def test_a_store_that_trickles_is_taken_for_away_after_a_while(clock: Clock) -> None:
    began, came = clock.now, []
    with pytest.raises(StoreUnavailable, match="too slow"):
        came.extend(paced(trickle(clock, 1024, 1.0), clock))
    assert PACE_GRACE_SECONDS < clock.now - began <= PACE_GRACE_SECONDS + 1


def test_one_that_is_merely_slow_is_not(clock: Clock) -> None:
    pieces = paced(trickle(clock, LEAST_PACE, 1.0), clock)
    assert [len(next(pieces)) for _second in range(200)] == [LEAST_PACE] * 200


def test_a_pause_in_a_fast_stream_is_forgiven(clock: Clock) -> None:
    pieces = paced(trickle(clock, 100 * LEAST_PACE, 1.0), clock)
    for _second in range(10):
        next(pieces)
    clock.now += 60
    assert next(pieces)
