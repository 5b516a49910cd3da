"""Kiểm tra bộ kiểm chứng kết quả chấm giải, không cần mạng: chỉ cần Python và thư viện cryptography.

    python verify.py [THƯ MỤC] [--key KHÓA] [--note MỐC ĐÃ LƯU] [--receipt BIÊN NHẬN]

Biên nhận của một thành viên kiểm tra được khi không có bộ kiểm chứng: chỉ cần tệp này, biên nhận và khóa.

Checks the evidence of an award's judging by itself, step by step. It imports nothing of the house that made it, and
computes everything again in its own way. Exit status 0: everything fits; 1: something does not, and is named.
"""

import argparse
import base64
import gc
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SEALED = b"press-award/commit/v1\0"


class Mismatch(Exception):
    """What does not fit, in a sentence."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def roots(payloads: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The RFC 6962 root of the first n entries for each wanted n, every whole subtree being hashed once."""
    sha256 = hashlib.sha256
    wanted = sorted({size for size in sizes if size > 0})
    level = [sha256(b"\x00" + payload).digest() for payload in payloads]
    found: dict[int, bytes] = {size: b"" for size in wanted if size <= len(level)}
    height = 0
    while found and level:  # from the leaves up: a tree of n entries has one whole subtree for each binary digit of n
        for size, rest in found.items():
            if size >> height & 1:
                whole = level[(size >> height) - 1]
                found[size] = sha256(b"\x01" + whole + rest).digest() if rest else whole
        pairs = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        height += 1
    return found


class Key:
    """A public key with the name it signs under."""

    def __init__(self, line: str) -> None:
        self.line = line.strip()
        self.name, self.number, rest = self.line.split("+", 2)
        data = base64.b64decode(rest)
        self.public = Ed25519PublicKey.from_public_bytes(data[1:])
        if hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4].hex() != self.number:
            raise Mismatch("khóa công khai ghi sai")

    def opened(self, note: str) -> str:
        """The text of a note, once its signature has been checked."""
        text, _empty, line = note.rpartition("\n\n")
        text += "\n"
        words = line.split()
        if len(words) != 3 or words[:2] != ["—", self.name]:
            raise Mismatch("không có chữ ký của khóa này")
        signed = base64.b64decode(words[2])
        try:
            if signed[:4].hex() != self.number:
                raise InvalidSignature
            self.public.verify(signed[4:], text.encode())
        except InvalidSignature:
            raise Mismatch("chữ ký không đúng") from None
        return text


class Evidence:
    """The folder, read once."""

    def __init__(self, folder: Path, key: str | None) -> None:
        self.key = Key((folder / "key.txt").read_text(encoding="utf-8"))
        if key is not None and key.strip() != self.key.line:
            raise Mismatch("khóa trong bộ này khác khóa trong biên bản")
        self.payloads = (folder / "events.ndjson").read_bytes().splitlines()
        gc.disable()  # a million small objects, none of which goes again
        self.events: list[dict[str, Any]] = list(map(_event, self.payloads))
        gc.enable()
        self.notes = {
            file.name: file.read_text(encoding="utf-8") for file in sorted((folder / "checkpoints").glob("*"))
        }
        self.rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
        self.sheets, self.revisions, self.zones, self.corrections, self.ballots = (
            _lines(folder / f"{name}.ndjson") for name in ("sheets", "revisions", "zones", "corrections", "ballots")
        )
        self.outcome_text = (folder / "result.json").read_text(encoding="utf-8")
        self.outcome = json.loads(self.outcome_text)
        self.outcome_note = (folder / "result.json.sig").read_text(encoding="utf-8")
        self._of_sheets = [(n, event) for n, event in enumerate(self.events) if event["kind"].startswith("sheet.")]
        self._standing: dict[int, dict[str, int]] = {}
        self.held = 0
        """How many events the last checkpoint holds fast."""

    def counted(self, subject: int) -> tuple[int, dict[str, Any]]:
        """Where in the log the round was counted, and the event itself."""
        for number, event in enumerate(self.events):
            if event["kind"] == "round.counted" and event["subject"] == ["round", subject]:
                return number, event
        raise Mismatch("sổ không có sự kiện kết thúc vòng")

    def standing(self, until: int) -> dict[str, int]:
        """Commitment → work, of the sheets that stood as sent before the event at this place; found once each."""
        if until not in self._standing:
            self._standing[until] = _standing_at(event for number, event in self._of_sheets if number < until)
        return self._standing[until]

    def versions(self, subject: int) -> list[tuple[int, dict[str, Any]]]:
        """Where in the log the places of the round were found: when it was counted, then at each correction."""
        found = [self.counted(subject)]
        for number, event in enumerate(self.events[found[0][0] :], start=found[0][0]):
            if event["kind"] == "round.corrected" and event["subject"] == ["round", subject]:
                found.append((number, event))
        return found

    def since_frozen(self, subject: int) -> list[dict[str, Any]]:
        """The events from when the round was frozen until it was counted."""
        counted, _event = self.counted(subject)
        for number in range(counted - 1, -1, -1):
            if self.events[number]["kind"] == "round.frozen" and self.events[number]["subject"] == ["round", subject]:
                return self.events[number:counted]
        raise Mismatch("sổ không có sự kiện khóa phiếu")

    def rules_of(self, public_id: str) -> dict[str, Any]:
        for rules in self.rules["rounds"]:
            if rules["round"] == public_id:
                return dict(rules)
        raise Mismatch("thiếu quy định của vòng")

    def sheets_of(self, public_id: str) -> list[dict[str, Any]]:
        return [sheet for sheet in self.sheets if sheet["content"]["round"] == public_id]


