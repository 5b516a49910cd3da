"""Pictures of the demonstration's screens: each has a page, and pictures are taken of what a browser shows."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from werkzeug.serving import make_server

from demonstration import pictures
from demonstration.pictures import SCREENS, THEMES, WIDTHS


def test_every_screen_has_a_name_of_its_own_and_a_page(trial: Flask) -> None:
    names = [screen.name for screen in SCREENS]
    assert len(set(names)) == len(names)
    doors = trial.url_map.bind("127.0.0.1")
    for screen in SCREENS:
        assert doors.match(screen.address, method="GET"), screen.name


@pytest.fixture
def address(trial: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, trial, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.browser
def test_a_screen_is_taken_at_every_width_in_both_themes(address: str, tmp_path: Path) -> None:
    assert pictures.main(["sign-in", "--at", address, "--into", str(tmp_path)]) == 0
    taken = {path.name: path for path in tmp_path.glob("*.png")}
    assert set(taken) == {f"sign-in-{width}-{theme}.png" for width in WIDTHS for theme in THEMES}
    light, dark = (Image.open(taken[f"sign-in-360-{theme}.png"]).convert("L") for theme in THEMES)
    assert light.width == 360
    assert light.getpixel((5, 300)) > 200  # type: ignore[operator]
    assert dark.getpixel((5, 300)) < 60  # type: ignore[operator]
    index = (tmp_path / "index.html").read_text()
    assert all(name in index for name in taken)


@pytest.mark.browser
def test_a_screen_that_is_not_there_is_told(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.main(["front-archived", "--at", address, "--into", str(tmp_path)]) == 1
    assert "front-archived: " in capsys.readouterr().out
    assert not list(tmp_path.glob("*.png"))
