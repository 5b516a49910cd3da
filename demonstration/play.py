"""The season of the edition that is over, played through the same deeds the screens use."""

import hashlib
import urllib.request
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.operations import calendar
from award.editions.queries import with_rules
from award.entries import attaching, filling
from award.entries import operations as entering
from award.entries.models import Entry
from award.entries.queries import dossier
from award.entries.values import AuthorValues, DeclarationValues, PartValues, WorkValues
from award.files import operations as files
from award.people.models import Person
from award.results import operations as deciding
from award.screening import operations as screening
from award.text import sort_key
from demonstration.cast import seen_from
from demonstration.pages import page
from demonstration.works import ORGANS, MadePart, MadeWork
from judging.council import operations as council
from judging.council.queries import structure_of
from judging.panels import operations as seating
from judging.panels.models import Assignment, Seat
from judging.panels.queries import panels_of
from judging.ranking import operations as ranking
from judging.ranking.board import boards
from judging.scoring import operations as scoring
from uploads.protocol import plan


def enter(owner: Person, edition: Edition, work: MadeWork, *, category: int = 0, submit: bool = True) -> Entry:
    """The work is entered by `owner` with the pages of its parts, and submitted unless it stays a draft."""
    hand, kind = seen_from(edition, owner), edition.categories[category]
    entry = entering.create(by=hand, edition=edition, category=kind, owner=owner)
    session.flush()
    genre = kind.genres[len(work.title) % len(kind.genres)].id
    byline = ", ".join(author.pen_name or author.legal_name for author in work.authors)
    filling.save_work(entry, WorkValues(work.title, genre, None, work.organ, byline, work.summary))
    while len(entry.parts) < len(work.parts):
        filling.add_row(entry, "parts")
    filling.save_parts(
        entry,
        [
            PartValues(row.public_id, part.title, part.published_on, **_whereabouts(kind.medium, part, row.public_id))
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
    filling.save_declarations(entry, DeclarationValues(True, (), frozenset({"commitment", "consent"})), now())
    session.flush()
    _upload(owner, edition, entry, work)
    if submit:
        entering.submit(by=hand, edition=edition, entry=entry, arrived_at=now())
    return entry


def _whereabouts(medium: str, part: MadePart, key: str) -> dict[str, Any]:
    """What the form of the medium asks a part for."""
    if medium == "online":
        return {"place": "", "link": f"https://bao.example.vn/{key}"}
    issue, _comma, page_number = part.place.removeprefix("Số ").partition(", trang ")
    return {"place": "", "link": "", "issue": issue, "page": page_number}


def _upload(owner: Person, edition: Edition, entry: Entry, work: MadeWork) -> None:
    """A page for every place that asks for one, sent to the store the way a browser sends it."""
    for place in dossier(entry.id).places:
        if place.part is None:
            continue
        part = work.parts[place.part.ordinal - 1]
        data = page(work, part, byline=not place.slot.label.startswith("Bản chấm"))
        size = plan(len(data)).part_size
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        file = attaching.begin_file(
            uploader=owner,
            edition=edition,
            entry=entry,
            place=place,
            name=f"Kỳ {place.part.ordinal} - trang báo.pdf",
            size=len(data),
            part_hashes=[hashlib.sha256(piece).hexdigest() for piece in pieces],
        )
        session.flush()
        signed = files.sign(file=file, numbers=list(range(1, len(pieces) + 1)))
        for piece, one in zip(pieces, signed, strict=True):
            request = urllib.request.Request(one.url, data=piece, headers=dict(one.headers), method="PUT")  # noqa: S310
            urllib.request.urlopen(request, timeout=30).close()  # noqa: S310
        files.finish(file=file)


def screen(secretary: Person, edition: Edition) -> None:
    """Every submitted work is eligible, but the last one, which a person finds off the theme."""
    by = seen_from(edition, secretary)
    submitted = session.scalars(
        select(Entry).where(Entry.edition_id == edition.id, Entry.state == "submitted").order_by(Entry.code)
    ).all()
    for entry in submitted[:-1]:
        screening.decide(by=by, edition=edition, entry=entry, decision="eligible")
    screening.decide(
        by=by,
        edition=edition,
        entry=submitted[-1],
        decision="ineligible",
        reason="Nội dung không thuộc chủ đề của Giải",
        clause="Điều 2",
    )


def judge(
    edition: Edition, judged: Round, organiser: Person, chair: Person, second: Person, judges: Sequence[Person]
) -> None:
    """The round is opened, scored by all who may, frozen and closed by two, and its shortlist drawn."""
    hand = seen_from(edition, organiser)
    for panel in panels_of(judged.id):
        for who in judges:
            role = "chair" if who is chair else "member"
            seating.seat_person(by=hand, edition=edition, panel=panel, person=who, role=role)
    calendar.open_round(
        by=hand, edition=edition, round=judged, after_opening=lambda opened: seating.deal(by=hand, round=opened)
    )
    random = Random(judged.ordinal)  # noqa: S311 - invented marks, not secrets
    for who in judges:
        _score(edition, judged, who, random)
    ranking.propose_freeze(by=seen_from(edition, chair), edition=edition, judged=judged)
    ranking.confirm_freeze(by=seen_from(edition, second), edition=edition, judged=judged)
    ranking.propose_close(by=seen_from(edition, chair), edition=edition, judged=judged)
    ranking.confirm_close(by=seen_from(edition, second), edition=edition, judged=judged)


def _score(edition: Edition, judged: Round, who: Person, random: Random) -> None:
    by = seen_from(edition, who)
    seating.pledge(by=by, edition=edition, round=judged)
    given = session.scalars(
        select(Assignment)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(Seat.person_id == who.id, Assignment.round_id == judged.id, Assignment.state == "open")
        .order_by(Assignment.entry_id)
    ).all()
    for assignment in given:
        quality = int.from_bytes(sort_key(session.get_one(Entry, assignment.entry_id).title)[:2], "big") % 7
        marks = {}
        for criterion in judged.criteria:
            most = int(scoring.scale_of(judged, criterion).most)
            wanted = round(most * (0.62 + 0.05 * quality)) + random.choice((-1, 0, 0, 1))
            marks[criterion.id] = min(most, max(0, wanted))
        scoring.save(by=by, assignment=assignment, version=0, marks=marks, note="")
        scoring.finish(by=by, edition=edition, assignment=assignment)


def shortlist(edition: Edition, judged: Round, chair: Person, size: int) -> None:
    """The best `size` works go on, whatever their panel; where a tie is cut, the reason says so."""
    ranked = [(line, board) for board in boards(judged, names=False) for line in board.lines]
    best = sorted(ranked, key=lambda each: (each[0].score is None, -(each[0].score or 0)))
    chosen, left = best[:size], best[size:]
    cut = {(board.panel.id, line.rank) for line, board in left}
    reason = "Tiểu ban thảo luận, chọn theo tính phát hiện"
    advanced = {line.entry_id: reason if (board.panel.id, line.rank) in cut else "" for line, board in chosen}
    ranking.draw_shortlist(by=seen_from(edition, chair), edition=edition, judged=judged, advanced=advanced)


def award_prizes(edition: Edition, last: Round, chair: Person, organiser: Person, second: Person) -> None:
    """Prizes from the top down the ranking; decided by an invented paper; public from now on."""
    lines = [line for board in boards(last, names=False) for line in board.lines]
    levels = [each.level for each in structure_of(edition.id)]
    places = [level for level in levels if level.kind == "main" for _ in range(level.quota)]
    for line, level in zip(lines, places, strict=False):
        entry = session.get_one(Entry, line.entry_id)
        council.propose(by=seen_from(edition, chair), edition=edition, entry=entry, level=level)
    for level in levels:
        if level.kind == "collective":
            council.propose_honour(
                by=seen_from(edition, chair),
                edition=edition,
                level=level,
                recipient=ORGANS[0],
                reason="Có nhiều tác phẩm dự Giải, chất lượng đồng đều",
            )
    council.hand_down(by=seen_from(edition, chair), edition=edition)
    hand = seen_from(edition, organiser)
    calendar.start_decision(by=hand, edition=edition)
    deciding.decide(
        by=hand,
        edition=with_rules(edition.id),
        number="00-QĐ/BTCG (minh họa)",
        day=now().date(),
        body="Ban Tổ chức Giải",
        signatory="Trưởng Ban Tổ chức Giải",
    )
    deciding.propose_publication(by=hand, edition=edition, at=now() + timedelta(seconds=1))
    deciding.confirm_publication(by=seen_from(edition, second), edition=edition)
