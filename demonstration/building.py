"""The demonstration's editions, and the jobs that make them once the first page has answered.

An edition is made in steps. Each is a unit of work of its own, at the instant it would have happened, and begins only
where the one before has left the edition: a job that was cut off goes on from there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import exists, func, or_, select

from award import jobs
from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Award, Edition
from award.editions.operations import calendar, staff
from award.editions.queries import appointments_with_people, edition_by_slug, with_rules
from award.entries.models import Entry
from award.files.models import File
from award.nominations.tasks import build as build_dossier
from award.people.models import Person, User
from award.results import operations as deciding
from award.results import rulings
from demonstration import aftermath, cast, outcome, parcels, play
from demonstration.chapters import CHAPTERS, JUDGED_AFTER, Chapter, ending
from demonstration.plan import Outline, draw_up
from demonstration.season.script import Entered
from judging.sittings.queries import sittings

BUILD, DOSSIER = "demonstration.build", "demonstration.dossier"
ONE_BY_ONE = "demonstration"
READING = ("stored", "verifying")
"""States of a file that waits for its verdict."""
LOOKS_AGAIN = timedelta(seconds=3)
"""After so long it is asked again whether every file was read."""


def draw(award: Award, outline: Outline, opened: datetime) -> None:
    """The edition has its rules and its people, without who drew it up, and takes entries since that instant."""
    administrator, organiser = cast.played_by(cast.ADMINISTRATOR), cast.played_by(cast.ORGANISER)
    with stopped_at(opened):
        edition = draw_up(administrator, award, outline)
        for part in cast.PARTS:
            if part.role:
                hand = cast.seen_from(edition, administrator)
                staff.appoint(by=hand, edition=edition, person=cast.played_by(part), role=part.role)
        by = cast.seen_from(edition, organiser)
        for held, who in appointments_with_people(edition.id):
            if who.id == administrator.id:
                staff.end_appointment(by=by, edition=edition, appointment=held)
        calendar.open_entries(by=by, edition=edition)


def fill_in(chapter: Chapter, *, only_first: bool = False) -> None:
    """The chapter's works have come in, each once; or only those that stand at the first page."""
    drafts = chapter.drafts()
    for at, entered in chapter.arrivals():
        if only_first and not chapter.is_first(entered):
            continue
        with stopped_at(at), unit_of_work():
            edition = _edition(chapter)
            known = exists().where(Entry.edition_id == edition.id, Entry.title == entered.title)
            if session.scalar(select(known)):
                continue
            owner, signed = _owner(chapter, entered)
            bare = chapter.has_bare_copy(entered)
            play.enter(owner, edition, signed, submit=entered.title not in drafts, bare_copies=bare)


def defer_all() -> None:
    """Every chapter is made by the worker, one after the other, once the present unit of work commits."""
    for code in CHAPTERS:
        jobs.defer(BUILD, at_most_one=f"{BUILD}:{code}", one_by_one=ONE_BY_ONE, chapter=code)


def still_made() -> list[str]:
    """What the worker has still to make, in words for who looks meanwhile."""
    words = {
        "judged": _("lần thứ V - năm 2025, đang chấm"),
        "taking": _("tác phẩm của lần thứ VI - năm 2026, đang nhận"),
        "meeting": _("lần thứ IV - năm 2024, Hội đồng sắp họp"),
        "archived": _("lần thứ III - năm 2023, đã công bố và lưu trữ"),
        "published": _("lần thứ II - năm 2022, đã công bố"),
    }
    waiting = {asked["chapter"] for asked in jobs.unfinished(BUILD)}
    lines = [str(line) for code, line in words.items() if code in waiting]
    if jobs.unfinished(DOSSIER):
        lines.append(str(_("hồ sơ gửi Trung ương của lần thứ III - năm 2023")))
    unread = or_(File.state.in_(READING), File.light == "waiting")
    count = session.scalar(select(func.count()).select_from(File).where(unread))
    if count:
        lines.append(str(_("bản đọc, nghe, xem của %(n)s tệp", n=count)))
    return lines


