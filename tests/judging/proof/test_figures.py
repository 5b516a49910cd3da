"""The verifier's own arithmetic against the house's, over tables by chance: two ways to one number."""

import random
from fractions import Fraction

import pytest

from judging.proof.verifier.places import _way
from judging.proof.verifier.shortlists import _climbed
from judging.ranking.aggregate import Place, ranks
from judging.ranking.ladder import climbed, known_of
from judging.ranking.official import official
from judging.ranking.severity import severity


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("how", ["mean", "trimmed", "adjmean"])
def test_scores(seed: int, how: str) -> None:
    chance = random.Random(seed)  # noqa: S311
    judges = chance.randint(3, 7)
    lenient = [chance.randint(-12, 12) for _ in range(judges)]
    reads = 5 if how == "trimmed" and judges >= 5 else chance.randint(2, judges)
    table = {
        work: {
            seat: Fraction(200 + chance.randint(-40, 40) + lenient[seat], 4)
            for seat in sorted(chance.sample(range(judges), reads))
        }
        for work in range(1, 26)
    }
    found = official(table, how, 100, list(table))
    ratio = severity(table, 100).ratio
    facts = {} if ratio is None else {"lambda.p": f"{float(ratio):.6f}"}
    given = {work: {str(seat): total for seat, total in row.items()} for work, row in table.items()}
    rules = {"score": how, "scale_max": 100}
    way = _way(rules, given, list(given), facts, "p")
    assert {work: way(totals) for work, totals in given.items()} == found.scores
    left = {work: {seat: total for seat, total in row.items() if (seat + work) % 4} for work, row in table.items()}
    theirs = {work: {str(seat): total for seat, total in row.items()} for work, row in left.items()}
    assert {work: way(totals) if totals else None for work, totals in theirs.items()} == found.over(left).scores
    if how == "trimmed" and reads == 5:
        assert found.how == "trimmed"


@pytest.mark.parametrize("seed", range(12))
def test_ladders(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    marks = {
        work: {seat: {"1": chance.randint(1, 3), "2": chance.randint(1, 3)} for seat in chance.sample(range(4), 2)}
        for work in range(1, 13)
    }
    scores = {work: Fraction(sum(sum(m.values()) for m in row.values()), 2) for work, row in marks.items()}
    steps = ["criteria", "head_to_head", "median", "decision"]
    decision = [chance.sample(range(1, 13), 12)]
    details = {w: {"sheets": [{"seat": s, "marks": m} for s, m in row.items()]} for w, row in marks.items()}
    known = known_of(scores, details, [2, 1], {"decision": decision})
    found = ranks(scores)
    places = [Place(work, found[work], score, None, 2) for work, score in scores.items()]
    ours = {place.entry_id: place.rank for place in climbed(places, known, steps)}
    sheets = [
        {"work": work, "content": {"seat": str(seat), "marks": [[int(c), n] for c, n in m.items()]}}
        for work, row in marks.items()
        for seat, m in row.items()
    ]
    rules = {"criteria": [[1, "một", 40], [2, "hai", 60]], "ties": steps}
    rows = [{"panel": "p", "work": work, "rank": found[work]} for work in scores]
    theirs = _climbed(rules, sheets, rows, {"decision": decision, "lot": []})
    assert theirs == ours
