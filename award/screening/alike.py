"""Finding the works that a dossier may be the same as: one statement for entries, one for prizes on record."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, or_, select, union
from sqlalchemy.orm import aliased

from award.db import session
from award.editions.models import Category, Edition, FileSlot
from award.entries.dossiers import Dossier, pen_names
from award.entries.models import Authorship, Entry, EntryFile, Part
from award.files.models import Resemblance
from award.history import queries as history
from award.links import link_key
from award.people.models import NewsroomName
from award.screening.models import Comparison
from award.screening.similar import Alike, Other, Similar, Sought, author, similar
from award.text import folded

MOST = 100
"""Works compared at most: more that look alike would be read by nobody. Technique, no rule of the edition."""


def similar_works(edition: Edition, work: Dossier) -> list[Similar]:
    """Works of this and earlier editions, and prizes on record, that may be the work again, with why."""
    sought = Sought(
        work.title,
        frozenset(link_key(part.link) for part in work.parts) - {""},
        tuple(names for each in work.authors if (names := author(each.legal_name, each.pen_names))),
    )
    recorded = history.alike(
        edition.award_id,
        title_words=sought.title_words,
        link_keys=sought.links,
        names=sought.names,
        but_of=edition.id,
    )
    return similar(sought, [*_entries(edition, work, sought), *(_on_record(each) for each in recorded)])


def _entries(edition: Edition, work: Dossier, sought: Sought) -> list[Other]:
    """Entries of the award, withdrawn ones among them, submitted in this edition or an earlier one."""
    title = folded(work.title)
    near = func.similarity(Entry.title_folded, title)
    by_link = select(Part.entry_id).where(Part.link_key.in_(sought.links), Part.link_key != "")
    linked = Entry.id.in_(by_link)
    candidates = union(  # each through its own index; joined by OR they would be looked for row by row
        select(Entry.id).where(Entry.title_folded.op("%")(title)),
        by_link,
        select(Authorship.entry_id).where(Authorship.name_folded.in_(sought.names)),
        *_by_content(work),
    ).cte("candidates")
    names = (
        select(func.jsonb_agg(func.jsonb_build_array(Authorship.legal_name, Authorship.pen_name)))
        .where(Authorship.entry_id == Entry.id)
        .scalar_subquery()
    )
    organ = (
        select(NewsroomName.name)
        .where(NewsroomName.newsroom_id == Entry.newsroom_id)
        .order_by(NewsroomName.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    concluded = (
        select(Comparison.verdict)
        .where(
            Comparison.first_id == func.least(Entry.id, work.id),
            Comparison.second_id == func.greatest(Entry.id, work.id),
        )
        .scalar_subquery()
    )
    found = (
        select(
            Entry.public_id,
            Entry.code,
            Entry.title,
            Entry.state,
            Entry.edition_id,
            Edition.ordinal_words,
            Edition.year,
            Category.name.label("category"),
            func.coalesce(organ, Entry.newsroom_text).label("organ"),
            near.label("near"),
            linked.label("linked"),
            names.label("names"),
            _content(work).label("content"),
            concluded.label("verdict"),
        )
        .join(candidates, candidates.c.id == Entry.id)
        .join(Edition, Edition.id == Entry.edition_id)
        .join(Category, Category.id == Entry.category_id)
        .where(
            Edition.award_id == edition.award_id,
            Edition.ordinal <= edition.ordinal,
            Entry.state != "draft",
            Entry.id != work.id,
        )
        .order_by(Entry.id.in_(union(*_by_content(work))).desc(), linked.desc(), near.desc(), Entry.id)
        .limit(MOST)
    )
    return [_entered(row, edition) for row in session.execute(found)]


def _published(work: Dossier) -> list[int]:
    """The files of the work that hold what was published. Signed forms do not: of one template all look alike."""
    slots = {slot.id for slot in work.slots if slot.for_judges or slot.proof}
    return [file.id for file in work.files if file.slot_id in slots]


_HOLDS_WORK = or_(FileSlot.for_judges, FileSlot.proof)


def _by_content(work: Dossier) -> list[Select[int]]:
    """Entries that hold a file which is like one of the work's."""
    ours = _published(work)
    sides = ((Resemblance.first_id, Resemblance.second_id), (Resemblance.second_id, Resemblance.first_id))
    return [
        select(EntryFile.entry_id)
        .join(Resemblance, theirs == EntryFile.file_id)
        .join(FileSlot, FileSlot.id == EntryFile.slot_id)
        .where(mine.in_(ours), _HOLDS_WORK)
        for mine, theirs in sides
    ]


def _content(work: Dossier) -> Any:
    """In what the files of an entry are like those of the work, as a list."""
    ours = _published(work)
    theirs = aliased(EntryFile)
    told = func.jsonb_build_array(Resemblance.kind, Resemblance.same, Resemblance.facts)
    pair = or_(
        and_(Resemblance.first_id.in_(ours), Resemblance.second_id == theirs.file_id),
        and_(Resemblance.second_id.in_(ours), Resemblance.first_id == theirs.file_id),
    )
    found = select(func.jsonb_agg(told)).select_from(theirs).join(Resemblance, pair)
    found = found.join(FileSlot, FileSlot.id == theirs.slot_id).where(_HOLDS_WORK)
    return found.where(theirs.entry_id == Entry.id).correlate(Entry).scalar_subquery()


def _entered(row: Any, edition: Edition) -> Other:
    here = row.edition_id == edition.id
    where = [row.code, row.category]
    if not here:
        where.append(_("lần thứ %(ordinal)s - năm %(year)s", ordinal=row.ordinal_words, year=row.year))
    if row.state == "withdrawn":
        where.append(_("đã rút"))
    return Other(
        key=row.public_id,
        title=row.title,
        authors=tuple(author(legal_name, pen_names(typed)) for legal_name, typed in row.names or ()),
        authors_words=", ".join(legal_name for legal_name, _typed in row.names or ()),
        newsroom=row.organ,
        where=", ".join(part for part in where if part),
        near=row.near,
        linked=row.linked,
        here=here,
        content=tuple(Alike(*each) for each in row.content or ()),
        verdict=row.verdict or "",
    )


def _on_record(found: history.Alike) -> Other:
    work = found.work
    prize = f"{work.prize}, {work.award_name} {work.edition_words}"
    return Other(
        key=work.entry_key,
        title=work.title,
        authors=found.authors,
        authors_words=work.authors_words,
        newsroom=work.newsroom_words,
        where="",
        near=found.near,
        linked=found.linked,
        prize=prize,
    )
