"""Papers that are out: spoiled ones exchanged, all called off, and how those that come back are scanned."""

from contextlib import nullcontext

import pytest
from sqlalchemy import select

from award.db import session, unit_of_work
from award.documents.composing import composed
from award.log.models import Event, EventDetail
from judging.council.papers import session_of
from judging.proof.verifier.evidence import Mismatch
from judging.proof.verifier.paper import _Stack
from judging.sittings import handed_out
from judging.sittings.feature import may_read_file
from judging.sittings.majorities import Count
from judging.sittings.models import Vote
from judging.sittings.operations import counting, on_paper
from judging.sittings.paper_showing import scans_kept
from judging.sittings.papers import count_minutes, minutes
from tests.award.results.test_papers import lines_of
from tests.judging.sittings.tellers import SCAN, Tellers, papers, refused, told

GIVEN, EXCHANGED = ("ballots.given_back", 7), ("ballots.exchanged", 7)
ONCE, FOUND, TOLD = (GIVEN, EXCHANGED), ("ballots.unused_found", 7), ("ballots.unused", 7)


@pytest.mark.parametrize(
    ("events", "spare", "unused", "wrong"),
    [
        ([*ONCE, *ONCE, FOUND, TOLD], 3, 1, ""),
        ([GIVEN, *ONCE, FOUND, TOLD], 3, 2, ""),
        ([*ONCE * 2], 2, 0, ""),
        ([*ONCE * 3], 3, 0, "quá số dự phòng"),
        ([*ONCE * 3], 2, 0, "quá số dự phòng"),
        ([("ballots.given_back", 8), ("ballots.exchanged", 8)], 3, 0, "một người"),
        ([EXCHANGED], 3, 0, "không do Ban kiểm phiếu nhận lại"),
        ([*ONCE, EXCHANGED], 3, 0, "không do Ban kiểm phiếu nhận lại"),
        ([GIVEN, ("ballots.given_back", 8), EXCHANGED], 3, 0, "không do Ban kiểm phiếu nhận lại"),
        ([("ballots.given_back", 9), ("ballots.exchanged", 9)], 3, 0, "không do Ban kiểm phiếu nhận lại"),
        ([("ballots.reader_bound", 7), *ONCE], 2, 0, "sau khi thu phiếu"),
        ([("ballots.reader_bound", 7)], 3, 0, "trước khi đối chiếu phiếu dự phòng"),
        ([FOUND, TOLD, *ONCE], 3, 3, "sau khi thu phiếu"),
        ([FOUND, TOLD], 3, 2, "khác số phiếu đã in"),
        ([TOLD], 3, 3, "không do Ban kiểm phiếu và người chủ trì"),
    ],
)
def test_the_verifier_follows_exchanges_and_the_papers_nobody_drew(
    events: list[tuple[str, int]], spare: int, unused: int, wrong: str
) -> None:
    """8 leads; 7 and 8 are named as tellers, so that one who did both is told apart from one who was not named."""
    stack = _Stack()
    out = {"kind": "ballots.handed_out", "facts": {"papers": 7, "works": 1, "spare": spare}, "actor": 8}
    listed = [
        {
            "kind": kind,
            "facts": {"teller": teller, "ordinal": 1, "unused": unused},
            "actor": 8 if kind in {"ballots.exchanged", "ballots.unused"} else teller,
        }
        for kind, teller in events
    ]
    with pytest.raises(Mismatch, match=wrong) if wrong else nullcontext():
        for seq, event in enumerate([out, *listed]):
            stack.follow({**event, "seq": seq}, {7, 8})


