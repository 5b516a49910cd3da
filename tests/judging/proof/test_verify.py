"""The evidence of a whole judging fits; whatever is changed in it does not, and the verifier names the step."""

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from award.archive import operations as archives
from award.archive.models import Archive
from award.archive.tasks import build
from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import PrizeLevel
from award.files.store import prepare, storage
from award.results import operations as results
from award.results.models import Result
from judging.council import operations as council
from judging.panels.models import Assignment
from judging.proof.bundle import bundle
from judging.proof.verifier import steps
from judging.proof.verifier.evidence import SEALED, canonical
from judging.ranking import operations as ranking
from judging.scoring import operations as scoring
from judging.sittings import queries as sittings
from judging.sittings.operations import hands, meeting, voting
from tests import factories
from tests.judging.houses import Houses, houses
from tests.judging.ranking.halls import Hall
from tests.judging.rows import clause, judge


@pytest.fixture
def judged(ctx: Flask) -> Houses:
    """Two rounds closed, a sheet reopened and sent again meanwhile, two prizes handed down, one set aside."""
    with unit_of_work():
        of = houses()
        levels = {
            code: factories.prize_level(of.edition, rank=rank, code=code, name=f"Giải {code}", quota=rank)
            for rank, code in enumerate(("A", "B"), start=1)
        }
        levels["A"].categories = ["IN"]
    with unit_of_work():
        of.open()
        of.mark({f"{panel}{n}": (10 - 2 * n, 11 - 2 * n) for panel in "BPT" for n in (1, 2, 3)})
        again(of)
        of.end()
    with unit_of_work():
        works = of.works()
        chosen = {works[f"{panel}1"].id: "" for panel in "BPT"}
        ranking.draw_shortlist(by=of.by(of.chair), edition=of.edition, judged=of.rounds[0], advanced=chosen)
    with unit_of_work():
        of.open(2)
        of.mark({"B1": (8, 8, 8), "P1": (7, 6, 7), "T1": (4, 5, 5)}, 2)
        of.end(2)
    council_votes(of, session.get_one(PrizeLevel, levels["A"].id))
    with unit_of_work():
        works, chair = of.works(), of.by(of.chair)
        for title, code in (("B1", "A"), ("P1", "B"), ("T1", "B")):
            level = session.get_one(PrizeLevel, levels[code].id)
            council.propose(by=chair, edition=of.edition, entry=works[title], level=level)
        council.hand_down(by=chair, edition=of.edition)
    return of


def council_votes(of: Houses, level: PrizeLevel) -> None:
    """Three sit on one work: two of three ballots say yes; then hands, of which too few go up."""
    by, edition = of.by(of.chair), of.edition
    with unit_of_work():
        works = [of.works()[title].id for title in ("P1", "B1")]
        sitting = meeting.prepare(by=by, edition=edition, works=works)
        people = [each.id for each in sittings.roll(sitting.id)]
        where = {"by": by, "edition": edition, "sitting": sitting}
        meeting.call_roll(present=people, **where)
        meeting.name_tellers(people=[each for each in people if each != of.chair.id], **where)
        clause(of.edition, "hands", yes=True)
        meeting.open_sitting(**where)
        first, second = sittings.agenda(sitting.id)
        meeting.turn_to(item=first, **where)
        secretary = factories.person("Thư ký đếm tay")
        factories.appointment(of.edition, secretary, "secretary")
        shown = hands.count_hands(item=first, level=level, yes=1, no=1, **where | {"by": of.by(secretary)})
        hands.confirm_hands(vote=shown, **where)
        meeting.turn_to(item=second, **where)
        vote = voting.open_vote(item=second, level=level, **where)
        for person, choice in zip(of.judges["Hội đồng chung khảo"], ("yes", "no", "yes"), strict=True):
            voting.cast(by=of.by(person), vote=vote, choice=choice)  # type: ignore[arg-type]
    with unit_of_work():
        voting.close_vote(vote=vote, **where)
        meeting.close_sitting(**where)


def again(of: Houses) -> None:
    """A sheet is taken back and sent once more: the log has two commitments of it, and the last one counts."""
    person = of.judges["Báo in 1"][0]
    dealt = session.query(Assignment).filter_by(round_id=of.rounds[0].id, entry_id=of.works()["B1"].id, state="open")
    assignment = next(each for each in dealt if each.seat.person_id == person.id)
    scoring.reopen(by=of.by(person), edition=of.edition, assignment=assignment)
    scoring.finish(by=of.by(person), edition=of.edition, assignment=assignment)


