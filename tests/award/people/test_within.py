"""Which application a page is open in, by what its browser says."""

import pytest

from award.people.within import application


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A536E; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Zalo/1.0",
            "Zalo",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Zalo iOS/507", "Zalo"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/441.0]",
            "Facebook",
        ),
        (
            "Mozilla/5.0 (Linux; Android 13; Pixel 6; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
            "ứng dụng khác",
        ),
        ("Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36", ""),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Version/17.1 Safari/604.1", ""),
        ("", ""),
    ],
)
def test_the_application_a_page_is_open_in(said: str, name: str) -> None:
    assert application(said) == name
