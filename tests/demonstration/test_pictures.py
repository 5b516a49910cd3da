"""Pictures of the demonstration's screens: each has a page, and pictures are taken of what a browser shows."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import text
from werkzeug.serving import make_server

from award.db import session, unit_of_work
from award.languages import OWN
from demonstration import looks, pictures
from demonstration.pictures import HELD, THEMES, WIDTHS
from demonstration.screens import SCREENS
from demonstration.seed import begin

OUTPUT = Path(__file__).parent.parent / "output" / "looks"


def test_every_screen_has_a_name_of_its_own_and_a_page(trial: Flask) -> None:
    names = [screen.name for screen in SCREENS]
    assert len(set(names)) == len(names)
    doors = trial.url_map.bind("127.0.0.1")
    for screen in SCREENS:
        assert doors.match(screen.address.partition("?")[0], method="GET"), screen.name


@pytest.fixture
def address(trial: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, trial, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.browser
def test_a_screen_is_taken_at_every_width_in_both_themes_and_one_that_is_not_there_is_told(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pictures.main(["sign-in", "front-archived", "--at", address, "--into", str(tmp_path)]) == 1
    assert "front-archived: " in capsys.readouterr().out
    taken = {path.name: path for path in tmp_path.glob("*.png")}
    assert set(taken) == {f"sign-in-{width}-{theme}.png" for width in WIDTHS for theme in THEMES}
    light, dark = (Image.open(taken[f"sign-in-360-{theme}.png"]).convert("L") for theme in THEMES)
    assert light.width == 360
    assert light.getpixel((5, 300)) > 200  # type: ignore[operator]
    assert dark.getpixel((5, 300)) < 60  # type: ignore[operator]
    index = (tmp_path / "index.html").read_text()
    assert all(name in index for name in taken)


HELD_ALWAYS = ("components-scoring", "components-front", "components-confirming", "rules")
"""Screens that look the same as soon as the edition stands: twelve looks, held in every run."""


@pytest.mark.browser
def test_screens_look_as_they_were_accepted(trial: Flask, address: str, tmp_path: Path) -> None:
    """A look that was meant is accepted with `python3 dev.py pictures --accept`, after a glance at its picture."""
    with trial.app_context(), unit_of_work():
        begin()
        session.execute(text("DELETE FROM procrastinate_jobs"))  # the worker would make more, which these do not show
    assert pictures.main([*HELD_ALWAYS, "--compare", "--at", address, "--into", str(tmp_path)]) == 0


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_screen_looks_as_it_was_accepted() -> None:
    assert pictures.main(["--compare", "--into", str(OUTPUT)]) == 0


def test_each_look_that_was_accepted_is_of_a_screen() -> None:
    held = {
        f"{screen.name}-{width}-{theme}-{language}"
        for language, views in HELD.items()
        for width, theme in views
        for screen in SCREENS
        if language == OWN or screen.in_english
    }
    accepted = set(looks.read(pictures.ACCEPTED))
    assert accepted - held == set()
    assert len(accepted) >= 60