@dataclass
class Folder:
    """The evidence unpacked, to be read, changed and checked."""

    path: Path

    def json(self, name: str) -> Any:
        return json.loads((self.path / name).read_text())

    def write(self, name: str, value: object) -> None:
        (self.path / name).write_bytes(canonical(value) + b"\n")

    def lines(self, name: str) -> list[Any]:
        return [json.loads(line) for line in (self.path / name).read_text().splitlines()]

    def write_lines(self, name: str, values: list[Any]) -> None:
        (self.path / name).write_bytes(b"".join(canonical(value) + b"\n" for value in values))

    def last_note(self) -> Path:
        return max((self.path / "checkpoints").iterdir())


def unpacked(of: Houses | Hall, path: Path) -> Folder:
    with zipfile.ZipFile(io.BytesIO(bundle(of.edition))) as archive:
        archive.extractall(path)
    return Folder(path)


@pytest.fixture
def folder(judged: Houses, tmp_path: Path) -> Folder:
    return unpacked(judged, tmp_path)


def test_alone_in_an_empty_folder_it_says_that_everything_fits(folder: Folder) -> None:
    assert_fits_alone(folder.path)


def assert_fits_alone(folder: Path) -> None:
    """The program that lies in the folder, with nothing of the house, finds that every step fits."""
    alone = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert (alone.returncode, alone.stderr) == (0, ""), alone.stdout
    lines = alone.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["KHỚP"] * 13
    assert "3. Quy định: 2 vòng đã kết thúc, giữ nguyên từ lúc mở vòng\n" in alone.stdout
    assert "4. Phiếu chấm: 27 phiếu" in alone.stdout
    assert "5. Thứ hạng: 12 thứ hạng tính lại từ phiếu" in alone.stdout
    assert "7. Giải: 3 giải" in alone.stdout
    assert "10. Bỏ phiếu: 2 lần bỏ phiếu, 3 phiếu kín" in alone.stdout


def test_what_the_archive_of_ten_years_keeps_fits_after_the_house_is_gone(judged: Houses, tmp_path: Path) -> None:
    """Decided and public, archived, and only the folder of the evidence carried somewhere else."""
    prepare()
    with unit_of_work():
        judged.edition.state = "decision"
        organiser = judge(judged.edition, "Lê Văn Ban", "organiser")
        by, paper = judged.by(organiser), {"number": "12-QĐ/BTCG", "body": "Ban Tổ chức", "signatory": "Lê Văn Ban"}
        results.decide(by=by, edition=judged.edition, day=now().date(), **paper)
        results.propose_publication(by=by, edition=judged.edition, at=now() + timedelta(hours=1))
        since = results.confirm_publication(by=judged.by(judged.secretary), edition=judged.edition)
        since.at = now() - timedelta(hours=1)
    with unit_of_work():
        asked = archives.ask(by=by, edition=judged.edition, audience="complete", works="none").id
    build(archive_id=asked)
    session.expire_all()
    made = session.get_one(Archive, asked)
    assert made.state == "ready", made.fault
    with zipfile.ZipFile(io.BytesIO(b"".join(storage().stream(made.key)))) as whole:
        whole.extractall(tmp_path / "whole")
    shutil.copytree(tmp_path / "whole" / "bo-kiem-chung", tmp_path / "alone")
    shutil.rmtree(tmp_path / "whole")
    assert_fits_alone(tmp_path / "alone")


def test_the_same_evidence_gives_the_same_bytes(judged: Houses) -> None:
    assert bundle(judged.edition) == bundle(judged.edition)


def test_a_proposal_that_was_set_aside_is_no_prize(judged: Houses, tmp_path: Path) -> None:
    with unit_of_work():
        result = session.query(Result).filter_by(entry_id=judged.works()["T1"].id).one()
        judged.edition.state = "decision"
        organiser = judge(judged.edition, "Lê Văn Ban", "organiser")
        results.set_aside(by=judged.by(organiser), edition=judged.edition, result=result, reason="Tác giả đề nghị rút.")
    folder = unpacked(judged, tmp_path)
    assert steps.main([str(folder.path)]) == 0
    assert len(folder.json("result.json")["prizes"]) == 2


