"""Papers of three hundred works, the log looked through, how soon a stopped house answers. Parts of `bench pages`."""

import hashlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import docx
import typst
from flask import Flask
from sqlalchemy import select

import config
from award.db import session, unit_of_work
from award.documents.typeset import FONTS
from award.editions.models import Panel
from benchmarks.judging_speeds import EVENTS, checking
from benchmarks.machine import free_port
from benchmarks.page_figures import Measured, beside, plain
from benchmarks.page_house import Ground, Line
from benchmarks.surge_world import Product
from tests.budget.test_ranking import award

ENTRIES = 300
ROWS_A_PAGE = 24
HELLO = b'#set page(paper: "a4")\n#set document(title: "hello")\nhello'
READY_SECONDS, CHECKED_SECONDS, TIMES_HASHING = 2.0, 10.0, 20.0
A_LINE = 260
"""Bytes of an event as it is hashed."""


def papers(on: Ground, turns: int) -> Iterator[Measured]:
    """The sheet of a panel as PDF and as DOCX, beside as many pages of the library's own with nothing on them."""
    kept: list[Any] = []

    def fill(app: Flask) -> None:
        with app.app_context(), unit_of_work():
            kept.append(award(ENTRIES, state="closed").secretary)
        with app.app_context():
            kept.append(session.scalars(select(Panel.public_id)).one())

    with on.house("papers", fill) as house:
        line = house.line(kept[0])
        pages = -(-ENTRIES // ROWS_A_PAGE)
        for ending, control in (("pdf", partial(_hello_pdf, pages)), ("docx", partial(_hello_docx, pages))):
            address = f"/iii-2023/vong/1/bang-diem/{kept[1]}.{ending}"
            told: dict[str, Any] = {"most": 2.0, "turns": turns, "each": 1, "against": f"{pages} pages of hello"}
            yield beside(f"B-9 {ENTRIES} works as {ending.upper()}", partial(_got, line, address), control, **told)


def _got(line: Line, address: str) -> tuple[float, int]:
    took, status, _content = line.ask(address)
    return took, status


def _hello_pdf(pages: int) -> tuple[float, int]:
    """The library's hello, once for each page."""
    begun = time.perf_counter()
    for _page in range(pages):
        typst.compile(HELLO, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=["a-2b"])
    return time.perf_counter() - begun, 200


def _hello_docx(pages: int) -> tuple[float, int]:
    begun = time.perf_counter()
    for _page in range(pages):
        paper = docx.Document()
        paper.add_paragraph("hello")
        paper.save(io.BytesIO())
    return time.perf_counter() - begun, 200


def verified(_on: Ground, _turns: int) -> Iterator[Measured]:
    """A log of a million events, in seconds of the processor, beside hashing as many bytes."""
    took = checking(EVENTS)
    events = b"e" * A_LINE
    begun = time.process_time()
    for _event in range(EVENTS):
        hashlib.sha256(events).digest()
    bare = time.process_time() - begun
    yield plain(f"B-10 {EVENTS:,} events checked", took, unit="seconds", most=CHECKED_SECONDS)
    yield plain(f"B-10 {EVENTS:,} events checked, by hashing alone", took / bare, unit="times", most=TIMES_HASHING)


def begun(_on: Ground, turns: int) -> Iterator[Measured]:
    """Everything was stopped and is started again: until the first page is answered, beside the bare framework."""
    with tempfile.TemporaryDirectory(prefix="giai-start-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o711)
        made = Product(Path(place) / "data", free_port())
        took = []
        try:
            made.start()
            for _again in range(min(3, turns)):
                made.stop()
                begin = time.monotonic()
                made.start()
                took.append(time.monotonic() - begin)
        finally:
            made.stop()
    yield plain("B-14 from stopped to answering", min(took), unit="seconds", most=READY_SECONDS, longest=max(took))
    yield plain("B-14 the application alone", _loaded(), unit="seconds", most=READY_SECONDS)


def _loaded() -> float:
    """Seconds until the application is there in a fresh interpreter."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", "import wsgi"], cwd=config.ROOT, check=True, env=dict(os.environ))
    return time.monotonic() - begun
