"""Marks as they are typed."""

from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judging.scoring.marks import MarkFault, Scale, read, total

FOUR = Scale(16, 4)
"""At most 4 points in steps of 0,25."""


@pytest.mark.parametrize(
    ("typed", "steps"),
    [
        ("", None),
        ("   ", None),
        ("0", 0),
        ("0,0", 0),
        ("3", 12),
        ("3,5", 14),
        ("3.5", 14),
        ("3,50", 14),
        (" 3,25 ", 13),
        ("03,25", 13),
        ("4", 16),
        ("４", 16),
        ("４，0", 16),
    ],
)
def test_what_is_a_mark(typed: str, steps: int | None) -> None:
    assert read(typed, FOUR) == steps


@pytest.mark.parametrize("typed", ["4,5", "4.5", "40", "-1", "-0,25", "3,3", "3,126", "0,1", "100000"])
def test_out_of_range_and_between_steps_are_told_in_one_sentence(ctx: Flask, typed: str) -> None:
    with ctx.test_request_context(), pytest.raises(MarkFault) as fault:
        read(typed, FOUR)
    shown = typed.replace(".", ",")
    assert str(fault.value) == f"Tiêu chí này tối đa 4 điểm, bước 0,25. Điểm vừa nhập: {shown}."


@pytest.mark.parametrize("typed", ["ba", "3,5,1", "3 5", "1e3", "½", "3,", ",5", "NaN", "∞", "3\u00a05", "--1", "٣"])
def test_what_is_no_number_is_told_so(ctx: Flask, typed: str) -> None:
    with ctx.test_request_context(), pytest.raises(MarkFault) as fault:
        read(typed, FOUR)
    assert "Điểm là một số" in str(fault.value)


@given(st.integers(0, 40), st.sampled_from([1, 2, 4, 5, 10, 20]))
def test_a_mark_is_read_back_as_it_is_shown(steps: int, steps_per_point: int) -> None:
    scale = Scale(40, steps_per_point)
    assert read(scale.words(steps), scale) == steps
    assert read(scale.words(steps).replace(",", "."), scale) == steps


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=12))
def test_no_text_is_read_as_a_mark_outside_the_scale(house: Flask, typed: str) -> None:
    with house.test_request_context():
        try:
            steps = read(typed, FOUR)
        except MarkFault:
            return
    assert steps is None or 0 <= steps <= 16


@pytest.mark.parametrize(
    ("scale_max", "steps_per_point", "weight", "most", "maximum", "step"),
    [
        (10, 4, 40, 16, "4", "0,25"),
        (10, 4, 35, 14, "3,5", "0,25"),
        (100, 1, 25, 25, "25", "1"),
        (10, 2, 5, 1, "0,5", "0,5"),
    ],
)
def test_a_criterion_has_its_share_of_the_sheet(
    scale_max: int, steps_per_point: int, weight: int, most: int, maximum: str, step: str
) -> None:
    scale = Scale.of(scale_max=scale_max, steps_per_point=steps_per_point, weight=weight)
    assert (scale.most, scale.maximum, scale.step) == (most, maximum, step)
    assert scale.points(scale.most) == Fraction(scale_max * weight, 100)


@pytest.mark.parametrize(
    ("steps", "per_point", "shown"),
    [([14, 11, 9], 4, "8,50"), ([67], 8, "8,38"), ([], 4, "0,00"), ([400], 4, "100,00")],
)
def test_a_total_has_two_places(steps: list[int], per_point: int, shown: str) -> None:
    assert total(steps, per_point) == shown
