"""The list of what may come in."""

import pytest

from uploads.kinds import KINDS, ending_of, kind_of_name

ALLOWED = ["pdf", "docx", "odt", "jpg", "jpeg", "png", "webp", "mp3", "m4a", "wav", "ogg", "mp4", "mov", "mkv", "webm"]
NEVER = ["svg", "svgz", "html", "xml", "zip", "exe", "m3u8", "iso", "doc", "docm", "dotx", "gif", "heic", "js", "pdfx"]


def test_the_list_is_complete_and_nothing_else_is_on_it() -> None:
    assert sorted(ending for kind in KINDS for ending in kind.endings) == sorted(ALLOWED)
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    assert all(kind.mime and kind.label and kind.max_bytes > 0 for kind in KINDS)


@pytest.mark.parametrize("ending", ALLOWED)
def test_a_name_claims_the_kind_of_its_ending(ending: str) -> None:
    for name in (f"Bài dự Giải.{ending}", f"a.b.{ending.upper()}"):
        kind = kind_of_name(name)
        assert kind
        assert ending in kind.endings


@pytest.mark.parametrize(
    "name", ["", ".", "pdf", "a.pdf ", "a.pdf.", "a.pdf\x00.exe", *(f"a.{each}" for each in NEVER)]
)
def test_other_names_claim_nothing(name: str) -> None:
    assert kind_of_name(name) is None


def test_the_ending_stands_after_the_last_dot() -> None:
    assert (ending_of("a.tar.GZ"), ending_of("a"), ending_of("a.")) == ("gz", "", "")