def test_a_spoiled_paper_is_exchanged_by_who_leads_and_a_teller(sits: Tellers) -> None:
    """Nothing says whose it was, nor which paper was drawn in its place: all were printed together."""
    chair, teller = sits.hall.chair, sits.hall.bench.judges[0]
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        by_chair, by_teller = sits.where(chair, stack), sits.where(teller, stack)
        other_teller = sits.where(sits.hall.bench.judges[1], stack)
        printed = list(stack.codes)
        with refused("none_back"):
            on_paper.exchange(**by_chair, code=printed[7])  # type: ignore[arg-type]
        with refused("not_a_teller"):
            on_paper.give_back(**by_chair, code=printed[8])  # type: ignore[arg-type]
        with refused("foreign"):
            on_paper.give_back(**by_teller, code="22222222")  # type: ignore[arg-type]
        on_paper.give_back(**by_teller, code=printed[0])  # type: ignore[arg-type]
        for where, instead in ((by_teller, ""), (by_teller, printed[1]), (other_teller, printed[0])):
            with refused("waiting"):
                on_paper.give_back(**where, code=printed[7], instead_of=instead)  # type: ignore[arg-type]
        on_paper.give_back(**by_teller, code=printed[7], instead_of=printed[0])  # type: ignore[arg-type]
        with refused("not_seen"):
            on_paper.exchange(**by_chair, code=printed[0])  # type: ignore[arg-type]
        on_paper.exchange(**by_chair, code=printed[7])  # type: ignore[arg-type]
        sits.exchanges(stack, printed[8])
        with refused("foreign"):
            on_paper.give_back(**by_teller, code=printed[8])  # type: ignore[arg-type]
        with refused("no_spare"):
            on_paper.give_back(**by_teller, code=printed[0])  # type: ignore[arg-type]
        assert (stack.codes, stack.void, stack.given_back) == (printed, printed[7:9], "")
        sits.scanned(stack, 7)
        with refused("scanned"):
            on_paper.exchange(**by_chair, code=printed[0])  # type: ignore[arg-type]
        for code in printed[8:]:
            with refused("void"):
                sits.reads(0, stack, 1, code, "yes")
        for who in (0, 1):
            if who:
                sits.takes_up(stack)
            sits.read_all(who, stack, papers(stack, *[("yes",)] * 7))
        assert sits.ends(stack) == [Count(7, 7, 0, 0)]
        sits.close()
    assert [one["exchanged"] for one in told("ballots.exchanged")] == [1, 2]
    assert not any(code in event.payload.decode() for event in session.scalars(select(Event)) for code in printed)
    held = session_of(sits.hall.edition, sits.hall.round, None)
    assert "phát ra 7 phiếu (đổi phiếu hỏng: 2), thu về 7" in str(minutes(held))
    line = "in 10 phiếu, phát ra 7, đổi phiếu hỏng 2, phiếu dự phòng không dùng 1."
    assert line in str(count_minutes(held, sits.sitting))


def test_the_spare_papers_are_told_by_their_codes_before_any_comes_back(sits: Tellers) -> None:
    """Any paper may have been drawn: what is no ballot any more is what lies there unused, seen by two."""
    teller = sits.hall.bench.judges[0]
    sent = {"uploader": teller, "name": "phieu.pdf", "size": 1, "part_hashes": ["98" * 32]}
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        by_chair, by_teller = sits.where(sits.hall.chair, stack), sits.where(teller, stack)
        codes = stack.codes[2:5]
        with refused("unused"):
            counting.begin_scan(**by_teller, **sent)  # type: ignore[arg-type]
        for found, why in ((codes[:2], "number"), ([*codes[:2], codes[0]], "number"), (["22222222"], "foreign")):
            with refused(why):
                on_paper.find_unused(**by_teller, codes=found)  # type: ignore[arg-type]
        with refused("not_a_teller"):
            on_paper.find_unused(**by_chair, codes=codes)  # type: ignore[arg-type]
        with refused("not_seen"):
            on_paper.agree_to_unused(**by_chair, codes=[])  # type: ignore[arg-type]
        on_paper.find_unused(**by_teller, codes=stack.codes[:3])  # type: ignore[arg-type]
        on_paper.find_unused(**by_teller, codes=codes)  # type: ignore[arg-type]
        with refused("not_seen"):
            on_paper.agree_to_unused(**by_chair, codes=stack.codes[:3])  # type: ignore[arg-type]
        with refused("unused"):
            counting.begin_scan(**by_teller, **sent)  # type: ignore[arg-type]
        on_paper.agree_to_unused(**by_chair, codes=codes)  # type: ignore[arg-type]
        with refused("unused_told"):
            on_paper.give_back(**by_teller, code=stack.codes[0])  # type: ignore[arg-type]
        counting.begin_scan(**by_teller, **sent)  # type: ignore[arg-type]
        assert stack.dead == codes


