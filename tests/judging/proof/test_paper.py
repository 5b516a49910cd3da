"""A sheet that came on paper, as the verifier reads it in the log: two persons, one scan, since it was last begun."""

import hashlib
from types import SimpleNamespace
from typing import Any, cast

import pytest

from judging.proof.verifier.evidence import Evidence, Mismatch, canonical
from judging.proof.verifier.paper import check_paper
from judging.proof.verifier.votes import _check_hands, _check_sitting

SCAN, OTHER = "ab" * 32, "cd" * 32


def log(*events: tuple[str, int, dict[str, Any]]) -> Evidence:
    told = [
        {"seq": seq, "kind": kind, "actor": actor, "facts": {"assignment": 1, **facts}}
        for seq, (kind, actor, facts) in enumerate(events, start=1)
    ]
    return cast("Evidence", SimpleNamespace(events=told))


BOUND, SECOND = ("paper.keyer_bound", 7, {"ordinal": 1}), ("paper.keyer_bound", 8, {"ordinal": 2})
BY_FIRST, BY_SECOND = ("paper.keyed", 7, {"scan": SCAN}), ("paper.keyed", 8, {"scan": SCAN})
SENT = ("sheet.sent", 8, {"scan": SCAN, "first": 7, "second": 8})


def test_two_persons_who_keyed_one_scan_fit() -> None:
    assert check_paper(log(BOUND, BY_FIRST, SECOND, BY_SECOND, SENT)) == "1 phiếu nhập từ phiếu giấy"
    assert check_paper(log(("sheet.sent", 5, {}))) == "0 phiếu nhập từ phiếu giấy"
    again = (BOUND, BY_FIRST, ("paper.dropped", 9, {}))
    assert check_paper(log(*again, BOUND, BY_FIRST, SECOND, BY_SECOND, SENT)).startswith("1 ")


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
    with pytest.raises(Mismatch, match=fault):
        check_paper(log(*events))


Event = tuple[str, int, dict[str, Any]]
Told = tuple[Event, ...]
HERE = {"sitting": 2, "stack": 4}
READ = HERE | {"scan": SCAN, "reading_sha256": OTHER}
ENDED = READ | {"first": 7, "second": 8, "method": "paper", "returned": 5}
NAMED: Event = ("sitting.tellers_named", 3, {"subject": 2, "people": "7,8,9"})
OPENED: Told = (("vote.opened", 3, HERE | {"subject": 11}), ("vote.opened", 3, HERE | {"subject": 12}))
OUT: Told = (NAMED, *OPENED, ("ballots.handed_out", 3, HERE | {"papers": 6, "works": 2}))
ONE, OTHER_ONE = ("ballots.reader_bound", 7, HERE | {"ordinal": 1}), ("ballots.reader_bound", 8, HERE | {"ordinal": 2})
BY_ONE, BY_OTHER = ("ballots.read", 7, READ), ("ballots.read", 8, READ)
COUNTED: Told = (ONE, BY_ONE, OTHER_ONE, BY_OTHER)
DROPPED: Event = ("ballots.dropped", 7, HERE)
OFF: Event = ("ballots.called_off", 8, HERE | {"votes": "11,12"})


def ended(by: int = 3, *votes: int, **facts: Any) -> Told:
    return tuple(("vote.closed", by, ENDED | facts | {"subject": vote}) for vote in votes or (11, 12))


def ballots(*events: Event) -> Evidence:
    told = log(*events)
    for event in told.events:
        event["subject"] = ["thing", event["facts"].pop("subject", 0)]
    return told


