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
