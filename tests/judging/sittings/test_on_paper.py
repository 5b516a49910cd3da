"""Votes on paper: handed out, scanned, read by two tellers, counted as any other vote."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.files.models import File
from award.files.personal import files
from award.personal import Subject
from judging.council.papers import session_of
from judging.panels.models import Conflict
from judging.proof.verifier import steps
from judging.sittings import handed_out, queries
from judging.sittings.feature import against_appointing, may_read_file, may_send_file
from judging.sittings.majorities import Count
from judging.sittings.models import Ballot, Vote
from judging.sittings.operations import counting, on_paper, voting
from judging.sittings.papers import count_minutes
from tests import factories
from tests.award.entries.conftest import made_file
from tests.judging.proof.test_verify import Folder, unpacked
from tests.judging.sittings.tellers import SCAN, Tellers, papers, refused, told
from tests.visitor import Visitor


def test_a_level_on_one_paper_ends_like_any_vote(sits: Tellers) -> None:
    """Seven papers of two works; one is kept by its voter, one has no code that can be read, one line is crossed."""
    with unit_of_work():
        (stack,) = sits.hand_out(0, 1, code="B")
        assert (len(stack.codes), handed_out.spare(stack)) == (10, 3)
        for vote in session.scalars(select(Vote)):
            with refused("on_paper"):
                voting.begin_anew(
                    by=sits.hall.by(sits.hall.chair), edition=sits.hall.edition, sitting=sits.sitting, vote=vote
                )
        sits.scanned(stack, 7)
        back = papers(stack, ("yes", "no"), ("yes", "no"), ("yes", "blank"), ("yes", "invalid"), ("yes", "yes"))
        back += [(None, ()), ("", ())]
        sits.read_all(0, stack, back)
        with refused("not_agreed"):
            sits.ends(stack)
        sits.takes_up(stack)
        sits.read_all(1, stack, [*back[:2], (back[2][0], ("yes", "yes")), *back[3:5], ("", ()), ("", ())])
        scan = handed_out.scan_of(stack.id)
        assert scan is not None
        assert counting.differences(scan) == [(3, 1), (6, None), (6, 0), (6, 1)]
        with refused("not_agreed"):
            sits.ends(stack)
        for page in (3, 6):
            sits.reads(1, stack, page, back[page - 1][0], *back[page - 1][1])
        assert sits.ends(stack) == [Count(7, 5, 0, 0, 1), Count(7, 1, 2, 1, 2)]
    first, second = session.scalars(select(Vote).order_by(Vote.id))
    assert (first.method, first.passed, first.invalid) == ("paper", True, 1)
    assert (second.passed, second.invalid) == (False, 2)
    assert (scan.scan_sha256, scan.taken_at is not None) == (SCAN, True)
    assert (scan.nonce, [one.papers for one in scan.readings]) == (b"", [{}, {}]), "the votes tell what it came to"
    kept = session.scalars(select(Ballot).where(Ballot.vote_id == second.id)).all()
    assert sorted(one.choice for one in kept) == ["blank", "invalid", "invalid", "no", "no", "yes"]
    assert {one.number for one in kept}.isdisjoint(stack.codes), "two lines of one paper are not to be put together"
    closed, proposed = told("vote.closed"), told("prize.proposed")
    judges = [person.id for person in sits.hall.bench.judges]
    assert {(one["first"], one["second"], one["scan"]) for one in closed} == {(judges[0], judges[1], SCAN)}
    assert [(one["returned"], one["invalid"]) for one in closed] == [(6, 1), (6, 2)]
    assert [one["entry"] for one in proposed] == [sits.item(0).entry_id]


def changed_total(of: Folder) -> None:
    outcome = of.json("result.json")
    outcome["votes"][1]["invalid"], outcome["votes"][1]["yes"] = 1, 2
    of.write("result.json", outcome)


def invalid_made_valid(of: Folder) -> None:
    ballots = of.lines("ballots.ndjson")
    next(each for each in ballots if each["choice"] == "invalid")["choice"] = "yes"
    of.write_lines("ballots.ndjson", ballots)


def paper_taken_away(of: Folder) -> None:
    of.write_lines("ballots.ndjson", of.lines("ballots.ndjson")[:-1])


def test_the_verifier_counts_the_papers_and_names_what_was_changed(
    sits: Tellers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work():
        (stack,) = sits.hand_out(0, 1, code="B")
        sits.exchanges(stack, stack.codes[8])
        sits.scanned(stack, 3)
        sits.takes_up(stack)
        back = papers(stack, ("yes", "no"), ("yes", "invalid"), ("yes", "yes"))
        for who in (0, 1):
            sits.read_all(who, stack, back)
        sits.ends(stack)
        sits.close()
        held = session_of(sits.hall.edition, sits.hall.round, None)
        codes, stack.unused_agreed_at = stack.codes, None  # as of papers handed out before the spare ones were told
        assert "chưa đối chiếu phiếu dự phòng không dùng" in str(count_minutes(held, sits.sitting))
        stack.codes, stack.unused, stack.void = codes[:7], [], []
        assert "phiếu dự phòng không dùng 0." in str(count_minutes(held, sits.sitting))
    folder = unpacked(sits.hall, tmp_path / "whole")
    assert steps.main([str(folder.path)]) == 0
    said = capsys.readouterr().out
    assert "Bỏ phiếu: 2 lần bỏ phiếu, 6 phiếu kín" in said
    assert "Phiếu giấy: 0 phiếu nhập từ phiếu giấy, 1 xấp phiếu kín do hai người kiểm" in said
    for change, words in (
        (changed_total, "kết quả khác sổ"),
        (invalid_made_valid, "phiếu bị đổi, thiếu hoặc thừa"),
        (paper_taken_away, "phiếu bị đổi, thiếu hoặc thừa"),
    ):
        other = unpacked(sits.hall, tmp_path / change.__name__)
        change(other)
        assert steps.main([str(other.path)]) == 1
        against = [line for line in capsys.readouterr().out.splitlines() if line.startswith("KHÔNG KHỚP  10.")]
        assert words in against[0], change.__name__


def test_who_may_not_vote_on_a_work_gets_no_paper_that_lacks_it(sits: Tellers) -> None:
    with unit_of_work():
        person = sits.hall.bench.judges[0]
        tie = Conflict(edition_id=sits.hall.edition.id, person_id=person.id, entry_id=sits.item(1).entry_id)
        tie.relation, tie.source = "relative", "declared"
        session.add(tie)
        session.flush()
        everybody, fewer = sits.hand_out(0, 1, 2, code="B")
        lined = handed_out.lines([everybody.id, fewer.id])
        listed = {number: [one.item.ordinal for one in each] for number, each in lined.items()}
        assert listed == {everybody.id: [1, 3], fewer.id: [2]}
        assert (len(everybody.codes), len(fewer.codes)) == (10, 9)
        assert [one.vote.eligible for one in lined[fewer.id]] == [6]
        assert person.legal_name not in handed_out.holders(lined[fewer.id][0].vote.id)
        with refused("tied"):
            sits.reads(0, fewer, 1, fewer.codes[0], "yes")
        with refused("voting"):
            sits.turn_to(1)
        with refused("voting"):
            sits.hand_out(2)
        with refused("on_paper"):
            sits.cast(lined[everybody.id][0].vote, "yes")


def test_papers_that_cannot_have_come_back_are_refused(sits: Tellers) -> None:
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        with refused("no_scan"):
            sits.reads(0, stack, 1, stack.codes[0], "yes")
        sits.scanned(stack, 9)
        sits.read_all(0, stack, papers(stack, *[("yes",)] * 7))
        for page, code, why in ((8, stack.codes[0], "twice"), (8, "22222222", "foreign"), (8, "", "too_many")):
            with refused(why):
                sits.reads(0, stack, page, code, "yes")
        with refused("page"):
            sits.reads(0, stack, 10, None)
        with refused("lines"):
            sits.reads(0, stack, 1, stack.codes[0], "yes", "no")
        with refused("not_bound"):
            sits.reads(1, stack, 1, stack.codes[0], "yes")


def test_two_tellers_and_neither_the_chair_nor_who_ends_the_vote(sits: Tellers) -> None:
    judges = sits.hall.bench.judges
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        scan = sits.scanned(stack, 1)
        assert scan.scan_id is not None
        with refused("same_person"):
            sits.takes_up(stack, 0)
        with refused("not_a_teller"):
            sits.takes_up(stack, 3)
        with refused("not_a_teller"):
            counting.take_up(**sits.where(sits.hall.chair, stack))  # type: ignore[arg-type]
        people = [*judges, sits.hall.chair, sits.hall.auditor]
        assert [bool(may_read_file(scan.scan_id, one.id)) for one in people] == [True, *[False] * 6]
        assert may_send_file(scan.scan_id, judges[0].id)
        sits.takes_up(stack)
        with refused("two_already"):
            sits.takes_up(stack, 2)
        assert not may_send_file(scan.scan_id, judges[0].id), "a second has begun to read it"
        for who in (0, 1):
            sits.reads(who, stack, 1, stack.codes[0], "yes")
        with refused("voting"):
            sits.name_tellers(judges[0], judges[2])
        sits.name_tellers(*judges[:3], sits.hall.deputy)
        with refused("not_a_teller"):
            counting.take_up(**sits.where(sits.hall.deputy, stack))  # type: ignore[arg-type]
        with refused("scanned"):
            on_paper.call_off(**sits.where(sits.hall.chair, stack), reason="Nhầm.")  # type: ignore[arg-type]
        with refused("reason"):
            counting.drop_scan(**sits.where(judges[0], stack))  # type: ignore[arg-type]
        sits.ends(stack)
        assert [bool(may_read_file(scan.scan_id, one.id)) for one in people] == [True, True, *[False] * 4, True]
        sits.name_tellers(judges[3], sits.hall.deputy)
        written = count_minutes(session_of(sits.hall.edition, sits.hall.round, None), sits.sitting)
        assert {each.name for each in written.signatures} == {judges[0].legal_name, judges[1].legal_name}
        with refused("no_tellers"):
            sits.hand_out(1)


def test_who_leads_sets_aside_what_nobody_who_is_bound_may_read(sits: Tellers) -> None:
    chair, teller = sits.hall.chair, sits.hall.bench.judges[0]
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        sits.scanned(stack, 1)
        with refused("not_a_teller"):
            counting.drop_scan(**sits.where(chair, stack), reason="Quét lại.")  # type: ignore[arg-type]
        sits.call_roll(*[person for person in sits.members if person != teller])
        with refused("reason"):
            counting.drop_scan(**sits.where(chair, stack))  # type: ignore[arg-type]
        counting.drop_scan(**sits.where(chair, stack), reason="Người nhập ra về.")  # type: ignore[arg-type]
        assert handed_out.scan_of(stack.id) is None
        judges = sits.hall.bench.judges
        sits.name_tellers(*judges[1:4])
        assert {each.id for each in queries.tellers(sits.sitting.id)} == {each.id for each in judges[:4]}


def test_who_sent_the_scan_has_it_from_the_room_alone(app: Flask) -> None:
    """A teller who turns out to have to do with a work sees its papers no more, nor in the copy of own data; and who
    read papers, on a scan that was set aside too, neither ends their vote nor comes to lead the council."""
    with app.app_context(), unit_of_work():
        sits = Tellers()
        first, second, third = sits.hall.bench.judges[:3]
        (stack,) = sits.hand_out(0)
        sits.scanned(stack, 1)
        counting.drop_scan(**sits.where(first, stack))  # type: ignore[arg-type]
        scan = sits.scanned(stack, 1, who=1)
        sits.takes_up(stack, 2)
        for who in (1, 2):
            sits.reads(who, stack, 1, stack.codes[0], "yes")
        assert scan.scan_id is not None
        file = session.get_one(File, scan.scan_id)
        for person, role, against in ((first, "chair", True), (second, "deputy", True), (third, "secretary", False)):
            assert (against_appointing(sits.hall.edition.id, person.id, role) is not None) is against
        own = made_file(second, "ready", sha256="cd" * 32)
        factories.appointment(sits.hall.edition, first, "deputy")
        with refused("own_count"):
            sits.ends(stack, by=first)
    assert Visitor(app, second).get(f"/tep/{file.public_id}/van-ban").status_code == 200
    with app.app_context(), unit_of_work():
        tie = Conflict(edition_id=sits.hall.edition.id, person_id=second.id, entry_id=sits.item(0).entry_id)
        tie.relation, tie.source = "relative", "declared"
        session.add(tie)
        assert [one.key for one in files(Subject(second.id))] == [own.key], "of the scan no more than its name"
    assert Visitor(app, second).get(f"/tep/{file.public_id}/van-ban").status_code == 404


def test_a_scan_set_aside_is_forgotten(sits: Tellers) -> None:
    judges = sits.hall.bench.judges
    with unit_of_work():
        (stack,) = sits.hand_out(0)
        scan = sits.scanned(stack, 1)
        sits.reads(0, stack, 1, stack.codes[0], "yes")
        counting.drop_scan(**sits.where(judges[0], stack), reason="Thiếu phiếu.")  # type: ignore[arg-type]
        assert (scan.readings[0].papers, scan.dropped_reason) == ({}, "Thiếu phiếu.")
        assert handed_out.scan_of(stack.id) is None
        sits.scanned(stack, 0)
        sits.reads(0, stack, 1, None)
        sits.takes_up(stack)
        sits.reads(1, stack, 1, None)
        assert sits.ends(stack) == [Count(7, 0, 0, 0)], "nothing came back"
    (dropped,) = told("ballots.dropped")
    expected = {"scan": SCAN, "pages": 1, "readers": str(judges[0].id), "reason": 1}
    assert {name: dropped[name] for name in expected} == expected
