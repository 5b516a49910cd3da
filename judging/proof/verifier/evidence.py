"""What the verifier reads, and what each of its steps asks: the folder of the evidence, keys, hashes."""

import base64
import gc
import hashlib
import json
import sys
from collections.abc import Callable, Iterable
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
        gc.disable()  # a million small objects, none of which goes again: they are never looked through for garbage
        self.events: list[dict[str, Any]] = list(map(read_event, self.payloads))
        gc.freeze()
        gc.enable()
        self.notes = {
            file.name: file.read_text(encoding="utf-8") for file in sorted((folder / "checkpoints").glob("*"))
        }
        self.rules = json.loads((folder / "rules.json").read_text(encoding="utf-8"))
        self.sheets, self.revisions, self.zones, self.corrections, self.ballots = (
            read_lines(folder / f"{name}.ndjson") for name in ("sheets", "revisions", "zones", "corrections", "ballots")
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
            self._standing[until] = standing_at(event for number, event in self._of_sheets if number < until)
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
        counted, _found = self.counted(subject)
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


def read_event(payload: bytes, read: Callable[[str], tuple[Any, int]] = json.JSONDecoder().raw_decode) -> Any:
    """The value that a whole line is. Past the wrappings of `json.loads`, which take longer than the line itself."""
    text = payload.decode()
    value, end = read(text)
    if end != len(text):
        raise ValueError("dòng của sổ thừa chữ")
    return value


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def opens(line: dict[str, Any]) -> bool:
    """The content of a line is what its commitment commits to."""
    sealed = SEALED + bytes.fromhex(line["nonce"]) + canonical(line["content"])
    return hashlib.sha256(sealed).hexdigest() == str(line["commitment"])


def standing_at(events: Iterable[dict[str, Any]]) -> dict[str, int]:
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


def counting(all_: Evidence, public_id: str, number: int) -> list[dict[str, Any]]:
    """The sheets of the round that counted at this place of the log."""
    standing = all_.standing(number)
    return [sheet for sheet in all_.sheets_of(public_id) if sheet["commitment"] in standing]


def handed_down(all_: Evidence) -> int | None:
    """Where in the log the council of this edition ended."""
    for number, event in enumerate(all_.events):
        if event["kind"] == "outcome.recorded" and event["facts"].get("edition") == all_.outcome["edition"]:
            return number
    return None


def code_of(all_: Evidence, work: int) -> str:
    return str(dict(map(tuple, all_.outcome["works"])).get(work, work))