@jobs.task(BUILD)
def build(chapter: str) -> None:
    """The chapter stands whole. Only in a demonstration."""
    if not current_app.extensions["settings"].demonstration:
        return
    made = CHAPTERS[chapter]()
    if chapter == "taking":
        fill_in(made)
        with unit_of_work():
            parcels.write_down(_edition(made), cast.played_by(cast.SECRETARY))
        return
    if edition_by_slug(made.outline.slug) is None:
        opened = made.first - timedelta(days=20)
        with stopped_at(opened), unit_of_work():  # what is written down at the end of the unit is dated too
            draw(session.scalars(select(Award)).one(), made.outline, opened)
    if _edition(made).state == "open":
        fill_in(made)
        _screen(made)
    if chapter == "judged":
        _judge_half(made)
    else:
        _judge_whole(made)
    if chapter == "meeting":
        _call_together(made)
    elif chapter != "judged":
        _decide(made)
    if chapter == "published":
        _go_on(made)


@jobs.task(DOSSIER)
def forward(edition_id: int) -> None:
    """The edition's dossier is made when every file of it was read, and the edition goes into the archive."""
    edition, organiser = with_rules(edition_id), cast.played_by(cast.ORGANISER)
    if edition.state == "archived":
        return
    at = ending(edition.year)
    with stopped_at(at.forwarded), unit_of_work():
        outcome.choose_for_the_national_award(edition, organiser)
    if any(file.state in READING for file in outcome.files_to_forward(edition)):
        with unit_of_work():
            jobs.defer(DOSSIER, after=LOOKS_AGAIN, edition_id=edition_id)
        return
    with stopped_at(at.forwarded):
        with unit_of_work():
            dossier_id = outcome.ask_for_dossier(edition, organiser, at.forwarded.date())
        build_dossier(dossier_id=dossier_id)
    with stopped_at(at.published + timedelta(days=30)), unit_of_work():
        outcome.end(with_rules(edition_id), organiser)


def _screen(chapter: Chapter) -> None:
    with _step(chapter, chapter.last + timedelta(days=2)) as edition:
        organiser = cast.played_by(cast.ORGANISER)
        calendar.close_entries(by=cast.seen_from(edition, organiser), edition=edition)
        play.screen(cast.played_by(cast.SECRETARY), with_rules(edition.id), chapter.script)
        outcome.approve_ineligible(edition, organiser)


def _judge_half(chapter: Chapter) -> None:
    """Two have sent every sheet, one is in the midst, one has not pledged yet."""
    with _step(chapter, chapter.last + JUDGED_AFTER) as edition:
        if edition.rounds[0].state == "prepare":
            _open_round(edition, 1)
            current = with_rules(edition.id)
            for part, share, drafts in ((cast.CHAIR, 1.0, 0), (cast.COUNCIL, 1.0, 0), (cast.JUDGE, 0.3, 1)):
                who = cast.played_by(part)
                play.score(current, current.rounds[0], who, chapter.script, share=share, drafts=drafts)


def _judge_whole(chapter: Chapter) -> None:
    """Every round was opened, judged and closed in its time; of the first the best go on."""
    chair, secretary = cast.played_by(cast.CHAIR), cast.played_by(cast.SECRETARY)
    for ordinal, (opened, ended) in chapter.rounds.items():
        with _step(chapter, opened) as edition:
            if edition.rounds[ordinal - 1].state == "prepare":
                _open_round(edition, ordinal)
                for part in cast.READERS:
                    current = with_rules(edition.id)
                    play.score(current, current.rounds[ordinal - 1], cast.played_by(part), chapter.script)
        with _step(chapter, ended) as edition:
            if edition.rounds[ordinal - 1].state == "open":
                play.close_round(edition, edition.rounds[ordinal - 1], chair, secretary)
                current = with_rules(edition.id)
                if ordinal == 1:
                    outcome.shortlist(current, current.rounds[0], chair)


