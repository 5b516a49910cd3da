"""The papers of an edition as a table, and what the files of each are called."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from flask_babel import gettext as _

from award import dates
from award.documents.kept import from_data
from award.documents.tables import Column, Sheet
from award.issued.comparing import DraftLine, draft_lines
from award.issued.models import IssuedPaper
from award.text import folded


def stems(kept: Sequence[IssuedPaper]) -> list[str]:
    """What the files of each are called, in plain letters, no two alike: revocation-31-qd-btcg."""
    counted: Counter[str] = Counter()
    found = []
    for paper in kept:
        told = f"{paper.kind} {paper.number or paper.about}"
        stem = re.sub(r"[^a-z0-9]+", "-", folded(told).encode("ascii", "ignore").decode()).strip("-")
        counted[stem] += 1
        found.append(stem if counted[stem] == 1 else f"{stem}-{counted[stem]}")
    return found


def label(paper: IssuedPaper, kind: str) -> str:
    """What a reader is told before opening a file of the paper."""
    words = f"{paper.title} {paper.number} ({kind})"
    return f"{words}. {taken_back(paper)}" if paper.taken_back_at else words


def taken_back(paper: IssuedPaper) -> str:
    """That the number was taken off the paper, and when; nothing of one that stands."""
    return str(_("Đã thay ngày %(day)s.", day=dates.day(paper.taken_back_at))) if paper.taken_back_at else ""


def where_different(paper: IssuedPaper, numbers: Collection[int]) -> str:
    """In which parts of the paper lines differ from its scan, and which lines, counted within each part."""
    places: dict[str, list[DraftLine]] = {}
    for each in draft_lines(from_data(paper.content)):
        places.setdefault(each.place, []).append(each)
    told = []
    for place, lines in places.items():
        found = [str(n) for n, each in enumerate(lines, start=1) if each.number in numbers]
        if found:
            told.append(_("%(place)s: dòng %(lines)s", place=place or _("văn bản"), lines=", ".join(found)))
    return "; ".join(str(each) for each in told)


def listed(kept: Sequence[IssuedPaper]) -> Sheet:
    """Every paper with its number, day and body, and the hash of what it says."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Tên văn bản"), width=50),
        Column(_("Số, ký hiệu"), width=24),
        Column(_("Ngày"), "date", 12),
        Column(_("Cơ quan ban hành"), width=40),
        Column(_("Mã kiểm chứng"), width=40),
        Column(_("Ghi chú"), width=24),
    ]
    ordered = sorted(kept, key=lambda each: (each.day, each.id))
    rows = [
        (n, each.title, each.number, each.day, each.body, each.content_sha256, taken_back(each))
        for n, each in enumerate(ordered, 1)
    ]
    return Sheet(_("Văn bản đã ban hành"), columns, rows)
