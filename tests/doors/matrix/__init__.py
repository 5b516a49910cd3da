"""The declared answer of every door to everybody. A room's file holds `ROWS`; a route without a row is a fault.

Actors are made by `tests/doors/world.py`, which also lists the names an address template may use: {slug}, {entry} …
The status is that of the bare request: for a POST without fields 422 (form incomplete) means "was allowed in".
"""

from dataclasses import dataclass, field

ACTORS = (
    "anonymous",
    "entrant",
    "other_entrant",
    "co_author",
    "judge",
    "other_judge",
    "recused_judge",
    "chair",
    "deputy",
    "secretary",
    "organiser",
    "auditor",
    "administrator",
    "stranger_organiser",
    "judge_and_entrant",
    "newsroom_contact",
)


@dataclass(frozen=True)
class Row:
    """`answers` maps actors to a status, `rest` is for all others. A redirect to the sign-in page is written 401."""

    endpoint: str
    method: str
    address: str
    rest: int
    answers: dict[str, int] = field(default_factory=dict)
    world: str = "open"
    """Which world: open (entries come in), judging (sơ khảo open), frozen, sitting (the council votes), closed
    (last round closed), published."""

    @property
    def for_programs(self) -> bool:
        """Asked by a program, which brings a key of the actor's in place of a session."""
        return self.address.startswith("/api/")

    def expected(self, actor: str) -> int:
        return self.answers.get(actor, self.rest)


def staff(status: int, *actors: str) -> dict[str, int]:
    """The same status for several actors."""
    return dict.fromkeys(actors, status)
