"""Acting the parts: what entrants, secretaries, judges and organisers do, through the same deeds the screens call."""

import hashlib
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import time
from random import Random
from typing import Any

from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.operations import calendar
from award.editions.queries import topics, with_rules
from award.entries import attaching, filling
from award.entries import operations as entering
from award.entries.dossiers import Place
from award.entries.models import Entry
from award.entries.queries import dossier, leave_of
from award.entries.values import (
    AuthorValues,
    CaptionValues,
    DeclarationValues,
    PartValues,
    PrizeValues,
    WorkValues,
)
from award.files import operations as files
from award.people.models import Person
from award.screening import operations as screening
from demonstration.cast import seen_from
from demonstration.season.script import FAULTS, Entered, Script
from demonstration.works import MadePart
from judging.panels import operations as seating
from judging.panels.models import Assignment, Seat
from judging.panels.queries import panels_of
from judging.ranking import operations as ranking
from judging.scoring import operations as scoring
from judging.scoring.contents import scale_of
from uploads.protocol import plan

SOUND_SECONDS, FILM_SECONDS = 20.0, 12.0
PHOTOS = 3
BARE = "Bản chấm"
"""So the place for pages without a byline begins its name."""


CONTENTS: Sequence[Sequence[int]] = ((), (0, 9), (1, 7, 1), (2, 8, 4), (5, 6, 3), (12, 11, 4), (2, 7))
"""Theme of a work, counted from 1 → contents of the plan that works on it speak of; none of what is off the theme."""


def enter(owner: Person, edition: Edition, entered: Entered, *, submit: bool = True, bare_copies: bool = True) -> Entry:
    """The work is entered by `owner` with its files, and submitted unless it stays a draft.

    `bare_copies` are pages without a byline, which nobody must send.
    """
    hand, work = seen_from(edition, owner), entered.work
    kind = next(category for category in edition.categories if category.medium == entered.medium)
    entry = entering.create(by=hand, edition=edition, category=kind, owner=owner)
    session.flush()
    contents = [topic.id for topic in topics(edition.id) if topic.parent_id is not None]
    about = CONTENTS[entered.topic % len(CONTENTS)]
    topic = contents[about[entered.number % len(about)]] if about else None
    genre = kind.genres[entered.genre % len(kind.genres)].id
    byline = ", ".join(author.pen_name or author.legal_name for author in work.authors)
    filling.save_work(entry, WorkValues(work.title, genre, topic, work.organ, byline, work.summary))
    while len(entry.parts) < len(work.parts):
        filling.add_row(entry, "parts")
    filling.save_parts(
        entry,
        [
            PartValues(row.public_id, part.title, part.published_on, **_whereabouts(entered, part))
            for row, part in zip(entry.parts, work.parts, strict=True)
        ],
    )
    while len(entry.authors) < len(work.authors):
        filling.add_row(entry, "authors")
    filling.save_authors(
        entry,
        [
            AuthorValues(row.public_id, made.legal_name, made.pen_name, "", made.organ, "0900 000 000", n == 0)
            for n, (row, made) in enumerate(zip(entry.authors, work.authors, strict=True))
        ],
        owner,
    )
    _declare(entry, entered)
    session.flush()
    for place in dossier(entry.id).places:
        if place.slot.at_least == 0 and not (bare_copies and place.slot.label.startswith(BARE)):
            continue
        for name, content in _made_for(place, entered):
            _send(owner, edition, entry, place, name, content)
    _caption(entry, entered)
    if submit:
        insisting = bool(entered.fault) and FAULTS[entered.fault].seen_by == "rule"
        entering.submit(by=hand, edition=edition, entry=entry, arrived_at=now(), insisting=insisting)
    return entry


def _whereabouts(entered: Entered, part: MadePart) -> dict[str, Any]:
    """What the form of the medium asks a part for."""
    if entered.medium == "online":
        from demonstration import media

        return {"place": "Xây dựng Đảng", "link": media.web_address(entered.work, part)}
    if entered.medium in {"radio", "television"}:
        channel = "FM 106,5 MHz" if entered.medium == "radio" else entered.work.organ
        aired = time(18 + entered.number % 4, 45)
        return {"place": "Đảng trong cuộc sống", "link": "", "channel": channel, "aired_at": aired}
    issue, _comma, page_number = part.place.removeprefix("Số ").partition(", trang ")
    return {"place": "", "link": "", "issue": issue, "page": page_number}


def _declare(entry: Entry, entered: Entered) -> None:
    won = entered.prior_prize
    prizes = () if won is None else (PrizeValues(filling.add_row(entry, "prior_prizes"), *won),)
    said = DeclarationValues(won is None, prizes, frozenset({"commitment", "consent"}))
    filling.save_declarations(entry, said, now())


def _made_for(place: Place, entered: Entered) -> Iterator[tuple[str, bytes]]:
    """The files a newsroom would put there: name and content."""
    from demonstration import media, pages  # what draws, films and prints is heavy, and web processes never do

    work, number = entered.work, place.part.ordinal if place.part else 1
    part, author = work.parts[number - 1], work.authors[0].legal_name
    words = " ".join((part.title, *part.paragraphs))
    if "mp3" in place.slot.kinds:
        yield "chuong-trinh.mp3", media.recording(words, SOUND_SECONDS, author=author)
    elif "mp4" in place.slot.kinds:
        yield "phong-su.mp4", media.film(words, FILM_SECONDS, author=author)
    elif place.slot.captions:
        for shot in range(1, PHOTOS + 1):
            yield f"anh-{shot}.jpg", media.photograph(work.title, shot, author=author)
    elif "pdf" not in place.slot.kinds:
        return
    elif place.slot.label.startswith(BARE):
        yield f"ban-cham-{number}.pdf", pages.page(work, part, byline=False)
    elif entered.medium == "online":
        yield f"ban-luu-{number}.pdf", media.web_capture(work, part)
    else:
        yield f"trang-bao-{number}.pdf", pages.page(work, part)


