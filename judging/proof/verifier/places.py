"""Sheets open their commitments, and from them every score and place is found again."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch, canonical, code_of, counting, opens

Way = Callable[[dict[str, Fraction]], Fraction]
"""From the totals of a work, by seat, to its score."""


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
    """Scores and ranks follow from the sheets: the mean of the totals, equal scores share a rank, too few have none.

    Places that were corrected follow from the sheets that are left, in the way that the list was counted: λ and what it
    says of each judge stay those of the end of the round.
    """
    works, again, apart = 0, 0, list[str]()
    for found in all_.outcome["rounds"]:
        rules, versions = all_.rules_of(found["round"]), all_.versions(found["subject"])
        listed = [*found["former"], found["places"]]
        if len(versions) != len(listed):
            raise Mismatch(f"{rules['name']}: thiếu hoặc thừa một bản xếp hạng")
        ways: dict[str, Way] = {}
        for (number, event), places in zip(versions, listed, strict=True):
            facts, needed = event["facts"], _needed(rules, event["facts"], places)
            totals = _totals(rules, counting(all_, found["round"], number))
            if event["kind"] == "round.counted" or not _told(facts, ("figures",)):
                again += event["kind"] != "round.counted" and rules["score"] != "mean"
                now = _ways(rules, totals, places, needed, facts)
                ways = ways or now
            else:
                _check_figures_kept(rules, event, versions[0][1]["facts"])
                now = ways
            if event["kind"] == "round.counted":
                apart += [f"{rules['name']}, {name}" for name in _torn(rules, totals, places)]
            works += _check_version(all_, rules, totals, places, needed, now)
    told = f"{works} thứ hạng tính lại từ phiếu"
    told += f"; {again} lần đính chính ghi theo cách cũ, ước lượng lại mức chấm của thành viên" if again else ""
    return told + "".join(f"; {each}: các nhóm thành viên không chấm chung, không so được với nhau" for each in apart)


def _torn(rules: dict[str, Any], totals: dict[int, dict[str, Fraction]], listed: list[dict[str, Any]]) -> list[str]:
    """The panels whose members gave their sheets in groups that have no work in common."""
    found = []
    for panel, name, _size in rules["panels"]:
        groups: list[set[str]] = []
        for readers in (set(totals[place["work"]]) for place in listed if place["panel"] == panel):
            joined = readers.union(*(group for group in groups if group & readers))
            groups = [group for group in groups if not group & readers] + ([joined] if joined else [])
        if len(groups) > 1:
            found.append(name)
    return found


def _told(facts: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name.startswith(names)}


def _check_figures_kept(rules: dict[str, Any], corrected: dict[str, Any], ended: dict[str, Any]) -> None:
    """A correction says the same of the figures as the end of the round did."""
    figures = ("figures", "score.", "lambda.")
    if _told(corrected["facts"], figures) != _told(ended, figures) | {"figures": "as_counted"}:
        where = f"{rules['name']}, sự kiện {corrected['seq']}"
        raise Mismatch(f"{where}: đính chính không giữ cách tính điểm, hệ số λ như lúc kết thúc vòng")


def _totals(rules: dict[str, Any], sheets: list[dict[str, Any]]) -> dict[int, dict[str, Fraction]]:
    """Work → seat → points."""
    totals: dict[int, dict[str, Fraction]] = defaultdict(dict)
    for sheet in sheets:
        steps = sum(steps for _ordinal, steps in sheet["content"]["marks"])
        totals[sheet["work"]][sheet["content"]["seat"]] = Fraction(steps, rules["steps_per_point"])
    return totals


def _ways(
    rules: dict[str, Any],
    totals: dict[int, dict[str, Fraction]],
    listed: list[dict[str, Any]],
    needed: dict[int, int],
    facts: dict[str, Any],
) -> dict[str, Way]:
    """Panel → how its scores were found from these sheets."""
    found: dict[str, Way] = {}
    for panel, _name, _size in rules["panels"]:
        works = [place["work"] for place in listed if place["panel"] == panel]
        given = {work: totals[work] for work in works if totals[work]}
        found[panel] = _way(rules, given, [work for work in given if len(given[work]) >= needed[work]], facts, panel)
    return found


def _check_version(
    all_: Evidence,
    rules: dict[str, Any],
    totals: dict[int, dict[str, Fraction]],
    listed: list[dict[str, Any]],
    needed: dict[int, int],
    ways: dict[str, Way],
) -> int:
    """The places of one version of a round follow from the sheets that counted then; gives how many there are."""
    works = 0
    for panel, name, _size in rules["panels"]:
        places = [place for place in listed if place["panel"] == panel]
        scores = {place["work"]: ways[panel](totals[place["work"]]) for place in places if totals[place["work"]]}
        enough = [work for work in scores if len(totals[work]) >= needed[work]]
        for place in places:
            score, rank = scores.get(place["work"]), None
            if place["work"] in enough and score is not None:
                rank = 1 + sum(scores[work] > score for work in enough)
            told = place["score"] and Fraction(*place["score"])
            if (rank, score, len(totals[place["work"]])) != (place["rank"], told, place["sheets"]):
                raise Mismatch(f"{rules['name']}, {name}: hạng của tác phẩm {code_of(all_, place['work'])}")
        works += len(places)
    return works


def _way(
    rules: dict[str, Any],
    given: dict[int, dict[str, Fraction]],
    ranked: list[int],
    facts: dict[str, Any],
    panel: str,
) -> Way:
    """The way the rules name; the plain mean where the sheets of the list do not allow for it."""
    counts = {len(given[work]) for work in ranked}
    if rules["score"] == "trimmed" and len(counts) == 1 and min(counts) >= 5:
        return _trimmed
    ratio = facts.get(f"lambda.{panel}")
    if rules["score"] != "adjmean" or ratio is None:
        return _mean
    means = {work: _mean(totals) for work, totals in given.items()}
    return partial(_set_right, _offsets(given, means, Fraction(ratio), Fraction(15 * rules["scale_max"], 100)))


def _mean(totals: dict[str, Fraction]) -> Fraction:
    return sum(totals.values(), Fraction(0)) / len(totals)


def _trimmed(totals: dict[str, Fraction]) -> Fraction:
    """Without the highest and the lowest; of a work with fewer than five the plain mean."""
    return sum(sorted(totals.values())[1:-1], Fraction(0)) / (len(totals) - 2) if len(totals) >= 5 else _mean(totals)


def _set_right(offsets: dict[str, Fraction], totals: dict[str, Fraction]) -> Fraction:
    right = sum((total - offsets[seat] for seat, total in totals.items()), Fraction(0)) / len(totals)
    return Fraction((right * 20000 + 1).__floor__() // 2, 10000)  # half up to a ten-thousandth


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
