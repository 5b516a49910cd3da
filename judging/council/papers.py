"""The minutes of the council, as far as the system knows what happened, and its proposals as a table.

What no sitting recorded is written in by hand: when people met and who was there. The minutes leave room for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, FEW_DOTS, Block, Heading, Paper, Paragraph, Table
from award.documents.paper import Column as PaperColumn
from award.documents.tables import Column, Sheet
from award.editions.calendar import called
from award.editions.clauses import rule
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.papers import Letterhead, invented, letterhead, meeting, meeting_ends
from award.editions.placing import AGGREGATION
from award.editions.prizes import FOR_WORKS, only_for_words
from award.editions.relations import RELATION_WORDS
from award.editions.rulebook import figure_of
from award.results.lines import within
from judging.council import queries
from judging.council.models import HonourProposal, Proposal
from judging.council.queries import Level, Member
from judging.council.rooms import category_of, narrowed
from judging.panels.conflicts import ACQUAINTED
from judging.panels.permissions import SEAT_WORDS
from judging.ranking.board import Line, PanelBoard
from judging.ranking.boards import boards
from judging.ranking.ruled import rulings_told


@dataclass(frozen=True)
class Session:
    """What the council had before it and what came of it, as its reader may see it."""

    edition: Edition
    last: Round
    boards: Sequence[PanelBoard]
    levels: Sequence[PrizeLevel]
    proposals: Mapping[tuple[int, str], Proposal]
    honours: Sequence[HonourProposal]
    ended: bool
    """Whether the council has ended: what it left out before was not left out by it."""

    @property
    def lines(self) -> list[Line]:
        return [line for board in self.boards for line in board.lines]

    @property
    def standing(self) -> list[Line]:
        return [line for line in self.lines if not line.gone]

    @property
    def structure(self) -> list[Level]:
        return queries.structure(self.levels, self.proposals.values(), self.honours, category_of(self.boards))

    @property
    def ladder(self) -> dict[int, Proposal]:
        """Entry → its proposal for a prize of the ladder: what a place in the ranking leads to."""
        return {entry: each for (entry, kind), each in self.proposals.items() if kind == "main"}

    def proposed(self, level: PrizeLevel) -> list[tuple[Line, Proposal]]:
        """Works proposed for the level, panel by panel in the order of their places."""
        chosen = {each.entry_id: each for each in self.proposals.values() if each.prize_level_id == level.id}
        return [(line, chosen[line.entry_id]) for line in self.lines if line.entry_id in chosen]


@dataclass(frozen=True)
class Met:
    """What the sittings of the council recorded: when the first began, rolls, votes, who took no part, what was
    written down of works and what was proposed otherwise than voted, in lines."""

    began: datetime
    roll: tuple[str, ...]
    votes: tuple[str, ...]
    recused: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    works_voted_on: frozenset[int] = frozenset()
    """Works of which a vote was counted."""
    levels_voted_on: frozenset[int] = frozenset()
    """Levels at which any vote was taken, one that was called off too."""


def session_of(edition: Edition, last: Round, reader: int | None, only: str = "") -> Session:
    """What the council has before it, as this reader may see it; of one loại hình where `only` names it."""
    shown = boards(last, names=False, reader=reader)
    before = queries.before_council(edition.id)
    return Session(edition, last, narrowed(shown, only), before.levels, before.proposals, before.honours, before.ended)


def minutes(held: Session, met: Met | None = None) -> Paper:
    """The minutes: who sat, what was considered, who took no part, ties, votes, proposals, places left vacant."""
    head = letterhead(held.edition, "minutes")
    structure = held.structure
    voted = [Heading(_("V. Bỏ phiếu, biểu quyết")), *_voted(met)] if met else []
    body = [
        Paragraph(_opening(head, held.edition, met)),
        Heading(_("I. Thành phần")),
        *_members(queries.members(held.edition.id, held.last.id), head, met),
        Heading(_("II. Nội dung")),
        *_considered(held, met),
        *_lines(met.remarks if met else ()),
        Heading(_("III. Không tham gia do có liên quan")),
        *(_recusals(held) if met is None else closed(met.recused) or [Paragraph(_("Không có."))]),
        *_judged_with_ties(held),
        Heading(_("IV. Tác phẩm bằng điểm")),
        *_ties(held, structure),
        *voted,
        Heading(_("VI. Kết quả đề nghị giải") if met else _("V. Kết quả đề nghị giải")),
        *_outcome(held, structure, met),
        Paragraph(meeting_ends()),
    ]
    subject = _("họp %(council)s, %(award)s", council=head.name or _("Hội đồng chấm Giải"), award=held.edition.name)
    return head.paper(_("Biên bản"), subject, body, signatures=head.minuted)


def listed(held: Session) -> Sheet:
    """The room's works in its order with what is proposed for them."""
    levels = {level.id: level.name for level in held.levels}
    away = queries.recused(held.last.id)
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Tiểu ban"), width=30),
        Column(_("Thứ hạng"), "int", 10),
        Column(_("Mã tác phẩm"), width=16),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Loại hình"), width=16),
        Column(_("Điểm"), "decimal", 10),
        Column(_("Mức giải đề nghị"), width=24),
        Column(_("Chuyên đề"), width=30),
        Column(_("Lý do"), width=40),
        Column(_("Không tham gia do có liên quan"), width=40),
    ]
    rows = []
    for board in held.boards:
        for number, line in enumerate(board.lines, start=1):
            given = [each for (entry, _kind), each in held.proposals.items() if entry == line.entry_id]
            rows.append(
                (
                    number,
                    board.panel.name,
                    line.rank,
                    line.code,
                    line.title,
                    line.category,
                    line.score,
                    "; ".join(levels[each.prize_level_id] for each in given),
                    "; ".join(each.theme for each in given if each.theme),
                    "; ".join(each.reason for each in given if each.reason),
                    ", ".join(away.get(line.entry_id, [])),
                )
            )
    note = f"{held.edition.name}. {_('Vòng %(name)s.', name=called(held.last))} {invented(held.edition)}".strip()
    return Sheet(_("Đề nghị giải"), columns, rows, note)


