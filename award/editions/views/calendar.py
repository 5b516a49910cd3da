"""The acts of the calendar: each with what stands in its way before its button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.doors import deed, found
from award.editions import calendar as steps
from award.editions import operations
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, can_move_calendar
from award.editions.queries import with_rules
from award.editions.views.doors import Answer, blueprint, edition_in_setup, in_the_way, obstacles_of_others
from award.features import Obstacle, installed
from award.people.signin import sign_in_required
from award.verdicts import require

WORDS = {
    "open_entries": (
        lazy_gettext("Mở nhận tác phẩm"),
        lazy_gettext(
            "Trang của Giải được công khai và bắt đầu nhận tác phẩm. Khóa lại: thông tin chung (tên, người hỗ trợ), "
            "thể lệ, loại hình và tệp phải nộp, loại cơ quan báo chí, nội dung theo kế hoạch, cơ cấu giải. "
            "Bản chạy thử, nếu đang có, kết thúc và bị xóa cùng dữ liệu của nó."
        ),
    ),
    "close_entries": (
        lazy_gettext("Kết thúc nhận tác phẩm"),
        lazy_gettext("Không nhận thêm hồ sơ. Tổ Thư ký kiểm tra điều kiện dự Giải của các hồ sơ đã nộp."),
    ),
    "open_round": (
        lazy_gettext("Bắt đầu vòng %(round)s"),
        lazy_gettext(
            "Tác phẩm được chia cho giám khảo và việc chấm bắt đầu. Quy chế chấm, tiêu chí, tiểu ban được khóa."
        ),
    ),
    "start_decision": (
        lazy_gettext("Chuyển sang quyết định giải"),
        lazy_gettext("Việc chấm đã xong. Kết quả được trình để quyết định."),
    ),
    "archive": (
        lazy_gettext("Lưu trữ"),
        lazy_gettext("Lần Giải này chỉ còn để xem. Trang kết quả vẫn công khai."),
    ),
}


@dataclass(frozen=True)
class NextStep:
    """The act that comes next, its words, and what stands in its way."""

    act: str
    words: str
    consequences: str
    round: Round | None
    obstacles: Sequence[Obstacle]
    mine: bool
    """The visitor may do it."""


def acts(edition: Edition, by: Capacity) -> NextStep | None:
    """The next act of an edition whose rules are loaded; none while others are at work."""
    next_act = steps.next_act(edition)
    if next_act is None:
        return None
    act, in_round = next_act
    title, consequences = WORDS[act]
    words = str(title) % {"round": steps.called(in_round)} if in_round else str(title)
    blocked = in_the_way(edition, act, in_round)
    return NextStep(act, words, str(consequences), in_round, blocked, bool(can_move_calendar(by)))


@blueprint.get("/<slug>/lich/<act>")
@sign_in_required
def calendar_page(slug: str, act: str) -> Answer:
    edition, by = edition_in_setup(slug)
    found(WORDS.get(act))
    require(can_move_calendar(by))
    require(steps.may_move(edition, act))
    step = found(acts(edition, by))
    return render_template("editions/calendar.html", edition=edition, step=found(step if step.act == act else None))


@blueprint.post("/<slug>/lich/<act>")
@sign_in_required
def calendar(slug: str, act: str) -> Answer:
    edition, by = edition_in_setup(slug)
    found(WORDS.get(act))
    require(can_move_calendar(by))
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        require(steps.may_move(edition, act))
        _do(act, by, edition)
        done.after(lambda: flash(_("Đã thực hiện: %(act)s.", act=str(WORDS[act][0]) % _round_words(edition)), "ok"))
        return done(url_for("editions.setup", slug=slug))


def _do(act: str, by: Capacity, edition: Edition) -> None:
    if act == "archive":
        operations.archive(by=by, edition=edition)
    elif act == "open_round":
        in_round = found(_asked_round(edition))
        others = obstacles_of_others(edition, act, in_round)
        operations.open_round(
            by=by, edition=edition, round=in_round, elsewhere=others, after_opening=lambda r: _tell_rooms(r, by)
        )
    else:
        _DEEDS[act](by=by, edition=edition, elsewhere=obstacles_of_others(edition, act, None))


_DEEDS: dict[str, Callable[..., None]] = {
    "open_entries": operations.open_entries,
    "close_entries": operations.close_entries,
    "start_decision": operations.start_decision,
}


def _asked_round(edition: Edition) -> Round | None:
    """The round the page showed; a page that has grown old names another than the next."""
    waiting = next((r for r in edition.rounds if r.state != "closed"), None)
    return waiting if waiting and request.form.get("round", "") in {"", waiting.public_id} else None


def _tell_rooms(in_round: Round, by: Capacity) -> None:
    for room in installed():
        if room.on_round_opened is not None:
            room.on_round_opened(in_round.id, by.person_id)


def _round_words(edition: Edition) -> dict[str, str]:
    running = next((r for r in edition.rounds if r.state == "open"), None)
    return {"round": steps.called(running) if running else ""}
