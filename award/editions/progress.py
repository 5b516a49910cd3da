"""How far an edition has come: the pages of its set-up one by one, and its calendar as the public reads it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award import dates
from award.editions import deadlines
from award.editions.calendar import before_round, called
from award.editions.clauses import missing
from award.editions.issuing import KINDS, KindOfPaper
from award.editions.matters import ClauseDefinition
from award.editions.models import Edition, NationalEdition, PaperKind, Round
from award.editions.prizes import orphaned

NEEDED_ROLES = {
    "secretary": lazy_gettext("Tổ Thư ký"),
    "chair": lazy_gettext("Chủ tịch hội đồng"),
    "judge": lazy_gettext("giám khảo"),
}


def tasks(
    edition: Edition,
    counts: Mapping[str, int],
    *,
    national: NationalEdition | None,
    topics: bool = False,
    papers: Collection[PaperKind] | None = None,
) -> list[dict[str, Any]]:
    """The pages of set-up with their state; `counts` are the standing appointments of each role.

    `national` is the national edition, `topics` tells whether there is a content of the plan; `papers` are the papers
    that something is settled for, None while no body issues any.
    """
    rounds = _rounds(edition, counts)
    frozen = edition.state != "draft"
    judging_frozen = any(in_round.state != "prepare" for in_round in edition.rounds)
    unsaid, unsaid_later = missing(edition, "entry"), missing(edition, "judging")
    entry, judging = [str(d.label) for d in unsaid], [str(d.label) for d in unsaid_later]
    slotless = [_("tệp của %(name)s", name=c.name) for c in edition.categories if not c.slots]
    orphans = [_("loại hình ký hiệu %(code)s", code=code) for _level, code in orphaned(edition)]
    roles = [str(words) for role, words in NEEDED_ROLES.items() if not counts.get(role)]
    return [
        _task("general", _("Thông tin chung"), _contact(edition), frozen=frozen),
        _task("entry_rules", _("Thể lệ"), entry, begun=bool(edition.clauses), frozen=frozen, field=_first(unsaid)),
        _task("categories", _("Loại hình và tệp phải nộp"), slotless, done=bool(edition.categories), frozen=frozen),
        _task("topics", _("Nội dung theo kế hoạch"), [], done=topics, optional=True, frozen=frozen),
        _task("prizes", _("Cơ cấu giải"), orphans, done=bool(edition.prize_levels), frozen=frozen),
        _task(
            "national",
            _("Giải Trung ương"),
            _undated(national),
            done=national is not None,
            begun=True,
            optional=True,
            frozen=edition.state == "archived",
        ),
        _task("people", _("Nhân sự"), roles, begun=True),
        _task(
            "judging_rules",
            _("Quy chế chấm"),
            judging,
            begun=len(judging) < 6,
            frozen=judging_frozen,
            field=_first(unsaid_later),
        ),
        _task(
            "rounds",
            _("Vòng chấm và tiểu ban"),
            rounds,
            done=bool(edition.rounds),
            begun=bool(edition.panels),
            open_points=(_("Chưa ghi ngày"), [_("vòng %(name)s", name=called(r)) for r in _without_days(edition)]),
        ),
        _task(
            "papers",
            _("Văn bản"),
            [],
            done=papers is not None,
            optional=True,
            frozen=edition.state == "archived",
            open_points=(_("Chưa ghi số"), [str(kind.label) for kind in unnumbered(papers or ())]),
        ),
    ]


STAGES = (
    ("entry", lazy_gettext("Cần xong trước khi mở nhận tác phẩm"), ("general", "entry_rules", "categories", "prizes")),
    ("judging", lazy_gettext("Cần xong trước khi bắt đầu chấm"), ("people", "judging_rules", "rounds")),
    ("any", lazy_gettext("Điền khi cần"), ("topics", "national", "papers")),
)
"""When the pages of set-up have to be ready: code, heading, pages in their order."""


def by_stage(listed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The pages under the heading of when they have to be ready, with how many of them are."""
    known = {task["page"]: task for task in listed}
    found = []
    for code, heading, names in STAGES:
        ours = [known[name] for name in names if name in known]
        ready = sum(task["kind"] in {"done", "sealed"} for task in ours)
        found.append({"code": code, "heading": heading, "tasks": ours, "ready": ready})
    return found


def _contact(edition: Edition) -> list[str]:
    return [] if edition.help_name and edition.help_phone else [_("người hỗ trợ và số điện thoại")]


