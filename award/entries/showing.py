"""What the templates of the form need beyond the dossier: findings by field, rules by name, addresses of tasks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.editions import deadlines
from award.editions.clauses import BY_CODE
from award.editions.corrections import PARTS
from award.editions.models import Edition
from award.entries import forms, progress, queries
from award.entries.dossiers import Dossier, SlotRow
from award.entries.leave import Leave, Mend, field_id
from award.entries.permissions import can_edit, can_enter, changes_freely, late_words
from award.rules.eligibility import Finding, blocking, findings, worst


@dataclass(frozen=True)
class RuleLine:
    """One rule as it stands beside a page: its name, what it says of the work, its clause."""

    code: str
    name: str
    kind: str
    word: str
    clause: str


class Caution(str):
    """A sentence beside a field that asks for another look and keeps nobody from going on."""

    kind = "warn"


@dataclass(frozen=True)
class Closing:
    """The end of somebody's time: the instant, the sentence before the time left, what is said once it is over."""

    at: datetime
    sentence: str
    late: str


def found_in(dossier: Dossier, edition: Edition) -> list[Finding]:
    """What the rules of the edition say of the dossier."""
    return findings(dossier.facts, queries.rule_book(edition))


def editable(dossier: Dossier, person_id: int, edition: Edition, part: str = "") -> bool:
    """Whether the person may change this part of the dossier now; without a part, any of it."""
    return bool(can_edit(person_id, dossier, edition, now(), dossier.leave, part))


def open_parts(dossier: Dossier, person_id: int, edition: Edition) -> frozenset[str]:
    """The parts the person may change now: pages of the form, and kinds of files."""
    files = [f"files.{slot.code}" for slot in dossier.slots]
    return frozenset(part for part in (*progress.PAGES, *files) if editable(dossier, person_id, edition, part))


def asked_of(dossier: Dossier, edition: Edition) -> Mend | None:
    """The request that alone opens this revision; None where every part may be changed, or none."""
    freely = dossier.revises_id is None or changes_freely(edition, now(), dossier.leave)
    return None if freely else dossier.leave.asked


def lacking(dossier: Dossier, found: Sequence[Finding], edition: Edition) -> list[Finding]:
    """What keeps the dossier from being sent: every rule, or for what was asked for, what it still lacks."""
    asked = asked_of(dossier, edition)
    return blocking(found) if asked is None else progress.still_lacking(found, asked)


def blocking_in(works: Sequence[Dossier], edition: Edition) -> dict[int, list[Finding]]:
    """What keeps each of the works from being submitted, by its id, as the page of the work says it.

    A list reads works without counting the other works of their authors; those that lack nothing else are read again
    with their counts, since a limit may still stand in the way.
    """
    found = {work.id: blocking(found_in(work, edition)) for work in works}
    whole = [number for number, left in found.items() if not left]
    counted = queries.dossiers_of(whole) if whole else {}
    return found | {number: blocking(found_in(work, edition)) for number, work in counted.items()}


def closing(dossier: Dossier, edition: Edition) -> Closing | None:
    """Until when one may go on with the dossier; None for an edition without a deadline."""
    asked = asked_of(dossier, edition)
    if asked is None:
        return end_of(edition, dossier.leave)
    late = _("Đã hết hạn bổ sung (%(until)s). Hồ sơ được xem xét theo hiện trạng.", until=asked.until)
    return Closing(asked.due_at, _("Hạn bổ sung: %(until)s.", until=asked.until), late)


def end_of(edition: Edition, leave: Leave) -> Closing | None:
    """Until when works are taken: the deadline for everybody, or afterwards one's own."""
    if leave.until is not None and not can_enter(edition, now()):
        return Closing(leave.until, _("Thời hạn riêng: %(until)s.", until=leave.words), late_words(edition, leave))
    if edition.deadline_at is None:
        return None
    until = _("Nhận tác phẩm %(until)s.", until=deadlines.words(edition))
    return Closing(edition.deadline_at, until, late_words(edition))


def part_words(parts: Sequence[str], slots: Sequence[SlotRow]) -> list[str]:
    """The parts of a request as a person reads them: pages by their names, kinds of files by theirs."""
    words = {code: str(said) for code, said in PARTS} | {f"files.{slot.code}": slot.label for slot in slots}
    return [words[part] for part in parts if part in words]


def messages(found: Iterable[Finding], page: str) -> forms.Messages:
    """What the rules have against the page as typed, by field. What is merely missing is not said while typing."""
    said: forms.Messages = {}
    for finding in progress.on_page(found, page):
        if finding.verdict in {"amber", "red"} and not finding.missing:
            sentence = Caution(finding.sentence) if finding.verdict == "amber" else finding.sentence
            said.setdefault(field_id(finding)[1], []).append(sentence)
    return said


def cautions(said: forms.Messages) -> list[str]:
    """The sentences among these that only ask for another look."""
    return [sentence for told in said.values() for sentence in told if isinstance(sentence, Caution)]


def rule_lines(found: Sequence[Finding], page: str) -> list[RuleLine]:
    """The rules of the edition that speak of the page, each with the gravest it says.

    Where the newsroom's word is no rule it may still come: the page of the work says whether it did.
    """
    lines = []
    for code in dict.fromkeys(each.code for each in progress.on_page(found, page) if each.code in BY_CODE):
        ours = [each for each in found if each.code == code and field_id(each)[0] == page]
        gravest = worst(ours)
        if code == "newsroom_confirmation" and gravest == "not_applicable":
            continue
        kind, word = progress.rule_word(gravest)
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
    dossier: Dossier, found: Sequence[Finding], slug: str, entry_id: str, *, open_: Collection[str]
) -> list[dict[str, object]]:
    """The task list as its component draws it; tasks lead to what is open of them."""
    names = {
        "work": _("Tác phẩm và các kỳ"),
        "authors": _("Tác giả"),
        "files": _("Tệp"),
        "captions": _("Chú thích ảnh"),
        "declarations": _("Giải thưởng đã đạt, cam kết"),
        "check": _("Kiểm tra và nộp"),
    }
    pages = {"work": ("work", "parts"), "check": ("check",)}
    return [
        {
            "name": names[task.page],
            "url": next(
                (
                    url_for(f"entries.{page}", slug=slug, entry_id=entry_id)
                    for page in pages.get(task.page, (task.page,))
                    if page in open_ or page == "check"
                ),
                None,
            ),
            "kind": task.kind,
            "word": task.word,
            "why": task.why,
            "id": f"task-{task.page}",
        }
        for task in progress.tasks(dossier, found)
    ]