def _event(payload: bytes, read: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode) -> Any:
    """The value that a whole line is. Past the wrappings of `json.loads`, which take longer than the line itself."""
    text = payload.decode()
    value, end = read(text)
    if end != len(text):
        raise ValueError("dòng của sổ thừa chữ")
    return value


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _opens(line: dict[str, Any]) -> bool:
    """The content of a line is what its commitment commits to."""
    sealed = SEALED + bytes.fromhex(line["nonce"]) + canonical(line["content"])
    return hashlib.sha256(sealed).hexdigest() == str(line["commitment"])


def check_events(all_: Evidence) -> str:
    """Numbers run without a gap. Which bytes a line has is what the checkpoints hold fast."""
    for number, event in enumerate(all_.events, start=1):
        if event["seq"] != number:
            raise Mismatch(f"sự kiện thứ {number} mang số {event['seq']}")
    return f"{len(all_.events)} sự kiện"


def check_checkpoints(all_: Evidence) -> str:
    """Every checkpoint is signed, and its root is that of the events before it."""
    taken = []
    for name, note in all_.notes.items():
        try:
            origin, size, root = all_.key.opened(note).splitlines()
        except (Mismatch, ValueError) as fault:
            raise Mismatch(f"mốc {name}: {fault}") from None
        if origin != all_.key.name:
            raise Mismatch(f"mốc {name}: của sổ khác")
        taken.append((name, int(size), base64.b64decode(root)))
    if not taken:
        raise Mismatch("không có mốc nào")
    computed = roots(all_.payloads, [held for _name, held, _whole in taken])
    for name, held, whole in taken:
        if computed.get(held) != whole:
            raise Mismatch(f"mốc {name}: mã của {held} sự kiện không khớp")
    all_.held = max(held for _name, held, _whole in taken)
    return f"{len(taken)} mốc, mốc cuối giữ {all_.held} sự kiện"


def check_rules(all_: Evidence) -> str:
    """The rules are those whose hash stood in the log when each round was counted, and the council handed down."""
    for found in all_.outcome["rounds"]:
        rules = all_.rules_of(found["round"])
        for number, event in all_.versions(found["subject"]):
            if hashlib.sha256(canonical(rules)).hexdigest() != event["facts"]["rules_sha256"]:
                raise Mismatch(f"quy định của vòng {rules['name']} khác lúc kết thúc vòng")
            if number >= all_.held:
                raise Mismatch(f"vòng {rules['name']} kết thúc sau mốc cuối")
    handed = _handed_down(all_)
    if handed is not None:
        digest = hashlib.sha256(canonical(all_.rules["prizes"])).hexdigest()
        if digest != all_.events[handed]["facts"]["structure_sha256"]:
            raise Mismatch("cơ cấu giải khác lúc Hội đồng kết thúc")
    elif all_.outcome["handed_down"]:
        raise Mismatch("sổ không có sự kiện Hội đồng kết thúc")
    return f"{len(all_.outcome['rounds'])} vòng đã kết thúc"


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
            if not _opens(sheet):
                raise Mismatch(f"phiếu {short}: nội dung không đúng cam kết")
            if ("level" in sheet["content"]) != bool(asked) or sheet["content"].get("level", "-") not in codes:
                raise Mismatch(f"phiếu {short}: mức giải đề nghị trái quy định của vòng")
            if standing.get(sheet["commitment"]) != sheet["work"]:
                raise Mismatch(f"phiếu {short}: không có trong sổ, hoặc của tác phẩm khác")
        for number, event in versions:
            commitments = sorted(sheet["commitment"] for sheet in _counting(all_, found["round"], number))
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
            sheets = _counting(all_, found["round"], number)
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
                raise Mismatch(f"{rules['name']}, {name}: hạng của tác phẩm {_code(all_, place['work'])}")
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


