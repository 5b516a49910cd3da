"""What the judge's pages show, put together from the list, the work and the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.dates import day, end_of_day, number
from award.documents.tables import Column, Sheet
from award.editions.calendar import called
from award.editions.models import Criterion, Edition, Round
from award.editions.papers import invented
from award.paging import Turn, cut
from judging.panels.models import Assignment
from judging.scoring import brought, queries
from judging.scoring.contents import level_words, levels_of, scale_of
from judging.scoring.distribution import Band, bands, by_total, middle, reach
from judging.scoring.exchanges import being_exchanged
from judging.scoring.forms import LEVEL_FIELD, Typed, field_name, standing
from judging.scoring.marks import Scale, short, total
from judging.scoring.material import Material, material
from judging.scoring.models import PaperSheet, ScoreSheet, SecondLook
from judging.scoring.permissions import can_answer, can_reopen, can_revise, can_score
from judging.scoring.reading_list import ORDERS, Place, ReadingList

STATE_WORDS = {
    "none": ("none", lazy_gettext("Chưa chấm")),
    "doing": ("doing", lazy_gettext("Đang chấm")),
    "done": ("done", lazy_gettext("Đã chấm")),
    "sent": ("sealed", lazy_gettext("Đã gửi")),
    "look": ("warn", lazy_gettext("Đề nghị xem lại")),
    "recused": ("bad", lazy_gettext("Không chấm, có liên quan")),
}
"""State of a sheet → mark and word."""

SYLLABLES_A_MINUTE = 220


@dataclass(frozen=True)
class CriterionShown:
    """One criterion as the sheet's form has it."""

    name: str
    field: str
    most: str
    """For the slider: 3.5."""
    step: str
    weight: str
    value: str
    anchors: tuple[str, ...]
    error: str
    other: str | None
    """What another tab saved, when that differs."""


def own_total(place: Place, round_: Round) -> str:
    """The sum of the judge's own marks; empty without any."""
    return total([place.steps], round_.steps_per_point) if place.given else ""


def place_words(place: Place, round_: Round) -> tuple[str, str]:
    """Mark and word of a work in the list: its sum once every criterion has a mark."""
    kind, word = STATE_WORDS[place.state]
    return kind, f"{word}, {own_total(place, round_)}" if place.marked else str(word)


def time_left(round_: Round, at: datetime) -> str:
    """How long the round still takes by its own dates; empty when it has none."""
    if round_.ends_on is None or round_.state != "open":
        return ""
    left = end_of_day(round_.ends_on) - at
    if left.total_seconds() <= 0:
        return str(_("đã qua ngày kết thúc dự kiến (%(day)s)", day=day(round_.ends_on)))
    if left.days == 0:
        return str(_("hôm nay là ngày cuối"))
    return str(_("còn %(n)s ngày", n=left.days))


def criteria_shown(round_: Round, form: Typed) -> list[CriterionShown]:
    """The criteria with what was typed, what is wrong with it, and what stands elsewhere."""
    return [_criterion(criterion, scale_of(round_, criterion), form) for criterion in round_.criteria]


def _criterion(criterion: Criterion, scale: Scale, form: Typed) -> CriterionShown:
    return CriterionShown(
        name=criterion.name,
        field=field_name(criterion.id),
        most=str(float(scale.points(scale.most))).removesuffix(".0"),
        step=str(float(Fraction(1, scale.steps_per_point))).removesuffix(".0"),
        weight=_("tối đa %(most)s điểm, bước %(step)s", most=scale.maximum, step=scale.step),
        value=form.texts.get(criterion.id, ""),
        anchors=tuple(words for words in (criterion.low_words, criterion.middle_words, criterion.high_words) if words),
        error=form.faults.get(criterion.id, ""),
        other=form.others.get(criterion.id),
    )


def faults_shown(round_: Round, form: Typed) -> list[tuple[str, str]]:
    """What is wrong with the sheet and the field where it is mended, in the order of the page."""
    found = [(each, form.faults[each.id]) for each in round_.criteria if each.id in form.faults]
    level = [(form.level_fault, LEVEL_FIELD)] if form.level_fault else []
    return [(f"{criterion.name}: {fault}", field_name(criterion.id)) for criterion, fault in found] + level


