"""A figure beside its control: turn by turn, void where the control wandered, and kept where a later run has none."""

import cProfile
import json
import pstats
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from jinja2 import Environment

from benchmarks import judging, page_figures, profiles, twins
from benchmarks.figures import line
from benchmarks.page_figures import beside


def answers(*seconds: float, status: int = 200) -> Iterator[tuple[float, int]]:
    while True:
        yield from ((each, status) for each in seconds)


@pytest.mark.parametrize(
    ("control", "status", "met", "void"),
    [((0.001,), 200, True, False), ((0.001,), 500, False, False), ((0.001,) * 8 + (0.002,) * 8, 200, None, True)],
)
def test_a_control_that_wanders_makes_a_figure_void(
    monkeypatch: pytest.MonkeyPatch, control: tuple[float, ...], status: int, met: bool | None, void: bool
) -> None:
    monkeypatch.setattr(page_figures, "WARM_SECONDS", 0.0)
    ours, theirs = answers(0.009, status=status), answers(*control)
    told = beside("a page", lambda: next(ours), lambda: next(theirs), against="hello", most=15.0, turns=8, each=2)
    assert (told.met, told.void) == (met, void)
    if status == 200 and not void:
        assert told.ratio == 9.0
    assert told.errors == (16 if status == 500 else 0)


def test_seasons_set_against_nothing_do_not_take_the_place_of_those_that_were(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(judging, "RESULTS", tmp_path / "judging.json")
    plan = judging.PLANS[0].name
    best, apart = (judging.figure(f"{plan}: {name}", 1.0, 1.0, 400, "", True) for name in ("best", "mean apart"))
    alone = judging.figure(f"{plan}: best", 2.0, None, 400, "", None)
    slow, fast = (judging.figure("places, seconds", taken, None, 7, "", True) for taken in (2.0, 1.0))
    for seasons, quick, against, kept in (
        ([alone], slow, False, [alone, slow]),
        ([best, apart], slow, True, [best, apart, slow]),
        ([alone], fast, False, [best, apart, fast]),
    ):
        judging.keep([line(each, "asked") for each in seasons], [line(quick, "asked")], against=against)
        told = [json.loads(each) for each in judging.RESULTS.read_text().splitlines()]
        assert [each | asdict(figure) for each, figure in zip(told, kept, strict=True)] == told
        assert {each["command"] for each in told} == {"asked"} and all(each["machine"] for each in told)


def test_what_c_does_counts_for_who_called_it() -> None:
    """Marks are joined and escaped in C, by templates; their time is that of the templates."""
    profiler = cProfile.Profile()
    template = Environment(autoescape=True).from_string("{% for n in range(3000) %}{{ '<' ~ n }}{% endfor %}")
    profiler.enable()
    template.render()
    profiler.disable()
    shares = profiles._shares(pstats.Stats(profiler))
    assert shares["templates"] > 50
    assert sum(shares.values()) == pytest.approx(100, abs=1)


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        ([1, 2, 3], [4, 5, 6], 0.0495),  # none wins: 4.5 / √(9 × 7 / 12) = 1.964 of the normal curve
        ([1, 4, 5], [2, 3, 6], 0.8273),  # 5 of 9 pairs: 0.5 / 2.291
        ([1, 1, 1], [1, 1, 1], 1.0),
    ],
)
def test_how_likely_two_samples_lie_so_far_apart(one: list[float], other: list[float], likely: float) -> None:
    assert twins.likelihood(one, other) == pytest.approx(likely, abs=1e-4)
