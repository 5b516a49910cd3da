"""What the room scoring hands to the house."""

from collections.abc import Sequence

from flask import Flask, url_for
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.db import session
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.queries import capacity, with_rules
from award.features import Feature, FileSight, NextAct
from award.files.models import File
from award.glance import glance
from award.people.models import Person
from award.reserve import keep_for
from award.verdicts import Verdict
from judging.panels.queries import judged_now, ties_between
from judging.panels.sealed import nothing_is_judged
from judging.scoring import away as away  # its doors stand on the same blueprint
from judging.scoring import brought, correspondence, operations, pages, queries, told, views
from judging.scoring import comparing as comparing
from judging.scoring import originals as originals
from judging.scoring import paper_pages as paper_pages
from judging.scoring import previews as previews
from judging.scoring import problems as problems
from judging.scoring import reminder_pages as reminder_pages
from judging.scoring import tasks as tasks  # what it registers with the queue
from judging.scoring.permissions import KEPT_APART, KEYS_MARKS, can_key, can_read_scan, can_send_paper
from judging.scoring.personal import personal
from judging.scoring.progress import sheets_begun

SEALED = ("sheet.", "exchange.", "paper.keyed", "paper.keyer_bound", "paper.dropped", "work.problem_", "work.original_")
"""What judges did, who opened which work, what is keyed from paper: told when the round is over."""


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """A judge reads the files of own open works; in a blind round under a name that says nothing, and never as they
    came: recordings and photos carry their makers' names within."""
    if person_id is None:
        return None
    name = queries.shown_name(file_id, person_id)
    if name is None:
        return _scan_sight(file_id, person_id)
    return FileSight(name or session.get_one(File, file_id).name, original=not name)


def _scan_sight(file_id: int, person_id: int) -> FileSight | None:
    """The scan of a paper sheet is read by its judge and by the two who key it; after the round by who reads sheets."""
    scan = brought.scan_of(file_id)
    if scan is None:
        return None
    by = capacity(session.get_one(Person, person_id), scan.edition)
    bound = bool(can_key(by)) and any(one.person_id == person_id for one in scan.paper.keyings)
    tied = bool(ties_between(scan.edition, [person_id], [scan.assignment.entry_id]))
    if person_id == scan.judge_id or bound or (can_read_scan(by, scan.round_) and not tied):
        return FileSight(f"phieu-cham-{scan.paper.public_id}")
    return None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """The scan of a paper sheet comes in from who began it, as long as nobody else is bound by it."""
    scan = brought.scan_of(file_id)
    if scan is None:
        return None
    return can_send_paper(capacity(session.get_one(Person, person_id), scan.edition), scan.paper)


def against_appointing(edition_id: int, person_id: int, role: str) -> Verdict | None:
    """Who has keyed a paper sheet knows sealed marks: no office that must not know them before the round is closed."""
    if role in KEPT_APART and brought.knows_marks(person_id, edition_id):
        return Verdict("knows_marks", str(KEYS_MARKS))
    return None