def _voted(met: Met) -> list[Block]:
    """The votes, then what is proposed otherwise than they came to."""
    beside = [Paragraph(_("Đề nghị khác kết quả bỏ phiếu:")), *closed(met.beside)] if met.beside else []
    return [*(_lines(met.votes) or [Paragraph(_("Không có."))]), *beside]


def _opening(head: Letterhead, edition: Edition, met: Met | None) -> str:
    body = head.name or _("Hội đồng chấm Giải")
    told = {"met": meeting(body, met.began if met else None), "award": edition.name}
    return str(_("%(met)s họp xét, đề nghị giải %(award)s.", **told))


def _members(members: Sequence[Member], head: Letterhead, met: Met | None) -> list[Block]:
    """Who leads, then everybody with a seat; who came, or room for a mark. Names in the order of Vietnamese lists."""
    leading = [each for each in members if each.role]
    blocks: list[Block] = [
        Paragraph(_("- Chủ trì: %(name)s.", name=head.signer or _names(leading, "chair"))),
        Paragraph(_("- Ghi biên bản: %(name)s.", name=head.writer or DOTS)),
    ]
    deputies = [each.name for each in leading if each.role == "deputy"]
    if deputies:
        blocks.append(Paragraph(_("- Phó Chủ tịch: %(names)s.", names=", ".join(deputies))))
    seated = [each for each in members if each.seats]
    columns: tuple[PaperColumn, ...] = (
        PaperColumn(_("STT"), 12, "center"),
        PaperColumn(_("Họ và tên"), 55),
        PaperColumn(_("Nhiệm vụ"), 78),
    )
    rows: list[tuple[str, ...] | str] = [
        (dates.number(n), each.name, _office(each), *(() if met else ("",))) for n, each in enumerate(seated, start=1)
    ]
    if met is not None:
        return [*blocks, *_lines(met.roll), *([Table(columns, tuple(rows))] if rows else [])]
    columns = (*columns, PaperColumn(_("Có mặt"), 20, "center"))
    told = {"n": dates.number(len(seated)), "few": FEW_DOTS}
    blocks.append(Paragraph(_("- Thành viên: %(n)s người; có mặt %(few)s, vắng %(few)s.", **told)))
    return [*blocks, Table(columns, tuple(rows))] if rows else blocks


def _names(leading: Sequence[Member], role: str) -> str:
    return ", ".join(each.name for each in leading if each.role == role) or DOTS


def _office(member: Member) -> str:
    """Trưởng tiểu ban, Tiểu ban Báo in; a council is headed by its Chủ tịch."""
    return "; ".join(f"{_seat(panel, role)}, {panel}" for panel, role in member.seats)


