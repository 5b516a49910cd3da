"""Filling in a draft: what each page of the form changes. The caller holds the row and has asked whether it may."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from flask_babel import gettext as _
from sqlalchemy import exists, select

from award.db import new_public_id, session
from award.editions.models import Edition, Genre, Topic
from award.entries import declarations
from award.entries.models import Authorship, Entry, Part, PriorPrize
from award.entries.outlets import newsrooms_called
from award.entries.removal import drop_files
from award.entries.values import AuthorValues, CaptionValues, DeclarationValues, PartValues, WorkValues
from award.files.models import File
from award.people.models import Person
from award.text import folded
from award.verdicts import Refused, Verdict

Rows = Literal["parts", "authors", "prior_prizes"]
MOST_ROWS = 60
_KEY = re.compile(r"[2-9a-z]{12}")
_MODELS: dict[Rows, type[Any]] = {"parts": Part, "authors": Authorship, "prior_prizes": PriorPrize}


def save_work(entry: Entry, said: WorkValues) -> None:
    """Title, genre, topic, organ, byline and summary stand as said. Genre and topic of another edition do not."""
    entry.title, entry.byline, entry.summary = said.title, said.byline, said.summary
    entry.elsewhere = said.elsewhere
    if said.genre_id != entry.genre_id:
        genres = select(Genre.id).where(Genre.id == said.genre_id, Genre.category_id == entry.category_id)
        entry.genre_id = session.scalar(genres) if said.genre_id is not None else None
    if said.topic_id != entry.topic_id:
        topics = select(Topic.id).where(Topic.id == said.topic_id, Topic.edition_id == entry.edition_id)
        entry.topic_id = session.scalar(topics) if said.topic_id is not None else None
    entry.newsroom_id, entry.newsroom_text = _organ(said.publisher)


def save_parts(entry: Entry, said: Sequence[PartValues]) -> None:
    """Each part says what was typed; one that is unknown is added at the end."""
    standing = {part.public_id: part for part in entry.parts}
    organs = newsrooms_called([folded(each.outlet) for each in said if each.outlet])
    for each in said:
        part = standing.get(each.key) or _added(entry, "parts", each.key)
        part.title, part.published_on, part.link = each.title, each.published_on, each.link
        part.issue, part.page, part.place = each.issue, each.page, each.place
        part.channel, part.aired_at = each.channel, each.aired_at
        part.newsroom_id = organs.get(folded(each.outlet))
        part.newsroom_text = "" if part.newsroom_id else each.outlet


def save_captions(entry: Entry, said: Sequence[CaptionValues]) -> None:
    """Each picture has the words that were typed. One that is gone meanwhile takes none."""
    keys = select(File.public_id, File.id).where(File.public_id.in_([each.key for each in said]))
    files = dict(session.execute(keys).tuples().all())
    held = {each.file_id: each for each in entry.files}
    for each in said:
        if (picture := held.get(files.get(each.key, 0))) is not None:
            picture.caption = each.caption


def save_authors(entry: Entry, said: Sequence[AuthorValues], owner: Person) -> None:
    """Each author is as typed. The owner's own row, known by the name, is tied to the owner's account.

    The row of an author who joined stays tied to the account that joined, whatever name it is given.
    """
    organs = newsrooms_called([folded(each.employer) for each in said if each.employer])
    standing = {author.public_id: author for author in entry.authors}
    for each in said:
        author = standing.get(each.key) or _added(entry, "authors", each.key)
        author.legal_name, author.pen_name, author.role = each.legal_name, each.pen_name, each.role
        author.phone, author.contact, author.share = each.phone, each.contact, each.share
        author.minor, author.guardian = each.minor, each.guardian if each.minor else ""
        author.guardian_relation = each.guardian_relation if each.minor else ""
        author.employer_id = organs.get(folded(each.employer))
        author.employer_text = "" if author.employer_id else each.employer
        if author.joined_at is not None:
            continue
        if author.name_folded == owner.name_folded:
            author.person_id = owner.id
        elif author.person_id == owner.id:
            author.person_id = None


def save_declarations(entry: Entry, said: DeclarationValues, at: datetime) -> None:
    """Prior prizes are listed or denied. What is declared keeps the words it was declared in, and when."""
    entry.no_prior_prize = said.no_prior_prize
    standing = {prize.public_id: prize for prize in entry.prior_prizes}
    for each in said.prizes:
        prize = standing.get(each.key) or _added(entry, "prior_prizes", each.key)
        prize.award_name, prize.level, prize.organiser = each.award_name, each.level, each.organiser
        prize.year = each.year
    asks = declarations.asked_in(session.get_one(Edition, entry.edition_id))
    kept = {code: entry.declared[code] for code in declarations.standing(entry.declared, asks) & said.declared}
    new = declarations.made(entry.edition_id, (said.declared & set(asks)) - set(kept), asks, at)
    if kept | new != entry.declared:
        entry.declared = kept | new


def add_row(entry: Entry, rows: Rows) -> str:
    """One more empty part, author or prize stands at the end; its key comes back."""
    row = _added(entry, rows, None)
    session.flush()
    return str(row.public_id)


def remove_row(entry: Entry, rows: Rows, key: str) -> None:
    """The row is gone with its files, and those behind it close up. Removing it again changes nothing."""
    listed: list[Any] = getattr(entry, rows)
    row = next((each for each in listed if each.public_id == key), None)
    if row is None:
        return
    held = [each for each in entry.files if rows == "parts" and each.part_id == row.id]
    for each in held:
        entry.files.remove(each)
    session.flush()
    listed.remove(row)
    _number(listed)
    drop_files({each.file_id for each in held})


def move_row(entry: Entry, rows: Rows, key: str, step: Literal[-1, 1]) -> None:
    """The row changes places with its neighbour, if it has one on that side."""
    listed: list[Any] = getattr(entry, rows)
    here = next((n for n, each in enumerate(listed) if each.public_id == key), None)
    if here is None or not 0 <= here + step < len(listed):
        return
    _number(listed)
    row, neighbour = listed[here], listed[here + step]
    row.ordinal, neighbour.ordinal = neighbour.ordinal, row.ordinal
    session.flush()
    session.expire(entry, [rows])


def move_picture(entry: Entry, key: str, step: Literal[-1, 1]) -> None:
    """The picture changes places with its neighbour in the same slot, if it has one on that side."""
    file_id = session.scalar(select(File.id).where(File.public_id == key))
    moved = next((each for each in entry.files if each.file_id == file_id), None)
    if moved is None:
        return
    beside = [each for each in entry.files if (each.slot_id, each.part_id) == (moved.slot_id, moved.part_id)]
    here = beside.index(moved)
    if not 0 <= here + step < len(beside):
        return
    beside[here], beside[here + step] = beside[here + step], beside[here]
    _number(beside)
    session.flush()
    session.expire(entry, ["files"])


def _added(entry: Entry, rows: Rows, key: str | None) -> Any:
    listed: list[Any] = getattr(entry, rows)
    if len(listed) >= MOST_ROWS:
        raise Refused(Verdict("too_many_rows", _("Không thêm được quá %(n)s dòng.", n=MOST_ROWS)))
    model = _MODELS[rows]
    row = model(public_id=key if key and _is_free(model, key) else new_public_id())
    if rows == "authors":
        row.legal_name = ""
    listed.append(row)
    _number(listed)
    return row


def _is_free(model: type[Any], key: str) -> bool:
    return bool(_KEY.fullmatch(key)) and not session.scalar(select(exists().where(model.public_id == key)))


def _number(listed: Sequence[Any]) -> None:
    for ordinal, row in enumerate(listed, start=1):
        if hasattr(row, "ordinal") and row.ordinal != ordinal:
            row.ordinal = ordinal


def _organ(name: str) -> tuple[int | None, str]:
    """The listed organ of this name, or none and the name as typed."""
    found = newsrooms_called([folded(name)]).get(folded(name)) if name else None
    return found, "" if found is not None else name