def sheet_page(
    person_id: int, round_: Round, assignment: Assignment, kept: ScoreSheet | None, form: Typed
) -> dict[str, Any]:
    """The scoring page: the list beside the work beside the sheet, and what was asked about the sheet."""
    listed = queries.reading_list(person_id, round_)
    place = listed.places[listed.index(assignment.public_id)]
    open_ = bool(can_score(assignment.seat, assignment, round_))
    shown = around(round_, listed, place, material(assignment.entry_id, round_), form, kept=kept, open_=open_)
    look = queries.look_at(kept) if round_.state == "frozen" else None
    talking = look is not None and being_exchanged(assignment)
    asked = bool(can_answer(assignment.seat, assignment, round_, kept, look, talking=talking))
    revising = asked and bool(can_revise(round_.edition))
    return shown | {
        "opened_at": assignment.opened_at,
        "may_reopen": bool(can_reopen(assignment.seat, assignment, round_)),
        "look": look,
        "talking": talking,
        "taken": brought.taken_as(kept) if shown["sent"] else None,
        "asked": asked,
        "revising": revising,
        "editable": shown["writable"] or revising,
        "look_words": look_words(look) if look is not None else "",
    }


def look_words(look: SecondLook) -> str:
    """Why the judge is asked to look again: how far the sheet lies from the others', and nothing of theirs."""
    if not look.limit:
        words = _(
            "Điểm chấm chênh lệch nhiều so với các thành viên khác cùng chấm tác phẩm này."
            " Đề nghị xem lại; giữ nguyên hay điều chỉnh đều ghi lý do."
        )
    elif not look.gap:
        words = _(
            "Điểm chấm chênh lệch quá %(limit)s điểm so với trung bình của các thành viên khác (Quy chế: không quá"
            " %(limit)s điểm). Đề nghị trao đổi trong tiểu ban; giữ nguyên hay điều chỉnh đều ghi lý do.",
            limit=_in_points(look.limit),
        )
    else:
        words = _(
            "Điểm chấm chênh lệch %(gap)s điểm so với trung bình của các thành viên khác (Quy chế: không quá %(limit)s"
            " điểm). Đề nghị trao đổi trong tiểu ban; giữ nguyên hay điều chỉnh đều ghi lý do.",
            gap=_in_points(look.gap),
            limit=_in_points(look.limit),
        )
    return str(words)


def _in_points(points: str) -> str:
    """2,5 for 2.50."""
    return number(Decimal(points).normalize())


def around(
    round_: Round,
    listed: ReadingList,
    place: Place,
    work: Material,
    form: Typed,
    *,
    kept: ScoreSheet | None = None,
    open_: bool = True,
) -> dict[str, Any]:
    """The same for whatever stands in the list, the work and the sheet."""
    sent = kept is not None and kept.state == "finished"
    return {
        "round": round_,
        "list": listed,
        "place": place,
        "around": listed.around(place.public_id),
        "next": listed.next_to_judge(place.public_id),
        "before": listed.before(place.public_id),
        "work": work,
        "minutes": ceil(work.words / SYLLABLES_A_MINUTE),
        "criteria": criteria_shown(round_, form),
        "form": form,
        "sheet": kept,
        "sent": sent,
        "open": open_,
        "writable": open_ and not sent,
        "editable": open_ and not sent,
        "may_reopen": False,
        "asked": False,
        "look": None,
        "total": total(form.marks.values(), round_.steps_per_point) if form.marks else "–",
        "missing": len(round_.criteria) - len(form.marks),
        "receipt": receipt_code(kept) if kept is not None and sent else "",
        "words": lambda one: place_words(one, round_),
        "faults": faults_shown(round_, form),
    }


