"""The words of a work with a prize that can be corrected, as they are read today."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from award import dates
from award.entries.models import Entry
from award.results import queries, rulings
from award.results.works import Corrected

FIELD_WORDS = {
    "title": _("Tên tác phẩm"),
    "newsroom": _("Cơ quan đăng, phát"),
    "author": _("Họ và tên tác giả"),
    "pen_name": _("Bút danh"),
}


@dataclass(frozen=True)
class Stands:
    """One word: `key` is what a form sends, `stands` how it is read now."""

    key: str
    field: str
    authorship_id: int | None
    stands: str

    @property
    def label(self) -> str:
        """What it is, and how it is read now."""
        told = gettext(
            "%(what)s: %(words)s", what=str(FIELD_WORDS[self.field]), words=self.stands or gettext("để trống")
        )
        return str(told)


def note_of(corrected: Corrected) -> str:
    """What was corrected and when, as papers tell it that leave the house. On what evidence, only its staff read."""
    told = {
        "day": dates.day(corrected.on),
        "what": str(FIELD_WORDS[corrected.field]).lower(),
        "stood": corrected.stood or gettext("để trống"),
        "reads": corrected.reads or gettext("để trống"),
    }
    return str(gettext("Đã đính chính ngày %(day)s: %(what)s, trước ghi “%(stood)s”, nay là “%(reads)s”.", **told))


def words_of(edition_id: int, entry: Entry) -> Sequence[Stands]:
    """Title, press organ, and of every author the name and the pen names."""
    work = next(iter(queries.prize_works(edition_id, "proposed", "decided", "revoked", entry_id=entry.public_id)), None)
    if work is None:
        return ()
    found = [Stands("title", "title", None, work.title), Stands("newsroom", "newsroom", None, work.newsroom)]
    for ordinal, (row, author) in enumerate(zip(rulings.authors(entry.id), work.authors, strict=True), start=1):
        found.append(Stands(f"author:{ordinal}", "author", row.id, author.name))
        found.append(Stands(f"pen_name:{ordinal}", "pen_name", row.id, ", ".join(author.pen_names)))
    return found
