"""What happened between the freezing of a round and its end: sheets looked at again, readers added near the cut."""

from typing import Any

from judging.proof.verifier.evidence import Evidence, Mismatch, code_of, opens, standing_at


def check_frozen(all_: Evidence) -> str:
    """After freezing: sheets were changed once and when asked about, and more readers had works near the cut only."""
    changed = added = 0
    for found in all_.outcome["rounds"]:
        subject, ours = found["subject"], {sheet["commitment"] for sheet in all_.sheets_of(found["round"])}
        former = {line["commitment"]: line for line in all_.revisions if line["content"]["round"] == found["round"]}
        frozen = all_.since_frozen(subject)
        near, readers, asked, looked = _near(all_, found["round"], subject, frozen), set(), set(), set()
        locked = all_.rules_of(found["round"]).get("revision") == "no"
        for event in frozen:
            kind, facts = event["kind"], event["facts"]
            if kind == "sheet.sent" and facts["commitment"] in ours and facts["assignment"] not in readers:
                raise Mismatch(f"sự kiện {event['seq']}: phiếu gửi khi đã khóa mà không phải chấm bổ sung")
            if facts.get("round") != subject:
                continue
            if kind == "reading.added":
                if facts["entry"] not in near and not _grounds(all_, found, event):
                    raise Mismatch(f"tác phẩm {code_of(all_, facts['entry'])}: chấm bổ sung ngoài vùng sát ngưỡng")
                readers.add(event["subject"][1])
            elif kind == "sheet.look_asked" and facts["assignment"] not in looked:
                asked.add(facts["assignment"])
                looked.add(facts["assignment"])
            elif kind in {"sheet.kept", "sheet.revised"}:
                if facts["assignment"] not in asked:
                    raise Mismatch(f"sự kiện {event['seq']}: không có đề nghị xem lại, hoặc đã trả lời")
                asked.discard(facts["assignment"])
                if kind == "sheet.revised" and locked:
                    raise Mismatch(f"sự kiện {event['seq']}: Quy chế không cho điều chỉnh phiếu đã khóa")
                if kind == "sheet.revised":
                    line = former.get(facts["former"])
                    if line is None or not opens(line) or line["work"] != facts["entry"]:
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
    standing = standing_at(all_.events[: added["seq"] - 1])
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


def _near(all_: Evidence, public_id: str, subject: int, frozen: list[dict[str, Any]]) -> set[int]:
    """The works near the cut, as was settled and committed to when the round was frozen."""
    on_round = [event for event in frozen if event["subject"] == ["round", subject]]
    settled = [each["facts"]["commitment"] for each in on_round if each["kind"] == "round.zone_settled"]
    lines = [line for line in all_.zones if line["content"]["round"] == public_id]
    if [line["commitment"] for line in lines] != settled or not all(map(opens, lines)):
        raise Mismatch("tác phẩm sát ngưỡng khác lúc khóa phiếu")
    return {work for line in lines for _panel, work, among in line["content"]["works"] if 100 < among < 900}
