"""Papers of the sittings: the minutes of the council with its roll and votes, those of the counting committee."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, Block, Heading, Paper, Paragraph, Signature, Table
from award.documents.paper import Column as PaperColumn
from award.editions.clauses import rule
from award.editions.models import PrizeLevel
from award.editions.papers import letterhead, meeting, meeting_ends
from award.results.lines import within
from judging.council import papers as council
from judging.council.papers import Met, Session, work_of
from judging.sittings import handed_out, queries
from judging.sittings.held_fast import annexes
from judging.sittings.majorities import Count, least
from judging.sittings.models import AgendaItem, Sitting, Vote
from judging.sittings.operations import overturning
from judging.sittings.ruled import majority_of


def minutes(held: Session) -> Paper:
    """The minutes of the council; with what its sittings recorded where there were any."""
    sat = [each for each in queries.sittings(held.edition.id) if each.opened_at is not None]
    paper = council.minutes(held, _met(held, sat) if sat else None)
    acts = [("outcome.recorded", "edition", held.edition.id), *(("sitting.closed", "sitting", each.id) for each in sat)]
    return replace(paper, annexes=annexes(held.edition, acts, _("Kèm theo Biên bản họp Hội đồng")))


def count_minutes(held: Session, sitting: Sitting) -> Paper:
    """The minutes of the counting committee: each secret ballot of the sitting, given out, come back, valid, for.

    Those who read the papers that were counted sign it, whoever is on the committee now.
    """
    head = letterhead(held.edition, "minutes")
    current, read = queries.tellers(sitting.id), handed_out.read_by(sitting.id)
    tellers = [*current, *(each for each in read if each not in current)]
    secret = [each for each in _taken([sitting], "closed") if each.method != "hands"]
    named = [Paragraph(f"{n}. {each.name}") for n, each in enumerate(tellers, start=1)] or [Paragraph(DOTS)]
    told = {"met": meeting(_("Ban kiểm phiếu")), "council": head.name or _("Hội đồng chấm Giải")}
    body: list[Block] = [
        Paragraph(_("%(met)s kiểm các phiếu đề nghị giải của %(council)s.", **told)),
        Heading(_("I. Ban kiểm phiếu")),
        *named,
        Heading(_("II. Cách bỏ phiếu")),
        Paragraph(_how(held, secret)),
        Heading(_("III. Kết quả kiểm phiếu")),
        *(_counted(held, secret) if secret else [Paragraph(_("Không có."))]),
        *(Paragraph(words) for words in _printed(held, sitting)),
        *(Paragraph(words) for words in _votes(held, _taken([sitting], "called_off"))),
        Paragraph(meeting_ends()),
    ]
    first, *others = [each.name for each in (read or tellers)] or [""]
    second = ", ".join(others if read else others[:1])
    signed = (Signature(_("Ban kiểm phiếu"), first), Signature(_("Ban kiểm phiếu"), second))
    subject = _("kiểm phiếu, phiên họp thứ %(n)s, %(award)s", n=dates.number(sitting.number), award=held.edition.name)
    held_by = annexes(held.edition, [("sitting.closed", "sitting", sitting.id)], _("Kèm theo Biên bản kiểm phiếu"))
    return head.paper(_("Biên bản"), subject, body, signatures=signed, annexes=held_by)


def _how(held: Session, votes: Sequence[Vote]) -> str:
    share = rule(held.edition, "majority")
    words = share.words if share.valued else ""
    words = words or _("Tác phẩm được đề nghị giải khi ít nhất hai phần ba số người có quyền bỏ phiếu đồng ý.")
    on_paper = [vote for vote in votes if vote.method == "paper"]
    ways = []
    if len(on_paper) < len(votes) or not votes:
        ways.append(
            _(
                "Thành viên có mặt, không có liên quan đến tác phẩm bỏ phiếu kín trên hệ thống; phiếu trắng là không"
                " đồng ý."
            )
        )
    if on_paper:
        ways.append(
            _(
                "Thành viên có mặt, không có liên quan đến tác phẩm bỏ phiếu kín trên giấy; hai thành viên Ban kiểm"
                " phiếu nhập độc lập từ bản quét, kết quả giống nhau thì được tính. Phiếu trắng, phiếu không hợp lệ là"
                " không đồng ý."
            )
        )
    return " ".join([*ways, words])


def _counted(held: Session, votes: Sequence[Vote]) -> list[Block]:
    columns = (
        PaperColumn(_("STT"), 9, "center"),
        PaperColumn(_("Tác phẩm"), 52),
        PaperColumn(_("Mức giải"), 24),
        PaperColumn(_("Phát ra"), 13, "center"),
        PaperColumn(_("Thu về"), 13, "center"),
        PaperColumn(_("Hợp lệ"), 13, "center"),
        PaperColumn(_("Không hợp lệ"), 14, "center"),
        PaperColumn(_("Đồng ý"), 13, "center"),
        PaperColumn(_("Không đồng ý"), 14, "center"),
        PaperColumn(_("Phiếu trắng"), 14, "center"),
    )
    works, levels = _works(held, votes), {level.id: level for level in held.levels}
    rows = []
    for number, vote in enumerate(votes, start=1):
        count = _count(vote)
        again = _(" (lần %(n)s)", n=dates.number(vote.number)) if vote.number > 1 else ""
        back = (count.eligible, count.returned, count.valid, count.invalid)
        figures = (*back, count.yes, count.no, count.blank)
        level = levels[vote.prize_level_id].name + again + _anew(vote)
        rows.append((str(number), works[vote.item_id], level, *(dates.number(each) for each in figures)))
    return [Table(columns, tuple(rows))]


def _printed(held: Session, sitting: Sitting) -> list[str]:
    """What became of the papers printed for each stack that was counted."""
    listed = [each for each in handed_out.stacks(sitting.id) if each.called_off_at is None]
    lined, levels = handed_out.lines([each.id for each in listed]), {level.id: level for level in held.levels}
    told = []
    for stack in (each for each in listed if lined[each.id][0].vote.state == "closed"):
        out, void = lined[stack.id][0].vote.eligible, len(stack.void)
        told_of = stack.unused_agreed_at is not None or not handed_out.spare(stack)
        found = len(stack.unused) if told_of else None
        numbers = {"printed": len(stack.codes), "out": out, "spoiled": void} | (
            {} if found is None else {"left": found}
        )
        named = {"n": dates.number(stack.ordinal), "level": within(levels[stack.prize_level_id].name)}
        named |= {name: dates.number(number) for name, number in numbers.items()}
        if found is None:
            words = _(
                "- Xấp phiếu giấy %(n)s, %(level)s: in %(printed)s phiếu, phát ra %(out)s, đổi phiếu hỏng %(spoiled)s;"
                " chưa đối chiếu phiếu dự phòng không dùng.",
                **named,
            )
        else:
            words = _(
                "- Xấp phiếu giấy %(n)s, %(level)s: in %(printed)s phiếu, phát ra %(out)s, đổi phiếu hỏng %(spoiled)s,"
                " phiếu dự phòng không dùng %(left)s.",
                **named,
            )
        told.append(str(words))
    return told


def _met(held: Session, sat: Sequence[Sitting]) -> Met:
    votes, began = _taken(sat, "closed", "called_off"), sat[0].opened_at
    assert began is not None
    return Met(
        began=began,
        roll=tuple(line for sitting in sat for line in _roll(sitting)),
        votes=tuple(_votes(held, votes)),
        recused=tuple(_recused(held, sat)),
        remarks=tuple(_remarks(held, sat)),
        beside=tuple(_beside(held)),
        works_voted_on=frozenset(queries.works_of({each.item_id for each in votes if each.state == "closed"})),
        levels_voted_on=frozenset(each.prize_level_id for each in votes),
    )


def growing(held: Session, sitting: Sitting, kept: Collection[int]) -> list[tuple[str, list[str]]]:
    """The minutes of a sitting as far as they have come, the last vote first, each part under its heading; nothing of
    items in `kept`."""
    votes = [each for each in _taken([sitting], "closed", "called_off") if each.item_id not in kept]
    parts = [
        (_("Bỏ phiếu, biểu quyết"), _votes(held, votes)[::-1]),
        (_("Ý kiến"), _remarks(held, [sitting], kept)),
        (_("Không tham gia do có liên quan"), _recused(held, [sitting])),
        (_("Thành phần"), _roll(sitting)),
    ]
    return [(heading, [line.removeprefix("- ") for line in lines]) for heading, lines in parts if lines]


def _roll(sitting: Sitting) -> list[str]:
    roll, tellers = queries.roll(sitting.id), queries.tellers(sitting.id)
    assert sitting.opened_at is not None
    here, away = [each.name for each in roll if each.present], [each.name for each in roll if not each.present]
    told = {
        "n": dates.number(sitting.number),
        "from": dates.moment(sitting.opened_at),
        "here": dates.number(len(here)),
        "all": dates.number(len(roll)),
    }
    ended = _(", kết thúc lúc %(at)s", at=dates.moment(sitting.closed_at)) if sitting.closed_at else ""
    words = _(
        "Phiên họp thứ %(n)s, bắt đầu lúc %(from)s%(ended)s; có mặt %(here)s/%(all)s thành viên.", ended=ended, **told
    )
    lines = [f"- {words}", f"- {_('Có mặt: %(names)s.', names=', '.join(here) or DOTS)}"]
    if away:
        lines.append(f"- {_('Vắng mặt: %(names)s.', names=', '.join(away))}")
    if tellers:
        lines.append(f"- {_('Ban kiểm phiếu: %(names)s.', names=', '.join(each.name for each in tellers))}")
    return lines


def _remarks(held: Session, sat: Sequence[Sitting], kept: Collection[int] = ()) -> list[str]:
    """What was said of works, in the order of the agenda, and what absent members sent in writing."""
    written = queries.remarks([each.id for each in sat])
    listed = [item for sitting in sat for item in queries.agenda(sitting.id) if item.id not in kept]
    works, lines = _items(held, listed), []
    for item in listed:
        for remark, name, level in written.get(item.id, ()):
            told = {"work": works[item.id], "words": remark.words, "name": name, "level": within(level or "")}
            if level and remark.says == "yes":
                words = _(
                    "- %(work)s, ý kiến bằng văn bản của %(name)s (vắng mặt), đồng ý %(level)s: %(words)s", **told
                )
            elif level:
                words = _(
                    "- %(work)s, ý kiến bằng văn bản của %(name)s (vắng mặt), không đồng ý %(level)s: %(words)s", **told
                )
            elif name:
                words = _("- %(work)s, ý kiến bằng văn bản của %(name)s (vắng mặt): %(words)s", **told)
            else:
                words = _("- %(work)s, ý kiến tại phiên họp: %(words)s", **told)
            lines.append(str(words))
    return lines


def _votes(held: Session, votes: Sequence[Vote]) -> list[str]:
    works, levels = _works(held, votes), {level.id: level for level in held.levels}
    return [
        (_vote if vote.state == "closed" else _called_off)(held, vote, works[vote.item_id], levels[vote.prize_level_id])
        for vote in votes
    ]


def _called_off(_held: Session, vote: Vote, work: str, level: PrizeLevel) -> str:
    """A vote whose papers were handed out and called off, and why."""
    told = {
        "work": work,
        "level": within(level.name),
        "again": _again(vote),
        "out": dates.number(vote.eligible),
        "why": handed_out.reason_of(vote).rstrip(" ."),
    }
    words = _(
        "- %(work)s, %(level)s%(again)s, bỏ phiếu kín trên giấy: đã phát ra %(out)s phiếu, hủy phát phiếu, không kiểm"
        " (lý do: %(why)s).",
        **told,
    )
    return str(words)


def _vote(held: Session, vote: Vote, work: str, level: PrizeLevel) -> str:
    """One vote with its count, as W-25 words it; a vote taken again says why."""
    count, needed = _count(vote), least(majority_of(held.edition), vote.counted_of)
    told = {
        "work": work,
        "level": within(level.name),
        "again": _again(vote),
        "yes": dates.number(count.yes),
        "no": dates.number(count.no),
        "blank": dates.number(count.blank),
        "out": dates.number(count.eligible),
        "spoiled": _spoiled(vote),
        "anew": _anew(vote),
        "back": dates.number(count.returned),
        "valid": dates.number(count.valid),
        "invalid": dates.number(count.invalid),
        "here": dates.number(vote.present),
        "all": dates.number(vote.members),
        "letters": _letters(vote),
        "who": _counted_by(vote),
        "what": _outcome(vote, needed),
    }
    if vote.method == "hands":
        words = _(
            "- %(work)s, %(level)s%(again)s, biểu quyết giơ tay, có mặt %(here)s/%(all)s: được biểu quyết %(out)s,"
            " đồng ý %(yes)s, không đồng ý %(no)s, không biểu quyết %(blank)s%(letters)s; %(who)s. %(what)s.",
            **told,
        )
    elif vote.method == "paper":
        words = _(
            "- %(work)s, %(level)s%(again)s, bỏ phiếu kín trên giấy, có mặt %(here)s/%(all)s: phát ra %(out)s"
            " phiếu%(spoiled)s, thu về %(back)s, hợp lệ %(valid)s, không hợp lệ %(invalid)s; đồng ý %(yes)s, không"
            " đồng ý %(no)s, phiếu trắng %(blank)s. %(what)s.",
            **told,
        )
    else:
        words = _(
            "- %(work)s, %(level)s%(again)s, bỏ phiếu kín%(anew)s, có mặt %(here)s/%(all)s: phát ra %(out)s phiếu,"
            " thu về %(back)s, hợp lệ %(back)s; đồng ý %(yes)s, không đồng ý %(no)s, phiếu trắng %(blank)s. %(what)s.",
            **told,
        )
    return str(words)


def _outcome(vote: Vote, needed: int) -> str:
    """Whether it passed; of how many so many had to agree, where that is not who might vote."""
    if vote.base is not None:
        words = {"n": dates.number(needed), "of": dates.number(vote.base)}
        if vote.passed:
            return str(_("Đạt (cần từ %(n)s trên %(of)s thành viên)", **words))
        return str(_("Chưa đạt (cần từ %(n)s trên %(of)s thành viên)", **words))
    return str(_("Đạt") if vote.passed else _("Chưa đạt (cần từ %(n)s)", n=dates.number(needed)))


def _letters(vote: Vote) -> str:
    """Of the voices counted with the hands, those that absent members gave in writing."""
    if not vote.letters:
        return ""
    told = {"n": dates.number(vote.letters), "yes": dates.number(vote.letters_yes), "no": dates.number(vote.letters_no)}
    if vote.letters_present:
        words = _(
            " (trong đó %(n)s ý kiến bằng văn bản của thành viên vắng mặt, tính là có mặt: đồng ý %(yes)s, không đồng ý"
            " %(no)s)",
            **told,
        )
    else:
        words = _(
            " (trong đó %(n)s ý kiến bằng văn bản của thành viên vắng mặt: đồng ý %(yes)s, không đồng ý %(no)s)", **told
        )
    return str(words)


def _counted_by(vote: Vote) -> str:
    """Who counted the hands and who confirmed it; one name of a vote from before two were asked for."""
    assert vote.closed_by_id is not None
    names = queries.names({vote.opened_by_id, vote.closed_by_id})
    counted, confirmed = names[vote.opened_by_id], names[vote.closed_by_id]
    if vote.opened_by_id == vote.closed_by_id:
        return str(_("%(name)s đếm", name=counted))
    return str(_("%(counted)s đếm, %(confirmed)s xác nhận", counted=counted, confirmed=confirmed))


def _spoiled(vote: Vote) -> str:
    number = handed_out.exchanged(vote)
    return str(_(" (đổi phiếu hỏng: %(n)s)", n=dates.number(number))) if number else ""


def _anew(vote: Vote) -> str:
    """Says so where the ballots that came first were lost with their key, and how many they were."""
    if not vote.begun_anew:
        return ""
    told = {"n": dates.number(vote.begun_anew), "lost": dates.number(vote.lost)}
    return str(_(" (làm lại từ đầu %(n)s lần do không còn mở được %(lost)s phiếu đã bỏ)", **told))


def _again(vote: Vote) -> str:
    if vote.number == 1:
        return str(_(" (lý do: %(reason)s)", reason=vote.reason.rstrip(" ."))) if vote.reason else ""
    told = {"n": dates.number(vote.number), "reason": vote.reason.rstrip(" .")}
    return str(_(", lần %(n)s (lý do: %(reason)s)", **told))


def _beside(held: Session) -> list[str]:
    """What is proposed, or left out, otherwise than it was voted, with its reason."""
    works = {line.entry_id: work_of(line) for line in held.lines}
    found = [each for each in overturning.overturned(held.edition) if each.entry_id in works]
    return [f"- {overturning.told(each, works[each.entry_id])}" for each in found]


def _recused(held: Session, sat: Sequence[Sitting]) -> list[str]:
    """Who took no part in which work of the sittings."""
    told = []
    for sitting in sat:
        names = {each.id: each.name for each in queries.roll(sitting.id)}
        away, items = queries.recusals(sitting.id), queries.agenda(sitting.id)
        works = _items(held, items)
        for item in items:
            people = [name for who, name in names.items() if who in away.get(item.id, {})]
            if people:
                told.append(_("- %(work)s: %(names)s", work=works[item.id], names=", ".join(people)))
    return told


def _taken(sat: Collection[Sitting], *ends: str) -> list[Vote]:
    """Votes of these sittings that ended so."""
    return [each for each in queries.votes([one.id for one in sat]) if each.state in ends]


def _works(held: Session, votes: Sequence[Vote]) -> dict[int, str]:
    sat = {vote.sitting_id for vote in votes}
    return _items(held, [item for one in sorted(sat) for item in queries.agenda(one)])


def _items(held: Session, items: Sequence[AgendaItem]) -> dict[int, str]:
    """Item → its work as the minutes name it."""
    lines = {line.entry_id: work_of(line) for line in held.lines}
    return {item.id: lines.get(item.entry_id, "") for item in items}


def _count(vote: Vote) -> Count:
    return Count(vote.eligible, vote.yes or 0, vote.no or 0, vote.blank or 0, vote.invalid)
