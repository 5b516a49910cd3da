"""How far a dossier is: its tasks with their words, what it still lacks, what state it is in. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award.entries.dossiers import Dossier
from award.entries.leave import Mend, part_of
from award.rules.eligibility import Finding, blocking, missing, worst

PAGES = ("work", "parts", "authors", "files", "captions", "declarations")
"""The pages of the form, in order; also the first words of a finding's field."""
NAMED = 3
"""So many of what is missing are named in one line."""


@dataclass(frozen=True)
class Task:
    """One line of the task list. `page` is where it is done, or "check"."""

    page: str
    kind: str
    word: str
    why: str = ""


def missing_words(found: Iterable[Finding]) -> str:
    """Còn thiếu 2 mục: bản quét trang báo kỳ 2; ngày phát sóng kỳ 3."""
    lacking = [finding.missing for finding in found if finding.missing]
    return str(_("Còn thiếu %(n)s mục: %(items)s.", n=len(lacking), items="; ".join(lacking)))


def left_words(blocked: Sequence[Finding]) -> str:
    """What keeps a draft from being submitted, as a list of works says it: as many as the draft's own page counts, the
    first of them by name; that nothing does."""
    named = [finding.missing for finding in blocked if finding.missing]
    if not named:
        return blocked[0].sentence if blocked else str(_("Hồ sơ đã đủ, chưa nộp."))
    if len(blocked) == len(named) <= NAMED:
        return missing_words(blocked)
    return str(_("Còn thiếu %(n)s mục, trước hết: %(items)s.", n=len(blocked), items="; ".join(named[:NAMED])))


def on_page(found: Iterable[Finding], *pages: str) -> list[Finding]:
    """The findings that speak of fields on these pages."""
    return [finding for finding in found if finding.field.partition(".")[0] in pages]


def still_lacking(found: Iterable[Finding], asked: Mend) -> list[Finding]:
    """What the parts that were asked for still lack. Whether a rule is met is for who asked to judge."""
    return [finding for finding in missing(found) if asked.opens(part_of(finding))]


def tasks(dossier: Dossier, found: Sequence[Finding]) -> list[Task]:
    """The tasks of an entry with their states; captions are one where the category asks for pictures with them."""
    spoken = {
        "work": (("work", "parts"), _started(dossier)),
        "authors": (("authors",), bool(dossier.authors)),
        "files": (("files",), bool(dossier.files)),
        **({"captions": (("captions",), any(file.caption for file in dossier.pictures))} if captioned(dossier) else {}),
        "declarations": (("declarations",), dossier.no_prior_prize is not None or bool(dossier.declared)),
    }
    listed = [
        _task(page, on_page(found, *pages), begun=begun, why=_why(page, dossier))
        for page, (pages, begun) in spoken.items()
    ]
    left = blocking(found)
    if left:
        return [*listed, Task("check", "none", _("Còn thiếu %(n)s mục", n=len(left)))]
    if dossier.revises_id is not None:
        return [*listed, Task("check", "doing", _("Bản sửa chưa nộp lại"), _("Bản đã nộp vẫn có hiệu lực."))]
    return [*listed, Task("check", "doing", _("Chưa nộp"), _("Hồ sơ đã đủ, chưa nộp."))]


def captioned(dossier: Dossier) -> bool:
    """Whether some files of the work have captions."""
    return any(slot.captions for slot in dossier.slots)


def onward(dossier: Dossier, page: str) -> str:
    """The page of the form that comes after this one, or "check"."""
    pages = [each for each in PAGES if each != "captions" or captioned(dossier)]
    return (*pages, "check")[pages.index(page) + 1]


def state_of(dossier: Dossier, *, revised: bool = False) -> tuple[str, str]:
    """Mark and word of the dossier's state."""
    if dossier.state == "withdrawn":
        return "none", _("Đã rút")
    mend = dossier.leave.mend
    if mend is not None and mend.stands:
        return "warn", _("Đề nghị bổ sung (đến %(until)s)", until=mend.until)
    if revised:
        return "doing", _("Đang sửa, bản đã nộp vẫn có hiệu lực")
    if dossier.state == "submitted":
        return "done", _("Đã bổ sung") if mend is not None and mend.ended == "answered" else _("Đã nộp")
    return "none", _("Bản nháp")


def state_told(dossier: Dossier, told: Mapping[int, tuple[str, str]], *, revised: bool = False) -> tuple[str, str]:
    """The same, as far on as the rooms that took the dossier over have told its owner."""
    mend = dossier.leave.mend
    own = dossier.state != "submitted" or revised or (mend is not None and mend.stands)
    return state_of(dossier, revised=revised) if own else told.get(dossier.id, state_of(dossier))


def rule_word(verdict: str) -> tuple[str, str]:
    """Mark and word of what a rule says."""
    return {
        "green": ("done", _("Đạt")),
        "amber": ("warn", _("Cần xem lại")),
        "red": ("bad", _("Chưa đạt")),
        "not_applicable": ("none", _("Không áp dụng")),
    }[verdict]


def _task(page: str, found: list[Finding], *, begun: bool, why: str) -> Task:
    lacking = missing(found)
    if lacking and begun:
        return Task(page, "doing", _("Còn thiếu %(n)s mục", n=len(lacking)), why)
    if lacking:
        return Task(page, "none", _("Chưa làm"), why)
    colour = worst(found)
    if colour in {"amber", "red"}:
        kind, word = rule_word(colour)
        return Task(page, kind, word, next(each.sentence for each in found if each.verdict == colour))
    return Task(page, "done", _("Đã đủ"), why)


def _started(dossier: Dossier) -> bool:
    return bool(dossier.title or any(part.published_on or part.title for part in dossier.parts))


def _why(page: str, dossier: Dossier) -> str:
    if page == "work" and len(dossier.parts) > 1:
        return str(_("%(n)s kỳ", n=len(dossier.parts)))
    if page == "authors":
        contacts = sum(author.contact for author in dossier.authors)
        return str(_("%(n)s tác giả, %(contacts)s người liên hệ", n=len(dossier.authors), contacts=contacts))
    if page == "captions":
        done = sum(bool(file.caption) for file in dossier.pictures)
        return str(_("%(done)s/%(n)s ảnh có chú thích", done=done, n=len(dossier.pictures))) if dossier.pictures else ""
    if page == "files" and dossier.files:
        coming = sum(file.state == "uploading" for file in dossier.files)
        if coming:
            return str(_("%(n)s tệp, %(coming)s tệp đang gửi", n=len(dossier.files), coming=coming))
        return str(_("%(n)s tệp", n=len(dossier.files)))
    return ""
