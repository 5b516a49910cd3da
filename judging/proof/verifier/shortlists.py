"""Who went on to the next round, how equal works were parted, and what was corrected afterwards."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch, code_of, counting, opens


def orders_known(all_: Evidence, subject: int, until: int) -> dict[str, list[list[int]]]:
    """decision, lot → orders over equal works of the round that were known at this place of the log.

    A lot was announced before it was drawn, and comes out as it says.
    """
    told: dict[str, list[list[int]]] = {"decision": [], "lot": []}
    announced: dict[int, set[str]] = {}
    codes = dict(map(tuple, all_.outcome["works"]))
    for event in all_.events:
        kind, facts = event["kind"], event["facts"]
        if event["seq"] > until or kind not in {"tie.decided", "lot.announced", "lot.drawn"}:
            continue
        if facts["round"] != subject:
            continue
        works = facts["entries"].split(",")
        if kind == "lot.announced":
            announced[event["subject"][1]] = set(works)
            continue
        if kind == "lot.drawn":
            if announced.pop(event["subject"][1], None) != set(works):
                raise Mismatch(f"sự kiện {event['seq']}: rút thăm khi chưa thông báo, hoặc cho các tác phẩm khác")
            left = sorted(codes[int(work)] for work in works)
            for turn, work in enumerate(works):
                number = turn.to_bytes(2, "big")
                hashed = hashlib.sha256(number + facts["key"].encode() + number).digest()
                if left.pop(int.from_bytes(hashed, "big") % len(left)) != codes[int(work)]:
                    raise Mismatch(f"sự kiện {event['seq']}: rút thăm lại ra thứ tự khác")
        told["lot" if kind == "lot.drawn" else "decision"].append([int(work) for work in works])
    return told


def parting(
    rules: dict[str, Any],
    given: list[dict[str, Any]],
    orders: dict[str, list[list[int]]],
    ballots: dict[int, Fraction] | None = None,
) -> Callable[[list[int]], list[list[int]]]:
    """How the steps the rules name part works that are equal: from the best down, those that none parts together.

    `ballots`: what a ballot among equals gave each, where one can be held. Nothing later is asked while it is missing.
    """
    sheets: dict[int, list[dict[int, int]]] = defaultdict(list)
    totals: dict[int, dict[str, int]] = defaultdict(dict)
    for sheet in given:
        sheets[sheet["work"]].append(dict(sheet["content"]["marks"]))
        totals[sheet["work"]][sheet["content"]["seat"]] = sum(steps for _n, steps in sheet["content"]["marks"])

    def order_of(kind: str, group: list[int]) -> Callable[[int], Fraction]:
        known = next((order for order in orders[kind] if set(order) >= set(group)), None)
        return lambda work: Fraction(0 if known is None else -known.index(work))

    def mean(work: int, ordinal: int) -> Fraction:
        return Fraction(sum(marks[ordinal] for marks in sheets[work]), len(sheets[work]))

    def middle(work: int) -> Fraction:
        given, half = sorted(totals[work].values()), len(totals[work]) // 2
        return Fraction(given[half]) if len(given) % 2 else Fraction(given[half - 1] + given[half], 2)

    def above(work: int, group: list[int]) -> Fraction:
        if len(group) != 2:
            return Fraction(0)
        mine, theirs = totals[work], totals[group[0] if work == group[1] else group[1]]
        return Fraction(sum(mine[seat] > theirs[seat] for seat in mine if seat in theirs))

    ordinals = [row[0] for row in sorted(rules["criteria"], key=lambda row: (-row[2], row[0]))]
    steps: list[Callable[[list[int]], Callable[[int], Fraction] | None]] = []
    for name in rules.get("ties", ()):
        if name == "criteria":
            steps += [lambda _group, n=n: lambda work: mean(work, n) for n in ordinals]  # type: ignore[misc]
        elif name == "head_to_head":
            steps.append(lambda group: lambda work: above(work, group))
        elif name == "median":
            steps.append(lambda _group: middle)
        elif name == "ballot" and ballots is not None:
            steps.append(lambda group: (lambda work: ballots[work]) if set(ballots) >= set(group) else None)
        elif name in orders:
            steps.append(lambda group, name=name: order_of(name, group))  # type: ignore[misc]

    def part(group: list[int], number: int) -> list[list[int]]:
        if len(group) < 2 or number == len(steps):
            return [group]
        key, equal = steps[number](group), defaultdict(list)
        if key is None:
            return [group]
        for work in group:
            equal[key(work)].append(work)
        return [one for value in sorted(equal, reverse=True) for one in part(equal[value], number + 1)]

    return lambda group: part(group, 0)


def _climbed(
    rules: dict[str, Any],
    given: list[dict[str, Any]],
    listed: list[dict[str, Any]],
    orders: dict[str, list[list[int]]],
) -> dict[int, int]:
    """Work → rank in its panel, whose places are `listed`, once the steps the rules name have parted equal works."""
    part = parting(rules, given, orders)
    places = [place for place in listed if place["rank"] is not None]
    ranks, position = dict[int, int](), 1
    for rank in sorted({place["rank"] for place in places}):
        for group in part([place["work"] for place in places if place["rank"] == rank]):
            ranks |= dict.fromkeys(group, position)
            position += len(group)
    return ranks


def check_shortlists(all_: Evidence) -> str:
    """Whoever went on was above everybody of the panel who did not, or a reason is on record."""
    gone = 0
    for found in all_.outcome["rounds"]:
        rules = all_.rules_of(found["round"])
        until, number, listed = _when_drawn(all_, found)
        orders, sheets = orders_known(all_, found["subject"], until), counting(all_, found["round"], number)
        ranks, scores = dict[int, int](), {place["work"]: place["score"] for place in listed}
        low = {
            work
            for work, score in scores.items()
            if rules.get("floor") and score and Fraction(*score) < Fraction(rules["floor"])
        }
        for panel in {place["panel"] for place in listed}:
            ranks |= _climbed(rules, sheets, [place for place in listed if place["panel"] == panel], orders)
        drawn = [place for place in found["places"] if place["advanced"]]
        gone += len(drawn)
        for place in drawn:
            if (place["work"] not in ranks or place["work"] in low) and not place["reason"]:
                raise Mismatch(f"tác phẩm {code_of(all_, place['work'])} vào vòng sau không thứ hạng, không có lý do")
            for other in found["places"]:
                if other["work"] in low:
                    continue
                passed_over = other["panel"] == place["panel"] and other["advanced"] == 0 and not place["reason"]
                if passed_over and ranks.get(other["work"], 10**9) <= ranks.get(place["work"], 10**9 - 1):
                    raise Mismatch(
                        f"tác phẩm {code_of(all_, place['work'])} vào vòng sau trái thứ tự mà không có lý do"
                    )
    return f"{gone} lượt tác phẩm vào vòng sau"


def _when_drawn(all_: Evidence, found: dict[str, Any]) -> tuple[int, int, list[dict[str, Any]]]:
    """Where in the log the shortlist was drawn for the last time, where the places of then were found, and these."""
    last = max(
        (
            n
            for n, e in enumerate(all_.events)
            if e["kind"] == "shortlist.drawn" and e["subject"][1] == found["subject"]
        ),
        default=len(all_.events),
    )
    before = [number for number, _made in all_.versions(found["subject"]) if number < last]
    return last, before[-1], [*found["former"], found["places"]][len(before) - 1]


def check_corrections(all_: Evidence) -> str:
    """After a round was counted its sheets were annulled by corrections alone, each by two persons with its reason."""
    given = {line["commitment"]: line for line in all_.corrections}
    made = 0
    for found in all_.outcome["rounds"]:
        ours = {sheet["commitment"] for sheet in all_.sheets_of(found["round"])}
        versions = all_.versions(found["subject"])
        for version, ((before, _), (number, event)) in enumerate(pairwise(versions), start=2):
            line, facts = given.get(event["facts"]["commitment"]), event["facts"]
            if facts["version"] != version or line is None or not opens(line):
                raise Mismatch(f"sự kiện {event['seq']}: thiếu nội dung đính chính")
            _check_two_persons(all_.events[before:number], event, found["round"])
            dropped = all_.standing(before).keys() - all_.standing(number).keys()
            if (line["content"]["round"], line["content"]["version"]) != (found["round"], version):
                raise Mismatch(f"sự kiện {event['seq']}: nội dung của lần đính chính khác")
            if sorted(dropped & ours) != line["content"]["sheets"]:
                raise Mismatch(f"sự kiện {event['seq']}: phiếu bị hủy khác nội dung đính chính")
            made += 1
        left = all_.standing(versions[-1][0]).keys() & ours
        if left - all_.standing(len(all_.events)).keys():
            raise Mismatch("có phiếu bị hủy sau khi kết thúc vòng mà không có đính chính")
    if made != len(all_.corrections):
        raise Mismatch("thừa nội dung đính chính")
    return f"{made} lần đính chính"


def _check_two_persons(events: list[dict[str, Any]], made: dict[str, Any], public_id: str) -> None:
    """One proposed the correction, and another, who made it, confirmed that very proposal."""
    proposed = {
        tuple(event["subject"]): event["actor"]
        for event in events
        if event["kind"] == "correct_round.proposed" and event["facts"]["on"] == public_id
    }
    confirmed = [event for event in events if event["kind"] == "correct_round.confirmed"]
    for event in confirmed:
        first, second = proposed.get(tuple(event["subject"])), event["actor"]
        if first is not None and first != second == made["actor"]:
            return
    raise Mismatch(f"sự kiện {made['seq']}: đính chính không do hai người thực hiện")
