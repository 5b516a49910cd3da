"""What a judge keeps of the own sheets: everything that shows, without the house, that each was sent as it stands here.

Each line opens the commitment of one sheet and brings the event that holds it, with the way from that event to the root
of a signed checkpoint that everybody may keep. The whole is signed. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from award.log import tree
from award.log.notes import Signer
from award.log.operations import canonical_json


@dataclass(frozen=True)
class Sent:
    """One sheet that was sent: what its commitment commits to, and where in the log that stands."""

    commitment: str
    nonce: bytes
    content: dict[str, Any]
    seq: int
    payload: bytes


@dataclass(frozen=True)
class Held:
    """A checkpoint: its note, and the leaves it holds fast."""

    note: str
    leaves: Sequence[bytes]


def receipts(sent: Iterable[Sent], held: Held | None, head: dict[str, Any], by: Signer) -> str:
    """The signed text. What was sent after the checkpoint has no way to it yet: `path` is null until the next one."""
    lines = sorted(sent, key=lambda one: one.seq)
    within = [one.seq - 1 for one in lines if held is not None and one.seq <= len(held.leaves)]
    paths = tree.inclusions(held.leaves, within) if held is not None else {}
    told: list[dict[str, Any]] = [{**head, "key": by.verifier_key, "checkpoint": held.note if held else None}]
    told += [
        {
            "commitment": one.commitment,
            "nonce": one.nonce.hex(),
            "content": one.content,
            "payload": one.payload.decode(),
            "path": [beside.hex() for beside in paths[one.seq - 1]] if one.seq - 1 in paths else None,
        }
        for one in lines
    ]
    return by.sign("".join(f"{canonical_json(line).decode()}\n" for line in told))
