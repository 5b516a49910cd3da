"""A closed round is corrected by two persons: places found anew, the old ones kept, all of it in the evidence."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Clause
from award.entries.models import Entry
from award.log.models import Checkpoint, Event
from award.people.models import Person
from award.results.models import FormerStanding, Standing
from award.verdicts import Refused
from judging.panels.models import Conflict
from judging.proof import operations
from judging.proof.models import RoundCorrection
from judging.proof.verifier import steps
from judging.proof.verifier.evidence import Evidence
from judging.proof.verifier.places import check_places
from judging.ranking import operations as ranking
from judging.ranking.aggregate import Place, Sheet
from judging.ranking.official import Official, placed
from tests.judging.proof.test_verify import Folder, unpacked
from tests.judging.ranking.halls import Hall, House, hall
from tests.judging.rows import clause
from tests.visitor import Visitor

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


def counted_by(how: str) -> Hall:
    """Twelve works: five members read all, or three of five; two of them mark far lower than the others."""
    of = hall(works=12, judges=5, shortlist=4, readings=None if how == "trimmed" else 3)
    clause(of.bench.edition, "aggregation", choice=how)
    for number, entry in enumerate(of.works):
        for low, person in enumerate(of.bench.judges):
            if reads(of, person, entry):
                of.mark(person, entry, (12 - number // 2 - (3 if low > 2 else 0), 4 + (number + low) % 3, 6))
    of.freeze()
    of.close()
    return of


def reads(of: Hall, person: Person, entry: Entry) -> bool:
    return any(each.entry_id == entry.id and each.state == "open" for each in of.bench.assignments(person))


def sheets_of(at: Standing) -> list[Sheet]:
    return [Sheet(one["seat"], one["marks"]) for one in at.detail["sheets"]]


Found = dict[int, tuple[int | None, Fraction]]


def found_in(of: Hall) -> Found:
    """Work → rank and score."""
    now = {entry.id: of.standing(entry) for entry in of.works}
    return {entry: (at.rank, Fraction(at.score_numerator or 0, at.score_denominator or 1)) for entry, at in now.items()}


def anew(of: Hall, how: str) -> tuple[dict[int, Place], Official]:
    """The places as they would be, were everything estimated again from the sheets that are left."""
    now = [of.standing(entry) for entry in of.works]
    given, needed = {at.entry_id: sheets_of(at) for at in now}, {at.entry_id: at.needed for at in now}
    scale = {"scale": of.round.scale_max, "steps_per_point": of.round.steps_per_point}
    places, figure = placed(given, needed, how=how, **scale)
    return {place.entry_id: place for place in places}, figure


@pytest.mark.parametrize("how", ["trimmed", "adjmean"])
def test_a_correction_estimates_nothing_anew_and_who_does_is_named(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    with unit_of_work():
        of = counted_by(how)
    before = found_in(of)
    totals = {entry.id: [sum(sheet.marks.values()) for sheet in sheets_of(of.standing(entry))] for entry in of.works}
    assert any(before[entry][1] != Fraction(sum(given), 4 * len(given)) for entry, given in totals.items())
    assert steps.main([str(unpacked(of, tmp_path / "ended").path)]) == 0, capsys.readouterr().out

    last = max(range(12), key=lambda number: before[of.works[number].id][0] or 0)
    readers = [number for number, each in enumerate(of.bench.judges) if reads(of, each, of.works[last])]
    with unit_of_work():
        session.query(Clause).filter_by(code="aggregation").one().value = {"choice": "mean"}  # the rules of then count
    for judge in readers[:2]:
        with unit_of_work():
            propose(of, work=last, judge=judge)
        with unit_of_work():
            confirm(of)
    after, struck = found_in(of), of.works[last].id
    assert {entry: at for entry, at in after.items() if entry != struck} == {
        entry: at for entry, at in before.items() if entry != struck
    }, "who lost no sheet keeps score and place"
    left, (refitted, figure) = sheets_of(of.standing(of.works[last])), anew(of, how)
    points = [Fraction(sum(sheet.marks.values()), 4) for sheet in left]
    assert any(refitted[entry].score != score for entry, (_rank, score) in after.items() if entry != struck)
    page = Visitor(ctx, of.chair).get("/iii-2023/vong/1/xep-hang").text
    if how == "trimmed":
        assert after[struck] == (12, sum(points) / 3), "three are not trimmed: the plain mean of what is left"
        assert page.count("còn dưới năm phiếu") == 1
    else:
        assert after[struck][0] is None, "one sheet of three"
        assert after[struck][1] != points[0], "its judge is still set right"
        assert "còn dưới năm phiếu" not in page

    folder = unpacked(of, tmp_path / "corrected")
    assert steps.main([str(folder.path)]) == 0, capsys.readouterr().out
    ended, *corrected_ = (e["facts"] for e in folder.lines("events.ndjson") if e["kind"] in COUNTED)
    told = [{name: value for name, value in facts.items() if "." in name} for facts in (ended, *corrected_)]
    assert told[0] == told[1] == told[2] != {}

    lie_of_places(folder, refitted)
    status, against = said(folder, capsys)
    assert (status, ["5. " in line and "hạng của tác phẩm" in line for line in against].count(True)) == (1, 1)
    lie_of_figures(folder, figure)
    status, against = said(folder, capsys)
    assert (status, ["5. " in line and "hệ số λ" in line for line in against].count(True)) == (1, 1)
    as_it_was_written_before(folder)
    assert "1 lần đính chính ghi theo cách cũ" in check_places(Evidence(folder.path, None))


COUNTED = {"round.counted", "round.corrected"}


def lie_of_places(folder: Folder, refitted: dict[int, Place]) -> None:
    outcome = folder.json("result.json")
    for place in outcome["rounds"][0]["places"]:
        now = refitted[place["work"]]
        assert now.score is not None
        place["rank"], place["score"] = now.rank, [now.score.numerator, now.score.denominator]
    folder.write("result.json", outcome)


def lie_of_figures(folder: Folder, figure: Official) -> None:
    """The last correction says of its figures what an estimate from the sheets that are left would say."""
    events = folder.lines("events.ndjson")
    facts = [each for each in events if each["kind"] == "round.corrected"][-1]["facts"]
    panel = folder.json("rules.json")["rounds"][0]["panels"][0][0]
    for name in [name for name in facts if name.startswith(("score.", "lambda."))]:
        del facts[name]
    facts.update(figure.facts(panel))
    folder.write_lines("events.ndjson", events)


def as_it_was_written_before(folder: Folder) -> None:
    """A correction from before nothing was estimated anew: its event does not say how its figures were found."""
    events = folder.lines("events.ndjson")
    del [each for each in events if each["kind"] == "round.corrected"][-1]["facts"]["figures"]
    folder.write_lines("events.ndjson", events)
