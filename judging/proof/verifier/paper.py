"""Ballots on paper: handed out, given back, read by two who agree, and no line that vanished."""

from collections import defaultdict
from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch


def check_paper(all_: Evidence) -> str:
    """Every sheet that came on paper was keyed alike by two persons from one scan, since a scan was last begun."""
    keyed: dict[int, dict[int, str]] = defaultdict(dict)  # assignment → person → scan
    papers = 0
    for event in all_.events:
        kind, facts = event["kind"], event["facts"]
        if kind in {"paper.dropped", "sheet.reopened"} or (kind == "paper.keyer_bound" and facts["ordinal"] == 1):
            keyed[facts["assignment"]] = {}
        elif kind == "paper.keyed":
            keyed[facts["assignment"]][event["actor"]] = facts["scan"]
        elif kind in {"sheet.sent", "sheet.kept", "sheet.revised"} and "scan" in facts:
            papers += 1
            both = {facts["first"], facts["second"]}
            if len(both) != 2 or event["actor"] not in both:
                raise Mismatch(f"sự kiện {event['seq']}: phiếu giấy không do hai người nhập")
            if keyed[facts["assignment"]] != dict.fromkeys(both, facts["scan"]):
                raise Mismatch(f"sự kiện {event['seq']}: hai lần nhập không từ một bản quét")
    stacks = check_stacks(all_)
    return f"{papers} phiếu nhập từ phiếu giấy" + (f", {stacks} xấp phiếu kín do hai người kiểm" if stacks else "")


_NEVER_TOLD = 2
"""So many spare papers were printed before those that nobody drew were told by their codes."""


