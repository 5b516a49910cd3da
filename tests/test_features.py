"""docs/features.md is true: every test it names exists."""

import re
from pathlib import Path

import dev

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


def test_every_command_that_is_named_is_there() -> None:
    text = (ROOT / "docs" / "features.md").read_text()
    named = {(word, part) for word, part in re.findall(r"`python3 dev\.py (\w+)(?: (\w+))?", text)}
    assert len(named) > 12
    for word, part in named:
        assert f"\npython3 dev.py {word}" in f"\n{dev.USAGE}", f"{word} is no command"
        if word == "bench":
            places = (ROOT / "benchmarks" / f"{part}.py", ROOT / "benchmarks" / part / "__main__.py")
            assert any(path.exists() for path in places), f"nothing measures {part}"


def test_every_fault_of_the_plan_names_a_test_that_exists() -> None:
    rows = [line for line in (ROOT / "docs" / "faults.md").read_text().splitlines() if line.startswith("| F-")]
    assert [row.split()[1] for row in rows] == [f"F-{number}" for number in range(1, 39)]
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        assert named, f"no test in: {row}"
        for file, function in named:
            path = ROOT / file
            assert path.exists(), f"{file} does not exist"
            assert not function or re.search(rf"^def {function}\(", path.read_text(), re.M), f"{file} has no {function}"


def test_every_rule_of_judging_names_tests_that_exist() -> None:
    rows = [line for line in (ROOT / "docs" / "judging.md").read_text().splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not re.match(r"\| (?:---|What|Case)", row)]
    assert len(rows) > 20
    for row in rows:
        file = ""
        for named, method in re.findall(r"`((?:tests/[\w/]+\.py|…)(?:::\w+)?)`|`(test_\w+)`", row):
            path, _colons, function = named.partition("::")
            file = path if path.startswith("tests/") else file
            assert (ROOT / file).is_file(), f"{file} does not exist: {row}"
            wanted = function or method
            assert not wanted or re.search(rf"^ *def {wanted}\(", (ROOT / file).read_text(), re.M), f"{file}: {wanted}"
        assert file, f"no test in: {row}"