def _call_together(chapter: Chapter) -> None:
    """The council's sitting is prepared: who leads it has only to begin."""
    with _step(chapter, now() - timedelta(hours=1)) as edition:
        if not sittings(edition.id):
            outcome.call_together(edition, cast.played_by(cast.SECRETARY), cast.played_by(cast.COUNCIL))


def _decide(chapter: Chapter) -> None:
    """The council has proposed prizes, they are decided, and the instant of publication is confirmed."""
    chair, secretary = cast.played_by(cast.CHAIR), cast.played_by(cast.SECRETARY)
    organiser = cast.played_by(cast.ORGANISER)
    at = ending(chapter.outline.year)
    with _step(chapter, at.decided) as edition:
        if edition.state == "judging":
            outcome.propose_prizes(edition, edition.rounds[-1], chair)
            outcome.decide(edition, organiser, at.decided.date())
            outcome.announce(with_rules(edition.id), organiser, secretary, at.published)
            if chapter.code == "archived":
                jobs.defer(DOSSIER, edition_id=edition.id)


def _go_on(chapter: Chapter) -> None:
    """The results are public; what comes after them has come, each thing in its own time."""
    secretary, organiser = cast.played_by(cast.SECRETARY), cast.played_by(cast.ORGANISER)
    entrant, at = cast.played_by(cast.AUTHOR), ending(chapter.outline.year)
    with _step(chapter, at.forwarded) as edition:
        if edition.state == "decision":
            outcome.choose_for_the_national_award(edition, organiser)
    _hear(chapter, aftermath.SENT, aftermath.RECEIVED)
    with _step(chapter, at.published) as edition:
        if edition.state == "decision":
            deciding.mark_public(edition=edition)
    with _step(chapter, at.published + timedelta(days=20)) as edition:
        if not rulings.after_decision(edition.id)[1]:
            aftermath.object_(edition, entrant, organiser)
            aftermath.correct_a_name(edition, organiser, secretary)
            aftermath.take_a_prize_back(edition, organiser, secretary)
            aftermath.pay_some(edition, entrant, cast.played_by(cast.PAYER))
    _hear(chapter, aftermath.SHORTLISTED, aftermath.PRIZED)
    with _step(chapter, now() - timedelta(days=3)) as edition:
        aftermath.object_today(edition, entrant, secretary)


def _hear(chapter: Chapter, *pieces: aftermath.Piece) -> None:
    """News of the national award, every piece on the day on which it is known."""
    for piece in pieces:
        with _step(chapter, ending(chapter.outline.year).forwarded + timedelta(days=piece.days)) as edition:
            aftermath.hear(edition, cast.played_by(cast.SECRETARY), piece)


def _open_round(edition: Edition, ordinal: int) -> None:
    readers = [cast.played_by(part) for part in cast.READERS]
    organiser, chair = cast.played_by(cast.ORGANISER), cast.played_by(cast.CHAIR)
    play.open_round(edition, edition.rounds[ordinal - 1], organiser, chair, readers)


@contextmanager
def _step(chapter: Chapter, at: datetime) -> Iterator[Edition]:
    """A unit of work at that instant, with the edition as it stands."""
    with stopped_at(at), unit_of_work():
        yield _edition(chapter)


def _edition(chapter: Chapter) -> Edition:
    edition = edition_by_slug(chapter.outline.slug)
    assert edition is not None, "drawn up before"
    return with_rules(edition.id)


def _owner(chapter: Chapter, entered: Entered) -> tuple[Person, Entered]:
    """Whose account enters the work, made where there is none yet; and the work under the right name."""
    if entered.owner.email == chapter.own:
        known, (first, *others) = cast.AUTHOR, entered.work.authors
        authors = (replace(first, legal_name=known.name), *others)
        return cast.played_by(known), replace(entered, work=replace(entered.work, authors=authors))
    email = f"{chapter.outline.slug}.{entered.owner.email}"
    if session.scalar(select(exists().where(User.email == email))):
        return cast.account(email), entered
    return cast.person(entered.owner.name, email, cast.newsroom(entered.owner.organ)), entered
