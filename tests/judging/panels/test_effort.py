"""How long a work takes, from what its files know."""

import pytest

from judging.panels.effort import Piece, filled_in, minutes_of


@pytest.mark.parametrize(
    ("pieces", "minutes"),
    [
        ([Piece(1, 1, "document", words=1000, pages=1)], 7),
        ([Piece(1, 1, "document", words=12, pages=2)], 8),
        ([Piece(1, 1, "document", pages=4)], 14),
        ([Piece(1, 1, "audio", seconds=1500)], 27),
        ([Piece(1, 1, "video", seconds=61)], 4),
        ([Piece(1, 1, "image"), Piece(1, 1, "image"), Piece(1, 1, "image")], 5),
        ([Piece(1, 1, "document", words=1000), Piece(1, 2, "document", words=900)], 7),
        ([Piece(1, 1, "audio", seconds=600), Piece(1, 2, "document", words=1000)], 12),
        ([Piece(1, 1, "document", words=1000), Piece(2, 1, "document", words=600)], 10),
        ([Piece(None, 3, "document", words=400), Piece(1, 1, "document", words=600)], 7),
        ([], None),
        ([Piece(1, 1, "document")], None),
        ([Piece(1, 1, "audio")], None),
    ],
    ids=[
        "a text by its words",
        "a scan with a heading by its pages",
        "a scan by its pages",
        "a recording takes its own time",
        "rounded up",
        "photos of one slot follow each other",
        "the same content in two slots counts once",
        "a script is read while its recording plays",
        "the parts of a series follow each other",
        "a file of the whole work comes on top",
        "without files nothing is known",
        "a document not examined tells nothing",
        "a recording of unknown length tells nothing",
    ],
)
def test_minutes_of_a_work(pieces: list[Piece], minutes: int | None) -> None:
    assert minutes_of(pieces) == minutes


def test_a_work_of_which_nothing_is_known_takes_as_long_as_the_middle_one() -> None:
    assert filled_in({1: 5, 2: None, 3: 40, 4: 12}) == {1: 5, 2: 12, 3: 40, 4: 12}
    assert filled_in({1: None}) == {1: 10}
    assert filled_in({}) == {}