def _orders(all_: Evidence, subject: int, until: int) -> dict[str, list[list[int]]]:
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


def _climbed(
    rules: dict[str, Any],
    given: list[dict[str, Any]],
    listed: list[dict[str, Any]],
    orders: dict[str, list[list[int]]],
) -> dict[int, int]:
    """Work → rank in its panel, whose places are `listed`, once the steps the rules name have parted equal works."""
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
    steps: list[Callable[[list[int]], Callable[[int], Fraction]]] = []
    for name in rules.get("ties", ()):
        if name == "criteria":
            steps += [lambda _group, n=n: lambda work: mean(work, n) for n in ordinals]  # type: ignore[misc]
        elif name == "head_to_head":
            steps.append(lambda group: lambda work: above(work, group))
        elif name == "median":
            steps.append(lambda _group: middle)
        elif name in orders:
            steps.append(lambda group, name=name: order_of(name, group))  # type: ignore[misc]

    def part(group: list[int], number: int) -> list[list[int]]:
        if len(group) < 2 or number == len(steps):
            return [group]
        key, equal = steps[number](group), defaultdict(list)
        for work in group:
            equal[key(work)].append(work)
        return [one for value in sorted(equal, reverse=True) for one in part(equal[value], number + 1)]

    places = [place for place in listed if place["rank"] is not None]
    ranks, position = dict[int, int](), 1
    for rank in sorted({place["rank"] for place in places}):
        for group in part([place["work"] for place in places if place["rank"] == rank], 0):
            ranks |= dict.fromkeys(group, position)
            position += len(group)
    return ranks


def check_shortlists(all_: Evidence) -> str:
    """Whoever went on was above everybody of the panel who did not, or a reason is on record."""
    gone = 0
    for found in all_.outcome["rounds"]:
        rules = all_.rules_of(found["round"])
        until, number, listed = _when_drawn(all_, found)
        orders, sheets = _orders(all_, found["subject"], until), _counting(all_, found["round"], number)
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
                raise Mismatch(f"tác phẩm {_code(all_, place['work'])} vào vòng sau không thứ hạng, không có lý do")
            for other in found["places"]:
                if other["work"] in low:
                    continue
                passed_over = other["panel"] == place["panel"] and other["advanced"] == 0 and not place["reason"]
                if passed_over and ranks.get(other["work"], 10**9) <= ranks.get(place["work"], 10**9 - 1):
                    raise Mismatch(f"tác phẩm {_code(all_, place['work'])} vào vòng sau trái thứ tự mà không có lý do")
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
    before = [number for number, _event in all_.versions(found["subject"]) if number < last]
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
            if facts["version"] != version or line is None or not _opens(line):
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


def check_prizes(all_: Evidence) -> str:
    """Prizes are what the council proposed when it ended, less what was set aside, within the numbers of the rules."""
    handed = _handed_down(all_)
    if handed is None:
        if all_.outcome["prizes"]:
            raise Mismatch("có giải khi Hội đồng chưa kết thúc")
        return "Hội đồng chưa kết thúc"
    codes = {level: code for level, code, *_rest in all_.rules["prizes"]}
    works = {entry for entry, _code in all_.outcome["works"]}
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
        raise Mismatch(f"giải của tác phẩm {_code(all_, odd[0][0])} không đúng đề nghị trong sổ")
    for _level, code, name, _kind, quota in all_.rules["prizes"]:
        if sum(one == code for _entry, one in given) > quota:
            raise Mismatch(f"{name}: quá số lượng giải")
    return f"{len(given)} giải"


