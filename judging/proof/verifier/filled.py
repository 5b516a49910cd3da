"""Places that votes gave: the highest share first, equals by the steps of the rules, the rest for a reason told."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch, code_of, counting, handed_down
from judging.proof.verifier.shortlists import orders_known, parting


def may_have(all_: Evidence, work: int, code: str) -> bool:
    """Whether the level with this code is for the loại hình of the work: it names its letters, or none."""
    only = {level[1]: level[5:] for level in all_.rules["prizes"]}[code]
    return not only or dict(map(tuple, all_.outcome.get("categories", ()))).get(work) in only


@dataclass(frozen=True)
class _Put:
    """A work that somebody put at a level, or took off it, and where in the log. `reason`: its hash, empty where there
    is none, None in a log from before reasons were told in it."""

    at: int
    work: int
    code: str
    voted: bool
    reason: str | None


class _Council:
    """What the log tells of votes and proposals until the council ended."""

    def __init__(self, all_: Evidence, handed: int) -> None:
        self.all_, self.handed = all_, handed
        self.levels = {
            code: (n, kind, quota) for n, (_id, code, _name, kind, quota, *_) in enumerate(all_.rules["prizes"])
        }
        self.works = {work for work, _code in all_.outcome["works"]}
        self.standing: dict[int, _Put] = {}
        self.off: dict[tuple[int, str], _Put] = {}
        self.last: dict[tuple[int, str], tuple[int, dict[str, Any]]] = {}
        self.equals: dict[tuple[int, str], Fraction] = {}
        self.gone: set[int] = set()
        self.told = False
        """Whether the log tells reasons by now."""
        texts = all_.outcome.get("reasons", ())
        self.texts = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}
        for at, event in enumerate(all_.events[:handed]):
            self._follow(at, event)

    def _follow(self, at: int, event: dict[str, Any]) -> None:
        kind, facts = event["kind"], event["facts"]
        if kind == "vote.closed" and facts["edition"] == self.all_.outcome["edition"]:
            pair = (facts["entry"], facts["level"])
            if facts["number"] == 3:
                self.equals[pair] = _share(facts)
            else:
                self.last[pair] = at, facts
                self.equals.pop(pair, None)
        elif kind in {"prize.proposed", "prize.proposal_withdrawn"} and facts["entry"] in self.works:
            self._put(at, event)
        elif kind == "entry.withdrawn" or (kind == "entry.screened" and facts["to"] != "eligible"):
            self.gone.add(event["subject"][1])
        elif kind == "entry.screened":
            self.gone.discard(event["subject"][1])

    def _put(self, at: int, event: dict[str, Any]) -> None:
        facts, subject = event["facts"], event["subject"][1]
        reason = facts.get("reason_sha256")
        if self.told and reason is None:
            raise Mismatch(f"sự kiện {event['seq']}: đề nghị giải không cho biết có lý do hay không")
        self.told = reason is not None
        before = self.standing.pop(subject, None)
        code = facts["level"] if event["kind"] == "prize.proposed" else before.code if before else ""
        if not code:
            return
        put = _Put(at, facts["entry"], code, bool(facts.get("voted")), reason)
        self.off.pop((put.work, self.levels[code][1]), None)
        if event["kind"] == "prize.proposed":
            self.standing[subject] = put
        elif not put.voted and reason != "":
            self.off[put.work, self.levels[code][1]] = put

    def lines(self) -> Iterator[str]:
        """What is proposed or left out otherwise than voted, each with its reason; Mismatch where there is none."""
        asked = {code for _work, code in self.last}
        passed = {work for (work, _code), (_at, facts) in self.last.items() if facts["passed"]}
        for put in sorted(self.standing.values(), key=lambda each: (self.levels[each.code][0], each.work)):
            work, (at, facts) = code_of(self.all_, put.work), self.last.get((put.work, put.code), (-1, {}))
            if facts and not facts["passed"]:
                if put.reason == "" or put.at < at:
                    raise Mismatch(f"mức {put.code}: {work} không đạt khi bỏ phiếu, được đề nghị mà không ghi lý do")
                yield f"mức {put.code}: {work} khác kết quả bỏ phiếu{self._why(put)}"
            elif not facts and (put.code in asked or put.work in passed):
                yield f"mức {put.code}: {work} không qua bỏ phiếu{self._why(put)}"
            elif facts and self._is_by_hand(put) and self._has_losers(put.code):
                yield f"mức {put.code}: {work} giữ chỗ theo đề nghị{self._why(put)}"
        for out, code in sorted(self.last, key=lambda pair: (self.levels[pair[1]][0], pair[0])):
            yield from self._left(out, code)

    def _left(self, work: int, code: str) -> Iterator[str]:
        """A work that passed and has neither that level nor a higher one: others went before, or it is said why."""
        if not self._is_without(work, code):
            return
        named, (_level, kind, quota) = code_of(self.all_, work), self.levels[code]
        off = self.off.get((work, kind))
        if off is not None and off.code == code and off.at > self.last[work, code][0]:
            yield f"mức {code}: {named} đạt khi bỏ phiếu, không đề nghị{self._why(off)}"
            return
        since = self._moved_at(work, code)
        here = [put for put in self.standing.values() if put.code == code]
        if since is None and len(here) < quota:
            raise Mismatch(f"mức {code}: {named} đạt khi bỏ phiếu, còn chỗ, không được đề nghị mà không ghi lý do")
        for put in here:
            if not self._is_by_hand(put) and (since is None or put.at < since):
                self._check_before(put.work, work, code)

    def _check_before(self, inside: int, out: int, code: str) -> None:
        """By the votes the one goes before the other."""
        one, other = (code_of(self.all_, work) for work in (inside, out))
        theirs = self.last.get((inside, code), (-1, {"passed": 0}))[1]
        if not theirs["passed"]:
            raise Mismatch(
                f"mức {code}: {one} không qua bỏ phiếu, không ghi lý do; {other} đạt khi bỏ phiếu, không có giải"
            )
        share = _share(self.last[out, code][1])
        if share > _share(theirs):
            raise Mismatch(f"mức {code}: {other} được đồng ý nhiều hơn {one}, không có giải")
        if share == _share(theirs):
            equal = {work for work, of in self.last if of == code and self._is_equal(work, code, share)}
            order = self._parted(sorted(equal | {inside, out}), code)
            at = {work: number for number, group in enumerate(order) for work in group}
            if at[out] <= at[inside]:
                raise Mismatch(
                    f"mức {code}: {other} bằng tỷ lệ đồng ý với {one}, các bước khi bằng nhau không xếp {one} trên"
                )

    def _has_losers(self, code: str) -> bool:
        return any(self._is_without(work, of) for work, of in self.last if of == code)

    def _is_equal(self, work: int, code: str, share: Fraction) -> bool:
        """Whether it was among the works of the share that places of the level were left to."""
        facts = self.last[work, code][1]
        if not facts["passed"] or _share(facts) != share:
            return False
        stands = any(
            put.work == work and put.code == code and not self._is_by_hand(put) for put in self.standing.values()
        )
        return stands or (self._is_without(work, code) and self._moved_at(work, code) is None)

    def _is_without(self, work: int, code: str) -> bool:
        if not self.last[work, code][1]["passed"] or work in self.gone or not may_have(self.all_, work, code):
            return False
        level = self.levels[code][0]
        return not any(put.work == work and self.levels[put.code][0] <= level for put in self.standing.values())

    def _moved_at(self, work: int, code: str) -> int | None:
        """When somebody put it elsewhere, or off, for a reason since its vote; None where nobody did."""
        kind, voted = self.levels[code][1], self.last[work, code][0]
        off = self.off.get((work, kind))
        elsewhere = [put for put in self.standing.values() if put.work == work and self.levels[put.code][1] == kind]
        moved = [*elsewhere, *([off] if off else ())]
        return min((put.at for put in moved if not put.voted and put.reason != "" and put.at > voted), default=None)

    def _is_by_hand(self, put: _Put) -> bool:
        """Whether it has its place for a reason, written since it was voted on there."""
        voted = self.last.get((put.work, put.code), (-1,))[0]
        said = put.reason != "" if put.reason is not None else voted < 0
        return not put.voted and said and put.at > voted

    def _parted(self, group: list[int], code: str) -> list[list[int]]:
        """The works in the order of the last round: by score, then by each step that the rules name."""
        found = self.all_.outcome["rounds"][-1]
        rules = self.all_.rules_of(found["round"])
        if not rules.get("ties"):
            return [group]
        number = [at for at, _made in self.all_.versions(found["subject"]) if at < self.handed]
        listed = [*found["former"], found["places"]][len(number) - 1]
        scores = {place["work"]: place["score"] and Fraction(*place["score"]) for place in listed}
        orders = orders_known(self.all_, found["subject"], self.all_.events[self.handed]["seq"])
        ballots = {work: share for (work, of), share in self.equals.items() if of == code}
        part = parting(rules, counting(self.all_, found["round"], number[-1]), orders, ballots)
        by_score: dict[Fraction, list[int]] = {}
        for work in sorted(group):
            by_score.setdefault(scores.get(work) or Fraction(-1), []).append(work)
        return [one for score in sorted(by_score, reverse=True) for one in part(by_score[score])]

    def _why(self, put: _Put) -> str:
        if put.reason is None:
            return ", lý do chưa ghi trong sổ"
        if not put.reason:
            return ""
        return f". Lý do: {self.texts.get(put.reason, 'có trong biên bản')}"


def _share(facts: dict[str, Any]) -> Fraction:
    return Fraction(facts["yes"], facts.get("base", facts["eligible"]))


def check_filled(all_: Evidence) -> list[str]:
    """The places of every level follow from its votes; what does not is told, each with the reason in the log."""
    handed = handed_down(all_)
    if handed is None or not all_.outcome["votes"]:
        return []
    return list(_Council(all_, handed).lines())