def test_papers_that_went_through_the_machine_in_two_goes(sits: Tellers) -> None:
    """The pages of the second file are counted on from the first; who may see one sees the other, after the sitting."""
    judges, auditor = sits.hall.bench.judges, sits.hall.auditor
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        mistaken, where = sits.scanned(stack, 2), sits.where(judges[0], stack)
        sent = {"uploader": judges[0], "name": "phieu.pdf", "size": 1}
        right = counting.begin_scan(**where, **sent, part_hashes=["98" * 32])  # type: ignore[arg-type]
        wrong = handed_out.files_of(mistaken)[0]
        counting.drop_file(**where, public_id=wrong.public_id)  # type: ignore[arg-type]
        assert (handed_out.scan_of(stack.id), mistaken.files) == (mistaken, [right.id])
        counting.drop_file(**where, public_id=wrong.public_id)  # type: ignore[arg-type]
        assert handed_out.scan_of(stack.id) == mistaken, "the answer was lost, and it was asked again"
        counting.drop_file(**where, public_id=right.public_id)  # type: ignore[arg-type]
        assert handed_out.scan_of(stack.id) is None
        scan = sits.scanned(stack, 4)
        sits.reads(0, stack, 1, stack.codes[0], "yes")
        with refused("read"):
            counting.drop_file(**where, public_id=handed_out.files_of(scan)[0].public_id)  # type: ignore[arg-type]
        for part in ("cd" * 32, "ef" * 32):
            counting.begin_scan(**where, **sent, part_hashes=[part])  # type: ignore[arg-type]
        with refused("scan"):
            sits.reads(0, stack, 2, stack.codes[1], "yes")
        assert len(scan.files) == 3
        for number, later in enumerate(handed_out.files_of(scan)[1:]):
            later.state, later.sha256, later.facts = "ready", f"0{number}" * 32, {"pages": 2 - number}
        sits.read_all(0, stack, papers(stack, *[("yes",)] * 7))
        sits.takes_up(stack)
        sits.read_all(1, stack, papers(stack, *[("yes",)] * 7))
        with refused("other_scan"):
            counting.begin_scan(**where, **sent, part_hashes=["12" * 32])  # type: ignore[arg-type]
        sits.ends(stack)
        sits.close()
    assert scan.scan_sha256 == ",".join([SCAN, "00" * 32, "01" * 32])
    last = scan.files[-1]
    seen = [bool(may_read_file(last, one.id)) for one in (judges[0], judges[1], judges[3], sits.hall.chair, auditor)]
    assert seen == [True, True, False, False, True]
    assert list(handed_out.scans_among([*scan.files, 0])) == scan.files
    by = {who: sits.hall.by(person) for who, person in (("teller", judges[0]), ("auditor", auditor))}
    for each in by.values():
        ((_stack, files),) = scans_kept(sits.hall.edition, each, [sits.sitting])[sits.sitting.id]
        assert [file.id for file in files] == scan.files
    assert scans_kept(sits.hall.edition, sits.hall.by(sits.hall.chair), [sits.sitting]) == {}


def test_papers_called_off_by_two_leave_their_votes_behind(sits: Tellers) -> None:
    chair, teller = sits.hall.chair, sits.hall.bench.judges[0]
    with unit_of_work():
        (stack,) = sits.hand_out(0, 1, code="B")
        with refused("not_asked"):
            on_paper.agree_to_call_off(**sits.where(teller, stack))  # type: ignore[arg-type]
        with refused("reason"):
            on_paper.call_off(**sits.where(chair, stack), reason=" ")  # type: ignore[arg-type]
        on_paper.call_off(**sits.where(chair, stack), reason="Chọn nhầm mức giải.")  # type: ignore[arg-type]
        with refused("voting"):
            sits.close()
        with refused("not_a_teller"):
            on_paper.agree_to_call_off(**sits.where(chair, stack))  # type: ignore[arg-type]
        on_paper.agree_to_call_off(**sits.where(teller, stack))  # type: ignore[arg-type]
        votes = session.scalars(select(Vote).where(Vote.stack_id == stack.id).order_by(Vote.id)).all()
        assert [(one.state, one.passed) for one in votes] == [("called_off", None)] * 2
        with refused("reason"):
            sits.hand_out(1, code="B")
        (again,) = sits.hand_out(1, code="B", reason="Phát lại.")
        assert [one.vote.number for one in handed_out.lines([again.id])[again.id]] == [2]
        on_paper.call_off(**sits.where(chair, again), reason="Lại nhầm.")  # type: ignore[arg-type]
        on_paper.agree_to_call_off(**sits.where(teller, again))  # type: ignore[arg-type]
        with refused("twice"):
            sits.hand_out(1, code="B", reason="Phát lại.")
        sits.close()
    asked, off = told("ballots.call_off_asked")[0], told("ballots.called_off")[0]
    assert off == asked | {"asked_by": chair.id}
    assert (off["votes"], off["works"], off["level"]) == (",".join(str(one.id) for one in votes), 2, "B")
    kept = select(EventDetail.detail).join(Event, Event.id == EventDetail.event_id)
    assert session.scalars(kept.where(Event.kind == "ballots.called_off").order_by(Event.seq)).all() == [
        {"reason": "Chọn nhầm mức giải."},
        {"reason": "Lại nhầm."},
    ]
    held = session_of(sits.hall.edition, sits.hall.round, None)
    for written in (minutes(held), count_minutes(held, sits.sitting)):
        lines = [line for line in lines_of(composed(written)) if "hủy phát phiếu" in line]
        assert len(lines) == 3
        assert lines[0] == (
            "- “Giữ lời hứa với dân 1” (III-IN-001), giải B, bỏ phiếu kín trên giấy: đã phát ra 7 phiếu,"
            " hủy phát phiếu, không kiểm (lý do: Chọn nhầm mức giải)."
        )
        assert "lần 2 (lý do: Phát lại)" in lines[2]
