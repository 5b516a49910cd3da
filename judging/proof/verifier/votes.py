"""Prizes follow from proposals, proposals from votes, votes from their ballots."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch, canonical, code_of, handed_down
from judging.proof.verifier.filled import check_filled, may_have


def check_prizes(all_: Evidence) -> str:
    """Prizes are what the council proposed when it ended, less what was set aside, within the numbers of the rules."""
    handed = handed_down(all_)
    if handed is None:
        if all_.outcome["prizes"]:
            raise Mismatch("có giải khi Hội đồng chưa kết thúc")
        return "Hội đồng chưa kết thúc"
    codes = {level: code for level, code, *_rest in all_.rules["prizes"]}
    works = {entry for entry, code_of in all_.outcome["works"]}
    proposed: dict[int, tuple[int, str]] = {}
    for event in all_.events[:handed]:
        kind, facts = event["kind"], event["facts"]
        if kind == "prize.proposed" and facts["entry"] in works:
            proposed[event["subject"][1]] = (facts["entry"], facts["level"])
        elif kind == "prize.proposal_withdrawn":
            proposed.pop(event["subject"][1], None)
    expected = sorted(proposed.values())
    for event in all_.events[handed:]:
        if event["kind"] == "result.set_aside" and event["subject"][0] == "result" and event["facts"]["entry"] in works:
            expected.remove((event["facts"]["entry"], codes[event["facts"]["level"]]))
    given = sorted((entry, code) for entry, code in all_.outcome["prizes"])
    if given != expected:
        odd = sorted(set(given) ^ set(expected))
        raise Mismatch(f"giải của tác phẩm {code_of(all_, odd[0][0])} không đúng đề nghị trong sổ")
    for _level, code, name, _kind, quota, *_only in all_.rules["prizes"]:
        if sum(one == code for _entry, one in given) > quota:
            raise Mismatch(f"{name}: quá số lượng giải")
        for entry, one in given:
            if one == code and not may_have(all_, entry, code):
                raise Mismatch(f"{name}: không dành cho loại hình của tác phẩm {code_of(all_, entry)}")
    return f"{len(given)} giải"


SHARES = {"more_than_half": (1, 2), "two_thirds": (2, 3), "three_quarters": (3, 4)}


def check_votes(all_: Evidence) -> str:
    """Every secret ballot is there as it was counted, every count says what came of it, and no vote is left out.

    A line follows for each work that is proposed, or left out, otherwise than it was voted, with its reason.
    """
    closed = [
        event
        for event in all_.events
        if event["kind"] == "vote.closed" and event["facts"]["edition"] == all_.outcome["edition"]
    ]
    told = {vote["vote"]: vote for vote in all_.outcome["votes"]}
    if sorted(told) != sorted(event["subject"][1] for event in closed) or len(told) != len(all_.outcome["votes"]):
        raise Mismatch("thiếu hoặc thừa lần bỏ phiếu")
    given: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for ballot in all_.ballots:
        given[ballot["vote"]].append((ballot["number"], ballot["choice"]))
    for event in closed:
        _check_vote(all_, event, told[event["subject"][1]], given.pop(event["subject"][1], []))
    if given:
        raise Mismatch("có phiếu không thuộc lần bỏ phiếu nào")
    for number, event in enumerate(all_.events):
        if event["kind"] == "sitting.closed":
            _check_sitting(all_.events[:number], event)
    lines = [f"{len(closed)} lần bỏ phiếu, {len(all_.ballots)} phiếu kín", *check_filled(all_)]
    return "\n            ".join(lines)


def _check_vote(all_: Evidence, event: dict[str, Any], told: dict[str, Any], ballots: list[tuple[str, str]]) -> None:
    facts = event["facts"]
    where = f"tác phẩm {code_of(all_, facts['entry'])}, mức {facts['level']}, lần {facts['number']}"
    if (
        any(told[name] != facts[name] for name in told if name not in {"vote", "work"})
        or told["work"] != facts["entry"]
    ):
        raise Mismatch(f"{where}: kết quả khác sổ")
    if facts["method"] != "hands":
        whole = hashlib.sha256("\n".join(sorted(" ".join(ballot) for ballot in ballots)).encode()).hexdigest()
        if whole != facts["ballots_sha256"]:
            raise Mismatch(f"{where}: phiếu bị đổi, thiếu hoặc thừa")
        words = ("yes", "no", "blank", "invalid")
        if [sum(choice == word for _number, choice in ballots) for word in words] != [facts.get(w, 0) for w in words]:
            raise Mismatch(f"{where}: đếm lại phiếu ra số khác")
        if len(ballots) > facts["eligible"] or len(ballots) != facts.get("returned", len(ballots)):
            raise Mismatch(f"{where}: số phiếu thu về khác số phiếu phát ra hoặc số phiếu đã đếm")
    elif "counted_by" in facts:
        _check_hands(all_, event, where)
    there = facts["present"] + facts.get("letters_present", 0)
    if facts["quorum"] and not _reaches(facts["quorum"], there, facts["members"]):
        raise Mismatch(f"{where}: không đủ số thành viên có mặt")
    base = facts.get("base", facts["eligible"])
    if not facts["eligible"] <= base <= max(facts["members"], facts["eligible"]):
        raise Mismatch(f"{where}: tỷ lệ đồng ý tính trên ít người hơn số được bỏ phiếu, hoặc nhiều hơn số thành viên")
    if facts["passed"] != int(_reaches(facts["majority"], facts["yes"], base)):
        raise Mismatch(f"{where}: đạt hay không đạt trái với số phiếu")


def _check_hands(all_: Evidence, event: dict[str, Any], where: str) -> None:
    """One person counted the hands, and another confirmed what the log says that the first one counted."""
    facts = event["facts"]
    counted = [e for e in all_.events if e["kind"] == "vote.hands_counted" and e["subject"] == event["subject"]]
    if len(counted) != 1 or any(facts[name] != told for name, told in counted[0]["facts"].items()):
        raise Mismatch(f"{where}: kết quả giơ tay được xác nhận khác kết quả đã đếm")
    if not counted[0]["actor"] == facts["counted_by"] != event["actor"]:
        raise Mismatch(f"{where}: người đếm giơ tay tự xác nhận")
    if sum(facts[name] for name in ("yes", "no", "blank")) != facts["eligible"]:
        raise Mismatch(f"{where}: số giơ tay khác số người được biểu quyết")


def _reaches(share: str, number: int, of: int) -> bool:
    part, whole = SHARES[share]
    return whole * number > part * of if share == "more_than_half" else whole * number >= part * of


def _check_sitting(events: Iterable[dict[str, Any]], ended: dict[str, Any]) -> None:
    """What the sitting voted is what it was when the sitting ended, and everything it began to vote on had an end."""
    events = [event for event in events if event["facts"].get("sitting") == ended["subject"][1]]
    opened = {event["subject"][1]: event["facts"].get("stack") for event in events if event["kind"] == "vote.opened"}
    closed = {event["subject"][1] for event in events if event["kind"] == "vote.closed"}
    off = {event["facts"]["stack"] for event in events if event["kind"] == "ballots.called_off"}
    if any(vote not in closed and stack not in off for vote, stack in opened.items()):
        raise Mismatch("có lần bỏ phiếu đã mở mà không kết thúc")
    rows = sorted(
        [event["subject"][1], *(event["facts"][name] for name in ("number", "eligible", "yes", "no", "blank"))]
        for event in events
        if event["kind"] == "vote.closed"
    )
    if hashlib.sha256(canonical(rows)).hexdigest() != ended["facts"]["votes_sha256"]:
        raise Mismatch("các lần bỏ phiếu khác lúc kết thúc phiên họp")