def own_sheet_page(
    person_id: int, round_: Round, assignment: Assignment, kept: ScoreSheet | None, form: Typed
) -> dict[str, Any]:
    """One's own sheet of a round that is over: marks, sum, note and receipt, without the work."""
    listed = queries.reading_list(person_id, round_)
    look = queries.look_at(kept)
    return {
        "round": round_,
        "opened_at": assignment.opened_at,
        "look": look,
        "former_total": total(look.former_steps, round_.steps_per_point) if look and look.former else "",
        "former_level": level_words(round_, look.former_level) if look and look.former_level else "",
        "level": level_words(round_, form.level) if round_.asks_level else "",
        "place": listed.places[listed.index(assignment.public_id)],
        "criteria": criteria_shown(round_, form),
        "form": form,
        "sheet": kept,
        "sent": kept is not None and kept.state == "finished",
        "total": total(form.marks.values(), round_.steps_per_point) if form.marks else "–",
        "receipt": receipt_code(kept),
        "taken": brought.taken_as(kept),
    }


def paper_words(paper: PaperSheet | None, sheet_state: str, *, asked: bool = False) -> tuple[str, str]:
    """Mark and word of how far a sheet is that may come on paper. Tells nothing of what stands in it. `asked`: its
    judge is asked to look at it once more."""
    if asked and (paper is None or paper.taken_at is not None):
        return "warn", str(_("Đã gửi, chờ xem lại"))
    if sheet_state == "finished" and not asked:
        from_paper = paper is not None and paper.taken_at is not None
        return "done", str(_("Đã gửi, từ phiếu giấy") if from_paper else _("Đã gửi"))
    if paper is None or paper.taken_at is not None:
        return "none", str(_("Chưa có phiếu giấy"))
    keyed = sum(one.marks is not None for one in paper.keyings)
    words = (_("Chờ người nhập thứ nhất"), _("Chờ người nhập thứ hai"), _("Hai lần nhập khác nhau"))
    return ("warn" if keyed == 2 else "doing"), str(words[keyed])


def receipt_code(sheet: ScoreSheet | None) -> str:
    """The first sixteen characters of the commitment in groups of four: short enough to be written down."""
    digest = (sheet.commitment or "") if sheet else ""
    return " ".join(digest[n : n + 4].upper() for n in range(0, 16, 4)).strip()


def saved_answer(
    sheet: ScoreSheet, form: Typed, assignment: Assignment, round_: Round, version: int | None = None
) -> dict[str, Any]:
    """What the page's script is told once the save is committed. `version`: that of the save, where it came before."""
    given = len(sheet.marks)
    whole = given == len(round_.criteria) and (sheet.level is not None or not round_.asks_level)
    state = "done" if whole else "doing" if given or sheet.level else "none"
    kind, word = STATE_WORDS[state]
    if state == "done":
        word = f"{word}, {total((mark.steps for mark in sheet.marks), round_.steps_per_point)}"
    return {
        "version": version or sheet.version,
        "saved_at": sheet.changed_at.isoformat(),
        "messages": {field_name(criterion): [fault] for criterion, fault in form.faults.items()},
        "states": {assignment.public_id: {"kind": kind, "word": str(word)}},
    }


def queue_page(person_id: int, round_: Round, filter_: str, order: str, turn: Turn, at: datetime) -> dict[str, Any]:
    """The judge's list of works."""
    listed: ReadingList = queries.reading_list(person_id, round_)
    return {
        "round": round_,
        "list": listed,
        "filter": filter_,
        "order": order if order in ORDERS else "",
        "page": listed.page(filter_, turn, order=order),
        "next": listed.next_to_judge() if round_.state in {"open", "frozen"} else None,
        "states": STATE_WORDS,
        "total": lambda one: own_total(one, round_),
        "time_left": time_left(round_, at),
        "all_sent_at": listed.all_sent_at,
    }


