"""What the scanner says, and that nothing is called clean which it did not read whole."""

import pytest

from tests.uploads.daemon import daemon
from tests.uploads.hostile import EICAR
from uploads.scan import BEYOND, PIECE_BYTES, Scan, Scanner

MOST = 5_000_000


def test_clean_and_infected_in_pieces_of_any_size() -> None:
    with daemon() as there:
        scanner = Scanner(there.address, MOST)
        large = bytes(PIECE_BYTES * 2 + 17)
        assert scanner.scan([large[:5], large[5:]], len(large)) == Scan("clean")
        assert there.heard == [len(large)]
        infected = scanner.scan([large, EICAR[:20], EICAR[20:]], len(large) + len(EICAR))
        assert infected == Scan("infected", "Win.Test.EICAR_HDB-1")
        assert scanner.scan([], 0) == Scan("clean")


def test_what_is_larger_than_it_reads_is_not_sent_and_not_called_clean() -> None:
    with daemon() as there:
        assert Scanner(there.address, 10).scan([bytes(11)], 11) == BEYOND
        assert there.heard == []


def test_a_limit_of_its_own_that_is_lower_is_no_clean_file_either() -> None:
    with daemon(limit=PIECE_BYTES) as there:
        pieces = [bytes(PIECE_BYTES)] * 12
        assert Scanner(there.address, MOST).scan(pieces, 12 * PIECE_BYTES) == BEYOND


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", "not_scanned"),
        (b"stream: Can't allocate memory ERROR\0", "failed"),
        (b"\0", "failed"),
        (b"OK", "clean"),
        (b"stream: not OK\0", "failed"),
    ],
)
def test_only_its_yes_is_a_yes(said: bytes, state: str) -> None:
    with daemon(answer=said) as there:
        assert Scanner(there.address, MOST).scan([b"a"], 1).state == state


def test_that_nobody_is_there_is_no_fault_of_the_file() -> None:
    with daemon() as there:
        address = there.address
    assert Scanner(address, MOST).scan([b"a"], 1) == Scan("failed")
    assert Scanner("/nowhere/clamd.ctl", MOST).scan([b"a"], 1) == Scan("failed")
