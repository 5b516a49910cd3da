"""Sheets open their commitments, and from them every score and place is found again."""

import hashlib
from collections import defaultdict
from fractions import Fraction
from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch, canonical, code_of, counting, opens


def check_sheets(all_: Evidence) -> str:
    """Every sheet opens its commitment, was sent and stood when the round was counted, and none is left out."""
    closed: set[str] = set()
    codes = {code for _level, code, *_rest in all_.rules["prizes"]} | {"-"}
    for found in all_.outcome["rounds"]:
        asked = all_.rules_of(found["round"]).get("asks_level", 0)
        versions, given = all_.versions(found["subject"]), all_.sheets_of(found["round"])
        standing = all_.standing(versions[0][0])
        for sheet in given:
            short = sheet["commitment"][:16]
            if not opens(sheet):
                raise Mismatch(f"phiếu {short}: nội dung không đúng cam kết")
            if ("level" in sheet["content"]) != bool(asked) or sheet["content"].get("level", "-") not in codes:
                raise Mismatch(f"phiếu {short}: mức giải đề nghị trái quy định của vòng")
            if standing.get(sheet["commitment"]) != sheet["work"]:
                raise Mismatch(f"phiếu {short}: không có trong sổ, hoặc của tác phẩm khác")
        for number, event in versions:
            commitments = sorted(sheet["commitment"] for sheet in counting(all_, found["round"], number))
            whole = hashlib.sha256("\n".join(commitments).encode()).hexdigest()
            if len(commitments) != event["facts"]["sheets"] or whole != event["facts"]["commitments_sha256"]:
                raise Mismatch(f"vòng {all_.rules_of(found['round'])['name']}: thiếu hoặc thừa phiếu")
        closed |= {sheet["commitment"] for sheet in given}
        placed = {place["work"] for place in found["places"]}
        left_out = [each for each, work in standing.items() if work in placed and each not in closed]
        if left_out:
            raise Mismatch(f"phiếu {left_out[0][:16]}: đã gửi nhưng không được tính")
    if len(closed) != len(all_.sheets):
        raise Mismatch("có phiếu không thuộc vòng nào")
    trials = sum(_check_trials(all_, found) for found in all_.outcome["rounds"])
    proposing = sum("level" in sheet["content"] for sheet in all_.sheets)
    return f"{len(all_.sheets)} phiếu" + "".join(
        f", {number} {what}"
        for number, what in ((proposing, "phiếu có mức giải đề nghị"), (trials, "phiếu chấm thử không tính"))
        if number
    )


def _check_trials(all_: Evidence, found: dict[str, Any]) -> int:
    """As many sheets of calibration works as the log says were sent; none of them is among the sheets that count."""
    kind, subject = "calibration.sent", found["subject"]
    sent = len([e for e in all_.events if e["kind"] == kind and e["facts"]["round"] == subject])
    told: dict[str, int] = found.get("calibration", {})
    if sent != told.get("sheets", 0):
        raise Mismatch(f"vòng {all_.rules_of(found['round'])['name']}: số phiếu chấm thử khác sổ")
    return sent


def check_places(all_: Evidence) -> str:
    """Scores and ranks follow from the sheets: the mean of the totals, equal scores share a rank, too few have none."""
    works = 0
    for found in all_.outcome["rounds"]:
        rules, versions = all_.rules_of(found["round"]), all_.versions(found["subject"])
        listed = [*found["former"], found["places"]]
        if len(versions) != len(listed):
            raise Mismatch(f"{rules['name']}: thiếu hoặc thừa một bản xếp hạng")
        for (number, event), places in zip(versions, listed, strict=True):
            needed = _needed(rules, event["facts"], places)
            sheets = counting(all_, found["round"], number)
            works += _check_version(all_, rules, sheets, places, needed, event["facts"])
    return f"{works} thứ hạng tính lại từ phiếu"