def queue_sheet(edition: Edition, person_id: int, round_: Round, filter_: str, order: str) -> Sheet:
    """The same list for the judge's own programs: of a work they have to do with no title."""
    columns = [
        Column(_("Mã"), width=16),
        Column(_("Tác phẩm"), width=48),
        Column(_("Loại hình"), width=20),
        Column(_("Thể loại"), width=20),
        Column(_("Số kỳ"), "int", 8),
        Column(_("Phiếu chấm"), width=26),
        Column(_("Điểm của tôi"), "decimal", 14),
    ]
    rows = [
        (
            one.code,
            one.title,
            one.category,
            one.genre,
            None if one.recused else one.parts,
            str(STATE_WORDS[one.state][1]),
            Fraction(one.steps, round_.steps_per_point) if one.given else None,
        )
        for one in queries.reading_list(person_id, round_).only(filter_, order)
    ]
    note = f"{edition.name}, {called(round_)}. {invented(edition)}".strip()
    return Sheet(_("Danh sách chấm"), columns, rows, note)


def own_marks_page(person_id: int, round_: Round, turn: Turn) -> dict[str, Any]:
    """How the judge's own marks lie. Made of the own sheets alone."""
    listed, marks = queries.reading_list(person_id, round_), queries.own_marks(person_id, round_.id)
    order = by_total(listed.places)
    totals = [Fraction(one.place.steps, round_.steps_per_point) for one in order]
    scales = [(criterion, scale_of(round_, criterion)) for criterion in round_.criteria]
    return {
        "round": round_,
        "list": listed,
        "page": cut(order, turn, lambda one: one.place.public_id),
        "total": lambda place: own_total(place, round_),
        "points": lambda points: number(points, 2),
        "bands": [
            (_band_words(one, last=one.high == round_.scale_max), one.works) for one in bands(totals, round_.scale_max)
        ],
        "middle": middle(totals),
        "reaches": [
            (criterion.name, found)
            for criterion, scale in scales
            if (found := reach(marks, criterion.id, scale.most, scale.steps_per_point))
        ],
        "may_compare": round_.state in {"open", "frozen"},
        "levels": levels_of(round_),
    }


def _band_words(band: Band, *, last: bool) -> str:
    low, high = short(band.low), short(band.high)
    words = (
        _("%(low)s đến %(high)s", low=low, high=high) if last else _("%(low)s đến dưới %(high)s", low=low, high=high)
    )
    return str(words)


@dataclass(frozen=True)
class Beside:
    """One of the works that stand beside each other, with its own sheet."""

    place: Place
    work: Material
    criteria: list[CriterionShown]
    form: Typed
    sheet: ScoreSheet | None
    sent: bool
    writable: bool
    total: str
    missing: int
    others: list[str]
    """The works that stay when this one is taken away."""


def comparison_page(person_id: int, round_: Round, chosen: Sequence[Assignment]) -> dict[str, Any]:
    """Own works beside each other in the order they were chosen, and those that may be put beside them."""
    listed = queries.reading_list(person_id, round_)
    names = [assignment.public_id for assignment in chosen]
    left = sorted(
        (place for place in listed.to_judge if place.public_id not in names), key=lambda one: (-one.steps, one.code)
    )
    return {
        "round": round_,
        "names": names,
        "beside": [_beside(listed, round_, assignment, names) for assignment in chosen],
        "addable": [(place.public_id, _choice_words(place, round_)) for place in left],
    }


def _choice_words(place: Place, round_: Round) -> str:
    """The work as one chooses it from a list: code, own total where there is one, title."""
    return ", ".join(words for words in (place.code, own_total(place, round_), place.title) if words)


def _beside(listed: ReadingList, round_: Round, assignment: Assignment, names: Sequence[str]) -> Beside:
    kept = queries.own_sheet(assignment.seat_id, assignment.id)
    form, sent = standing(kept, round_), kept is not None and kept.state == "finished"
    return Beside(
        place=listed.places[listed.index(assignment.public_id)],
        work=material(assignment.entry_id, round_),
        criteria=criteria_shown(round_, form),
        form=form,
        sheet=kept,
        sent=sent,
        writable=not sent and bool(can_score(assignment.seat, assignment, round_)),
        total=total(form.marks.values(), round_.steps_per_point) if form.marks else "–",
        missing=len(round_.criteria) - len(form.marks),
        others=[name for name in names if name != assignment.public_id],
    )