def close_late_ties() -> None:
    """Nobody is still to read a work they have to do with since it was dealt, in whatever edition is judged now."""
    for edition_id in judged_now():
        operations.close_late_ties(edition=with_rules(edition_id))


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the staff: what is wrong with works, what is to be keyed. For a judge: works left to judge and sheets left
    to send; between rounds, what is waited for and where to look back."""
    acts = [_problems(*waiting) for waiting in told.problems_waiting(person_id, edition_id)]
    acts += [_papers(*waiting) for waiting in brought.papers_to_key(person_id, edition_id)]
    for bench in queries.benches(person_id, edition_id):
        if bench.pledged:
            acts += (
                _at_work(person_id, bench) if bench.round_.state == "open" else _waiting(person_id, bench, edition_id)
            )
    return acts


def _problems(slug: str, round_: Round, count: int) -> NextAct:
    """What judges found wrong with works, for who can mend it."""
    sentence = _("Xem %(n)s lỗi tác phẩm do thành viên chấm báo, vòng %(round)s", n=count, round=called(round_))
    return NextAct(sentence, url_for("scoring.problems", slug=slug, ordinal=round_.ordinal), weight=15)


def _papers(slug: str, round_: Round, count: int) -> NextAct:
    """Signed sheets that this person is the next to key."""
    sentence = _("Nhập %(n)s phiếu giấy, vòng %(round)s", n=count, round=called(round_))
    return NextAct(sentence, url_for("scoring.paper", slug=slug, ordinal=round_.ordinal), weight=16)


def _at_work(person_id: int, bench: queries.Bench) -> list[NextAct]:
    listed = queries.reading_list(person_id, bench.round_)
    left, address = len(listed.to_judge) - listed.marked, _list_of(bench)
    detail, words = pages.time_left(bench.round_, now()), {"round": called(bench.round_)}
    acts = []
    if left:
        sentence = _("Chấm %(n)s tác phẩm, vòng %(round)s", n=left, **words)
        acts.append(NextAct(sentence, address, detail, weight=11))
    if waiting := len(listed.ready_to_send):
        sentence = _("Gửi %(n)s phiếu đã chấm, vòng %(round)s", n=waiting, **words)
        acts.append(NextAct(sentence, address, detail, weight=12))
    if not acts and listed.to_judge:
        detail = _("Đã gửi đủ phiếu. Có thể mở lại phiếu để sửa đến khi khóa phiếu chấm.")
        acts.append(NextAct(_("Xem phiếu đã gửi, vòng %(round)s", **words), address, detail, weight=60))
    return acts


def _waiting(person_id: int, bench: queries.Bench, edition_id: int) -> list[NextAct]:
    """Of a round that is not open: that it is prepared, that it waits for its end, the own sheets once it is over."""
    judged, words = bench.round_, {"round": called(bench.round_)}
    if judged.state == "prepare":
        detail = _("Danh sách chấm hiện khi vòng bắt đầu.")
        if judged.opens_on is not None:
            detail = _("Dự kiến bắt đầu ngày %(day)s. %(then)s", day=dates.day(judged.opens_on), then=detail)
        return [NextAct(_("Vòng %(round)s chưa bắt đầu", **words), _list_of(bench), detail, weight=55)]
    if judged.state == "frozen":
        if waiting := _asked(person_id, bench):
            return waiting
        detail = _("Phiếu chấm đã khóa, chờ kết thúc vòng.")
        return [NextAct(_("Xem phiếu đã gửi, vòng %(round)s", **words), _list_of(bench), detail, weight=60)]
    if session.get_one(Edition, edition_id).state != "judging":
        return []
    detail = _("Vòng %(round)s đã kết thúc.", **words)
    return [NextAct(_("Xem phiếu chấm của mình, vòng %(round)s", **words), _list_of(bench), detail, weight=70)]


def _asked(person_id: int, bench: queries.Bench) -> list[NextAct]:
    """What a frozen round still asks of the judge: works to read in addition, sheets to look at again."""
    listed, words = queries.reading_list(person_id, bench.round_), {"round": called(bench.round_)}
    acts = []
    if late := len(listed.read_later):
        detail = _("Tác phẩm sát ngưỡng cần thêm người chấm.")
        acts.append(
            NextAct(_("Chấm bổ sung %(n)s tác phẩm, vòng %(round)s", n=late, **words), _list_of(bench), detail, 11)
        )
    if asked := len(listed.asked):
        detail = _("Giữ nguyên hay điều chỉnh đều ghi lý do.")
        acts.append(
            NextAct(_("Xem lại %(n)s phiếu chấm, vòng %(round)s", n=asked, **words), _list_of(bench), detail, 11)
        )
    return acts


def _list_of(bench: queries.Bench) -> str:
    return url_for("scoring.queue", slug=bench.slug, ordinal=bench.round_.ordinal)


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The judge's list of the present round; between rounds, of the last one that is over."""
    if person_id is None or edition_id is None:
        return ()
    seen, slug = glance(person_id, edition_id), session.get_one(Edition, edition_id).slug
    for word, ordinal in ((_("Chấm tác phẩm"), seen["bench"]), (_("Phiếu chấm của tôi"), seen["bench_over"])):
        if ordinal is not None:
            return ((word, url_for("scoring.queue", slug=slug, ordinal=ordinal)),)
    return ()


def install(_app: Flask) -> None:
    """Judges who open works and save marks are answered whatever crowd is in the house."""
    keep_for(r"/[^/ ]+/vong/[0-9]+/cham")


feature = Feature(
    name="scoring",
    blueprint=views.blueprint,
    install=install,
    next_acts=next_acts,
    may_read_file=may_read_file,
    keeps_files=brought.scans_among,
    may_send_file=may_send_file,
    against_appointing=against_appointing,
    navigation=navigation,
    on_ties=close_late_ties,
    sheets_begun=sheets_begun,
    glances=queries.GLANCES,
    personal=personal,
    letter_kinds=(correspondence.REMINDER,),
    audiences=(correspondence.BEHIND,),
    reminders=(correspondence.RULE_OF_REMINDING,),
    sealed_events=dict.fromkeys(SEALED, nothing_is_judged),
)
