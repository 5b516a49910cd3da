"""A figure beside its control: turn by turn, and void where the control wandered."""

from collections.abc import Iterator

import pytest

from benchmarks import page_figures
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
