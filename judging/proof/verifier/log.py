"""The log of events: no gap, held fast by signed checkpoints; rules of each round, notes and receipts kept outside."""

import base64
import hashlib
import json
from typing import Any

from judging.proof.verifier.evidence import Evidence, Key, Mismatch, canonical, code_of, handed_down, opens, roots


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
    unsaid_votes, since_opened = _as_sat(all_), 0
    for found in all_.outcome["rounds"]:
        rules = all_.rules_of(found["round"])
        for number, event in all_.versions(found["subject"]):
            if hashlib.sha256(canonical(rules)).hexdigest() != event["facts"]["rules_sha256"]:
                raise Mismatch(f"quy định của vòng {rules['name']} khác lúc kết thúc vòng")
            if number >= all_.held:
                raise Mismatch(f"vòng {rules['name']} kết thúc sau mốc cuối")
        since_opened += _as_opened(all_, found["subject"], rules)
    handed = handed_down(all_)
    if handed is not None:
        digest = hashlib.sha256(canonical(all_.rules["prizes"])).hexdigest()
        if digest != all_.events[handed]["facts"]["structure_sha256"]:
            raise Mismatch("cơ cấu giải khác lúc Hội đồng kết thúc")
    elif all_.outcome["handed_down"]:
        raise Mismatch("sổ không có sự kiện Hội đồng kết thúc")
    unsaid = len(all_.outcome["rounds"]) - since_opened
    told = f"{len(all_.outcome['rounds'])} vòng đã kết thúc"
    told += f" (sổ không ghi quy định lúc mở {unsaid} vòng)" if unsaid else ", giữ nguyên từ lúc mở vòng"
    return told + (f"; sổ không ghi quy định bỏ phiếu lúc mở {unsaid_votes} phiên họp" if unsaid_votes else "")


FIGURES = {
    "score": "cách tính điểm",
    "least": "số phiếu của một tác phẩm",
    "floor": "điểm tối thiểu",
    "ties": "các bước xét bằng điểm",
    "revision": "điều chỉnh phiếu đã khóa",
}
VOTES = {"quorum": "số thành viên có mặt", "majority": "tỷ lệ đồng ý"}


def _as_opened(all_: Evidence, subject: int, rules: dict[str, Any]) -> bool:
    """The rules the round was counted by are those it opened with; False where its opening did not tell of them."""
    told = (e["facts"] for e in all_.events if e["kind"] == "round.opened" and e["subject"] == ["round", subject])
    opened = next((facts for facts in told if "rules_sha256" in facts), None)
    if opened is None:
        return False
    if hashlib.sha256(canonical(rules)).hexdigest() != opened["rules_sha256"]:
        now = {**rules, "ties": ",".join(rules.get("ties", ()))}
        moved = [words for name, words in FIGURES.items() if now.get(name, "") != opened.get(name, "")]
        what = ", ".join(moved) or "tiêu chí, thang điểm, tiểu ban"
        raise Mismatch(f"quy định của vòng {rules['name']} lúc kết thúc khác lúc mở vòng: {what}")
    return True


def _as_sat(all_: Evidence) -> int:
    """Every vote was taken by the rules its sitting opened with; gives how many sittings did not tell of them then."""
    told = dict[int, dict[str, Any]]()
    unsaid = set[int]()
    for event in all_.events:
        facts = event["facts"]
        if event["kind"] == "sitting.opened" and "majority" in facts:
            told[event["subject"][1]] = facts
        if event["kind"] != "vote.closed" or facts["edition"] != all_.outcome["edition"]:
            continue
        opened = told.get(facts["sitting"])
        if opened is None:
            unsaid.add(facts["sitting"])
            continue
        moved = [words for name, words in VOTES.items() if facts[name] != opened[name]]
        if ("base" in facts) != (opened.get("base", "") == "members"):
            moved.append("số người để tính tỷ lệ")
        if facts["method"] == "hands" and not opened["hands"]:
            moved.append("biểu quyết giơ tay")
        if "letters_yes" in facts and opened["opinions"] not in {"counted", "present"}:
            moved.append("ý kiến bằng văn bản")
        if moved:
            what = f"mức {facts['level']}, lần {facts['number']}: {', '.join(moved)}"
            raise Mismatch(f"tác phẩm {code_of(all_, facts['entry'])}, {what} khác lúc mở phiên họp")
    return len(unsaid)


def check_signature(all_: Evidence) -> str:
    """The outcome as a whole is signed."""
    if all_.key.opened(all_.outcome_note) != all_.outcome_text:
        raise Mismatch("chữ ký của văn bản khác")
    return f"khóa {all_.key.number}"


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


def check_receipt(text: str, key: Key | None, all_: Evidence | None) -> str:
    """Each sheet opens its commitment, and its event is in the log: that of the checkpoint, and that of the bundle."""
    head = json.loads(text.split("\n", 1)[0])
    if key is None:
        key = Key(head["key"])
    lines = [json.loads(line) for line in key.opened(text).splitlines()[1:]]
    held, counted, later = 0, 0, 0
    for line in lines:
        event, short = json.loads(line["payload"]), line["commitment"][:16]
        if not opens(line):
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
            what = _kept_as(all_, event, line)
            counted, later = counted + (what == "counted"), later + (what == "later")
    said = f"{len(lines)} phiếu, {held} phiếu do mốc giữ"
    if all_ is None:
        return f"{said}; phiếu nào được tính thì kiểm tra cùng bộ kiểm chứng; khóa {key.line}"
    changed = f", {later} phiếu có việc khác sau biên nhận (mở lại, gửi lại, hủy)" if later else ""
    return f"{said}; {counted} phiếu được tính{changed}; khóa {key.line}"


def _kept_as(all_: Evidence, event: dict[str, Any], line: dict[str, Any]) -> str:
    """ "counted", or "later" where the log says what came after it, or "open" while its round has no outcome.

    Raises Mismatch for an event that is not in this log, and for a sheet that was sent and does not count.
    """
    short, seq = line["commitment"][:16], event["seq"]
    if seq > len(all_.payloads) or all_.payloads[seq - 1] != line["payload"].encode():
        raise Mismatch(f"phiếu {short}: sự kiện {seq} trong sổ là việc khác")
    assignment, closed = event["facts"]["assignment"], {found["round"] for found in all_.outcome["rounds"]}
    counted = {sheet["commitment"] for sheet in all_.sheets}
    later = any(each["facts"].get("assignment") == assignment for each in all_.events[seq:])
    places = {place["work"] for found in all_.outcome["rounds"] for place in found["places"]}
    ended = line["content"]["round"] in closed and event["facts"]["entry"] in places
    if line["commitment"] in counted:
        return "counted"
    if ended and not later:
        raise Mismatch(f"phiếu {short}: đã gửi nhưng không được tính")
    return "later" if later else "open"
