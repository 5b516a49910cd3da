"""What was voted and what was proposed: the verifier finds the places again, and tells what was put otherwise."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from award.db import unit_of_work
from judging.council import operations as council_acts
from judging.proof.verifier.evidence import Evidence, Mismatch
from judging.proof.verifier.filled import check_filled
from judging.sittings.models import Vote
from tests.judging.proof.test_verify import Folder, unpacked
from tests.judging.sittings.rooms import Council, council

Event = dict[str, Any]
TOLD = [
    "mức B: III-IN-001 không qua bỏ phiếu. Lý do: Mở ra một đề tài mới.",
    "mức B: III-IN-003 đạt khi bỏ phiếu, không đề nghị. Lý do: Cơ quan báo chí đã đính chính.",
]


@pytest.fixture
def folder(ctx: Flask, tmp_path: Path) -> Folder:
    """The second and third work were equal for the one Giải A, and a ballot gave it to the second; the third passed for
    B, was taken off, and the first has a place there that no vote gave."""
    with unit_of_work():
        of = council()
        of.begin()
    for number, yes in ((1, 6), (2, 6), (1, 5), (2, 4)):
        _votes(of, number, yes, "A")
    _votes(of, 2, 7, "B")
    where = {"by": of.hall.by(of.hall.chair), "edition": of.hall.edition}
    with unit_of_work():
        council_acts.withdraw(entry=of.hall.works[2], reason="Cơ quan báo chí đã đính chính.", **where)
        reason = "Mở ra một đề tài mới."
        council_acts.propose(entry=of.hall.works[0], level=of.level("B"), reason=reason, **where)
    with unit_of_work():
        of.close()
        council_acts.hand_down(**where)
    return unpacked(of.hall, tmp_path)


def _votes(of: Council, number: int, yes: int, code: str) -> Vote:
    with unit_of_work():
        of.turn_to(number)
        vote = of.open_vote(number, code)
        of.cast(vote, *["yes"] * yes)  # type: ignore[arg-type]
    with unit_of_work():
        of.close_vote(vote)
    return vote


def facts(events: list[Event], kind: str, **known: object) -> Event:
    """Of the last event of the kind that says this."""
    of_kind: list[Event] = [each["facts"] for each in events if each["kind"] == kind]
    return [each for each in of_kind if known.items() <= each.items()][-1]


def ballots_turned(events: list[Event]) -> None:
    first, second = [each["facts"] for each in events if each["facts"].get("number") == 3 and "yes" in each["facts"]]
    first["yes"], second["yes"] = second["yes"], first["yes"]


def fewer_agreed(events: list[Event]) -> None:
    next(each["facts"] for each in events if each["kind"] == "vote.closed")["yes"] = 5


def taken_off_in_silence(events: list[Event]) -> None:
    facts(events, "prize.proposal_withdrawn", voted=0)["reason_sha256"] = ""


def put_in_silence(events: list[Event]) -> None:
    """Two more works that no vote gave a place of it, so that the level is full."""
    taken_off_in_silence(events)
    last = next(each for each in reversed(events) if each["kind"] == "prize.proposed")
    last["facts"]["reason_sha256"] = ""
    for number in (1, 2):
        subject = ["proposal", last["subject"][1] + number]
        events.insert(events.index(last) + 1, last | {"subject": subject, "facts": last["facts"] | {"voted": 0}})


def told_in_the_old_way(events: list[Event]) -> None:
    del facts(events, "prize.proposed", voted=0)["reason_sha256"]


def voted_down(events: list[Event]) -> None:
    """The one who has the place failed there, although somebody proposed it in silence afterwards."""
    passed = facts(events, "vote.closed", level="B")
    passed |= {"passed": 0, "entry": facts(events, "prize.proposed", voted=0)["entry"]}
    facts(events, "prize.proposed", voted=0)["reason_sha256"] = ""


def test_alone_it_tells_what_was_put_otherwise_than_voted_with_its_reason(folder: Folder) -> None:
    alone = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder.path, capture_output=True, text=True, check=False
    )
    assert (alone.returncode, alone.stderr) == (0, ""), alone.stdout
    assert [line.strip() for line in alone.stdout.splitlines() if line.strip().startswith("mức ")] == TOLD
    assert check_filled(Evidence(folder.path, None)) == TOLD


LIES: tuple[tuple[Callable[[list[Event]], None], str], ...] = (
    (ballots_turned, "mức A: III-IN-003 bằng tỷ lệ đồng ý với III-IN-002, các bước khi bằng nhau không xếp"),
    (fewer_agreed, "mức A: III-IN-003 được đồng ý nhiều hơn III-IN-002"),
    (taken_off_in_silence, "mức B: III-IN-003 đạt khi bỏ phiếu, còn chỗ, không được đề nghị mà không ghi lý do"),
    (put_in_silence, "mức B: III-IN-001 không qua bỏ phiếu, không ghi lý do; III-IN-003 đạt khi bỏ phiếu"),
    (told_in_the_old_way, "đề nghị giải không cho biết có lý do hay không"),
    (voted_down, "mức B: III-IN-001 không đạt khi bỏ phiếu, được đề nghị mà không ghi lý do"),
)


def test_a_council_that_went_past_its_votes_in_silence_is_named(folder: Folder) -> None:
    for lie, fault in LIES:
        evidence = Evidence(folder.path, None)
        lie(evidence.events)
        with pytest.raises(Mismatch) as told:
            check_filled(evidence)
        assert fault in str(told.value)
