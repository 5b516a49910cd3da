"""What exports of many rows cost, in time and in memory:  python3 dev.py bench exports

    --rows 100000        rows of the table
    --pairs 5            times that ours and the control are written, in turns

Ours is what a page answers that is asked for its list: every cell in its kind, every text cleaned, nothing a program
would compute. The control is the writing library alone with its constant memory, and Python's own csv: the same rows,
the same formats, nothing looked at. Memory is the most that a process of its own has had, for all of the rows beside a
tenth of them. Each line of results/exports.json is one figure.
"""

import argparse
import csv as csv_format
import io
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import xlsxwriter

from award.documents.tables import Column, Sheet, write_csv, write_xlsx
from benchmarks.figures import Figure, asked_as, line

RESULTS = Path(__file__).parent / "results" / "exports.json"
MOST, MOST_GROWTH = 1.5, 8 * 1024 * 1024
COLUMNS = (
    Column("STT", "int", 6),
    Column("Mã hồ sơ"),
    Column("Tên tác phẩm", width=60),
    Column("Loại hình"),
    Column("Ngày nộp", "date", 12),
    Column("Điểm", "decimal", 10),
    Column("Tác giả", width=36),
    Column("Tiền thưởng", "money"),
)
PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Write = Callable[[int, BinaryIO], None]


def rows(count: int) -> Iterator[tuple[object, ...]]:
    for n in range(1, count + 1):
        title = f"Giữ lời hứa với dân, bài số {n} về công tác xây dựng Đảng ở cơ sở"
        day, score = date(2023, 3, 1 + n % 28), (n % 40) / 4
        yield (n, f"III-{n:06d}", title, "Báo điện tử", day, score, f"Nguyễn Thị Vân {n % 997} (Hà Vân)", 1_000_000 + n)


def ours_xlsx(count: int, out: BinaryIO) -> None:
    write_xlsx([Sheet("Danh sách", COLUMNS, rows(count))], out)


def plain_xlsx(count: int, out: BinaryIO) -> None:
    book = xlsxwriter.Workbook(out, PLAIN)
    page = book.add_worksheet("Danh sách")
    text, whole, day, broken, money = (
        book.add_format({"num_format": form, "valign": "top"})
        for form in ("@", "#,##0", "dd/mm/yyyy", "#,##0.00", '#,##0" đồng"')
    )
    shapes = (whole, text, text, text, day, broken, text, money)
    for across, column in enumerate(COLUMNS):
        page.set_column(across, across, column.width)
        page.write_string(0, across, column.heading)
    for down, row in enumerate(rows(count), start=1):
        for across, (value, shape) in enumerate(zip(row, shapes, strict=True)):
            if isinstance(value, str):
                page.write_string(down, across, value, shape)
            elif isinstance(value, date):
                page.write_datetime(down, across, value, shape)
            else:
                page.write_number(down, across, value, shape)
    book.close()


def ours_csv(count: int, out: BinaryIO) -> None:
    write_csv(Sheet("Danh sách", COLUMNS, rows(count)), out)


def plain_csv(count: int, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv_format.writer(text, quoting=csv_format.QUOTE_ALL)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows(rows(count))
    text.detach()


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench exports")
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--pairs", type=int, default=5)
    said = asked.parse_args(words)
    command = asked_as("exports", words)
    kept = []
    met = True
    for name, ours, control, target in (
        ("XLSX", ours_xlsx, plain_xlsx, MOST),
        ("CSV", ours_csv, plain_csv, None),
    ):
        for figure in measured(name, ours, control, target, said.rows, said.pairs):
            met = met and figure.met is not False
            kept.append(line(figure, command))
            print(kept[-1], flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(f"{each}\n" for each in kept))
    return int(not met)


def measured(name: str, ours: Write, control: Write, target: float | None, count: int, pairs: int) -> Iterator[Figure]:
    """Ours and the control in turns, each in a process of its own; then what ours needs for a tenth of the rows."""
    took: dict[Write, list[float]] = {ours: [], control: []}
    grown = []
    for _pair in range(pairs):
        for write in (control, ours):
            seconds, memory = alone(write, count)
            took[write].append(seconds)
            if write is ours:
                grown.append(memory)
    mine, theirs = median(took[ours]), median(took[control])
    ratio = mine / theirs
    told = f"ratio ≤ {target}" if target else ""
    met = ratio <= target if target else None
    words = f"{name} of {count:,} rows, seconds, by the writing library alone"
    yield Figure(words, round(mine, 2), round(theirs, 2), round(ratio, 3), told, met, pairs)
    _seconds, few = alone(ours, count // 10)
    most, limit = max(grown) - few, MOST_GROWTH // 1024**2
    words = f"{name}: MiB more for {count:,} rows than for {count // 10:,}"
    yield Figure(words, round(most / 1024**2, 1), None, None, f"≤ {limit}", most <= MOST_GROWTH, pairs)


def alone(write: Write, count: int) -> tuple[float, int]:
    """How long it takes in a process of its own, and the most memory that has had."""
    mine, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_timed, args=(write, count, theirs))
    process.start()
    theirs.close()
    answer: tuple[float, int] = mine.recv()
    process.join()
    return answer


def _timed(write: Write, count: int, end: Connection) -> None:
    with TemporaryFile() as out:
        write(100, out)  # everything that is loaded once is loaded
    began = time.monotonic()
    with TemporaryFile() as out:
        write(count, out)
    seconds = time.monotonic() - began
    told: Any = Path("/proc/self/status").read_text().splitlines()
    end.send((seconds, int(next(each for each in told if each.startswith("VmHWM:")).split()[1]) * 1024))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