def _rounds(edition: Edition, counts: Mapping[str, int]) -> list[str]:
    """What each round in preparation lacks of its own; people and clauses have their pages."""
    own = {
        "no_criteria": _("tiêu chí chấm"),
        "weights": _("tỷ trọng tiêu chí"),
        "no_panel": _("tiểu ban"),
        "one_panel": _("phạm vi của các tiểu ban"),
    }
    lacking = [
        _("%(what)s của vòng %(round)s", what=own[barrier.code], round=called(in_round))
        for in_round in edition.rounds
        if in_round.state == "prepare"
        for barrier in before_round(edition, in_round, counts)
        if barrier.code in own
    ]
    return list(dict.fromkeys(lacking))


def _without_days(edition: Edition) -> list[Round]:
    """Rounds in preparation that do not say when they begin and end. They may be opened so; people should know."""
    return [r for r in edition.rounds if r.state == "prepare" and not (r.opens_on and r.ends_on)]


def _undated(national: NationalEdition | None) -> list[str]:
    """What of the national award an earlier edition cannot tell."""
    if national is None:
        return []
    lacking = [] if national.window_from or national.window_to else [_("thời gian đăng, phát")]
    return lacking + ([] if national.deadline_day else [_("ngày cuối gửi hồ sơ")])


def unnumbered(settled: Collection[PaperKind]) -> list[KindOfPaper]:
    """The papers whose number is recorded with their kind and is not there yet."""
    numbered = {kind.kind for kind in settled if kind.number}
    return [kind for kind in KINDS.values() if "number" in kind.asks and kind.code not in numbered]


def _first(unsaid: Sequence[ClauseDefinition]) -> str | None:
    return unsaid[0].code if unsaid else None


def _task(
    page: str,
    name: str,
    lacking: list[str],
    *,
    done: bool = True,
    begun: bool = False,
    optional: bool = False,
    frozen: bool = False,
    field: str | None = None,
    open_points: tuple[str, Sequence[str]] = ("", ()),
) -> dict[str, Any]:
    """`field`: where on the page the first thing stands that lacks. `open_points` keep nothing from going on."""
    task: dict[str, Any] = {"page": page, "name": name, "why": None, "field": field}
    if frozen:
        return task | {"kind": "sealed", "word": _("Đã khóa")}
    if lacking:
        kind = "doing" if begun else "none"
        return task | {"kind": kind, "word": _("Còn thiếu %(n)s mục", n=len(lacking)), "why": "; ".join(lacking)}
    if not done:
        why = _("Không bắt buộc") if optional else None
        return task | {"kind": "none", "word": _("Chưa làm"), "why": why}
    word, points = open_points
    if points:
        return task | {"kind": "doing", "word": word, "why": "; ".join(points)}
    return task | {"kind": "done", "word": _("Đã đủ")}


_ORDER = ("draft", "open", "screening", "judging", "decision", "published", "archived")
_ROUND_WHEN = {"prepare": "next", "open": "now", "frozen": "now", "closed": "done"}


def milestones(edition: Edition) -> list[dict[str, str]]:
    """The calendar in the words of the front page: what is over, what is now, what comes. Reads `edition.rounds`."""
    promise = edition.screening_promise
    screening = _("chậm nhất ngày %(day)s", day=dates.day(promise)) if promise else ""
    return [
        _milestone(edition, "open", deadlines.words(edition), _("Nhận tác phẩm")),
        _milestone(edition, "screening", screening, _("Kiểm tra điều kiện dự Giải")),
        *(
            _line(period(r.opens_on, r.ends_on), _("Chấm %(round)s", round=called(r)), _ROUND_WHEN[r.state])
            for r in edition.rounds
        ),
        _milestone(edition, "decision", "", _("Quyết định giải")),
        _milestone(edition, "published", "", _("Công bố kết quả")),
    ]


def _milestone(edition: Edition, state: str, at: str, what: str) -> dict[str, str]:
    here, there = _ORDER.index(edition.state), _ORDER.index(state)
    over = there < here or (state == edition.state == "published")
    return _line(at, what, "done" if over else ("now" if here == there else "next"))


def _line(at: str, what: str, when: str) -> dict[str, str]:
    undated = {"done": _("Đã xong"), "now": _("Hiện nay"), "next": _("Chưa có ngày")}
    return {"at": at or undated[when], "what": what, "when": when}


def period(first: date | None, last: date | None) -> str:
    """The days within a sentence; nothing where neither is known."""
    if first and last:
        return str(_("từ ngày %(first)s đến hết ngày %(last)s", first=dates.day(first), last=dates.day(last)))
    if first:
        return str(_("từ ngày %(first)s", first=dates.day(first)))
    return str(_("đến hết ngày %(last)s", last=dates.day(last))) if last else ""
