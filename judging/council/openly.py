"""How an edition was judged, counted for everybody: how many judged, agreed, stood equal, took no part. No names."""

from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import and_, case, func, select

from award.db import session
from award.editions.models import Panel, Round
from award.features import Openly
from judging.panels.models import Assignment, Conflict, Seat
from judging.ranking.board import PanelBoard
from judging.ranking.boards import boards
from judging.ranking.partings import step_words
from judging.ranking.queries import rounds
from judging.ranking.standing import parted_in
from judging.scoring.models import ScoreSheet

Row = tuple[str | int | Decimal, ...]


def openly(edition_id: int, parts: Collection[str]) -> Sequence[Openly]:
    """Of every closed round, panel by panel; a part nobody asks for costs no statement."""
    closed = [each for each in rounds(edition_id) if each.state == "closed"]
    if not closed:
        return []
    given = {part: table for part, table in _TABLES.items() if part in parts}
    shown = {each.id: boards(each, names=False) for each in closed} if {"agreement", "ties"} & set(given) else {}
    return [table(closed, shown) for table in given.values()]


def _judges(closed: Sequence[Round], _shown: dict[int, list[PanelBoard]]) -> Openly:
    sent = and_(Assignment.state == "open", ScoreSheet.state == "finished")
    found = (
        select(
            Seat.round_id,
            Panel.name,
            func.count(Seat.person_id.distinct()).filter(sent),
            func.count(Assignment.entry_id.distinct()),
            func.count(ScoreSheet.id).filter(sent),
        )
        .join(Panel, Panel.id == Seat.panel_id)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Seat.round_id.in_([each.id for each in closed]), Assignment.state != "annulled")
        .group_by(Seat.round_id, Panel.id)
        .order_by(Panel.ordinal, Panel.id)
    )
    heads = (_("Vòng"), _("Tiểu ban"), _("Thành viên chấm"), _("Tác phẩm"), _("Phiếu"))
    return Openly("judges", _("Thành viên chấm"), heads, _by_round(closed, session.execute(found).tuples().all()))


def _agreement(closed: Sequence[Round], shown: dict[int, list[PanelBoard]]) -> Openly:
    words = {"poor": _("thấp"), "fair": _("trung bình"), "good": _("tốt"), "best": _("rất tốt")}
    rows: list[Row] = [
        (each.name, board.panel.name, "–", _("chưa đủ phiếu để nói"))
        if board.figures.unity is None
        else (each.name, board.panel.name, board.figures.unity, _word(words[board.figures.level], board))
        for each in closed
        for board in shown[each.id]
    ]
    heads = (_("Vòng"), _("Tiểu ban"), _("Chỉ số, từ 0 đến 1"), _("Mức thống nhất"))
    shares = [
        (_("%(round)s, %(panel)s", round=each.name, panel=board.panel.name), board.figures.unity)
        for each in closed
        for board in shown[each.id]
        if board.figures.unity is not None
    ]
    note = _("Càng gần 1, các thành viên chấm càng giống nhau. Cách tính có trong bộ kiểm chứng.")
    return Openly("agreement", _("Mức thống nhất giữa các thành viên"), heads, rows, note, shares)


def _word(word: str, board: PanelBoard) -> str:
    return _("%(word)s, chỉ có hai thành viên chấm", word=word) if board.figures.of_two else word


def _ties(closed: Sequence[Round], shown: dict[int, list[PanelBoard]]) -> Openly:
    rows: list[Row] = []
    for each in closed:
        steps = parted_in(each)
        for board in shown[each.id]:
            solved = Counter(step_words(each, parting) for parting in steps.get(board.panel.id, {}).values())
            rows += [(each.name, board.panel.name, _("xếp trên theo %(step)s", step=s), n) for s, n in solved.items()]
            if left := sum(map(len, board.equal)):
                rows.append((each.name, board.panel.name, _("giữ cùng thứ hạng"), left))
    heads = (_("Vòng"), _("Tiểu ban"), _("Cách xếp"), _("Tác phẩm"))
    note = "" if rows else _("Không có tác phẩm nào bằng điểm.")
    return Openly("ties", _("Tác phẩm bằng điểm"), heads, rows, note)


def _recusals(closed: Sequence[Round], _shown: dict[int, list[PanelBoard]]) -> Openly:
    """Who judged all the same did so told or allowed in writing, as the rules have it."""
    aside, told = Assignment.state == "recused", Conflict.effect.in_(("disclose", "waived"))
    tied = (
        select(Conflict.id)
        .where(Conflict.person_id == Seat.person_id, Conflict.entry_id == Assignment.entry_id, told)
        .exists()
    )
    found = (
        select(
            Seat.round_id,
            Panel.name,
            func.count(Seat.person_id.distinct()).filter(aside),
            func.count(Assignment.id).filter(aside),
            func.count(case((tied, Assignment.id))).filter(Assignment.state == "open"),
        )
        .join(Panel, Panel.id == Seat.panel_id)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .where(Seat.round_id.in_([each.id for each in closed]))
        .group_by(Seat.round_id, Panel.id)
        .order_by(Panel.ordinal, Panel.id)
    )
    heads = (
        _("Vòng"),
        _("Tiểu ban"),
        _("Thành viên có lần không chấm"),
        _("Lượt không chấm"),
        _("Lượt chấm sau khi nêu rõ quan hệ"),
    )
    rows = _by_round(closed, session.execute(found).tuples().all())
    return Openly("recusals", _("Không tham gia chấm do có liên quan"), heads, rows)


def _by_round(closed: Sequence[Round], found: Sequence[tuple[int, str, int, int, int]]) -> list[Row]:
    """The name of the round in the place of its number, rounds in their order."""
    return [(each.name, *row[1:]) for each in closed for row in found if row[0] == each.id]


_TABLES = {"judges": _judges, "agreement": _agreement, "ties": _ties, "recusals": _recusals}