def test_another_key_than_the_one_on_paper_is_noticed(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    key = (folder.path / "key.txt").read_text()
    assert steps.main([str(folder.path), "--key", key]) == 0
    assert steps.main([str(folder.path), "--key", key.replace("+", "+0", 1)]) == 1
    assert "khác khóa trong biên bản" in capsys.readouterr().out


def changed_mark(of: Folder) -> None:
    sheets = of.lines("sheets.ndjson")
    sheets[0]["content"]["marks"][0][1] += 1
    of.write_lines("sheets.ndjson", sheets)


def changed_mark_with_a_new_commitment(of: Folder) -> None:
    sheets = of.lines("sheets.ndjson")
    sheets[0]["content"]["marks"][0][1] += 1
    sealed = SEALED + bytes.fromhex(sheets[0]["nonce"]) + canonical(sheets[0]["content"])
    sheets[0]["commitment"] = hashlib.sha256(sealed).hexdigest()
    of.write_lines("sheets.ndjson", sheets)


def dropped_sheet(of: Folder) -> None:
    of.write_lines("sheets.ndjson", of.lines("sheets.ndjson")[1:])


def added_sheet(of: Folder) -> None:
    sheets = of.lines("sheets.ndjson")
    of.write_lines("sheets.ndjson", [*sheets, sheets[0]])


def sheet_of_another_work(of: Folder) -> None:
    sheets = of.lines("sheets.ndjson")
    other = next(each for each in sheets if each["work"] != sheets[0]["work"])
    sheets[0]["work"], other["work"] = other["work"], sheets[0]["work"]
    of.write_lines("sheets.ndjson", sheets)


def reordered_events(of: Folder) -> None:
    events = of.lines("events.ndjson")
    events[3], events[4] = events[4], events[3]
    of.write_lines("events.ndjson", events)


def reordered_and_renumbered_events(of: Folder) -> None:
    events = of.lines("events.ndjson")
    events[3], events[4] = events[4] | {"seq": 4}, events[3] | {"seq": 5}
    of.write_lines("events.ndjson", events)


def missing_event(of: Folder) -> None:
    events = of.lines("events.ndjson")
    of.write_lines("events.ndjson", [each | {"seq": n} for n, each in enumerate(events[1:], start=1)])


def changed_weight(of: Folder) -> None:
    rules = of.json("rules.json")
    rules["rounds"][0]["criteria"][0][2] -= 5
    of.write("rules.json", rules)


def changed_number_of_prizes(of: Folder) -> None:
    rules = of.json("rules.json")
    rules["prizes"][0][4] += 1
    of.write("rules.json", rules)


def changed_rank(of: Folder) -> None:
    outcome = of.json("result.json")
    next(each for each in outcome["rounds"][0]["places"] if each["rank"])["rank"] += 1
    of.write("result.json", outcome)


def lowered_minimum(of: Folder) -> None:
    outcome = of.json("result.json")
    outcome["rounds"][0]["places"][0]["needed"] -= 1
    of.write("result.json", outcome)


def prize_of_another_work(of: Folder) -> None:
    outcome = of.json("result.json")
    given = outcome["prizes"][0]
    given[1] = next(code for _work, code in outcome["prizes"] if code != given[1])
    of.write("result.json", outcome)


def work_of_another_loai_hinh(of: Folder) -> None:
    outcome = of.json("result.json")
    (given,) = (work for work, code in outcome["prizes"] if code == "A")
    outcome["categories"] = [[work, "TH" if work == given else code] for work, code in outcome["categories"]]
    of.write("result.json", outcome)


def somebody_else_goes_on(of: Folder) -> None:
    outcome = of.json("result.json")
    first, second = outcome["rounds"][0]["places"][:2]
    first["advanced"], second["advanced"] = 0, 1
    of.write("result.json", outcome)


def changed_checkpoint(of: Folder) -> None:
    note = of.last_note()
    lines = note.read_text().split("\n")
    lines[2] = base64.b64encode(bytes(32)).decode()
    note.write_text("\n".join(lines))


def unsigned_outcome(of: Folder) -> None:
    outcome = of.json("result.json")
    outcome["slug"] = "khac"
    of.write("result.json", outcome)


def swapped_ballot(of: Folder) -> None:
    ballots = of.lines("ballots.ndjson")
    next(each for each in ballots if each["choice"] == "no")["choice"] = "yes"
    of.write_lines("ballots.ndjson", ballots)


def swapped_ballot_under_a_number_of_another(of: Folder) -> None:
    ballots = of.lines("ballots.ndjson")
    yes, no = (next(each for each in ballots if each["choice"] == word) for word in ("yes", "no"))
    yes["choice"], no["choice"] = "no", "yes"
    of.write_lines("ballots.ndjson", ballots)


def dropped_ballot(of: Folder) -> None:
    of.write_lines("ballots.ndjson", of.lines("ballots.ndjson")[1:])


def changed_count(of: Folder) -> None:
    outcome = of.json("result.json")
    outcome["votes"][0]["yes"], outcome["votes"][0]["passed"] = 2, 1
    of.write("result.json", outcome)


def dropped_vote(of: Folder) -> None:
    outcome = of.json("result.json")
    outcome["votes"] = outcome["votes"][1:]
    of.write("result.json", outcome)


def ballot_of_no_vote(of: Folder) -> None:
    ballots = of.lines("ballots.ndjson")
    of.write_lines("ballots.ndjson", [*ballots, ballots[0] | {"vote": 10**9}])


def another_majority_at_the_opening_of_the_sitting(of: Folder) -> None:
    events = of.lines("events.ndjson")
    (opened,) = (each for each in events if each["kind"] == "sitting.opened")
    opened["facts"]["majority"] = "more_than_half"
    of.write_lines("events.ndjson", events)


TAMPERINGS: tuple[tuple[Callable[[Folder], None], int, str], ...] = (
    (changed_mark, 4, "nội dung không đúng cam kết"),
    (changed_mark_with_a_new_commitment, 4, "không có trong sổ"),
    (dropped_sheet, 4, "thiếu hoặc thừa phiếu"),
    (added_sheet, 4, "thiếu hoặc thừa phiếu"),
    (sheet_of_another_work, 4, "của tác phẩm khác"),
    (reordered_events, 1, "mang số"),
    (reordered_and_renumbered_events, 2, "không khớp"),
    (missing_event, 2, "không khớp"),
    (changed_weight, 3, "khác lúc kết thúc vòng"),
    (another_majority_at_the_opening_of_the_sitting, 3, "tỷ lệ đồng ý khác lúc mở phiên họp"),
    (changed_number_of_prizes, 3, "cơ cấu giải khác"),
    (changed_rank, 5, "hạng của tác phẩm"),
    (lowered_minimum, 5, "số phiếu tối thiểu khác"),
    (somebody_else_goes_on, 6, "trái thứ tự"),
    (prize_of_another_work, 7, "không đúng đề nghị"),
    (work_of_another_loai_hinh, 7, "Giải A: không dành cho loại hình của tác phẩm"),
    (changed_checkpoint, 2, "chữ ký không đúng"),
    (unsigned_outcome, 8, "chữ ký của văn bản khác"),
    (swapped_ballot, 10, "mức A, lần 1: phiếu bị đổi, thiếu hoặc thừa"),
    (swapped_ballot_under_a_number_of_another, 10, "phiếu bị đổi, thiếu hoặc thừa"),
    (dropped_ballot, 10, "phiếu bị đổi, thiếu hoặc thừa"),
    (changed_count, 10, "kết quả khác sổ"),
    (dropped_vote, 10, "thiếu hoặc thừa lần bỏ phiếu"),
    (ballot_of_no_vote, 10, "không thuộc lần bỏ phiếu nào"),
)


def test_rules_that_a_round_was_not_opened_with_are_named(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever owns the database changes a clause between the opening of a round and its end; no page allows it."""
    with unit_of_work():
        of = houses()
    with unit_of_work():
        of.open()
        of.mark({f"{panel}{n}": (10 - 2 * n, 11 - 2 * n) for panel in "BPT" for n in (1, 2, 3)})
        clause(of.edition, "tie_steps", several=["median"])
        of.end()
    assert steps.main([str(unpacked(of, tmp_path).path)]) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("KHÔNG KHỚP  ")]
    assert said == [
        "KHÔNG KHỚP  3. Quy định: quy định của vòng Sơ khảo lúc kết thúc khác lúc mở vòng: các bước xét bằng điểm"
    ]


def test_every_tampering_is_named_with_its_step(
    judged: Houses, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, (tamper, step, words) in enumerate(TAMPERINGS):
        folder = unpacked(judged, tmp_path / str(number))
        tamper(folder)
        assert steps.main([str(folder.path)]) == 1, tamper.__name__
        said = capsys.readouterr().out.splitlines()
        against = [line for line in said if line.startswith(f"KHÔNG KHỚP  {step}. ")]
        assert against, (tamper.__name__, said)
        assert words in against[0], (tamper.__name__, against)
        assert said[-1] == "KHÔNG KHỚP"
