"""What the templates of the form need beyond the dossier: findings by field, rules by name, addresses of tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.editions.clauses import BY_CODE
from award.editions.models import Edition
from award.entries import forms, progress, queries
from award.entries.dossiers import Dossier
from award.entries.permissions import can_edit
from award.rules.eligibility import Finding, findings, worst


@dataclass(frozen=True)
class RuleLine:
    """One rule as it stands beside a page: its name, what it says of the work, its clause."""

    code: str
    name: str
    kind: str
    word: str
    clause: str


def found_in(dossier: Dossier, edition: Edition) -> list[Finding]:
    """What the rules of the edition say of the dossier."""
    return findings(dossier.facts, queries.rule_book(edition))


def editable(dossier: Dossier, person_id: int, edition: Edition) -> bool:
    return bool(can_edit(person_id, dossier, edition, now()))


def field_id(finding: Finding) -> tuple[str, str]:
    """Page of the form and id of the field that a finding speaks of."""
    page, _dot, rest = finding.field.partition(".")
    return page, rest.replace(".", "-")


def messages(found: Iterable[Finding], page: str) -> forms.Messages:
    """What the rules have against the page as typed, by field. What is merely missing is not said while typing."""
    said: forms.Messages = {}
    for finding in progress.on_page(found, page):
        if finding.verdict in {"amber", "red"} and not finding.missing:
            said.setdefault(field_id(finding)[1], []).append(finding.sentence)
    return said


def rule_lines(found: Sequence[Finding], page: str) -> list[RuleLine]:
    """The rules of the edition that speak of the page, each with the gravest it says."""
    lines = []
    for code in dict.fromkeys(each.code for each in progress.on_page(found, page) if each.code in BY_CODE):
        ours = [each for each in found if each.code == code and field_id(each)[0] == page]
        kind, word = progress.rule_word(worst(ours))
        clause = next((each.clause for each in ours if each.clause), "")
        lines.append(RuleLine(code, str(BY_CODE[code].label), kind, word, clause))
    return lines


def states(found: Sequence[Finding], page: str) -> dict[str, dict[str, str]]:
    """The same for the script that saves while typing: id of a mark -> mark and word."""
    return {f"rule-{line.code}": {"kind": line.kind, "word": line.word} for line in rule_lines(found, page)}


def address(finding: Finding, slug: str, entry_id: str) -> str:
    """Where the field stands that a finding speaks of."""
    page, field = field_id(finding)
    return url_for(f"entries.{page}", slug=slug, entry_id=entry_id, _anchor=field)


def row_keys(page: forms.Page[Any], shown: forms.Shown) -> list[str]:
    """The keys of the rows that a page shows, in order; those that were removed elsewhere come last."""
    if not page.row_fields:
        return []
    return list(dict.fromkeys(name.partition("-")[0] for name in shown if "-" in name))


def task_rows(
    dossier: Dossier, found: Sequence[Finding], slug: str, entry_id: str, *, open_: bool
) -> list[dict[str, object]]:
    """The task list as its component draws it."""
    names = {
        "work": _("Tác phẩm và các kỳ"),
        "authors": _("Tác giả"),
        "files": _("Tệp"),
        "captions": _("Chú thích ảnh"),
        "declarations": _("Giải thưởng đã đạt, cam kết"),
        "check": _("Kiểm tra và nộp"),
    }
    return [
        {
            "name": names[task.page],
            "url": url_for(f"entries.{task.page}", slug=slug, entry_id=entry_id)
            if open_ or task.page == "check"
            else None,
            "kind": task.kind,
            "word": task.word,
            "why": task.why,
            "id": f"task-{task.page}",
        }
        for task in progress.tasks(dossier, found)
    ]
