"""What the secretariat's pages show: lines of the queue with their findings, and one dossier beside its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.models import Edition
from award.entries.dossiers import Dossier
from award.entries.models import Entry
from award.entries.queries import dossiers_of, rule_book
from award.files.reading import Reading, readings
from award.rules.eligibility import Finding, findings
from award.screening.models import Screening

DECISION_WORDS = {
    "pending": ("none", lazy_gettext("Chờ kiểm tra")),
    "correction": ("warn", lazy_gettext("Đề nghị bổ sung")),
    "eligible": ("done", lazy_gettext("Đủ điều kiện")),
    "ineligible": ("bad", lazy_gettext("Không đủ điều kiện")),
}
"""Decision → mark and word."""

VERDICT_WORDS = {
    "green": ("done", lazy_gettext("Đạt")),
    "amber": ("warn", lazy_gettext("Cần xem lại")),
    "red": ("bad", lazy_gettext("Chưa đạt")),
    "not_applicable": ("none", lazy_gettext("Không áp dụng")),
}
_ORDER = {"red": 0, "amber": 1, "green": 2, "not_applicable": 3}


@dataclass(frozen=True)
class QueueLine:
    """One dossier in the queue, with how many rules speak against it and how many ask for another look."""

    public_id: str
    code: str
    title: str
    authors: str
    publisher: str
    category: str
    submitted_at: datetime | None
    red: int
    amber: int
    decision: str
    blind_code: str


def queue_lines(edition: Edition, rows: Sequence[tuple[Entry, Screening | None]]) -> list[QueueLine]:
    """The rows of a page of the queue; facts of all of them come in one statement."""
    book = rule_book(edition)
    known = dossiers_of([entry.id for entry, _screening in rows])
    return [
        _line(known[entry.id], entry, screening, findings(known[entry.id].facts, book)) for entry, screening in rows
    ]


def _line(dossier: Dossier, entry: Entry, screening: Screening | None, found: Sequence[Finding]) -> QueueLine:
    return QueueLine(
        public_id=entry.public_id,
        code=entry.code or "",
        title=dossier.title,
        authors=", ".join(author.legal_name for author in dossier.authors),
        publisher=dossier.publisher,
        category=dossier.category,
        submitted_at=entry.submitted_at,
        red=sum(each.verdict == "red" for each in found),
        amber=sum(each.verdict == "amber" for each in found),
        decision=screening.decision if screening else "pending",
        blind_code=(screening.blind_code or "") if screening else "",
    )


def worst_first(found: Sequence[Finding]) -> list[Finding]:
    """Findings with those that speak against the work first."""
    return sorted(found, key=lambda each: _ORDER[each.verdict])


def suggested_clause(found: Sequence[Finding]) -> str:
    """The clause of the first rule that is not met."""
    return next((each.clause for each in found if each.verdict == "red" and each.clause), "")


def shown_files(dossier: Dossier) -> list[Reading]:
    """Every file of the dossier as it is read, place by place."""
    labels: dict[int, str] = {}
    for place in dossier.places:
        where = place.slot.label
        if place.part is not None and len(dossier.parts) > 1:
            where = _("%(label)s, kỳ %(n)s", label=where, n=place.part.ordinal)
        labels.update({file.id: f"{where}: {file.name}" for file in place.files})
    return list(readings(labels, captions={file.id: file.caption for file in dossier.files}).values())
