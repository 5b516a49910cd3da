"""Recording a deed."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from award.clock import now
from award.db import before_commit
from award.log import checkpoints, tree
from award.log.models import Event, EventDetail

_LOCK_SPACE = 0x61776C  # advisory locks of the log live in their own space
# Put together once: every deed of the house asks them.
_TURN = text("SELECT log_turn(:space, :award)")
_EVENT = insert(Event.__table__).returning(Event.__table__.c.id)  # type: ignore[arg-type]
_DETAIL = insert(EventDetail.__table__)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Deed:
    kind: str
    actor_id: int | None
    award_id: int | None
    subject_kind: str
    subject_id: int | None
    facts: dict[str, int | str | None]
    detail: dict[str, Any] = field(default_factory=dict)


def canonical_json(value: object) -> bytes:
    """Sorted keys, no blanks, UTF-8; so that every reader gets the same bytes, a number is an integer or TypeError."""
    _has_no_fraction(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _has_no_fraction(value: object) -> None:
    """Programs write 0.1 + 0.2 in different ways: no such number gets into anything that is hashed."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is no integer: it has no one way to be written")
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        _has_no_fraction(each)


def record(
    kind: str,
    *,
    actor_id: int | None,
    award_id: int | None,
    subject: Any = None,
    facts: dict[str, int | str | None] | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """The deed stands in the log once the present unit of work commits.

    `facts` go into the permanent, hashed payload: ids, codes and commitments, never personal data. `detail` may hold
    what stood before and after. Events are numbered at the very end under a lock per award, so that their order is the
    order of commits. After the acts that figures hang on the log so far is held fast by a signed checkpoint.
    """
    subject_kind = "" if subject is None else str(subject.__tablename__)
    deed_facts, deed_detail = dict(facts or {}), dict(detail or {})

    def append(session: Session) -> None:
        subject_id = None if subject is None else int(subject.id)
        _append(session, Deed(kind, actor_id, award_id, subject_kind, subject_id, deed_facts, deed_detail))

    before_commit(append)


def _append(session: Session, deed: Deed) -> None:
    """Two questions of the database: the turn, which waits for whoever has it, and the event with its number."""
    ask = session.connection().execute
    seq = ask(_TURN, {"space": _LOCK_SPACE, "award": deed.award_id}).scalar_one() + 1
    at = now()
    payload = canonical_json(
        {
            "v": 1,
            "seq": seq,
            "award": deed.award_id,
            "at": at.isoformat(timespec="microseconds"),
            "kind": deed.kind,
            "actor": deed.actor_id,
            "subject": [deed.subject_kind, deed.subject_id],
            "facts": deed.facts,
        }
    )
    row = {
        "award_id": deed.award_id,
        "seq": seq,
        "at": at,
        "kind": deed.kind,
        "actor_id": deed.actor_id,
        "subject_kind": deed.subject_kind,
        "subject_id": deed.subject_id,
        "payload": payload,
        "leaf_hash": tree.leaf(payload),
    }
    event_id = ask(_EVENT, row).scalar_one()
    if deed.detail:
        ask(_DETAIL, {"event_id": event_id, "detail": deed.detail})
    if deed.award_id is not None and deed.kind in checkpoints.HELD_FAST:
        checkpoints.take(session, deed.award_id, event_id)