def check_frozen(all_: Evidence) -> str:
    """After freezing: sheets were changed once and when asked about, and more readers had works near the cut only."""
    changed = added = 0
    for found in all_.outcome["rounds"]:
        subject, ours = found["subject"], {sheet["commitment"] for sheet in all_.sheets_of(found["round"])}
        former = {line["commitment"]: line for line in all_.revisions if line["content"]["round"] == found["round"]}
        frozen = all_.since_frozen(subject)
        near, readers, asked, looked = _near(all_, found["round"], subject, frozen), set(), set(), set()
        for event in frozen:
            kind, facts = event["kind"], event["facts"]
            if kind == "sheet.sent" and facts["commitment"] in ours and facts["assignment"] not in readers:
                raise Mismatch(f"sự kiện {event['seq']}: phiếu gửi khi đã khóa mà không phải chấm bổ sung")
            if facts.get("round") != subject:
                continue
            if kind == "reading.added":
                if facts["entry"] not in near and not _grounds(all_, found, event):
                    raise Mismatch(f"tác phẩm {_code(all_, facts['entry'])}: chấm bổ sung ngoài vùng sát ngưỡng")
                readers.add(event["subject"][1])
            elif kind == "sheet.look_asked" and facts["assignment"] not in looked:
                asked.add(facts["assignment"])
                looked.add(facts["assignment"])
            elif kind in {"sheet.kept", "sheet.revised"}:
                if facts["assignment"] not in asked:
                    raise Mismatch(f"sự kiện {event['seq']}: không có đề nghị xem lại, hoặc đã trả lời")
                asked.discard(facts["assignment"])
                if kind == "sheet.revised":
                    line = former.get(facts["former"])
                    if line is None or not _opens(line) or line["work"] != facts["entry"]:
                        raise Mismatch(f"phiếu {facts['former'][:16]}: thiếu nội dung trước khi điều chỉnh")
                    changed += 1
        added += len(readers)
    if changed != len(all_.revisions):
        raise Mismatch("thừa nội dung trước khi điều chỉnh")
    return f"{changed} phiếu điều chỉnh, {added} lượt chấm bổ sung"


def _grounds(all_: Evidence, found: dict[str, Any], added: dict[str, Any]) -> bool:
    """A work away from the cut got a reader for the reason that the event gives: something in the log bears it out."""
    why, entry = added["facts"].get("why"), added["facts"]["entry"]
    frozen = all_.since_frozen(found["subject"])
    of_work = [event for event in frozen if event["facts"].get("entry") == entry]
    standing = _standing_at(all_.events[: added["seq"] - 1])
    sheets = [
        commitment for commitment, work in standing.items() if work == entry and _of_round(all_, found, commitment)
    ]
    if why == "replacement":
        ended = [e for e in of_work if e["kind"].startswith("conflict.") and e["kind"] != "conflict.disclosed"]
        again = [e for e in of_work if e["kind"] == "reading.added" and e["facts"].get("why") == why]
        return len(again) <= len(ended)  # what ended is told of once somebody else reads
    if why == "short":
        first = [*found["former"], found["places"]][0]
        needed = [place.get("needed", 1) for place in first if place["work"] == entry]
        return bool(not needed or len(sheets) < max(needed))
    if why == "third":
        return len(sheets) <= 2
    if why == "apart":
        looked = [event for event in frozen if event["kind"] == "sheet.look_asked" and event["seq"] < added["seq"]]
        asked = {event["facts"]["assignment"] for event in looked}
        sent = {
            e["facts"]["assignment"] for e in all_.events if e["kind"] == "sheet.sent" and e["facts"]["entry"] == entry
        }
        return bool(asked & sent)
    return False


def _of_round(all_: Evidence, found: dict[str, Any], commitment: str) -> bool:
    """A sheet of the round; one that was changed or annulled since and is not opened is taken for one."""
    opened = {sheet["commitment"]: sheet["content"]["round"] for sheet in all_.sheets}
    return bool(opened.get(commitment, found["round"]) == found["round"])


def check_signature(all_: Evidence) -> str:
    """The outcome as a whole is signed."""
    if all_.key.opened(all_.outcome_note) != all_.outcome_text:
        raise Mismatch("chữ ký của văn bản khác")
    return f"khóa {all_.key.number}"


SHARES = {"more_than_half": (1, 2), "two_thirds": (2, 3), "three_quarters": (3, 4)}