def _seat(panel: str, role: str) -> str:
    heads = {"chair": _("Chủ tịch"), "deputy": _("Phó Chủ tịch")}
    council = panel.lower().startswith("hội đồng")
    return str(heads.get(role, SEAT_WORDS[role]) if council else SEAT_WORDS[role])


def _considered(held: Session, met: Met | None) -> list[Block]:
    """What was before the council, and of how many works a vote was counted where its sittings know it: that a work was
    there says not that it was discussed."""
    gone = len(held.lines) - len(held.standing)
    told = {"n": dates.number(len(held.standing)), "round": called(held.last)}
    first = _("Trước Hội đồng có %(n)s tác phẩm của vòng %(round)s, xếp theo điểm chính thức:", **told)
    figure = str(AGGREGATION[figure_of(held.last)])
    counts = [(board.panel.name, sum(not line.gone for line in board.lines)) for board in held.boards]
    listed = [_("- %(panel)s: %(n)s tác phẩm", panel=panel, n=dates.number(n)) for panel, n in counts]
    blocks: list[Block] = [Paragraph(first), *closed(listed), Paragraph(figure)]
    if met is not None:
        voted = sum(line.entry_id in met.works_voted_on for line in held.standing)
        split = {"n": dates.number(voted), "rest": dates.number(len(held.standing) - voted)}
        blocks.append(Paragraph(_("Đã bỏ phiếu, biểu quyết %(n)s tác phẩm; không bỏ phiếu %(rest)s.", **split)))
    if gone:
        words = _("Không xét %(n)s tác phẩm đã rút hoặc không còn đủ điều kiện dự Giải.", n=dates.number(gone))
        blocks.append(Paragraph(words))
    short = [f"- {work_of(line)}: {line.lacks}".rstrip(".") for line in held.standing if line.lacks]
    if short:
        blocks += [Paragraph(_("Tác phẩm chưa đủ số phiếu chấm, không xếp hạng:")), *closed(short)]
    return blocks


def _recusals(held: Session) -> list[Block]:
    away = queries.recused(held.last.id)
    told = [
        _("- %(work)s: %(names)s", work=work_of(line), names=", ".join(away[line.entry_id]))
        for line in held.standing
        if line.entry_id in away
    ]
    return [*closed(told)] or [Paragraph(_("Không có."))]


def _judged_with_ties(held: Session) -> list[Block]:
    """What the rules settled of ties, who judged a work with one, and on what ground.

    How they know whom stays out of the minutes.
    """
    settled = rule(held.edition, "conflict_relations")
    blocks: list[Block] = [Paragraph(_("Theo Thể lệ: %(words)s", words=settled.words))] if settled.valued else []
    told = queries.judged_with_ties(held.last.id)
    lines = [
        _("- %(work)s: %(names)s", work=work_of(line), names=", ".join(f"{one.name} ({_ground(one)})" for one in each))
        for line in held.standing
        if (each := told.get(line.entry_id))
    ]
    return [*blocks, *([Paragraph(_("Có khai báo hoặc được phép, vẫn chấm:")), *closed(lines)] if lines else [])]


def _ground(one: queries.JudgedAllTheSame) -> str:
    if one.effect == "waived":
        return str(_("được phép bằng văn bản"))
    if one.relation == ACQUAINTED:
        return str(_("khai báo quen biết tác giả"))
    tie = within(str(RELATION_WORDS[one.relation]))
    if one.source == "computed":
        return str(_("%(tie)s, theo Thể lệ vẫn chấm", tie=tie))
    return str(_("khai báo: %(tie)s", tie=tie))


def _ties(held: Session, structure: Sequence[Level]) -> list[Block]:
    """Works of one panel with the same figure of which one at least is proposed: where a tie decided something."""
    levels = {each.level.id: within(each.level.name) for each in structure}
    told = []
    for board in held.boards:
        for score, lines in _equal(board, held.ladder).items():
            works = [f"{line.code} ({_level(held.ladder.get(line.entry_id), levels)})" for line in lines]
            words = {"panel": board.panel.name, "score": dates.number(score), "works": ", ".join(works)}
            told.append(_("- %(panel)s, cùng %(score)s điểm: %(works)s", **words))
    if not told:
        return [Paragraph(_("Không có."))]
    ties = rule(held.edition, "tie_rule")
    how = _("Xét tiếp theo Quy chế: %(step)s.", step=ties.text.rstrip(" .")) if ties.valued else ""
    parted = [f"- {line.code}: {line.parted}".rstrip(".") for line in held.standing if line.parted]
    ruled = [f"- {each.sentence}" for each in rulings_told(held.last, held.boards)]
    return [*closed(told), *([Paragraph(how)] if how else []), *closed([*parted, *ruled])]


