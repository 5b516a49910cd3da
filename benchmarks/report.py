"""The tables of figures in docs/performance.md and the README, as results/ says them:  python3 dev.py bench report

What is written around the tables, in front of the first heading and from "What misses" on, is written by hand.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
PAGE, README = ROOT / "docs" / "performance.md", ROOT / "README.md"
BEGIN, END = "## Pages (", "What misses its target, and why:"
PEERS = {"list": "a judge’s list", "work": "one work to judge", "save": "a score saved", "ranking": "the ranking"}
PEERS |= {"public": "public results"}
SPENT = {
    "waiting for the database": "waiting for the database",
    "reading and sending statements": "statements sent and read",
    "statements and rows (SQLAlchemy)": "SQLAlchemy",
    "templates": "templates",
    "words (Babel)": "words",
    "framework": "framework",
    "our rooms of the award": "award",
    "our rooms of judging": "judging",
    "the rest of Python": "other",
}

Row = dict[str, Any]


def main(words: Sequence[str]) -> int:
    assert not words, "nothing is asked"
    PAGE.write_text(page(PAGE.read_text()))
    README.write_text(readme(README.read_text()))
    return 0


def page(text: str) -> str:
    """The page with its tables as the results say."""
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    parts = (_pages(), _profiles(), _surge(), _peers(), _twins(), _others())
    return before + "\n\n".join("\n".join(part) for part in parts) + "\n\n" + after


def readme(text: str) -> str:
    """The README with the table of the peers as the results say."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("| page | ours |"))
    last = next(number for number in range(first, len(lines)) if not lines[number].startswith("|"))
    table = _head("page", "ours", "pretalx 2025.2.2", "Indico 3.2.9", "ratio waited", "ratio of the processor")
    for row in kept("peers"):
        if "page" in row:
            times = (f"{row[who]['ms']}, {row[who]['cpu_ms']}" for who in ("ours", "pretalx", "indico"))
            table.append(_row(PEERS[row["page"]], *times, row["ratio"], row["ratio_cpu"]))
    return "\n".join([*lines[:first], *table, *lines[last:]]) + "\n"


def kept(name: str) -> list[Row]:
    """The figures of one part, in their order."""
    return [json.loads(line) for line in (RESULTS / f"{name}.json").read_text().splitlines()]


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _head(*cells: str) -> list[str]:
    return [_row(*cells), _row(*["---"] * len(cells))]


def _met(row: Row) -> str:
    if row.get("void"):
        return "void, the control wandered"
    return {True: "yes", False: "**no**", None: ""}[row["met"]]


def _taken(rows: Sequence[Row]) -> str:
    """On which machine, under which load and on which days these were measured."""
    machines = sorted({row["machine"] for row in rows})
    days = sorted({row["measured"][:10] for row in rows})
    loads = [row["load_of_the_machine"] for row in rows]
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"{'; '.join(machines)}; load {min(loads):.1f} to {max(loads):.1f}; {when}."


def _pages() -> Iterator[str]:
    rows = kept("pages")
    yield from (f"{BEGIN}`python3 dev.py bench pages`)", "", _taken(rows), "")
    yield from _head("what", "figure", "target", "met")
    for row in rows:
        ours = row["ours"]
        if row["ratio"] is not None and "p50" in ours:
            time = ours["p95" if "p95" in row["target"] else "p50"]
            figure = f"{time} ms, {row['ratio']} × {row['against']} ({row['lowest']} to {row['highest']})"
        else:
            unit = next(iter(ours))
            figure = f"{ours[unit]} {unit}"
        yield _row(row["name"], figure, row["target"], _met(row))


def _profiles() -> Iterator[str]:
    rows = kept("profiles")
    yield from ("## Where the time goes (`python3 dev.py bench profiles`)", "")
    yield "Milliseconds in one process without a network, and per cent of the time under a profiler, which makes calls"
    yield from ("dearer than waiting.", "", _taken(rows), "")
    yield from _head("page", "ms", *SPENT.values())
    for row in rows:
        yield _row(row["name"], row["ms"], *(row["per_cent"].get(part, 0) for part in SPENT))


def _surge() -> Iterator[str]:
    rows = kept("surge")
    yield from ("## The last minute before a deadline (`python3 dev.py bench surge`)", "")
    yield "A crowd that comes by the law 1/(T − t) in the last forty seconds for 2,500 works, files and all; seconds as"
    yield from ("each waited.", "", _taken(rows), "")
    submits = "pressing Submit: p50, p95, p99"
    yield from _head(
        "played", "people", "submitted", "lost, doubled, late by fault", "errors", "all: p50, p95, p99", submits,
        "p95 ≤ 1 s, p99 ≤ 3 s",
    )  # fmt: skip
    for row in rows:
        if "people" in row and "submits" in row:
            faults = f"{row['lost']}, {row['doubled']}, {row['in_time_but_not_taken']}"
            spread = [", ".join(str(row[what][part]) for part in ("p50", "p95", "p99")) for what in ("all", "submits")]
            yield _row(row["name"], row["people"], row["submitted"], faults, row["errors"], *spread, _met(row))


def _peers() -> Iterator[str]:
    rows = kept("peers")
    yield from ("## Beside two other systems (`python3 dev.py bench peers`)", "")
    yield "Milliseconds of a visit as waited for; ratio is the faster of the two by ours, as waited for and by the"
    yield from ("processor; the target is 5 for both.", "", _taken(rows), "")
    waited, spent = "ratio waited (lowest to highest)", "ratio of the processor"
    yield from _head("page", "ours", "pretalx 2025.2.2", "Indico 3.2.9", waited, spent, "met")
    for row in rows:
        if "page" in row:
            times = (row[who]["ms"] for who in ("ours", "pretalx", "indico"))
            ratio = f"{row['ratio']} ({row['lowest']} to {row['highest']})"
            yield _row(PEERS[row["page"]], *times, ratio, row["ratio_cpu"], _met(row))


def _twins() -> Iterator[str]:
    rows = kept("twins")
    yield from ("## Whether a secret is heard in the time (`python3 dev.py bench twins`)", "", _taken(rows), "")
    yield from _head("secret", "who asks", "page", "ms in either world", "p", "met")
    for row in rows:
        times = ", ".join(str(each) for each in row["ms"])
        yield _row(row["secret"], row["who"], f"`{row['page']}`", times, row["p"], _met(row))


def _others() -> Iterator[str]:
    named = {name: kept(name) for name in ("restore", "uploads", "exports", "dossier", "judging", "duplicates")}
    yield from ("## Copies, files, papers, judging", "", _taken([row for rows in named.values() for row in rows]), "")
    yield from _head("what", "figure", "target", "met", "command")
    for name, rows in named.items():
        for row in rows:
            if row["target"] and row["met"] is not None:
                figure, unit = row["ours"], ""
                if isinstance(figure, dict):
                    unit = next(iter(figure))
                    figure = figure[unit]
                beside = "" if row["ratio"] is None or unit else f", {row['ratio']} × the control"
                yield _row(
                    row["name"], f"{figure} {unit}".rstrip() + beside, row["target"], _met(row), f"`bench {name}`"
                )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
