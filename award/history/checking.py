"""Each row of a list against what a list may say, against the other rows, and against what is recorded. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask_babel import gettext as _

from award.documents import listings
from award.documents.listings import Said, Told
from award.history import citing, naming
from award.history.cells import LONGEST, READERS, Known, organ, organ_texts
from award.text import words as words_of

State = Literal["new", "known", "bad"]


@dataclass(frozen=True)
class Work:
    """A work with its prize, as a row without a fault tells it."""

    award_name: str
    ordinal: str
    year: int
    level: naming.Level
    title: citing.Title
    authors: tuple[citing.Author, ...]
    newsroom: str
    category: str
    published_on: date | None
    link: str
    newsroom_id: int | None = None

    @property
    def award_key(self) -> str:
        return naming.award_key(self.award_name)

    @property
    def title_words(self) -> str:
        return words_of(self.title.title)

    @property
    def identity(self) -> str:
        """The same for one prize of one work, whatever the list that tells of it looks like."""
        names = sorted(words_of(author.name) for author in self.authors)
        told = (self.award_key, self.year, self.level.key, self.title_words, names)
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Checked:
    """A row and what is said of its cells. A row with `faults` is no work; `notes` keep nothing from being one."""

    told: Told
    faults: Said
    notes: Said
    work: Work | None
    known: bool = False

    @property
    def state(self) -> State:
        if self.work is None:
            return "bad"
        return "known" if self.known else "new"


def check(rows: Sequence[Told], known: Known) -> list[Checked]:
    """Every row with its faults, in the order of the list. A work told twice is a fault of the later row."""
    told_in: dict[str, int] = {}
    checked = []
    for told in rows:
        found = _row(told, known)
        if found.work is not None:
            earlier = told_in.setdefault(found.work.identity, told.number)
            if earlier != told.number:
                said = {"title": [_("Trùng với dòng %(n)s của tệp này.", n=earlier)]}
                found = Checked(told, said, found.notes, None)
        checked.append(found)
    return checked


def _row(told: Told, known: Known) -> Checked:
    faults: Said = {}
    values = listings.values(told, READERS, known, faults, longest=LONGEST)
    if faults:
        return Checked(told, faults, {}, None)
    work = Work(**values, newsroom_id=organ(values["newsroom"], values["year"], known))
    recorded = work.identity in known.identities
    return Checked(told, {}, {} if recorded else _notes(work, known), work, recorded)


def _notes(work: Work, known: Known) -> Said:
    """What looks odd and may be right."""
    notes: Said = {}
    if (work.award_key, work.year, work.title_words) in known.titles:
        notes["title"] = [_("Đã có tác phẩm cùng tên của lần này, khác mức giải hoặc tác giả. Đề nghị xem lại.")]
    if work.newsroom and work.newsroom_id is None:
        notes["newsroom"] = [_("Chưa có trong danh sách cơ quan báo chí; giữ tên như đã ghi.")]
    if work.published_on is not None and work.published_on.year > work.year:
        notes["published_on"] = [_("Sau năm của lần tổ chức. Đề nghị xem lại.")]
    return notes


def organ_names(rows: Iterable[Told]) -> set[str]:
    """The words of every name that the rows may mean an organ by."""
    return {words_of(part) for row in rows for part in organ_texts(row.cells.get("newsroom", ""))}
