"""A paper that gets its number is kept as it is then; one that loses it is taken back. Nothing is drawn twice."""

import hashlib
import secrets
from dataclasses import replace

from award import jobs
from award.clock import now
from award.db import session
from award.documents.composing import number_of
from award.documents.kept import as_data
from award.documents.paper import Paper
from award.editions.models import Edition
from award.issued import queries
from award.issued.models import IssuedPaper
from award.log.operations import canonical_json, record

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter that is read as a digit, and no digit that is read as a letter."""
_CODE_LENGTH = 12


def keep(
    *, edition: Edition, kind: str, paper: Paper | None, by_id: int | None, address: str, about: str = ""
) -> IssuedPaper | None:
    """The paper of the kind is kept with the number it bears; without a number none of the kind stands any more.

    One that is kept already is not touched while its number and day are those of the paper. `address` is where a code
    is asked for; the code is printed on the last annex, never on the paper itself.
    """
    known = queries.standing(edition.id, kind, about)
    number = number_of(paper.form, paper.head) if paper and paper.head.number and paper.head.day else ""
    if known is not None and (known.number, known.day) == (number, paper.head.day if paper else None):
        return known
    if known is not None:
        _take_back(edition, known, by_id)
    if not number or paper is None or paper.head.day is None:
        return None
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    content = as_data(_coded(paper, code, address))
    kept = IssuedPaper(
        edition_id=edition.id,
        kind=kind,
        about=about,
        title=paper.title,
        number=number,
        day=paper.head.day,
        body=paper.head.body,
        code=code,
        content=content,
        content_sha256=hashlib.sha256(canonical_json(content)).hexdigest(),
        issued_at=now(),
        issued_by_id=by_id,
    )
    session.add(kept)
    session.flush()
    facts: dict[str, int | str | None] = {"kind": kind, "number": number, "content": kept.content_sha256}
    record("paper.issued", actor_id=by_id, award_id=edition.award_id, subject=kept, facts=facts)
    jobs.defer("issued.store", at_most_one=f"issued.store:{kept.id}", paper_id=kept.id)
    return kept


def mark_stored(*, paper_id: int, pdf: tuple[str, str, int], docx: tuple[str, str, int]) -> None:
    """Both files stand in the store: key, SHA-256 and size of each."""
    kept = session.get_one(IssuedPaper, paper_id)
    kept.pdf_key, kept.pdf_sha256, kept.pdf_size = pdf
    kept.docx_key, kept.docx_sha256, kept.docx_size = docx
    session.flush()
    award_id = session.get_one(Edition, kept.edition_id).award_id
    facts: dict[str, int | str | None] = {"pdf": kept.pdf_sha256, "docx": kept.docx_sha256}
    record("paper.stored", actor_id=None, award_id=award_id, subject=kept, facts=facts)


def _take_back(edition: Edition, kept: IssuedPaper, by_id: int | None) -> None:
    kept.taken_back_at = now()
    session.flush()
    facts: dict[str, int | str | None] = {"kind": kept.kind, "number": kept.number}
    record("paper.taken_back", actor_id=by_id, award_id=edition.award_id, subject=kept, facts=facts)


def _coded(paper: Paper, code: str, address: str) -> Paper:
    if not paper.annexes:
        return paper
    *others, last = paper.annexes
    return replace(paper, annexes=(*others, replace(last, code=grouped(code), address=address)))


def grouped(code: str) -> str:
    """ABCD-EFGH-JKLM: as people read it to each other."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def code_typed(text: str) -> str:
    """What somebody typed, as codes are stored. A sign that no code has stays, so that no other code is looked for."""
    return "".join(letter for letter in text.upper() if letter.isalnum())
