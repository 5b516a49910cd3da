"""A sheet that came on paper, as the verifier reads it in the log: two persons, one scan, since it was last begun."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from judging.proof import verify

SCAN, OTHER = "ab" * 32, "cd" * 32


def log(*events: tuple[str, int, dict[str, Any]]) -> verify.Evidence:
    told = [
        {"seq": seq, "kind": kind, "actor": actor, "facts": {"assignment": 1, **facts}}
        for seq, (kind, actor, facts) in enumerate(events, start=1)
    ]
    return cast("verify.Evidence", SimpleNamespace(events=told))


BOUND, SECOND = ("paper.keyer_bound", 7, {"ordinal": 1}), ("paper.keyer_bound", 8, {"ordinal": 2})
BY_FIRST, BY_SECOND = ("paper.keyed", 7, {"scan": SCAN}), ("paper.keyed", 8, {"scan": SCAN})
SENT = ("sheet.sent", 8, {"scan": SCAN, "first": 7, "second": 8})


def test_two_persons_who_keyed_one_scan_fit() -> None:
    assert verify.check_paper(log(BOUND, BY_FIRST, SECOND, BY_SECOND, SENT)) == "1 phiếu nhập từ phiếu giấy"
    assert verify.check_paper(log(("sheet.sent", 5, {}))) == "0 phiếu nhập từ phiếu giấy"
    again = (BOUND, BY_FIRST, ("paper.dropped", 9, {}))
    assert verify.check_paper(log(*again, BOUND, BY_FIRST, SECOND, BY_SECOND, SENT)).startswith("1 ")


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ((BOUND, BY_FIRST, ("sheet.sent", 7, {"scan": SCAN, "first": 7, "second": 7})), "hai người"),
        ((BOUND, BY_FIRST, SECOND, BY_SECOND, ("sheet.sent", 5, SENT[2])), "hai người"),
        ((BOUND, BY_FIRST, SECOND, SENT), "một bản quét"),
        ((BOUND, BY_FIRST, SECOND, ("paper.keyed", 8, {"scan": OTHER}), SENT), "một bản quét"),
        ((BOUND, BY_FIRST, SECOND, BY_SECOND, ("paper.dropped", 9, {}), SENT), "một bản quét"),
        ((BOUND, BY_FIRST, SECOND, BY_SECOND, BOUND, BY_FIRST, SENT), "một bản quét"),
    ],
)
def test_anything_else_is_named(events: tuple[tuple[str, int, dict[str, Any]], ...], fault: str) -> None:
    with pytest.raises(verify.Mismatch, match=fault):
        verify.check_paper(log(*events))


READ = {"stack": 4, "scan": SCAN, "reading_sha256": OTHER}
ENDED = {"stack": 4, "scan": SCAN, "reading_sha256": OTHER, "first": 7, "second": 8, "method": "paper"}
OUT = ("ballots.reader_bound", 7, {"stack": 4, "ordinal": 1})
BY_ONE, BY_OTHER = ("ballots.read", 7, READ), ("ballots.read", 8, READ)
Told = tuple[tuple[str, int, dict[str, Any]], ...]


def test_ballots_that_two_tellers_read_alike_fit() -> None:
    ended: Told = (("vote.closed", 3, ENDED), ("vote.closed", 3, ENDED))
    assert "1 xấp phiếu kín" in verify.check_paper(log(OUT, BY_ONE, BY_OTHER, *ended))
    again: Told = (OUT, ("ballots.read", 7, READ | {"reading_sha256": SCAN}), BY_OTHER, BY_ONE)
    assert "1 xấp phiếu kín" in verify.check_paper(log(*again, *ended))


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ((OUT, BY_ONE, BY_OTHER, ("vote.closed", 7, ENDED)), "hai người kiểm"),
        ((OUT, BY_ONE, BY_OTHER, ("vote.closed", 3, ENDED | {"second": 7})), "hai người kiểm"),
        ((OUT, BY_ONE, ("vote.closed", 3, ENDED)), "không đọc giống nhau"),
        ((OUT, BY_ONE, BY_OTHER, ("vote.closed", 3, ENDED | {"scan": OTHER})), "không đọc giống nhau"),
        ((OUT, BY_ONE, BY_OTHER, ("ballots.dropped", 7, READ), ("vote.closed", 3, ENDED)), "không đọc giống nhau"),
        ((OUT, BY_ONE, ("ballots.read", 8, READ | {"reading_sha256": SCAN}), ("vote.closed", 3, ENDED)), "giống nhau"),
    ],
)
def test_ballots_that_two_did_not_read_alike_are_named(events: Told, fault: str) -> None:
    with pytest.raises(verify.Mismatch, match=fault):
        verify.check_paper(log(*events))
