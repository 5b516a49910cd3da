"""Filling the trial of a draft: works of every loại hình, people who judge them, through the deeds people do.

Works are entered in the present; what comes after the deadline happens just after it, whenever that is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from io import BytesIO
from random import Random

from sqlalchemy import select

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions import deadlines
from award.editions.calendar import before_round
from award.editions.media import PART_FIELDS
from award.editions.models import Appointment, Category, Edition
from award.editions.operations import calendar, staff
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import appointed, topics, with_rules
from award.editions.trials import mailbox
from award.entries import filling
from award.entries import operations as entering
from award.entries.dossiers import Place
from award.entries.models import Entry
from award.entries.queries import dossier
from award.entries.values import AuthorValues, CaptionValues, DeclarationValues, PartValues, WorkValues
from award.people.models import Person
from award.screening import operations as screening
from award.verdicts import Refused
from demonstration import cast, play, works
from demonstration.works import MadeWork
from judging.panels import operations as seating
from judging.panels.models import Assignment, Seat
from judging.panels.queries import panels_of
from judging.scoring import operations as scoring
from judging.scoring.contents import levels_of, scale_of

SUBMITTED, DRAFTS = 3, 1
"""Of each loại hình."""
JUDGES = 4
SOUND_SECONDS, FILM_SECONDS = 8.0, 6.0


def fill(edition_id: int, until: str) -> None:
    """The trial stands as far as `until` says: works have come in, or are judged as well. Begun again, it goes on.

    Where the draft lacks what judging needs, the trial stops before the round and its own pages say what is missing.
    """
    with _at(edition_id, now()) as trial:
        wanted = [] if trial is None else [category.id for category in trial.categories]
    for number, category_id in enumerate(wanted):
        for each in range(SUBMITTED + DRAFTS):
            with _at(edition_id, now()) as trial:
                if trial is not None:
                    _enter(trial, category_id, number * 10 + each, submit=each < SUBMITTED)
    if until == "judging":
        _judge(edition_id)


@contextmanager
def _at(edition_id: int, instant: datetime) -> Iterator[Edition | None]:
    """A unit of work at that instant on the trial, held so that it cannot end meanwhile; None when it has ended."""
    with stopped_at(instant), unit_of_work():
        trial = session.get(Edition, edition_id)
        if trial is None or trial.trial_of_id is None:
            yield None
            return
        lock(trial)
        yield with_rules(edition_id)


def _enter(trial: Edition, category_id: int, number: int, *, submit: bool) -> None:
    """One work with its authors and files, by somebody invented. What it lacks of an unusual rule leaves it a draft."""
    category = next((each for each in trial.categories if each.id == category_id), None)
    email = f"tac-gia-{number}{mailbox(trial)}"
    if category is None or session.scalar(select(Person.id).where(Person.user.has(email=email))):
        return
    work = _work(trial, number)
    author = work.authors[0]
    owner = cast.person(author.legal_name, email)
    hand = cast.seen_from(trial, owner)
    entry = entering.create(by=hand, edition=trial, category=category, owner=owner)
    _describe(trial, category, entry, work, number)
    filling.save_authors(
        entry,
        [
            AuthorValues(
                entry.authors[0].public_id, author.legal_name, author.pen_name, "", work.organ, "0900 000 000", True
            )
        ],
        owner,
    )
    filling.save_declarations(entry, DeclarationValues(True, (), frozenset({"commitment", "consent"})), now())
    session.flush()
    for place in dossier(entry.id).places:
        for name, content in _files(place, work, number):
            play._send(owner, trial, entry, place, name, content)
    told = work.parts[0].paragraphs
    shown = dossier(entry.id).pictures
    filling.save_captions(entry, [CaptionValues(each.key, told[n % len(told)]) for n, each in enumerate(shown)])
    session.flush()
    if submit:
        try:
            with session.begin_nested():
                entering.submit(by=hand, edition=trial, entry=entry, arrived_at=now(), insisting=True)
        except Refused:
            session.expire(entry)


def _work(trial: Edition, number: int) -> MadeWork:
    """An invented work that appeared within the time the rules give, or within the last months."""
    last = trial.window_to or now().date()
    last = min(last, now().date())
    first = min(trial.window_from or last - timedelta(days=180), last)
    return works.work(number + 7, window_from=first, window_to=max(last, first))


def _describe(trial: Edition, category: Category, entry: Entry, work: MadeWork, number: int) -> None:
    """The work and its only part, with everything that the form of its medium can ask for."""
    from demonstration import media  # what draws, films and prints is heavy, and web processes never do

    genre = category.genres[number % len(category.genres)].id if category.genres else None
    listed = list(topics(trial.id))
    parents = {topic.parent_id for topic in listed}
    leaves = [topic.id for topic in listed if topic.id not in parents]
    topic = leaves[number % len(leaves)] if leaves else None
    byline = work.authors[0].pen_name or work.authors[0].legal_name
    filling.save_work(entry, WorkValues(work.title, genre, topic, work.organ, byline, work.summary))
    part, asked = work.parts[0], {"issue": "1234", "page": "3", "place": "Xây dựng Đảng", "channel": work.organ}
    said = {name: asked.get(name, "") for name in PART_FIELDS if name not in {"aired_at", "link"}}
    link = media.web_address(work, part) if category.medium == "online" else ""
    aired = time(19, 45) if category.medium in {"radio", "television"} else None
    row = entry.parts[0].public_id
    filling.save_parts(entry, [PartValues(row, part.title, part.published_on, **said, link=link, aired_at=aired)])


def _files(place: Place, work: MadeWork, number: int) -> Iterator[tuple[str, bytes]]:
    """As many files as the place asks for, of the first of its kinds that can be made here."""
    least = max(place.slot.at_least, min(2, place.slot.at_most) if place.slot.captions else place.slot.at_least)
    for n in range(1, least + 1):
        made = _file(place, work, number * 10 + n)
        if made is not None:
            yield f"{place.slot.code[:20]}-{n}.{made[0]}", made[1]


def _file(place: Place, work: MadeWork, number: int) -> tuple[str, bytes] | None:
    from docx import Document
    from PIL import Image

    from demonstration import media, pages

    part = work.parts[0]
    kinds, words = place.slot.kinds, " ".join((part.title, *part.paragraphs))
    if "mp3" in kinds:
        return "mp3", media.recording(words, SOUND_SECONDS)
    if "mp4" in kinds:
        return "mp4", media.film(words, FILM_SECONDS)
    if "pdf" in kinds:
        return "pdf", pages.page(work, part, byline=not place.slot.label.startswith(play.BARE))
    if "jpeg" in kinds:
        return "jpg", media.photograph(work.title, number)
    if "png" in kinds:
        picture = BytesIO()
        Image.new("RGB", (1200, 800), (number * 37 % 255, 120, 150)).save(picture, "PNG")
        return "png", picture.getvalue()
    if "docx" in kinds:
        document, content = Document(), BytesIO()
        for paragraph in part.paragraphs:
            document.add_paragraph(paragraph)
        document.save(content)
        return "docx", content.getvalue()
    return None


def _judge(edition_id: int) -> None:
    """Entries are closed just after the deadline, every dossier is eligible, and half of the sheets are sent."""
    with _at(edition_id, now()) as trial:
        if trial is None or trial.deadline_at is None:
            return
        after = max(now(), trial.deadline_at + timedelta(seconds=trial.grace_seconds + 1))
        assert not deadlines.in_time(trial, after)
    with _at(edition_id, after) as trial:
        if trial is not None and trial.state == "open":
            _screen(trial)
    with _at(edition_id, after + timedelta(days=1)) as trial:
        if trial is None or trial.state != "screening" or not trial.rounds:
            return
        _open_round(trial)
    with _at(edition_id, after + timedelta(days=2)) as trial:
        if trial is not None and trial.state == "judging":
            _score(trial)


def _organiser(trial: Edition) -> Capacity:
    """The hand of whoever organises the draft: the calendar is moved by nobody else."""
    standing = select(Appointment.person_id).where(
        Appointment.edition_id == trial.id, Appointment.role == "organiser", Appointment.ended_at.is_(None)
    )
    person_id = session.scalars(standing.order_by(Appointment.id)).first()
    return Capacity(person_id, trial.id, frozenset({"organiser"}))


def _screen(trial: Edition) -> None:
    by = _organiser(trial)
    calendar.close_entries(by=by, edition=trial)
    secretary = _somebody(trial, "thu-ky", "secretary")
    trial = with_rules(trial.id)
    sent = select(Entry).where(Entry.edition_id == trial.id, Entry.state == "submitted").order_by(Entry.code)
    for entry in session.scalars(sent).all():
        hand = cast.seen_from(trial, secretary)
        screening.decide(by=hand, edition=trial, entry=entry, decision="eligible", reason="", clause="")


def _somebody(trial: Edition, name: str, role: str) -> Person:
    """An invented person who holds the role in the trial."""
    made = cast.person(works.person_name(Random(name)), f"{name}{mailbox(trial)}")  # noqa: S311 - invented names
    staff.appoint(by=_organiser(trial), edition=trial, person=made, role=role)
    return made


def _open_round(trial: Edition) -> None:
    """Judges sit on every panel and works are dealt, where the draft has everything that a round needs."""
    hand, judged = _organiser(trial), trial.rounds[0]
    chair = _somebody(trial, "chu-tich", "chair")
    judges = [_somebody(trial, f"giam-khao-{n}", "judge") for n in range(1, JUDGES + 1)]
    if before_round(trial, judged, appointed(trial.id)):
        return
    for panel in panels_of(judged.id):
        for who in (chair, *judges):
            seating.seat_person(
                by=hand, edition=trial, panel=panel, person=who, role="chair" if who is chair else "member"
            )
    seating.plan_dealing(by=hand, edition=trial, round=judged, readings=None, common=0)
    calendar.open_round(
        by=hand, edition=trial, round=judged, after_opening=lambda opened: seating.deal(by=hand, round=opened)
    )


def _score(trial: Edition) -> None:
    """Every second work of every judge has its sheet, sent."""
    judged = trial.rounds[0]
    seats = select(Seat.person_id).where(Seat.round_id == judged.id).distinct()
    for person_id in session.scalars(seats.order_by(Seat.person_id)).all():
        who = session.get_one(Person, person_id)
        by, random = cast.seen_from(trial, who), Random(person_id)  # noqa: S311 - invented marks
        seating.pledge(by=by, edition=trial, round=judged)
        given = (
            select(Assignment)
            .join(Seat, Seat.id == Assignment.seat_id)
            .where(Seat.person_id == person_id, Assignment.round_id == judged.id, Assignment.state == "open")
        )
        for assignment in session.scalars(given.order_by(Assignment.ordinal, Assignment.id)).all()[::2]:
            marks = {
                criterion.id: round(int(scale_of(judged, criterion).most) * random.uniform(0.55, 0.95))
                for criterion in judged.criteria
            }
            levels = list(levels_of(judged))
            level = random.choice(levels) if levels else None
            scoring.save(by=by, assignment=assignment, version=0, marks=marks, note="", level=level)
            scoring.finish(by=by, edition=trial, assignment=assignment)
