"""The council of seven with a committee of three that counts ballots on paper."""

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from award.db import session
from award.log.models import Event
from award.people.models import Person
from award.verdicts import Refused
from judging.sittings import handed_out
from judging.sittings.majorities import Count, OnPaper
from judging.sittings.models import Stack, StackScan
from judging.sittings.operations import counting, on_paper
from tests.award.entries.conftest import made_file
from tests.judging.sittings.rooms import Council, council

SCAN = "ab" * 32
Said = tuple[OnPaper, ...]


class Tellers(Council):
    """The council with its two tellers, the first two judges, and a third on the committee."""

    def __init__(self) -> None:
        super().__init__(council().hall)
        self.begin()
        self.name_tellers(*self.hall.bench.judges[:3])

    def hand_out(self, *numbers: int, code: str = "A", reason: str = "", by: Person | None = None) -> list[Stack]:
        return on_paper.hand_out(
            by=self.hall.by(by or self.hall.chair),
            edition=self.hall.edition,
            sitting=self.sitting,
            items=[self.item(number) for number in numbers],
            level=self.level(code),
            reason=reason,
        )

    def where(self, who: Person, stack: Stack) -> dict[str, object]:
        by = self.hall.by(who)
        return {"by": by, "edition": self.hall.edition, "sitting": self.sitting, "stack": stack}

    def exchanges(self, stack: Stack, code: str) -> None:
        """A teller gives this paper in, and the chair agrees to it."""
        on_paper.give_back(**self.where(self.hall.bench.judges[0], stack), code=code)  # type: ignore[arg-type]
        on_paper.exchange(**self.where(self.hall.chair, stack), code=code)  # type: ignore[arg-type]

    def tells_unused(self, stack: Stack) -> list[str]:
        """The last of the papers that are left over are told, and the chair agrees to them."""
        left = [code for code in stack.codes if code not in stack.void][-handed_out.spare(stack) :]
        on_paper.find_unused(**self.where(self.hall.bench.judges[0], stack), codes=left)  # type: ignore[arg-type]
        on_paper.agree_to_unused(**self.where(self.hall.chair, stack), codes=left)  # type: ignore[arg-type]
        return left

    def scanned(self, stack: Stack, pages: int, who: int = 0) -> StackScan:
        """A scan stands with the stack, as `begin_scan` leaves it once the file was examined."""
        person = self.hall.bench.judges[who]
        if not handed_out.was_scanned(stack.id):
            self.tells_unused(stack)
        file = made_file(person, "ready", sha256=SCAN, facts={"pages": pages})
        scan = StackScan(stack_id=stack.id, scan_id=file.id)
        session.add(scan)
        counting._bind(self.hall.by(person), self.hall.edition, stack, scan, 1)
        return scan

    def takes_up(self, stack: Stack, who: int = 1) -> None:
        counting.take_up(**self.where(self.hall.bench.judges[who], stack))  # type: ignore[arg-type]

    def reads(self, who: int, stack: Stack, page: int, code: str | None, *says: OnPaper) -> StackScan:
        where = self.where(self.hall.bench.judges[who], stack)
        return counting.read_page(**where, page=page, code=code, says=says)  # type: ignore[arg-type]

    def read_all(self, who: int, stack: Stack, papers: Sequence[tuple[str | None, Said]]) -> None:
        for page, (code, says) in enumerate(papers, start=1):
            self.reads(who, stack, page, code, *says)

    def ends(self, stack: Stack, by: Person | None = None) -> list[Count]:
        return counting.close_papers(**self.where(by or self.hall.chair, stack))  # type: ignore[arg-type]


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda fault: fault.verdict.code == code)


def papers(stack: Stack, *says: Said) -> list[tuple[str | None, Said]]:
    """So many papers of the stack came back, in no particular order, saying this."""
    return list(zip(stack.codes, says, strict=False))


def told(kind: str) -> list[dict[str, object]]:
    rows = session.scalars(select(Event).where(Event.kind == kind).order_by(Event.seq))
    return [json.loads(event.payload)["facts"] for event in rows]
