"""What judges and outsiders keep shows without the house that nothing was exchanged; and what they get by letter."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Round
from award.log import tree
from award.log.checkpoints import signer
from award.log.models import Checkpoint
from award.log.notes import checkpoint_text
from award.log.operations import canonical_json
from award.messages.models import Message
from judging.proof import operations, tasks
from judging.proof.bundle import members
from judging.scoring import operations as scoring
from judging.scoring.contents import commitment
from tests.judging.proof.test_verify import unpacked
from tests.judging.ranking.halls import House, hall
from tests.visitor import Visitor

PAGE = "/iii-2023/kiem-chung"
RECEIPTS = f"{PAGE}/vong/1/bien-nhan.txt"
Told = Callable[..., tuple[int, str]]


def _sent(app: Flask) -> House:
    """Every sheet of the round was sent."""
    with app.app_context(), unit_of_work():
        of = hall(works=2, judges=2)
        of.mark_all(((10, 8, 6), (8, 8, 8)), ((6, 6, 6), (5, 5, 5)))
    return House(app, of)


@pytest.fixture
def frozen(app: Flask) -> House:
    """The round is frozen: what was sent is held fast."""
    sent = _sent(app)
    with sent.at_work() as of:
        of.freeze()
    return sent


@pytest.fixture
def told(app: Flask, tmp_path: Path) -> Told:
    """Runs the verifier as anybody downloads it, alone in its folder and without the house: exit status, and what it
    says of the last thing it was given."""
    empty = tmp_path / "empty"
    empty.mkdir()

    def run(*words: object) -> tuple[int, str]:
        (empty / "verify.py").write_bytes(Visitor(app).get(f"{PAGE}/verify.py").data)
        command = [sys.executable, "-I", "verify.py", *map(str, words)]
        ran = subprocess.run(command, cwd=empty, capture_output=True, text=True, check=False)
        assert ran.stderr == ""
        *before, last = ran.stdout.splitlines()
        return ran.returncode, (before or [last])[-1]

    return run


def test_anybody_gets_the_program_whose_fingerprint_stands_on_the_page(frozen: House) -> None:
    stranger = Visitor(frozen.app)
    page, answer = stranger.get(PAGE), stranger.get(f"{PAGE}/verify.py")
    assert f'href="{PAGE}/verify.py"' in page.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verify.py"'
    assert hashlib.sha256(answer.data).hexdigest() in page.text
    with frozen.at_work() as of:
        assert answer.data == members(of.edition)["verify.py"], "the same as in the evidence"


def lines_of(receipt: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in receipt.split("\n\n", maxsplit=1)[0].splitlines()]


def test_a_judge_proves_the_own_sheets_with_nothing_but_the_receipt(frozen: House, tmp_path: Path, told: Told) -> None:
    first, second = frozen.of.bench.judges
    answer = frozen.visitor(first).get(RECEIPTS)
    assert answer.headers["Content-Disposition"].endswith('"bien-nhan-phieu-cham-iii-2023-vong-1.txt"')
    receipt = tmp_path / "bien-nhan.txt"
    receipt.write_bytes(answer.data)
    with frozen.at_work() as of:
        own = {of.sheet(first, entry).commitment for entry in of.works}
        key = signer(of.edition.award_id).verifier_key
    assert {line["commitment"] for line in lines_of(answer.text)[1:]} == own, "nobody else's"
    assert told("--receipt", receipt, "--key", key)[0] == 0
    assert "2 phiếu, 2 phiếu do mốc giữ; phiếu nào được tính thì" in told("--receipt", receipt)[1]
    assert told("--receipt", receipt, "--key", key.replace("+", "+0", 1))[0] == 1
    changed = tmp_path / "changed.txt"
    changed.write_text(answer.text.replace('"marks":[[1,10]', '"marks":[[1,11]'))
    assert told("--receipt", changed)[0] == 1
    own_page = frozen.visitor(first).get("/iii-2023/vong/1/cham")
    assert RECEIPTS in own_page.text
    assert frozen.visitor(second).get(RECEIPTS).text != answer.text
    assert frozen.chair.get(RECEIPTS).status_code == 403


def test_what_was_kept_outside_fits_the_evidence_and_lies_do_not(frozen: House, tmp_path: Path, told: Told) -> None:
    kept, receipt = tmp_path / "moc.txt", tmp_path / "bien-nhan.txt"
    receipt.write_bytes(frozen.visitor(frozen.of.bench.judges[0]).get(RECEIPTS).data)
    with frozen.at_work() as of:
        size = session.query(Checkpoint).one().size
        of.close()
    kept.write_bytes(frozen.chair.get(f"{PAGE}/{size}.txt").data)
    with frozen.at_work() as of:
        folder = unpacked(of, tmp_path / "bundle")
        by = signer(of.edition.award_id)
    assert told(folder.path, "--note", kept) == (0, f"KHỚP        Mốc đã lưu moc.txt: giữ {size} sự kiện")
    status, line = told(folder.path, "--receipt", receipt)
    assert (status, "2 phiếu được tính; khóa" in line) == (0, True), line
    for words, number, root in (
        (f"{size} sự kiện đầu của sổ đã khác", size, bytes(32)),
        ("sổ trong bộ này chỉ có", 10**6, tree.root([])),
    ):
        kept.write_text(by.sign(checkpoint_text(by.name, number, root)))
        status, line = told(folder.path, "--note", kept)
        assert (status, words in line) == (1, True), line
    events = folder.lines("events.ndjson")
    folder.write_lines("events.ndjson", [events[0] | {"at": "2023-01-01T00:00:00+00:00"}, *events[1:]])
    kept.write_bytes(frozen.chair.get(f"{PAGE}/{size}.txt").data)
    assert told(folder.path, "--note", kept)[0] == 1


def test_what_was_taken_back_and_sent_again_is_told_and_not_called_counted(
    app: Flask, tmp_path: Path, told: Told
) -> None:
    opened = _sent(app)
    receipt, judge = tmp_path / "bien-nhan.txt", opened.of.bench.judges[0]
    receipt.write_bytes(opened.visitor(judge).get(RECEIPTS).data)
    with opened.at_work() as of:
        assignment, by = of.assignment(judge, of.works[0]), of.by(judge)
        scoring.reopen(by=by, edition=of.edition, assignment=assignment)
        kept = of.sheet(judge, of.works[0])
        marks = {criterion.id: 2 for criterion in of.round.criteria}
        scoring.save(by=by, assignment=assignment, version=kept.version, marks=marks, note="")
        scoring.finish(by=by, edition=of.edition, assignment=assignment)
    with opened.at_work() as of:
        of.freeze()
        of.close()
    with opened.at_work() as of:
        folder = unpacked(of, tmp_path / "bundle")
    status, line = told(folder.path, "--receipt", receipt)
    assert status == 0
    assert "1 phiếu được tính, 1 phiếu có việc khác sau biên nhận" in line


def test_a_sheet_that_the_house_itself_left_out_is_noticed(frozen: House, tmp_path: Path, told: Told) -> None:
    receipt = tmp_path / "bien-nhan.txt"
    receipt.write_bytes(frozen.visitor(frozen.of.bench.judges[0]).get(RECEIPTS).data)
    with frozen.at_work() as of:
        of.sheet(of.bench.judges[0], of.works[0]).state = "annulled"  # by the owner of the database, without an event
        session.flush()
        of.close(reason="Thành viên ốm.")
    with frozen.at_work() as of:
        folder = unpacked(of, tmp_path / "bundle")
    status, line = told(folder.path, "--receipt", receipt)
    assert (status, "đã gửi nhưng không được tính" in line) == (1, True)


def test_a_commitment_is_the_published_one() -> None:
    sheet = {
        "award": "GBC-2026",
        "entry": "E017",
        "judge": "J04",
        "marks": {"c1": 38, "c2": 27, "c3": 17},
        "round": "so-khao",
        "unit": "1/2",
        "v": 1,
    }
    found = commitment(bytes(range(32)), sheet)
    assert found == "9478daa828eb45ac7f42212bfec529e3cda7ac4a825130c21862524967432057"
    leaf = tree.leaf(canonical_json(sheet)).hex()
    assert leaf == "b88f8aac1aa0970f0217a480e74127ff5783ac67e3ff244671fb818ed93fb7df"


def test_while_judges_score_the_log_is_held_fast_each_day_and_letters_bring_it(frozen: House) -> None:
    with frozen.at_work():
        assert operations.hold_fast() == 1, "what is near the cut was settled after the round was frozen"
    with frozen.at_work():
        assert operations.hold_fast() == 0, "nothing happened since"
    with frozen.app.app_context():
        tasks.hold_fast()
        tasks.tell()
        tasks.tell()
        first, daily = session.query(Checkpoint).order_by(Checkpoint.size)
        letters = session.query(Message).filter_by(kind="checkpoint").order_by(Message.id).all()
        of_frozen = [each for each in letters if first.note in each.body]
        assert len(of_frozen) == len({each.to_address for each in of_frozen}) == 7
        assert signer(first.award_id).verifier_key in of_frozen[0].body
        assert [each.to_address for each in letters if daily.note in each.body] == [
            session.merge(frozen.of.auditor).user.email  # type: ignore[union-attr]
        ]
        assert session.query(Round).filter_by(state="frozen").count() == 1
