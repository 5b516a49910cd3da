"""The calendar of an edition: which act moves it from where to where, and what of its own stands in the way.

draft → open → screening → judging → decision → published → archived; a round: prepare → open → frozen → closed.
Pure: the edition comes loaded with its rules, people come as counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Protocol

from flask_babel import lazy_gettext as _

from award import dates
from award.editions import deadlines
from award.editions.clauses import missing
from award.editions.coverage import coverage_of, fault_of
from award.editions.models import Edition, Round
from award.editions.prizes import orphaned
from award.verdicts import YES, Verdict

MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "open_entries": (frozenset({"draft"}), "open"),
    "close_entries": (frozenset({"open"}), "screening"),
    "open_round": (frozenset({"screening", "judging"}), "judging"),
    "start_decision": (frozenset({"judging"}), "decision"),
    "mark_published": (frozenset({"decision"}), "published"),
    "archive": (frozenset({"published"}), "archived"),
}
ROUND_MOVES: Mapping[str, tuple[str, str]] = {
    "open_round": ("prepare", "open"),
    "freeze_round": ("open", "frozen"),
    "close_round": ("frozen", "closed"),
}

EDITION_WORDS = {
    "draft": _("Dự thảo"),
    "open": _("Đang nhận tác phẩm"),
    "screening": _("Đang kiểm tra hồ sơ"),
    "judging": _("Đang chấm"),
    "decision": _("Chờ quyết định"),
    "published": _("Đã công bố"),
    "archived": _("Lưu trữ"),
}
ROUND_WORDS = {
    "prepare": _("Chuẩn bị"),
    "open": _("Đang chấm"),
    "frozen": _("Đã khóa phiếu chấm"),
    "closed": _("Đã kết thúc"),
}


@dataclass(frozen=True)
class Barrier:
    """Something of the edition itself that stands in the way. `page` is the set-up page that removes it."""

    code: str
    sentence: str
    page: str
    field: str | None = None
    """Where on it."""


class Named(Protocol):
    @property
    def name(self) -> str: ...


def called(in_round: Named) -> str:
    """The round within a sentence: sơ khảo."""
    return in_round.name[:1].lower() + in_round.name[1:]


def state_words(edition: Edition) -> str:
    """Where the edition stands: Đang nhận tác phẩm, Đang chấm sơ khảo, … Reads `edition.rounds` while judging."""
    if edition.state == "judging":
        for in_round in edition.rounds:
            if in_round.state in {"open", "frozen"}:
                return str(_("Đang chấm %(round)s", round=called(in_round)))
    return str(EDITION_WORDS[edition.state])


def may_move(edition: Edition, act: str) -> Verdict:
    """Yes when the calendar stands where `act` begins."""
    starts, _goal = MOVES[act]
    if edition.state in starts:
        return YES
    sentence = _("Chưa thực hiện được: trạng thái hiện nay là “%(state)s”.", state=state_words(edition))
    return Verdict("state", str(sentence))


def may_move_round(in_round: Round, act: str) -> Verdict:
    """Yes when the round stands where `act` begins."""
    start, _goal = ROUND_MOVES[act]
    if in_round.state == start:
        return YES
    words = {"name": called(in_round), "state": ROUND_WORDS[in_round.state]}
    return Verdict("round_state", str(_("Chưa thực hiện được: vòng %(name)s ở trạng thái “%(state)s”.", **words)))


def next_act(edition: Edition) -> tuple[str, Round | None] | None:
    """The act of the organiser that comes next; none while a round is being judged or publication is prepared."""
    if edition.state in {"screening", "judging"}:
        waiting = next((r for r in edition.rounds if r.state != "closed"), None)
        if waiting is None:
            return ("start_decision", None) if edition.state == "judging" else None
        return ("open_round", waiting) if waiting.state == "prepare" else None
    act = {"draft": "open_entries", "open": "close_entries", "published": "archive"}.get(edition.state)
    return (act, None) if act else None


def before_opening(edition: Edition, at: datetime) -> list[Barrier]:
    """What keeps the edition from taking entries."""
    found = _missing_clauses(edition, "entry")
    if edition.deadline_at is not None and not deadlines.in_time(edition, at):
        passed = _("Thời hạn nhận tác phẩm đã qua (%(until)s).", until=deadlines.words(edition))
        found.append(Barrier("deadline_passed", str(passed), "entry_rules", "deadline-day"))
    if not (edition.help_name and edition.help_phone):
        found.append(Barrier("no_help", str(_("Chưa có người hỗ trợ và số điện thoại.")), "general"))
    if not edition.categories:
        found.append(Barrier("no_category", str(_("Chưa có loại hình nào.")), "categories"))
    for category in edition.categories:
        if not category.slots:
            bare = _("Loại hình %(name)s chưa có mục tệp nào.", name=category.name)
            found.append(Barrier("no_slot", str(bare), "categories"))
    if not edition.prize_levels:
        found.append(Barrier("no_prize", str(_("Chưa có mức giải nào.")), "prizes"))
    for level, code in orphaned(edition):
        words = _(
            "%(level)s chỉ trao cho loại hình ký hiệu %(code)s, chưa có loại hình đó.", level=level.name, code=code
        )
        found.append(Barrier("prize_category", str(words), "prizes"))
    return found


def before_closing(edition: Edition, at: datetime) -> list[Barrier]:
    """What keeps the edition from ending the time of entries: the time itself."""
    if not deadlines.in_time(edition, at):
        return []
    early = _("Chưa hết thời hạn nhận tác phẩm (%(until)s).", until=deadlines.words(edition))
    return [Barrier("early", str(early), "calendar")]


def before_round(edition: Edition, in_round: Round, appointed: Mapping[str, int]) -> list[Barrier]:
    """What keeps the round from opening. `appointed` counts the standing appointments of each role."""
    found = _missing_clauses(edition, "judging")
    for earlier in edition.rounds:
        if earlier.ordinal < in_round.ordinal and earlier.state != "closed":
            waits = _("Vòng %(name)s chưa kết thúc.", name=called(earlier))
            found.append(Barrier("earlier_round", str(waits), "rounds"))
    found += _criteria(in_round)
    found += _panels(edition, in_round)
    if not appointed.get("chair"):
        found.append(Barrier("no_chair", str(_("Chưa có Chủ tịch hội đồng.")), "people"))
    if not appointed.get("judge"):
        found.append(Barrier("no_judge", str(_("Chưa có giám khảo nào.")), "people"))
    return found


def before_decision(edition: Edition) -> list[Barrier]:
    """What keeps the council's work from going on to the decision."""
    return [
        Barrier("open_round", str(_("Vòng %(name)s chưa kết thúc.", name=called(r))), "rounds")
        for r in edition.rounds
        if r.state != "closed"
    ]


