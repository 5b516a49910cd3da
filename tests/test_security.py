"""docs/security.md is complete, and every test it names exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text()
REQUIRED = """
1.1.1-2 1.2.1-5 1.2.9 1.3.1-7 1.3.10-11 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1
3.5.3-4 3.7.1-2
4.1.1-3 4.2.1 5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.2-3 7.1.1-2 7.2.1-4 7.3.1-2
7.4.1-5 7.5.1-2 7.6.2 8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1-3 9.2.1-4 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1
12.1.1-2 12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7
16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
"""
"""ASVS 5.0.0, levels 1 and 2, without what concerns nothing here."""
OPEN = 0
"""How many are not met. Whoever meets one takes it off here."""


def required() -> list[str]:
    found = []
    for each in REQUIRED.split():
        section, _dot, numbers = each.rpartition(".")
        first, _dash, last = numbers.partition("-")
        found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def rows() -> list[tuple[list[str], str, str]]:
    """The requirements of each row, what it says, and its proof."""
    lines = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    return [(re.findall(r"\d+\.\d+\.\d+", ids), said, proof) for ids, said, proof in lines]


def test_each_requirement_stands_once() -> None:
    assert len(required()) == 193
    told = [each for ids, _said, _proof in rows() for each in ids]
    assert sorted(told) == sorted(required())


def test_each_row_has_a_proof_that_exists_or_says_what_was_decided_or_is_open() -> None:
    for ids, said, proof in rows():
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", proof)
        assert bool(named) != said.startswith(("**Decision**", "**Open**")), ids
        for file, function in named:
            assert (ROOT / file).is_file(), f"{ids}: {file}"
            found = not function or re.search(rf"^ *def {function}\(", (ROOT / file).read_text(), re.M)
            assert found, f"{ids}: {file} has no {function}"


def test_what_is_open_is_counted() -> None:
    assert sum(len(ids) for ids, said, _proof in rows() if said.startswith("**Open**")) == OPEN
