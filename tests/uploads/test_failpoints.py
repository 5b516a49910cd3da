"""The places where tests have somebody die: inert, and each of them on the way of a file."""

import re
from pathlib import Path

import pytest

from uploads import failpoints

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_happens_unless_it_is_armed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failpoints.armed is None
    failpoints.reach("joined")
    passed: list[str] = []
    monkeypatch.setattr(failpoints, "armed", passed.append)
    failpoints.reach("joined")
    assert passed == ["joined"]


def test_every_place_is_passed_somewhere_and_nothing_of_the_product_arms_one() -> None:
    sources = [path.read_text() for room in ("uploads", "award") for path in (ROOT / room).rglob("*.py")]
    reached = [name for source in sources for name in re.findall(r'failpoints\.reach\("(\w+)"\)', source)]
    assert sorted(set(reached)) == sorted([*failpoints.WEB, *failpoints.WORKER, *failpoints.SWEEP])
    assert not any(re.search(r"failpoints\.armed", source) for source in sources)