def most_points(scale_max: int, weight: int) -> Fraction:
    """The points a criterion of `weight` percent can give."""
    return Fraction(scale_max * weight, 100)


def most_steps(scale_max: int, steps_per_point: int, weight: int) -> Fraction:
    """The same in steps; a whole number when every mark up to the most is a step."""
    return most_points(scale_max, weight) * steps_per_point


def weights_fault(criteria: Sequence[tuple[str, int]], scale_max: int, steps_per_point: int) -> str:
    """What does not add up in (name, weight) of the criteria: the sum, or a criterion whose most is no whole step."""
    total = sum(weight for _name, weight in criteria)
    if criteria and total != 100:
        return str(_("Tổng tỷ trọng các tiêu chí là %(n)s, phải bằng 100.", n=total))
    for name, weight in criteria:
        if most_steps(scale_max, steps_per_point, weight).denominator != 1:
            return _not_whole(name, most_points(scale_max, weight), steps_per_point)
    return ""


def _criteria(in_round: Round) -> list[Barrier]:
    if not in_round.criteria:
        return [Barrier("no_criteria", str(_("Vòng %(name)s chưa có tiêu chí chấm.", name=called(in_round))), "round")]
    named = [(criterion.name, criterion.weight) for criterion in in_round.criteria]
    fault = weights_fault(named, in_round.scale_max, in_round.steps_per_point)
    if not fault:
        return []
    return [Barrier("weights", str(_("Vòng %(name)s: %(fault)s", name=called(in_round), fault=fault)), "round")]


def _panels(edition: Edition, in_round: Round) -> list[Barrier]:
    """No panel at all; or something that no panel judges, or that more than one does."""
    name = called(in_round)
    if not any(panel.round_id == in_round.id for panel in edition.panels):
        return [Barrier("no_panel", str(_("Vòng %(name)s chưa có tiểu ban nào.", name=name)), "panels")]
    return [
        Barrier("one_panel", str(_("Vòng %(name)s: %(fault)s", name=name, fault=fault)), "panels")
        for covered in coverage_of(edition, in_round)
        if (fault := fault_of(covered))
    ]


def _not_whole(name: str, most: Fraction, steps_per_point: int) -> str:
    """The sentence for a criterion whose most points are no whole number of steps."""
    return str(
        _(
            "Tiêu chí “%(name)s” tối đa %(most)s điểm, không chia hết cho bước %(step)s.",
            name=name,
            most=dates.number(most),
            step=dates.number(Fraction(1, steps_per_point)),
        )
    )


def _missing_clauses(edition: Edition, stage: str) -> list[Barrier]:
    page = "entry_rules" if stage == "entry" else "judging_rules"
    found = []
    for definition in missing(edition, "entry" if stage == "entry" else "judging"):
        if definition.may_be_unregulated:
            sentence = _("Chưa có quy định: %(what)s. Nhập nội dung hoặc chọn “Không quy định”.", what=definition.label)
        else:
            sentence = _("Chưa có quy định: %(what)s.", what=definition.label)
        found.append(Barrier(f"clause:{definition.code}", str(sentence), page, definition.code))
    return found
