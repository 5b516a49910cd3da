"""docs/features.md is true: every test it names exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_feature_names_a_test_that_exists() -> None:
    rows = [line for line in (ROOT / "docs" / "features.md").read_text().splitlines() if line.startswith("| ")][2:]
    assert rows
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        assert named, f"no test in: {row}"
        for file, function in named:
            path = ROOT / file
            assert path.exists(), f"{file} does not exist"
            if function:
                assert re.search(rf"^def {function}\(", path.read_text(), re.M), f"{file} has no {function}"