def check_votes(all_: Evidence) -> str:
    """Every secret ballot is there as it was counted, every count says what came of it, and no vote is left out."""
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
    _check_filled(all_, closed)
    for number, event in enumerate(all_.events):
        if event["kind"] == "sitting.closed":
            _check_sitting(all_.events[:number], event)
    return f"{len(closed)} lần bỏ phiếu, {len(all_.ballots)} phiếu kín"


def _check_vote(all_: Evidence, event: dict[str, Any], told: dict[str, Any], ballots: list[tuple[str, str]]) -> None:
    facts = event["facts"]
    where = f"tác phẩm {_code(all_, facts['entry'])}, mức {facts['level']}, lần {facts['number']}"
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
    if facts["quorum"] and not _reaches(facts["quorum"], facts["present"], facts["members"]):
        raise Mismatch(f"{where}: không đủ số thành viên có mặt")
    if facts["passed"] != int(_reaches(facts["majority"], facts["yes"], facts["eligible"])):
        raise Mismatch(f"{where}: đạt hay không đạt trái với số phiếu")


def _check_filled(all_: Evidence, closed: list[dict[str, Any]]) -> None:
    """No work got a place of a level by a vote while another, without it or a higher one, had a larger share."""
    if _handed_down(all_) is None:
        return
    level_of = {code: number for number, (_level, code, *_rest) in enumerate(all_.rules["prizes"])}
    prizes: dict[int, list[int]] = defaultdict(list)
    for work, code in all_.outcome["prizes"]:
        prizes[work].append(level_of[code])
    last: dict[tuple[int, str], dict[str, Any]] = {}
    for event in closed:
        if event["facts"]["number"] != 3:
            last[event["facts"]["entry"], event["facts"]["level"]] = event["facts"]
    standing = {work for work, _code in all_.outcome["works"]} - _set_aside(all_)
    voted = {
        (e["facts"]["entry"], e["facts"]["level"]): e["facts"].get("voted")
        for e in all_.events
        if e["kind"] == "prize.proposed"
    }
    for (work, code), facts in last.items():
        if not facts["passed"] or level_of[code] not in prizes[work] or not voted.get((work, code)):
            continue  # what the chair proposed by hand has its reason in the minutes
        for (other, of), theirs in last.items():
            above = any(level <= level_of[code] for level in prizes[other])
            if of != code or above or not theirs["passed"] or other not in standing:
                continue
            if Fraction(theirs["yes"], theirs["eligible"]) > Fraction(facts["yes"], facts["eligible"]):
                raise Mismatch(
                    f"mức {code}: {_code(all_, other)} được đồng ý nhiều hơn {_code(all_, work)}, không có giải"
                )


def _set_aside(all_: Evidence) -> set[int]:
    """Works that left, or whose proposal was taken back or set aside, after they were voted on."""
    kinds = {"result.set_aside", "prize.proposal_withdrawn", "entry.withdrawn", "screening.decided"}
    gone = {event["facts"].get("entry") for event in all_.events if event["kind"] in kinds}
    return gone | {e["subject"][1] for e in all_.events if e["kind"] in kinds and e["subject"][0] == "entry"}


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
    stacks = _stacks(all_)
    return f"{papers} phiếu nhập từ phiếu giấy" + (f", {stacks} xấp phiếu kín do hai người kiểm" if stacks else "")


class _Stack:
    """A stack of ballots on paper as the log tells of it: its votes, how each ended, who was bound and read what."""

    def __init__(self) -> None:
        self.papers = self.works = self.spare = self.exchanged = 0
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
        elif kind == "ballots.exchanged":
            self.exchanged += 1
            if self.ever or self.exchanged > self.spare or actor == facts["teller"]:
                raise Mismatch(f"sự kiện {event['seq']}: đổi phiếu sau khi thu phiếu, quá số dự phòng hoặc một người")
        elif kind == "vote.opened":
            self.opened.add(event["subject"][1])
        elif kind == "ballots.called_off":
            votes = facts.get("votes")
            self.off = set(self.opened) if votes is None else {int(each) for each in votes.split(",")}
        elif kind == "ballots.dropped":
            self.read, self.bound = {}, set()
        elif kind == "ballots.reader_bound":
            if facts["ordinal"] == 1:
                self.read, self.bound = {}, set()
            self.bound.add(actor)
            self.ever.add(actor)
        elif kind == "ballots.read":
            self.read[actor] = (facts["scan"], facts["reading_sha256"])
        elif kind == "vote.closed":
            self._count(event, tellers)

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