def _equal(board: PanelBoard, proposals: Mapping[int, Proposal]) -> dict[Decimal, list[Line]]:
    by_score: dict[Decimal, list[Line]] = {}
    for line in board.lines:
        if line.score is not None and line.rank is not None and not line.gone:
            by_score.setdefault(line.score, []).append(line)
    return {
        score: lines
        for score, lines in by_score.items()
        if len(lines) > 1 and any(line.entry_id in proposals for line in lines)
    }


def _level(proposal: Proposal | None, levels: Mapping[int, str]) -> str:
    return levels.get(proposal.prize_level_id, "") if proposal else str(_("không đề nghị"))


def _outcome(held: Session, structure: Sequence[Level], met: Met | None) -> list[Block]:
    blocks: list[Block] = []
    for number, each in enumerate(structure, start=1):
        only = only_for_words(each.level, held.edition) if each.level.categories else ""
        named = f"{each.level.name} ({only})" if only else each.level.name
        told = {"number": number, "level": named, "given": each.given, "quota": each.level.quota}
        blocks.append(Heading(_("%(number)s. %(level)s: đề nghị %(given)s trong số %(quota)s", **told), 2))
        blocks += [Paragraph(_proposed(line, proposal)) for line, proposal in held.proposed(each.level)]
        blocks += [Paragraph(_honoured(held, one)) for one in held.honours if one.prize_level_id == each.level.id]
        if not held.ended and each.left > 0:
            left = {"n": dates.number(each.left), "level": within(each.level.name)}
            blocks.append(Paragraph(_("Còn %(n)s %(level)s chưa đề nghị.", **left)))
        elif not each.given:
            blocks.append(Paragraph(_nothing_proposed(each.level, met)))
        elif each.left > 0:
            left = {"n": dates.number(each.left), "level": within(each.level.name)}
            blocks.append(Paragraph(_("Khuyết %(n)s %(level)s.", **left)))
    return blocks


def _nothing_proposed(level: PrizeLevel, met: Met | None) -> str:
    """That nothing is proposed, not that anybody agreed to it; where no vote was taken at the level, that too."""
    told = {"level": within(level.name)}
    if met is not None and level.kind in FOR_WORKS and level.id not in met.levels_voted_on:
        return str(_("Không có đề nghị trao %(level)s; không bỏ phiếu ở mức này.", **told))
    return str(_("Không có đề nghị trao %(level)s.", **told))


def _proposed(line: Line, proposal: Proposal) -> str:
    score = "" if line.score is None else _(", %(score)s điểm", score=dates.number(line.score))
    theme = _(", chuyên đề: %(theme)s", theme=proposal.theme) if proposal.theme else ""
    gone = _(" (đã rút hoặc không còn đủ điều kiện)") if line.gone else ""
    return f"- {work_of(line)}{score}{theme}{gone}.{_reason(proposal.reason)}"


def _honoured(held: Session, proposal: HonourProposal) -> str:
    """A body, or a person with the work that depicts them."""
    work = next((line for line in held.lines if line.entry_id == proposal.entry_id), None)
    told = _(", nhân vật trong tác phẩm %(work)s", work=work_of(work)) if work else ""
    return f"- {proposal.recipient}{told}.{_reason(proposal.reason)}"


def _reason(words: str) -> str:
    return str(_(" Lý do: %(reason)s.", reason=words.rstrip(" ."))) if words else ""


def work_of(line: Line) -> str:
    """The work as minutes name it."""
    return f"“{line.title}” ({line.code})"


def _lines(lines: Sequence[str]) -> list[Block]:
    return [Paragraph(line) for line in lines]


def closed(lines: Sequence[str]) -> list[Paragraph]:
    """Lines of a list, with a semicolon between and a full stop at the end."""
    ends = [";"] * (len(lines) - 1) + ["."]
    return [Paragraph(f"{line}{end}") for line, end in zip(lines, ends, strict=False)]