class _Stack:
    """A stack of ballots on paper as the log tells of it: its votes, how each ended, who was bound and read what."""

    def __init__(self) -> None:
        self.papers = self.works = self.spare = self.exchanged = 0
        self.holder: int | None = None
        self.finder: int | None = None
        self.unused: int | None = None
        self.opened: set[int] = set()
        self.closed: dict[int, tuple[Any, ...]] = {}
        self.off: set[int] | None = None
        self.bound: set[int] = set()
        self.ever: set[int] = set()
        self.read: dict[int, tuple[str, str]] = {}

    def follow(self, event: dict[str, Any], tellers: set[int]) -> None:
        kind, facts, actor = event["kind"], event["facts"], event["actor"]
        if kind == "ballots.handed_out":
            self.papers, self.works, self.spare = facts["papers"], facts["works"], facts.get("spare", 0)
        elif kind == "ballots.given_back":
            self.holder = actor
        elif kind == "ballots.exchanged":
            self._exchange(event, tellers)
        elif kind == "ballots.unused_found":
            self.finder = actor
        elif kind == "ballots.unused":
            self._agree(event, tellers)
        elif kind == "vote.opened":
            self.opened.add(event["subject"][1])
        elif kind == "ballots.called_off":
            votes = facts.get("votes")
            self.off = set(self.opened) if votes is None else {int(each) for each in votes.split(",")}
        elif kind == "ballots.dropped":
            self.read, self.bound = {}, set()
        elif kind == "ballots.reader_bound":
            if self.unused is None and self.spare > _NEVER_TOLD:
                raise Mismatch(f"sự kiện {event['seq']}: thu phiếu trước khi đối chiếu phiếu dự phòng không dùng")
            if facts["ordinal"] == 1:
                self.read, self.bound = {}, set()
            self.bound.add(actor)
            self.ever.add(actor)
        elif kind == "ballots.read":
            self.read[actor] = (facts["scan"], facts["reading_sha256"])
        elif kind == "vote.closed":
            self._count(event, tellers)

    def _exchange(self, event: dict[str, Any], tellers: set[int]) -> None:
        """One paper that a teller has given in is exchanged, with another's word, while there is one to draw unseen."""
        teller, where = event["facts"]["teller"], f"sự kiện {event['seq']}"
        if teller != self.holder or teller not in tellers:
            raise Mismatch(f"{where}: đổi phiếu không do Ban kiểm phiếu nhận lại")
        self.holder, self.exchanged = None, self.exchanged + 1
        most = self.spare - 1 if self.spare > _NEVER_TOLD else self.spare
        if self.ever or self.unused is not None or self.exchanged > most or event["actor"] == teller:
            raise Mismatch(f"{where}: đổi phiếu sau khi thu phiếu, quá số dự phòng hoặc một người")

    def _agree(self, event: dict[str, Any], tellers: set[int]) -> None:
        """The spare papers that are left are no ballots, each told by a teller, with another's word."""
        facts, where = event["facts"], f"sự kiện {event['seq']}"
        if facts["teller"] != self.finder or facts["teller"] not in tellers or event["actor"] == facts["teller"]:
            raise Mismatch(f"{where}: phiếu dự phòng không dùng không do Ban kiểm phiếu và người chủ trì đối chiếu")
        if self.ever or self.unused is not None or facts["unused"] != self.spare - self.exchanged:
            raise Mismatch(f"{where}: số phiếu dự phòng không dùng khác số phiếu đã in, đã đổi")
        self.unused = facts["unused"]

    def _count(self, event: dict[str, Any], tellers: set[int]) -> None:
        facts, where = event["facts"], f"sự kiện {event['seq']}"
        both = {facts["first"], facts["second"]}
        if len(both) != 2 or event["actor"] in both | self.ever:
            raise Mismatch(f"{where}: phiếu kín không do hai người kiểm")
        if not both <= self.bound & tellers:
            raise Mismatch(f"{where}: người kiểm phiếu không nhận phiếu hoặc không thuộc Ban kiểm phiếu")
        if self.read != dict.fromkeys(both, (facts["scan"], facts["reading_sha256"])):
            raise Mismatch(f"{where}: hai người kiểm phiếu không đọc giống nhau từ một bản quét")
        if facts.get("exchanged", 0) != self.exchanged:
            raise Mismatch(f"{where}: số phiếu hỏng đã đổi khác lúc đổi")
        if facts.get("unused") != self.unused:
            raise Mismatch(f"{where}: số phiếu dự phòng không dùng khác lúc đối chiếu")
        if facts["returned"] > self.papers:
            raise Mismatch(f"{where}: phiếu thu về nhiều hơn phiếu phát ra")
        told = (facts["scan"], facts["reading_sha256"], *sorted(both), facts["returned"])
        self.closed[event["subject"][1]] = told

    def end(self, number: int) -> None:
        """Every line that was handed out is there, and all of them ended in the same way."""
        if len(self.opened) != self.works:
            raise Mismatch(f"xấp phiếu {number}: số lần bỏ phiếu khác số tác phẩm trên phiếu")
        if self.off is not None:
            if self.closed or self.ever or self.off != self.opened:
                raise Mismatch(f"xấp phiếu {number}: đã hủy phát phiếu mà vẫn kiểm, hoặc hủy thiếu tác phẩm")
        elif self.closed and (set(self.closed) != self.opened or len(set(self.closed.values())) != 1):
            raise Mismatch(f"xấp phiếu {number}: không phải mọi tác phẩm trên phiếu được kiểm cùng một lần")


def check_stacks(all_: Evidence) -> int:
    """How many stacks of ballots on paper were counted: no line of one vanished, and each was read alike from one scan
    by two of the committee who were bound by it, and not by who ended the vote."""
    found: dict[int, _Stack] = defaultdict(_Stack)
    tellers: dict[int, set[int]] = defaultdict(set)
    for event in all_.events:
        facts = event["facts"]
        if event["kind"] == "sitting.tellers_named":
            tellers[event["subject"][1]] = {int(each) for each in facts["people"].split(",")}
        elif "stack" in facts:
            stack = found[facts["stack"]]
            stack.follow(event, tellers[facts["sitting"]])
    for number, stack in found.items():
        stack.end(number)
    return sum(bool(stack.closed) for stack in found.values())
