"""What entrants declare, purpose by purpose, in versions. New words ask anew; what was said keeps its own."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from award.db import session
from award.editions.clauses import rule
from award.editions.declaring import HOUSE, PURPOSES, matter_of
from award.editions.models import Edition
from award.entries.models import DeclarationText
from award.rules.eligibility import DECLARATIONS

assert tuple(HOUSE) == DECLARATIONS


@dataclass(frozen=True)
class Declaration:
    """One purpose as an edition asks it. Without `required` a dossier is submitted with it or without."""

    code: str
    words: str
    required: bool
    own: bool = False
    """In words of the edition, which are nobody's to translate."""

    @property
    def kept(self) -> str:
        """The words as they are kept and compared: in Vietnamese, whatever language the page was read in."""
        return self.words if self.own else _of_the_house(self.code)


def asked(texts: Mapping[str, str]) -> dict[str, Declaration]:
    """Every purpose that is asked, in the order of the form. `texts`: matter → the edition's own words."""
    found = {}
    for code in PURPOSES:
        own = texts.get(matter_of(code), "")
        if own or code in HOUSE:
            found[code] = Declaration(code, own or str(HOUSE[code]), code in DECLARATIONS, bool(own))
    return found


def asked_in(edition: Edition) -> dict[str, Declaration]:
    """The same, of an edition whose clauses are at hand."""
    said = {matter_of(code): rule(edition, matter_of(code)).text for code in PURPOSES}
    return asked(said)


def mark(words: str) -> str:
    """By which words are known again."""
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def standing(declared: Mapping[str, Any], asks: Mapping[str, Declaration]) -> frozenset[str]:
    """The purposes that were agreed to in the words in which they are asked now."""
    return frozenset(
        code
        for code, each in asks.items()
        if code in declared and declared[code].get("words", _first(code)) == mark(each.kept)
    )


def made(edition_id: int, codes: Collection[str], asks: Mapping[str, Declaration], at: datetime) -> dict[str, Any]:
    """What is kept with a dossier for these purposes: which version, when. Words never agreed to become a version."""
    return {
        code: {
            "version": _version(edition_id, code, asks[code].kept),
            "at": at.isoformat(timespec="seconds"),
            "words": mark(asks[code].kept),
        }
        for code in sorted(codes)
    }


def words_of(edition_id: int, code: str, version: int) -> str:
    """The words of a version; of one that was never written down, those of the house."""
    found = select(DeclarationText.words).where(
        DeclarationText.edition_id == edition_id, DeclarationText.code == code, DeclarationText.version == version
    )
    return session.scalar(found) or (_of_the_house(code) if code in HOUSE else "")


def _version(edition_id: int, code: str, words: str) -> int:
    ours = (DeclarationText.edition_id == edition_id, DeclarationText.code == code)
    known = select(DeclarationText.version).where(*ours, DeclarationText.words == words)
    version = session.scalar(known)
    if version is None:
        last = session.scalar(select(func.max(DeclarationText.version)).where(*ours)) or 0
        row = {"edition_id": edition_id, "code": code, "version": last + 1, "words": words, "since": func.now()}
        session.execute(insert(DeclarationText).values(row).on_conflict_do_nothing())
        version = session.scalar(known)
    assert version is not None, "two versions of one text at the same instant"
    return version


@cache
def _of_the_house(code: str) -> str:
    with force_locale("vi"):
        return str(HOUSE[code])


def _first(code: str) -> str:
    """What was agreed to before words were marked were those of the house."""
    return mark(_of_the_house(code)) if code in HOUSE else ""