def _check_version(
    all_: Evidence,
    rules: dict[str, Any],
    sheets: list[dict[str, Any]],
    listed: list[dict[str, Any]],
    needed: dict[int, int],
    facts: dict[str, Any],
) -> int:
    """The places of one version of a round follow from the sheets that counted then; gives how many there are."""
    totals: dict[int, dict[str, Fraction]] = defaultdict(dict)
    for sheet in sheets:
        steps = sum(steps for _ordinal, steps in sheet["content"]["marks"])
        totals[sheet["work"]][sheet["content"]["seat"]] = Fraction(steps, rules["steps_per_point"])
    works = 0
    for panel, name, _size in rules["panels"]:
        places = [place for place in listed if place["panel"] == panel]
        given = {place["work"]: totals[place["work"]] for place in places if totals[place["work"]]}
        enough = [work for work in given if len(given[work]) >= needed[work]]
        scores = _scores(rules, given, enough, facts, panel)
        for place in places:
            score, rank = scores.get(place["work"]), None
            if place["work"] in enough and score is not None:
                rank = 1 + sum(scores[work] > score for work in enough)
            told = place["score"] and Fraction(*place["score"])
            if (rank, score, len(totals[place["work"]])) != (place["rank"], told, place["sheets"]):
                raise Mismatch(f"{rules['name']}, {name}: hạng của tác phẩm {code_of(all_, place['work'])}")
        works += len(places)
    return works


def _scores(
    rules: dict[str, Any],
    given: dict[int, dict[str, Fraction]],
    ranked: list[int],
    facts: dict[str, Any],
    panel: str,
) -> dict[int, Fraction]:
    """Work → score, by the way the rules name; the plain mean where the sheets of the list do not allow for it."""
    means = {work: sum(totals.values(), Fraction(0)) / len(totals) for work, totals in given.items()}
    counts = {len(given[work]) for work in ranked}
    if rules["score"] == "trimmed" and len(counts) == 1 and min(counts) >= 5:
        kept = {work: sorted(totals.values()) for work, totals in given.items()}
        return {
            work: sum(each[1:-1], Fraction(0)) / (len(each) - 2) if len(each) >= 5 else means[work]
            for work, each in kept.items()
        }
    ratio = facts.get(f"lambda.{panel}")
    if rules["score"] != "adjmean" or ratio is None:
        return means
    offsets = _offsets(given, means, Fraction(ratio), Fraction(15 * rules["scale_max"], 100))
    found = {}
    for work, totals in given.items():
        right = sum((total - offsets[seat] for seat, total in totals.items()), Fraction(0)) / len(totals)
        found[work] = Fraction((right * 20000 + 1).__floor__() // 2, 10000)  # half up to a ten-thousandth
    return found


def _offsets(
    given: dict[int, dict[str, Fraction]], means: dict[int, Fraction], ratio: Fraction, most: Fraction
) -> dict[str, Fraction]:
    """(L + λ)⁻¹ r over the judges, by elimination in fractions; a group with one beyond `most` shrinks as a whole."""
    seats = sorted({seat for totals in given.values() for seat in totals})
    rows = {seat: dict.fromkeys(seats, Fraction(0)) | {seat: ratio} for seat in seats}
    right, group = dict.fromkeys(seats, Fraction(0)), {seat: {seat} for seat in seats}
    for work, totals in given.items():
        for one, total in totals.items():
            right[one] += total - means[work]
            rows[one][one] += 1
            for other in totals:
                rows[one][other] -= Fraction(1, len(totals))
                if group[one] is not group[other]:
                    group[one] |= group[other]
                    for seat in group[other]:
                        group[seat] = group[one]
    for number, seat in enumerate(seats):
        for below in seats[number + 1 :]:
            factor = rows[below][seat] / rows[seat][seat]
            if factor:
                rows[below] = {each: rows[below][each] - factor * rows[seat][each] for each in seats}
                right[below] -= factor * right[seat]
    found: dict[str, Fraction] = {}
    for number in range(len(seats) - 1, -1, -1):
        seat = seats[number]
        rest = right[seat] - sum((rows[seat][each] * found[each] for each in seats[number + 1 :]), Fraction(0))
        found[seat] = rest / rows[seat][seat]
    largest = {seat: max(abs(found[each]) for each in group[seat]) for seat in seats}
    return {seat: value * most / largest[seat] if largest[seat] > most else value for seat, value in found.items()}


def _needed(rules: dict[str, Any], told: dict[str, Any], places: list[dict[str, Any]]) -> dict[int, int]:
    """Work → how many sheets it needed for a rank, as it stood in the log when the places were found.

    A log that was written before works without enough sheets were told apart needs one of each.
    """
    needed = {place["work"]: place.get("needed", 1) for place in places}
    known = told.get("needed_sha256")
    if known is None:
        return dict.fromkeys(needed, 1)
    if hashlib.sha256(canonical(sorted(map(list, needed.items())))).hexdigest() != known:
        raise Mismatch(f"{rules['name']}: số phiếu tối thiểu khác lúc kết thúc vòng")
    if any(number < rules.get("least", 1) for number in needed.values()):
        raise Mismatch(f"{rules['name']}: số phiếu tối thiểu ít hơn quy định")
    return needed
