"""What somebody hears at every door that is open to them: two worlds that differ in one secret must sound the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from werkzeug.test import TestResponse

from award.clock import stopped_at
from tests.doors.matrix import Row
from tests.doors.test_doors import People, answered_at, rows

_ONCE = re.compile(
    rb'(?<=name=")(?:csrf_token|deed_key)"[^>]*value="[^"]*"|(?<=data-csrf=")[^"]*|"csrf(?:_token)?": ?"[^"]*"'
    rb'|(?<=nonce=")[^"]*|(?:M\xc3\xa3 s\xe1\xbb\xb1 c\xe1\xbb\x91: |"reference": ?")[0-9A-F]{6}'
    rb"|X-Amz-(?:Date|Signature)=[0-9A-Za-z]+"
    rb"|(?:(?<=oldest job that is due: )|(?<=giai_oldest_due_job_seconds ))[0-9]+"
)
"""What is new in every answer, whatever was decided: what forms bring along, references of refusals, signed moments."""
Said = tuple[int, bytes, bytes, str]
"""Status, where it leads, what stands in it, and the tag by which a browser would ask for it again."""
_REFUSED = {401, 403}
_NAMES = re.compile(r"{(\w+)}")


def doors(actor: str, rooms: Iterable[str], beside: Sequence[str] = ()) -> dict[str, Row]:
    """Where the actor is let in, in whatever state of an edition, at each of the addresses; and once where they are
    not: one refusal reads as another. `beside` are addresses that no row has."""
    asked = [row for room in rooms for row in rows(room) if row.method == "GET"]
    open_to = {row.endpoint for row in asked if row.expected(actor) not in _REFUSED}
    refused = next((row for row in asked if row.endpoint not in open_to), None)
    theirs = {row.address: row for row in asked if row.endpoint in open_to or row is refused}
    return theirs | {address: Row("", "GET", address, 200) for address in beside}


def content(answer: TestResponse) -> Said:
    where = answer.headers.get("Location", "").encode()
    body = _ONCE.sub(b"", answer.data)
    return answer.status_code, _ONCE.sub(b"", where), body, answer.headers.get("ETag", "")


def all_heard(
    names: Mapping[str, str], people: People, asked: Mapping[str, Mapping[str, Row]], at: datetime
) -> dict[tuple[str, str], Said]:
    """What each of them hears at these doors, at the same instant; where an address needs what is not there, nobody
    asks."""
    with stopped_at(at):
        return {
            (actor, f"{row.endpoint} {address}"): content(answered_at(row, address.format_map(names), actor, people))
            for actor, theirs in asked.items()
            for address, row in theirs.items()
            if set(_NAMES.findall(address)) <= set(names)
        }


def where_apart(one: Said, other: Said) -> str:
    """The first place at which two answers differ, with what stands around it."""
    if one[2] == other[2]:
        return f"{(one[0], one[1], one[3])} {(other[0], other[1], other[3])}"
    at = next((n for n, pair in enumerate(zip(one[2], other[2], strict=False)) if len({*pair}) > 1), len(one[2]))
    around = slice(max(0, at - 60), at + 60)
    return f"{one[2][around].decode(errors='replace')!r} / {other[2][around].decode(errors='replace')!r}"