def _stacks(all_: Evidence) -> int:
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


STEPS: tuple[tuple[str, Callable[[Evidence], str]], ...] = (
    ("Sổ sự kiện", check_events),
    ("Mốc đã ký", check_checkpoints),
    ("Quy định", check_rules),
    ("Phiếu chấm", check_sheets),
    ("Thứ hạng", check_places),
    ("Vào vòng sau", check_shortlists),
    ("Giải", check_prizes),
    ("Chữ ký kết quả", check_signature),
    ("Khi đã khóa phiếu", check_frozen),
    ("Bỏ phiếu", check_votes),
    ("Đính chính", check_corrections),
    ("Phiếu giấy", check_paper),
)


def _standing_at(events: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Commitment → work, of the sheets that were sent, or changed after it, and neither reopened nor annulled since."""
    sent: dict[int, tuple[str, int]] = {}
    for event in events:
        kind, facts = event["kind"], event["facts"]
        if kind == "sheet.revised" and sent.get(facts["assignment"], ("",))[0] != facts["former"]:
            raise Mismatch(f"sự kiện {event['seq']}: điều chỉnh một phiếu khác phiếu đã gửi")
        if kind in {"sheet.sent", "sheet.revised"}:
            sent[facts["assignment"]] = (facts["commitment"], facts["entry"])
        elif kind in {"sheet.reopened", "sheet.annulled"}:
            sent.pop(facts["assignment"], None)
    return dict(sent.values())


def _counting(all_: Evidence, public_id: str, number: int) -> list[dict[str, Any]]:
    """The sheets of the round that counted at this place of the log."""
    standing = all_.standing(number)
    return [sheet for sheet in all_.sheets_of(public_id) if sheet["commitment"] in standing]


def _near(all_: Evidence, public_id: str, subject: int, frozen: list[dict[str, Any]]) -> set[int]:
    """The works near the cut, as was settled and committed to when the round was frozen."""
    on_round = [event for event in frozen if event["subject"] == ["round", subject]]
    settled = [each["facts"]["commitment"] for each in on_round if each["kind"] == "round.zone_settled"]
    lines = [line for line in all_.zones if line["content"]["round"] == public_id]
    if [line["commitment"] for line in lines] != settled or not all(map(_opens, lines)):
        raise Mismatch("tác phẩm sát ngưỡng khác lúc khóa phiếu")
    return {work for line in lines for _panel, work, among in line["content"]["works"] if 100 < among < 900}


def climbed(payload: bytes, position: int, size: int, path: list[bytes]) -> bytes:
    """The root that an event at `position` of `size` leads to by the hashes beside its way up (RFC 9162 §2.1.3.2)."""
    if not 0 <= position < size:
        raise Mismatch("vị trí ngoài sổ")
    at, last, top = position, size - 1, hashlib.sha256(b"\x00" + payload).digest()
    for beside in path:
        if not last:
            raise Mismatch("đường dẫn đến mốc quá dài")
        if at % 2 or at == last:
            top = hashlib.sha256(b"\x01" + beside + top).digest()
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            top = hashlib.sha256(b"\x01" + top + beside).digest()
        at, last = at // 2, last // 2
    if last:
        raise Mismatch("đường dẫn đến mốc quá ngắn")
    return top


def check_note(all_: Evidence, text: str) -> str:
    """A checkpoint that somebody kept outside is one of this log: the log was only added to since."""
    origin, size, root = all_.key.opened(text).splitlines()
    if origin != all_.key.name:
        raise Mismatch("mốc của sổ khác")
    if int(size) > len(all_.payloads):
        raise Mismatch(f"mốc giữ {size} sự kiện, sổ trong bộ này chỉ có {len(all_.payloads)}")
    if roots(all_.payloads[: int(size)], [int(size)]).get(int(size)) != base64.b64decode(root):
        raise Mismatch(f"{size} sự kiện đầu của sổ đã khác lúc lập mốc")
    return f"giữ {size} sự kiện"


def check_receipt(text: str, key: Key | None, all_: Evidence | None) -> str:
    """Each sheet opens its commitment, and its event is in the log: that of the checkpoint, and that of the bundle."""
    head = json.loads(text.split("\n", 1)[0])
    if key is None:
        key = Key(head["key"])
    lines = [json.loads(line) for line in key.opened(text).splitlines()[1:]]
    held = 0
    for line in lines:
        event, short = json.loads(line["payload"]), line["commitment"][:16]
        if not _opens(line):
            raise Mismatch(f"phiếu {short}: nội dung không đúng cam kết")
        if event["facts"]["commitment"] != line["commitment"]:
            raise Mismatch(f"phiếu {short}: sự kiện của phiếu khác")
        if line["path"] is not None:
            _origin, size, root = key.opened(head["checkpoint"]).splitlines()
            path = [bytes.fromhex(each) for each in line["path"]]
            if climbed(line["payload"].encode(), event["seq"] - 1, int(size), path) != base64.b64decode(root):
                raise Mismatch(f"phiếu {short}: không có trong sổ mà mốc giữ")
            held += 1
        if all_ is not None:
            _check_kept(all_, event, line)
    return f"{len(lines)} phiếu, {held} phiếu do mốc giữ; khóa {key.line}"


def _check_kept(all_: Evidence, event: dict[str, Any], line: dict[str, Any]) -> None:
    """The event is in this log, and the sheet counted, or the log says what came after it."""
    short, seq = line["commitment"][:16], event["seq"]
    if seq > len(all_.payloads) or all_.payloads[seq - 1] != line["payload"].encode():
        raise Mismatch(f"phiếu {short}: sự kiện {seq} trong sổ là việc khác")
    assignment, closed = event["facts"]["assignment"], {found["round"] for found in all_.outcome["rounds"]}
    counted = {sheet["commitment"] for sheet in all_.sheets}
    later = any(each["facts"].get("assignment") == assignment for each in all_.events[seq:])
    places = {place["work"] for found in all_.outcome["rounds"] for place in found["places"]}
    ended = line["content"]["round"] in closed and event["facts"]["entry"] in places
    if ended and line["commitment"] not in counted and not later:
        raise Mismatch(f"phiếu {short}: đã gửi nhưng không được tính")


def _handed_down(all_: Evidence) -> int | None:
    """Where in the log the council of this edition ended."""
    for number, event in enumerate(all_.events):
        if event["kind"] == "outcome.recorded" and event["facts"].get("edition") == all_.outcome["edition"]:
            return number
    return None


def _code(all_: Evidence, work: int) -> str:
    return str(dict(map(tuple, all_.outcome["works"])).get(work, work))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm tra bộ kiểm chứng kết quả chấm giải.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", help="khóa in trong biên bản hoặc trong thư")
    parser.add_argument(
        "--note", type=Path, action="append", default=[], help="mốc lưu từ thư hoặc từ trang Kiểm chứng"
    )
    parser.add_argument("--receipt", type=Path, action="append", default=[], help="biên nhận phiếu chấm của thành viên")
    options = parser.parse_args(arguments)
    alone = bool(options.receipt) and not (options.folder / "key.txt").exists()
    try:
        all_ = None if alone else Evidence(options.folder, options.key)
        key = Key(options.key) if alone and options.key else None if all_ is None else all_.key
        notes, receipts = (
            [(file.name, file.read_text(encoding="utf-8")) for file in files]
            for files in (options.note, options.receipt)
        )
        if all_ is None and notes:
            raise Mismatch("cần có bộ kiểm chứng để đối chiếu mốc")
    except (OSError, ValueError, KeyError, Mismatch) as fault:
        say(f"KHÔNG KHỚP  Bộ kiểm chứng: {fault}")
        return 1
    steps: list[tuple[str, Callable[[], str]]] = []
    if all_ is not None:
        steps += [(f"{number}. {name}", partial(check, all_)) for number, (name, check) in enumerate(STEPS, start=1)]
        steps += [(f"Mốc đã lưu {name}", partial(check_note, all_, text)) for name, text in notes]
    steps += [(f"Biên nhận {name}", partial(check_receipt, text, key, all_)) for name, text in receipts]
    faults = 0
    for name, check in steps:
        try:
            say(f"KHỚP        {name}: {check()}")
        except (Mismatch, LookupError, TypeError, ValueError) as fault:
            faults += 1
            say(f"KHÔNG KHỚP  {name}: {fault}")
    say("KHỚP" if not faults else "KHÔNG KHỚP")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
