"""Two looks of a screen: the same from day to day, and different where a person would say so."""

from dataclasses import replace
from pathlib import Path

import pytest

from demonstration import looks
from demonstration.looks import Look, differences

KNOWN = Look(
    size=(360, 1600),
    boxes=["header 0 0 360 80", "main 0 80 360 1300", "h1.title 16 100 328 44", "table 16 300 328 600"],
    colours={"#fbf7ef": 80, "#1f1b16": 6},
    light=["zzzzzzzzzzzzzzzz", *["yyyyyyyyyyyyyyyy"] * 20, "7777777777777777", "zzzzzzzzzzzzzzzz", "zzzzzzzzzzzzzzzz"],
)


@pytest.mark.parametrize(
    "seen",
    [
        KNOWN,
        replace(KNOWN, size=(360, 1626), boxes=[*KNOWN.boxes[:2], "h1.title 16 100 328 70", "table 16 326 328 600"]),
        replace(KNOWN, colours={"#fcf8f0": 78, "#1f1b16": 7, "#a4161a": 4}),
        replace(KNOWN, light=[KNOWN.light[0], *KNOWN.light]),
    ],
    ids=["the same", "a line more", "other words", "a little lower"],
)
def test_another_day_is_no_other_look(seen: Look) -> None:
    assert differences(KNOWN, seen) == []


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (replace(KNOWN, size=(360, 2400)), "2400 pixels long, was 1600"),
        (replace(KNOWN, boxes=KNOWN.boxes[:3]), "gone: table 16 300 328 600"),
        (replace(KNOWN, boxes=[*KNOWN.boxes, "form 16 900 328 90"]), "new: form 16 900 328 90"),
        (
            replace(KNOWN, boxes=[*KNOWN.boxes[:3], "table 16 400 328 600"]),
            "elsewhere: table 16 300 328 600 → 16 400 328 600",
        ),
        (replace(KNOWN, colours={"#ffffff": 80, "#1f1b16": 6}), "#fbf7ef fills 0 %, was 80 %"),
        (
            replace(KNOWN, light=[*KNOWN.light[:4], *["3333333333333333"] * 4, *KNOWN.light[8:]]),
            "64 of 384 places are lighter or darker, from row 4 to 7",
        ),
    ],
)
def test_what_a_person_would_see_is_told(seen: Look, told: str) -> None:
    assert told in differences(KNOWN, seen)


def test_looks_are_kept_one_in_a_line(tmp_path: Path) -> None:
    file = tmp_path / "looks.json"
    assert looks.read(file) == {}
    looks.write(file, {"b": KNOWN, "a": replace(KNOWN, size=(1280, 900))})
    assert [line[:3] for line in file.read_text().splitlines()] == ["{", '"a"', '"b"', "}"]
    assert looks.read(file) == {"a": replace(KNOWN, size=(1280, 900)), "b": KNOWN}
