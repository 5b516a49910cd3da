"""What the room of issued papers hands to the house."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from award.db import session
from award.documents.paper import Paper
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.features import Feature, FileSight, NextAct, installed
from award.issued import operations, papers, permissions, queries, register, tasks
from award.issued.files import content
from award.issued.personal import personal
from award.issued.views import blueprint
from award.keeping import Kept, KeptFile, KeptList
from award.people.models import Person
from award.verdicts import Verdict

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


def _by(person_id: int, edition_id: int) -> tuple[Capacity, Edition]:
    edition = session.get_one(Edition, edition_id)
    return capacity(session.get_one(Person, person_id), edition), edition


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """Scans that wait for a second person, and who may be that person."""
    by, edition = _by(person_id, edition_id)
    if not by.holds("organiser", "secretary"):
        return ()
    kept = {each.id: each for each in queries.kept_papers(edition_id)}
    waiting = [
        kept[number]
        for number, scan in queries.newest_scans(edition_id).items()
        if permissions.can_compare(by, edition, kept[number], scan)
    ]
    return [
        NextAct(
            _("Đối chiếu bản quét %(paper)s", paper=f"{each.title} {each.number}"),
            url_for("issued.paper", slug=edition.slug, paper_id=each.public_id),
            weight=26,
        )
        for each in waiting
    ]


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The scan is read by who reads the papers."""
    known = queries.scan_of_file(file_id) if person_id is not None else None
    if known is None or person_id is None:
        return None
    by, _edition = _by(person_id, known[1].edition_id)
    return FileSight(papers.stems([known[1]])[0]) if permissions.can_read(by) else None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """It comes in as long as a scan of the paper may."""
    known = queries.scan_of_file(file_id)
    return None if known is None else permissions.can_send(*_by(person_id, known[1].edition_id), known[1])


feature = Feature(
    name="issued",
    blueprint=blueprint,
    next_acts=next_acts,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    suggested_number=register.suggestion,
    number_remark=register.remark,
    on_paper_settled=on_paper_settled,
    stored_objects=queries.stored_objects,
    kept=kept,
    personal=personal,
)

__all__ = ["feature", "tasks"]
