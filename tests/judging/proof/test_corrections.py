"""A closed round is corrected by two persons: places found anew, the old ones kept, all of it in the evidence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.log.models import Checkpoint, Event
from award.people.models import Person
from award.results.models import FormerStanding
from award.verdicts import Refused
from judging.panels.models import Conflict
from judging.proof import operations
from judging.proof.models import RoundCorrection
from judging.proof.verifier import steps
from judging.ranking import operations as ranking
from tests.judging.proof.test_verify import Folder, unpacked
from tests.judging.ranking.halls import Hall, House, hall

REASON = "Có liên quan, biết sau khi kết thúc vòng."


def closed() -> Hall:
    """Three works, two judges; the first judge lifts the first work to the top. One goes on."""
    of = hall(works=3, judges=2, shortlist=1)
    of.mark_all(((16, 8, 6), (6, 8, 6)), ((10, 8, 6), (8, 8, 6)), ((4, 4, 4), (4, 4, 4)))
    of.freeze()
    of.close()
    chosen = {of.works[0].id: ""}
    ranking.draw_shortlist(by=of.by(of.chair), edition=of.edition, judged=of.round, advanced=chosen)
    return of


@pytest.fixture
def of(ctx: Flask) -> Hall:
    with unit_of_work():
        return closed()


def propose(of: Hall, by: Person | None = None, reason: str = REASON, *, work: int = 0, judge: int = 0) -> None:
    sheet = of.sheet(of.bench.judges[judge], of.works[work]).public_id
    operations.propose_correction(
        by=of.by(by or of.chair), edition=of.edition, judged=of.round, sheets=[sheet], reason=reason
    )


def confirm(of: Hall, by: Person | None = None) -> RoundCorrection:
    return operations.confirm_correction(by=of.by(by or of.secretary), edition=of.edition, judged=of.round)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught, unit_of_work():
        act()
    return caught.value.verdict.code


def ranks(of: Hall) -> list[int | None]:
    return [of.standing(entry).rank for entry in of.works]


def corrected(of: Hall) -> None:
    with unit_of_work():
        propose(of)
    with unit_of_work():
        confirm(of)


def test_two_persons_correct_and_the_places_are_found_anew(of: Hall) -> None:
    assert ranks(of) == [1, 2, 3]
    with unit_of_work():
        propose(of)
    assert ranks(of) == [1, 2, 3], "until the second person confirms"
    assert refused(lambda: confirm(of, of.chair)) == "same_person"
    with unit_of_work():
        made = confirm(of)
    assert (made.version, made.reason, len(made.sheets)) == (2, REASON, 1)
    assert ranks(of) == [2, 1, 3]
    first = of.standing(of.works[0])
    assert (first.sheets, first.version, first.advanced) == (1, 2, True)
    assert (first.score_numerator, first.score_denominator) == (5, 1)
    kept = session.query(FormerStanding).order_by(FormerStanding.rank).all()
    assert [(each.version, each.rank, each.entry_id) for each in kept] == [
        (1, rank, entry.id) for rank, entry in enumerate(of.works, start=1)
    ]
    last = session.query(Checkpoint).order_by(Checkpoint.size.desc()).first()
    assert last is not None
    assert session.get_one(Event, last.event_id).kind == "round.corrected"


def test_what_is_refused(of: Hall) -> None:
    assert refused(lambda: propose(of, of.secretary)) == "role"
    assert refused(lambda: propose(of, reason=" ")) == "no_reason"
    session.add(
        Conflict(
            person_id=of.chair.id,
            entry_id=of.works[0].id,
            relation="relative",
            source="declared",
            edition_id=of.edition.id,
        )
    )
    session.commit()
    assert refused(lambda: propose(of)) == "kept_from"
    corrected_by_deputy = of.deputy
    with unit_of_work():
        propose(of, corrected_by_deputy)
    assert refused(lambda: confirm(of, of.chair)) == "kept_from"
    with unit_of_work():
        confirm(of)
    assert refused(lambda: propose(of, of.deputy)) == "not_counted", "it counts no longer"


def folder_of(of: Hall, path: Path) -> Folder:
    corrected(of)
    return unpacked(of, path)


def said(folder: Folder, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    status = steps.main([str(folder.path)])
    return status, [line for line in capsys.readouterr().out.splitlines()[:-1] if line.startswith("KHÔNG")]


def test_the_evidence_has_both_versions_and_every_lie_about_them_is_named(
    of: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(of, tmp_path / "0")
    assert steps.main([str(folder.path)]) == 0
    told = capsys.readouterr().out
    assert "5. Thứ hạng: 6 thứ hạng tính lại từ phiếu" in told
    assert "11. Đính chính: 1 lần đính chính" in told

    def other_reason(folder: Folder) -> None:
        (line,) = folder.lines("corrections.ndjson")
        line["content"]["reason"] = "Lý do khác."
        folder.write_lines("corrections.ndjson", [line])

    def no_reason(folder: Folder) -> None:
        folder.write_lines("corrections.ndjson", [])

    def hidden_version(folder: Folder) -> None:
        outcome = folder.json("result.json")
        outcome["rounds"][0]["former"] = []
        folder.write("result.json", outcome)

    def old_rank(folder: Folder) -> None:
        outcome = folder.json("result.json")
        outcome["rounds"][0]["former"][0][0]["rank"] = 2
        folder.write("result.json", outcome)

    def one_person(folder: Folder) -> None:
        events = folder.lines("events.ndjson")
        (proposed,) = (each for each in events if each["kind"] == "correct_round.proposed")
        (confirmed,) = (each for each in events if each["kind"] == "correct_round.confirmed")
        confirmed["actor"] = proposed["actor"]
        folder.write_lines("events.ndjson", events)

    lies = [
        (other_reason, "11. ", "thiếu nội dung đính chính"),
        (no_reason, "11. ", "thiếu nội dung đính chính"),
        (hidden_version, "5. ", "thiếu hoặc thừa một bản xếp hạng"),
        (old_rank, "5. ", "hạng của tác phẩm"),
        (one_person, "11. ", "không do hai người"),
    ]
    for number, (lie, step, words) in enumerate(lies, start=1):
        folder = unpacked(of, tmp_path / str(number))
        lie(folder)
        status, against = said(folder, capsys)
        assert status == 1
        assert any(step in line and words in line for line in against), (lie.__name__, against)


def test_a_sheet_annulled_after_the_end_without_a_correction_is_named(
    of: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work():
        sheet = of.sheet(of.bench.judges[0], of.works[0])
        operations.annul(by=of.by(of.chair), edition=of.edition, sheets=[sheet], reason="corrected")
    status, against = said(unpacked(of, tmp_path), capsys)
    assert status == 1
    assert any("mà không có đính chính" in line for line in against)


def test_the_page_leads_through_a_correction_and_keeps_the_old_places(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        house = House(app, closed())
    with house.at_work() as of:
        names = [each.legal_name for each in of.bench.judges]
        sheet = of.sheet(of.bench.judges[0], of.works[0]).public_id
    page = "/iii-2023/vong/1/dinh-chinh"
    shown = house.chair.get(f"{page}?ma=III-IN-001").text
    assert all(name in shown for name in names)
    answer = house.chair.post(page, {"ma": "III-IN-001", "sheet": sheet, "reason": ""})
    assert (answer.status_code, "Cần ghi lý do đính chính." in answer.text) == (422, True)
    assert f'value="{sheet}" checked' in answer.text, "what was chosen is kept"
    assert house.chair.post(page, {"ma": "III-IN-001", "sheet": sheet, "reason": REASON}).status_code == 303
    assert "Xác nhận đính chính" not in house.chair.get(page).text
    secretary = house.visitor(house.of.secretary)
    assert "Xác nhận đính chính" in secretary.get(page).text
    assert secretary.post(f"{page}/xac-nhan").status_code == 303
    assert "đây là bản 2" in house.chair.get("/iii-2023/vong/1/xep-hang").text
    member = house.visitor(house.of.bench.judges[1])
    told = member.get(page).text
    assert REASON in told
    assert names[0] not in told, "members read why, not whose"
    assert "đã được đính chính" in member.get(f"{page}/ban-1").text
    assert member.get(f"{page}/ban-2").status_code == 404
