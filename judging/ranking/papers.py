"""Shortlist and score tables as papers; progress, ranking and shortlist as tables: what is seen, in typed cells."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award import dates
from award.documents.paper import Block, Heading, Paper, Paragraph, Signature, Table
from award.documents.paper import Column as PaperColumn
from award.documents.tables import Column, Sheet
from award.editions.calendar import called
from award.editions.models import Edition, Panel, Round
from award.editions.papers import invented, letterhead
from award.text import sort_key
from judging.ranking.board import Line, PanelBoard
from judging.ranking.exchanged import Said
from judging.ranking.following import Following
from judging.ranking.pace import PaceDay
from judging.ranking.queries import rounds
from judging.ranking.score_table import RECUSED, ScoreRow, ScoreTable
from judging.ranking.standing import UNTRIMMED

_TITLE, _WIDTH = 36, 128
"""The least width of a title, and what titles and members share, in millimetres of a page turned sideways."""


def shortlist(edition: Edition, judged: Round, boards: Sequence[PanelBoard]) -> Paper:
    """The works that go on, panel by panel in the order of their places. A blind round tells no author.

    Of nominees without a rank: by title, and why each was chosen in the place of rank and score.
    """
    unranked = judged.unranked_list
    columns = (
        PaperColumn(_("STT"), 12, "center"),
        PaperColumn(_("Mã tác phẩm"), 25),
        PaperColumn(_("Tên tác phẩm"), 64),
        *(
            [PaperColumn(_("Lý do đề cử"), 64)]
            if unranked
            else [
                PaperColumn(_("Thứ hạng"), 14, "center"),
                PaperColumn(_("Điểm"), 15, "center"),
                PaperColumn(_("Ghi chú"), 35),
            ]
        ),
    )
    rows: list[tuple[str, ...] | str] = []
    chosen = 0
    for board in boards:
        lines = _going_on(board, by_title=unranked)
        rows.append(_("%(panel)s: %(n)s tác phẩm", panel=board.panel.name, n=dates.number(len(lines))))
        rows += [_paper_row(number, line, unranked=unranked) for number, line in enumerate(lines, start=1)]
        chosen += len(lines)
    goes_to = _following(edition, judged)
    subject = _("tác phẩm vào vòng %(round)s, %(award)s", round=goes_to, award=edition.name)
    end = Paragraph(_("Danh sách có %(n)s tác phẩm.", n=dates.number(chosen)))
    title = _("Danh sách đề cử") if unranked else _("Danh sách")
    return letterhead(edition, "shortlist").paper(title, subject, [Table(columns, tuple(rows)), end])


def score_table(
    edition: Edition,
    judged: Round,
    panel: Panel,
    table: ScoreTable,
    talked: Sequence[tuple[str, Sequence[Said]]] = (),
    apart: str = "",
) -> Paper:
    """What each member of the panel gave each work, by number, with what the rules make of it, and what was exchanged.

    `talked`: blind code and remarks. Their numbers are others than those of the columns. `apart`: why the round ended
    although members share no work with the others."""
    members = [PaperColumn(dates.number(n), 12, "center") for n in range(1, table.members + 1)]
    columns = (
        PaperColumn(_("STT"), 12, "center"),
        PaperColumn(_("Mã tác phẩm"), 24),
        PaperColumn(_("Tên tác phẩm"), max(_TITLE, _WIDTH - 12 * table.members)),
        *members,
        PaperColumn(_("Số phiếu"), 14, "center"),
        PaperColumn(_("Trung bình"), 16, "center"),
        PaperColumn(_("Chênh lệch"), 16, "center"),
        PaperColumn(_("Hạng"), 14, "center"),
        PaperColumn(_("Ghi chú"), 28),
    )
    rows = tuple(_score_row(number, row) for number, row in enumerate(table.rows, start=1))
    told = {"n": dates.number(len(rows)), "recused": RECUSED, "last": dates.number(table.members)}
    legend = _(
        "Bảng có %(n)s tác phẩm. Cột 1 đến %(last)s là điểm của từng thành viên; dấu %(recused)s: không tham gia chấm "
        "do có liên quan.",
        **told,
    )
    return letterhead(edition, "scores").paper(
        _("Bảng tổng hợp điểm"),
        _("vòng %(round)s, %(panel)s, %(award)s", round=called(judged), panel=panel.name, award=edition.name),
        [Table(columns, rows), Paragraph(legend), *_apart(apart), *_exchanged(talked)],
        signatures=(Signature(_("Người lập bảng")), Signature(_("Trưởng tiểu ban"), table.head)),
        landscape=True,
    )


def _apart(reason: str) -> list[Block]:
    words = _(
        "Có thành viên không chấm chung tác phẩm nào với những người còn lại: mức chấm của các nhóm không so được với "
        "nhau, thứ hạng giữa các nhóm chỉ để tham khảo. Lý do vẫn kết thúc vòng: %(reason)s",
        reason=reason,
    )
    return [Paragraph(words)] if reason else []


def _exchanged(talked: Sequence[tuple[str, Sequence[Said]]]) -> list[Block]:
    blocks: list[Block] = []
    if talked:
        words = _("Số của thành viên khi trao đổi được đánh riêng cho từng tác phẩm, không phải số cột.")
        blocks += [Heading(_("Trao đổi sau khi khóa phiếu chấm"), 2), Paragraph(words)]
    for code, remarks in talked:
        blocks.append(Paragraph(_("Tác phẩm %(code)s: %(n)s ý kiến.", code=code, n=dates.number(len(remarks)))))
        blocks += [Paragraph(each.words, lead=f"{each.who}:") for each in remarks]
    return blocks


def shortlisted(edition: Edition, judged: Round, boards: Sequence[PanelBoard]) -> Sheet:
    """The works that go on, as a table."""
    if judged.unranked_list:
        return _nominees(edition, judged, boards)
    rows = [
        (
            number,
            board.panel.name,
            line.code,
            line.title,
            line.rank,
            line.score,
            _sheets(line),
            line.spread,
            line.reason,
        )
        for board in boards
        for number, line in enumerate(_going_on(board), start=1)
    ]
    return Sheet(_("Danh sách vào vòng sau"), _columns(_("Ghi chú")), rows, headed(edition, judged))


def _nominees(edition: Edition, judged: Round, boards: Sequence[PanelBoard]) -> Sheet:
    columns = [*_works(), Column(_("Lý do đề cử"), width=60)]
    rows = [
        (number, board.panel.name, line.code, line.title, line.reason)
        for board in boards
        for number, line in enumerate(_going_on(board, by_title=True), start=1)
    ]
    return Sheet(_("Danh sách đề cử"), columns, rows, headed(edition, judged))


def ranked(edition: Edition, judged: Round, boards: Sequence[PanelBoard]) -> Sheet:
    """Every work of the ranking in its order; of works kept from the reader the name alone.

    Where the sheets do not tell works on the two sides of the cut apart, which they are.
    """
    undecided = any(board.pairs.found for board in boards)
    columns = [*_columns(_("Lý do")), Column(_("Kết quả"), width=24)]
    columns += [Column(_("Chưa phân định với"), width=60)] if undecided else []
    rows = [
        (
            number,
            board.panel.name,
            line.code,
            line.title,
            line.rank,
            line.score,
            _sheets(line),
            line.spread,
            line.reason or line.lacks or line.figured or line.parted,
            _fate(line),
            *((board.pairs.told(line.entry_id),) if undecided else ()),
        )
        for board in boards
        for number, line in enumerate(board.lines, start=1)
    ]
    return Sheet(_("Xếp hạng"), columns, rows, headed(edition, judged))


def progress(edition: Edition, judged: Round, shown: Following) -> Sheet:
    """How many sheets each member has sent: counts, and never a value."""
    columns = [
        Column(_("Họ tên"), width=30),
        Column(_("Tiểu ban"), width=30),
        Column(_("Đã gửi"), "int", 10),
        Column(_("Được phân công"), "int", 14),
        Column(_("Không chấm, có liên quan"), "int", 14),
    ]
    rows = [(each.name, each.panel, each.finished, each.assigned, each.recused) for each in shown.judges]
    return Sheet(_("Tiến độ chấm"), columns, rows, headed(edition, judged))


def by_day(edition: Edition, judged: Round, days: Sequence[PaceDay]) -> Sheet:
    """How many sheets came on each day that has come, and an even pace beside them."""
    columns = [Column(_("Ngày"), "date", 14), Column(_("Đã gửi trong ngày"), "int", 18)]
    columns += [Column(_("Cộng dồn"), "int", 14), Column(_("Nếu đi đều"), "int", 14)]
    rows = [tuple(each) for each in days if each.so_far is not None]
    return Sheet(_("Phiếu gửi theo ngày"), columns, rows, headed(edition, judged))


def _works() -> list[Column]:
    return [
        Column(_("STT"), "int", 6),
        Column(_("Tiểu ban"), width=30),
        Column(_("Mã tác phẩm"), width=16),
        Column(_("Tên tác phẩm"), width=60),
    ]


def _columns(last: str) -> list[Column]:
    return [
        *_works(),
        Column(_("Thứ hạng"), "int", 10),
        Column(_("Điểm"), "decimal", 10),
        Column(_("Số phiếu"), "int", 10),
        Column(_("Chênh lệch giữa các phiếu"), "decimal", 14),
        Column(last, width=40),
    ]


def _going_on(board: PanelBoard, *, by_title: bool = False) -> list[Line]:
    lines = [line for line in board.lines if line.advanced and not line.gone]
    return sorted(lines, key=lambda line: (sort_key(line.title), line.code)) if by_title else lines


def _sheets(line: Line) -> int | None:
    return None if line.kept else len(line.sheets)


def _fate(line: Line) -> str:
    if line.gone:
        return str(_("Đã rút hoặc không đủ điều kiện"))
    if line.advanced is None:
        return ""
    return str(_("Vào vòng sau")) if line.advanced else str(_("Không"))


def _paper_row(number: int, line: Line, *, unranked: bool) -> tuple[str, ...]:
    if unranked:
        return (dates.number(number), line.code, line.title, line.reason)
    rank = "" if line.rank is None else dates.number(line.rank)
    score = "" if line.score is None else dates.number(line.score)
    return (dates.number(number), line.code, line.title, rank, score, _remark(line))


def _remark(line: Line) -> str:
    return " ".join(filter(None, (line.lacks, line.figured, line.reason)))


def _score_row(number: int, row: ScoreRow) -> tuple[str, ...]:
    remark = ""
    if row.kept:
        remark = _("Không xem điểm do có liên quan.")
    elif row.lacks:
        remark = _("Không xếp hạng: mới có %(share)s phiếu.", share=row.lacks)
    elif row.untrimmed:
        remark = str(UNTRIMMED)
    elif row.too_far:
        remark = _("Chênh lệch vượt mức quy định.")
    return (
        dates.number(number),
        row.code,
        row.title,
        *row.given,
        row.sheets,
        row.mean,
        row.spread,
        row.rank,
        remark,
    )


def _following(edition: Edition, judged: Round) -> str:
    """The round that the shortlist goes to: chung khảo."""
    after = next((each for each in rounds(edition.id) if each.ordinal > judged.ordinal), None)
    return called(after) if after else _("sau")


def headed(edition: Edition, judged: Round) -> str:
    return f"{edition.name}. {_('Vòng %(name)s.', name=called(judged))} {invented(edition)}".strip()