def _send(owner: Person, edition: Edition, entry: Entry, place: Place, name: str, content: bytes) -> None:
    """The file goes to the store the way a browser sends it."""
    size = plan(len(content)).part_size
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    file = attaching.begin_file(
        uploader=owner,
        edition=edition,
        entry=entry,
        place=place,
        leave=leave_of(entry),
        name=name,
        size=len(content),
        part_hashes=[hashlib.sha256(piece).hexdigest() for piece in pieces],
    )
    session.flush()
    signed = files.sign(file=file, numbers=list(range(1, len(pieces) + 1)))
    for piece, one in zip(pieces, signed, strict=True):
        request = urllib.request.Request(one.url, data=piece, headers=dict(one.headers), method="PUT")  # noqa: S310
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310
    files.finish(file=file)


def _caption(entry: Entry, entered: Entered) -> None:
    told = entered.work.parts[0].paragraphs
    pictures = dossier(entry.id).pictures
    filling.save_captions(entry, [CaptionValues(each.key, told[n % len(told)]) for n, each in enumerate(pictures)])
    session.flush()


def screen(secretary: Person, edition: Edition, script: Script) -> None:
    """Every submitted work is eligible, but those the script finds at fault."""
    by = seen_from(edition, secretary)
    waiting = select(Entry).where(Entry.edition_id == edition.id, Entry.state == "submitted").order_by(Entry.code)
    for entry in session.scalars(waiting).all():
        found = script.by_title[entry.title].fault
        fault = FAULTS.get(found)
        screening.decide(
            by=by,
            edition=edition,
            entry=entry,
            decision="ineligible" if fault else "eligible",
            reason=(fault.reason or _DOUBTED.get(found, "")) if fault else "",
            clause=fault.clause if fault else "",
        )


_DOUBTED = {"unlicensed": "Cơ quan đăng, phát chưa có giấy phép hoạt động báo chí"}
"""What a secretary writes where a rule only asks for another look."""


def open_round(edition: Edition, judged: Round, organiser: Person, chair: Person, readers: Sequence[Person]) -> None:
    """The readers sit on every panel of the round, the chair leads, and each is dealt all works, of every kind."""
    hand = seen_from(edition, organiser)
    for panel in panels_of(judged.id):
        for who in readers:
            role = "chair" if who is chair else "member"
            seating.seat_person(by=hand, edition=edition, panel=panel, person=who, role=role)
    seating.plan_dealing(by=hand, edition=edition, round=judged, readings=None, common=0)
    calendar.open_round(
        by=hand, edition=edition, round=judged, after_opening=lambda opened: seating.deal(by=hand, round=opened)
    )


def score(edition: Edition, judged: Round, who: Person, script: Script, *, share: float = 1.0, drafts: int = 0) -> None:
    """The reader has pledged, has sent the sheets of this share of the works, and begun some more.

    What a work is given does not hang on the order in which it was dealt: the same works win each time.
    """
    by = seen_from(edition, who)
    seating.pledge(by=by, edition=edition, round=judged)
    given = session.scalars(
        select(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(Seat.person_id == who.id, Assignment.round_id == judged.id, Assignment.state == "open")
        .order_by(Assignment.ordinal, Assignment.entry_id)
    ).all()
    sent = round(len(given) * share)
    for number, assignment in enumerate(given[: sent + drafts]):
        title = session.get_one(Entry, assignment.entry_id).title
        quality = script.by_title[title].quality
        random = Random(f"{who.legal_name} {judged.ordinal} {title}")  # noqa: S311 - invented marks, not secrets
        marks = {}
        for criterion in judged.criteria:
            most = int(scale_of(judged, criterion).most)
            wanted = round(most * (0.58 + 0.4 * quality / 100)) + random.choice((-1, 0, 0, 1))
            marks[criterion.id] = min(most, max(0, wanted))
        if number >= sent:
            marks.popitem()
        scoring.save(by=by, assignment=assignment, version=0, marks=marks, note=_note(random, quality))
        if number < sent:
            scoring.finish(by=by, edition=edition, assignment=assignment)


def _note(random: Random, quality: int) -> str:
    """What a reader jots down, now and then."""
    if random.random() < 0.6:
        return ""
    return random.choice(_PRAISE if quality >= 60 else _DOUBTS)


_PRAISE = (
    "Phát hiện tốt, nhân vật thật, số liệu kiểm chứng được.",
    "Mạch kể gọn; phần kết mở ra hướng giải quyết.",
    "Chọn được chi tiết đắt, có sức lan tỏa ở cơ sở.",
)
_DOUBTS = (
    "Còn nặng về báo cáo, ít tiếng nói người trong cuộc.",
    "Đề tài đúng hướng; phần giải pháp còn chung chung.",
    "Cách mở đầu quen, phần giữa dàn trải.",
)


def close_round(edition: Edition, judged: Round, chair: Person, second: Person) -> None:
    """The round is frozen and closed by two persons."""
    first, other = seen_from(edition, chair), seen_from(edition, second)
    ranking.propose_freeze(by=first, edition=edition, judged=judged)
    ranking.confirm_freeze(by=other, edition=edition, judged=judged)
    ranking.propose_close(by=first, edition=with_rules(edition.id), judged=judged)
    ranking.confirm_close(by=other, edition=with_rules(edition.id), judged=judged)
