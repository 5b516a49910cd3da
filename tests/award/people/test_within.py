"""Which application a page is open in, by what its browser says."""

import pytest

from award.people.within import application

ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A536E{}) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 {}"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (ANDROID.format("; wv") + " Zalo/1.0", "Zalo"),
        (IPHONE.format("Zalo iOS/507"), "Zalo"),
        (IPHONE.format("[FBAN/FBIOS;FBAV/441.0]"), "Facebook"),
        (ANDROID.format("; wv"), "ứng dụng khác"),
        (ANDROID.format(""), ""),
        (IPHONE.format("Version/17.1 Safari/604.1"), ""),
        ("", ""),
    ],
)
def test_the_application_a_page_is_open_in(said: str, name: str) -> None:
    assert application(said) == name
