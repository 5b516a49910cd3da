"""docs/architecture.md speaks of every room of the line of imports, and names only files that exist."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text()


def rooms() -> set[str]:
    """The names in every contract of layers that are folders of their own."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [layer for contract in contracts if contract["type"] == "layers" for layer in contract["layers"]]
    named = {name.strip().split(".")[-1] for layer in layers for name in re.split(r"[|:]", layer)}
    return {name for name in named for floor in ("award", "judging") if (ROOT / floor / name).is_dir()}


def test_every_room_is_described() -> None:
    assert len(rooms()) > 25
    missing = {room for room in rooms() if not re.search(rf"^\|[^|]*\b{room}\b[^|]*\|", PAGE, re.M)}
    assert not missing


def test_every_file_it_names_exists() -> None:
    named = re.findall(r"`((?:award|judging|tests|migrations|benchmarks|demonstration)/[\w/.-]+)`", PAGE)
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]
