"""What the room of issued papers hands to the house."""

from collections.abc import Callable
from functools import partial

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from award.db import session
from award.documents.paper import Paper
from award.editions.models import Edition
from award.features import Feature, installed
from award.issued import operations, papers, queries, tasks
from award.issued.files import content
from award.issued.personal import personal
from award.keeping import Kept, KeptFile, KeptList

ANNOUNCED = ("decision", "notice")
"""Kinds of papers that are written for everybody."""


def on_paper_settled(edition_id: int, kind: str, person_id: int | None, about: str = "") -> None:
    """A paper whose number was recorded is kept as it is now. A kind that no room writes by itself is left alone."""
    write = _writer(kind, about)
    if write is None:
        return
    edition = session.get_one(Edition, edition_id)
    with force_locale("vi"):
        paper = write(edition_id)
    base: str = current_app.extensions["settings"].base_url
    address = f"{base.rstrip('/')}/{edition.slug}/van-ban"
    operations.keep(edition=edition, kind=kind, paper=paper, by_id=person_id, address=address, about=about)


def _writer(kind: str, about: str) -> Callable[[int], Paper | None] | None:
    for room in installed():
        if about and kind in room.papers_about:
            return partial(room.papers_about[kind], about=about)
        if not about and kind in room.papers:
            return room.papers[kind]
    return None


def kept(edition_id: int) -> Kept:
    """Every paper that ever got its number, as PDF and to be edited, and the list of them; everybody has what is
    announced and stands. It names the authors of prizes."""
    issued = queries.kept_papers(edition_id)
    files = [
        KeptFile(
            f"van-ban/{stem}.{ending}",
            papers.label(paper, ending.upper()),
            partial(content, paper, ending),
            public=paper.kind in ANNOUNCED and paper.taken_back_at is None,
            names_authors=True,
        )
        for stem, paper in zip(papers.stems(issued), issued, strict=True)
        for ending in ("pdf", "docx")
    ]
    listed = KeptList("van-ban", _("Văn bản đã ban hành"), lambda: papers.listed(issued))
    return Kept(lists=(listed,), files=tuple(files))


feature = Feature(
    name="issued",
    on_paper_settled=on_paper_settled,
    stored_objects=queries.stored_objects,
    kept=kept,
    personal=personal,
)

__all__ = ["feature", "tasks"]
