"""The official figure by the way the rules name: exact, one way for a whole list, and found again by the verifier."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import Clause
from award.log.models import Event
from judging.proof import operations as proof
from judging.proof.verifier import steps
from judging.ranking.official import official
from judging.ranking.severity import corrected, severity
from tests.judging.proof.test_verify import unpacked
from tests.judging.ranking.halls import hall
from tests.judging.ranking.tables import complete, exact
from tests.judging.rows import clause

FIVE = {1: {1: 8, 2: 8, 3: 8, 4: 8, 5: 2}, 2: {1: 7, 2: 7, 3: 7, 4: 7, 5: 7}}


def test_trimming_is_for_a_list_of_equal_numbers_and_otherwise_the_mean_stands_for_all() -> None:
    found = official(exact(FIVE), "trimmed", 10, [1, 2])
    assert (found.how, found.scores) == ("trimmed", {1: Fraction(8), 2: Fraction(7)})
    thin = {**FIVE, 3: {1: 9, 2: 9}}
    assert official(exact(thin), "trimmed", 10, [1, 2]).how == "trimmed", "a work without a rank is no part of the list"
    found = official(exact(thin), "trimmed", 10, [1, 2, 3])
    assert (found.how, found.scores[1]) == ("mean", Fraction(34, 5))


def test_severity_is_set_right_where_the_sheets_tell_it() -> None:
    rows = [(80, 70, 60, 75), (60, 52, 40, 58), (90, 78, 70, 85), (50, 45, 33, 47), (70, 66, 50, 68)] * 2
    totals = complete(rows)
    short = {entry: dict(list(given.items())[entry % 2 : 3 + entry % 2]) for entry, given in totals.items()}
    found = official(short, "adjmean", 100, list(short))
    assert found.how == "adjmean"
    assert found.scores == corrected(short, severity(short, 100).offsets)
    few = official(complete(rows[:2]), "adjmean", 100, [1, 2])
    assert (few.how, few.scores[1]) == ("mean", Fraction(285, 4)), "too few sheets tell nothing of severity"


@pytest.mark.parametrize("how", ["trimmed", "adjmean"])
def test_the_verifier_finds_the_same_scores_in_its_own_way(
    ctx: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    """Twelve works: five members read all, or three of five; two of them mark far lower than the others."""
    with unit_of_work():
        of = hall(works=12, judges=5, shortlist=4, readings=None if how == "trimmed" else 3)
        clause(of.bench.edition, "aggregation", choice=how)
        for number, entry in enumerate(of.works):
            for low, person in enumerate(of.bench.judges):
                if any(a.entry_id == entry.id and a.state == "open" for a in of.bench.assignments(person)):
                    of.mark(person, entry, (12 - number // 2 - (3 if low > 2 else 0), 4 + (number + low) % 3, 6))
        of.freeze()
        of.close()
    plain = {entry.id: sum(sum(s["marks"].values()) for s in of.standing(entry).detail["sheets"]) for entry in of.works}
    number = 5 if how == "trimmed" else 3
    given = {
        entry.id: Fraction(of.standing(entry).score_numerator, of.standing(entry).score_denominator)
        for entry in of.works
    }  # type: ignore[arg-type]
    assert any(given[entry] != Fraction(total, 4 * number) for entry, total in plain.items()), "not the plain mean"
    folder = unpacked(of, tmp_path)
    assert folder.json("rules.json")["rounds"][0]["score"] == how
    assert steps.main([str(folder.path)]) == 0, capsys.readouterr().out

    with unit_of_work():
        session.query(Clause).filter_by(code="aggregation").one().value = {"choice": "mean"}
        by, entry = of.by(of.chair), of.works[0]
        judge = next(j for j in of.bench.judges if any(a.entry_id == entry.id for a in of.bench.assignments(j)))
        sheets = [of.sheet(judge, entry).public_id]
        proof.propose_correction(by=by, edition=of.edition, judged=of.round, sheets=sheets, reason="Có liên quan.")
    with unit_of_work():
        proof.confirm_correction(by=of.by(of.secretary), edition=of.edition, judged=of.round)
    (event,) = session.query(Event).filter_by(kind="round.corrected")
    told = {name.split(".")[0] for name in json.loads(event.payload)["facts"] if "." in name}
    assert told == ({"score", "lambda"} if how == "adjmean" else set()), "a list with unequal numbers is not trimmed"
    assert of.standing(entry).rank == (None if how == "adjmean" else 2), "two sheets of three, four where all read"
    assert steps.main([str(unpacked(of, tmp_path / "corrected").path)]) == 0, capsys.readouterr().out