def test_ballots_that_two_tellers_read_alike_fit() -> None:
    assert "1 xấp phiếu kín" in check_paper(ballots(*OUT, *COUNTED, *ended()))
    again = ("ballots.read", 7, READ | {"reading_sha256": SCAN})
    assert "1 xấp phiếu kín" in check_paper(ballots(*OUT, ONE, again, *COUNTED[1:], *ended()))
    assert "1 xấp phiếu kín" in check_paper(ballots(*OUT, ONE, DROPPED, *COUNTED, *ended()))
    assert "xấp phiếu" not in check_paper(ballots(*OUT, OFF))
    assert "xấp phiếu" not in check_paper(ballots(*OUT, ONE)), "it is still counted"


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ((*COUNTED, *ended(7)), "hai người kiểm"),
        ((*COUNTED, *ended(second=7)), "hai người kiểm"),
        ((("ballots.reader_bound", 3, HERE | {"ordinal": 1}), DROPPED, *COUNTED, *ended()), "hai người kiểm"),
        ((ONE, BY_ONE, OTHER_ONE, *ended()), "không đọc giống nhau"),
        ((*COUNTED, *ended(scan=OTHER)), "không đọc giống nhau"),
        ((*COUNTED, ("ballots.read", 8, READ | {"reading_sha256": SCAN}), *ended()), "giống nhau"),
        ((*COUNTED, DROPPED, *ended()), "không nhận phiếu"),
        ((ONE, BY_ONE, BY_OTHER, *ended()), "không nhận phiếu"),
        ((*COUNTED, ("sitting.tellers_named", 3, {"subject": 2, "people": "7,9"}), *ended()), "Ban kiểm phiếu"),
        ((*COUNTED, *ended(returned=7)), "nhiều hơn phiếu phát ra"),
        ((*COUNTED, *ended(3, 11)), "không phải mọi tác phẩm"),
        ((*COUNTED, *ended(3, 11), *ended(3, 12, returned=4)), "không phải mọi tác phẩm"),
        ((("vote.opened", 3, HERE | {"subject": 13}), *COUNTED, *ended()), "khác số tác phẩm"),
        ((OFF, *COUNTED, *ended()), "đã hủy phát phiếu"),
        ((ONE, DROPPED, OFF), "đã hủy phát phiếu"),
        ((("ballots.called_off", 8, HERE | {"votes": "11"}),), "đã hủy phát phiếu"),
    ],
)
def test_ballots_that_two_did_not_read_alike_or_that_vanished_are_named(events: Told, fault: str) -> None:
    with pytest.raises(Mismatch, match=fault):
        check_paper(ballots(*OUT, *events))


def test_a_line_that_vanished_with_its_sitting_is_named() -> None:
    """What was opened in a sitting that is over was counted, or called off: no vote goes without a word."""
    nothing = hashlib.sha256(canonical([])).hexdigest()
    over = {"kind": "sitting.closed", "subject": ["sitting", 2], "facts": {"votes_sha256": nothing}}
    _check_sitting(ballots(*OUT, OFF).events, over)
    with pytest.raises(Mismatch, match="không kết thúc"):
        _check_sitting(ballots(*OUT, *COUNTED).events, over)


HANDS = {"yes": 3, "no": 1, "blank": 1, "eligible": 5}


def shown(counted: dict[str, Any], **confirmed: Any) -> tuple[Evidence, dict[str, Any]]:
    """Hands that somebody, 3, counted, and what the log says was confirmed of them."""
    by = confirmed.pop("by", 4)
    told = [
        {"kind": "vote.hands_counted", "subject": ["vote", 9], "actor": 3, "facts": counted},
        {"kind": "vote.closed", "subject": ["vote", 9], "actor": by, "facts": HANDS | {"counted_by": 3} | confirmed},
    ]
    return cast("Evidence", SimpleNamespace(events=told)), told[-1]


@pytest.mark.parametrize(
    ("counted", "confirmed", "fault"),
    [
        (HANDS | {"yes": 2}, {}, "khác kết quả đã đếm"),
        (HANDS, {"by": 3}, "tự xác nhận"),
        (HANDS, {"counted_by": 5}, "tự xác nhận"),
        (HANDS | {"eligible": 6}, {"eligible": 6}, "khác số người được biểu quyết"),
    ],
)
def test_hands_that_one_person_counted_and_confirmed_or_that_changed_between_are_named(
    counted: dict[str, Any], confirmed: dict[str, Any], fault: str
) -> None:
    _check_hands(*shown(HANDS), "tác phẩm 1")
    with pytest.raises(Mismatch, match=fault):
        _check_hands(*shown(counted, **confirmed), "tác phẩm 1")
