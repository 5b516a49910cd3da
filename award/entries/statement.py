"""The one statement that reads entries: columns, and lists that the database builds."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import aliased

from award.editions.declaring import PURPOSES, matter_of
from award.editions.models import Appointment, Category, Clause, Edition, FileSlot, Genre, Topic
from award.editions.permissions import COUNCIL, RUNNING
from award.entries.counting import Counts
from award.entries.models import Authorship, Correction, Entry, EntryFile, Part, PersonalDeadline, PriorPrize
from award.entries.twins import empty_list, in_other_categories
from award.files.models import File, Rendition
from award.history.models import PastAuthor, PastWork
from award.people.models import Newsroom, NewsroomName, Person
from award.people.queries import consent_withdrawn


def dossiers(*where: ColumnElement[bool], counted: bool = True) -> Select[*tuple[Any, ...]]:
    """One row for each entry, its lists built by the database. Without `counted` the other works are not counted."""
    organ = _newsroom_name(Entry.newsroom_id)
    counts = Counts(*where) if counted else None
    return (
        select(
            Entry.id,
            Entry.public_id.label("key"),
            Entry.edition_id,
            Entry.owner_id,
            Entry.revises_id,
            Entry.state,
            Entry.code,
            Category.name.label("category"),
            Category.medium,
            Category.needed,
            Category.limits,
            Category.limits_source,
            Category.outlets,
            Entry.title,
            Entry.genre_id,
            func.coalesce(Genre.name, "").label("genre"),
            _rows(Genre, Genre.category_id == Entry.category_id, [Genre.ordinal], id=Genre.id, name=Genre.name).label(
                "genres"
            ),
            Entry.topic_id,
            func.coalesce(Topic.name, "").label("topic"),
            Entry.summary,
            func.coalesce(organ, Entry.newsroom_text).label("publisher"),
            Newsroom.licensed.label("publisher_licensed"),
            Newsroom.kinds.label("publisher_kinds"),
            (counts.publisher_works() if counts else literal(0)).label("publisher_works"),
            (counts.publisher_works(here=True) if counts else literal(0)).label("publisher_works_here"),
            (counts.group_works() if counts else literal(0)).label("group_works"),
            (counts.group_works(here=True) if counts else literal(0)).label("group_works_here"),
            func.coalesce(Entry.confirmed, _confirmed_before()).label("confirmed"),
            Entry.byline,
            Entry.elsewhere,
            Entry.declared,
            _texts().label("texts"),
            Entry.no_prior_prize,
            Entry.submitted_at,
            Entry.files_due_at,
            Entry.withdrawn_at,
            Entry.withdrawn_reason,
            Entry.changed_at,
            Entry.version,
            _authors(counts).label("authors"),
            _prizes().label("prizes"),
            _prized().label("prized"),
            (in_other_categories() if counted else empty_list()).label("twins"),
            *_holding(counts),
        )
        .join(Category, Category.id == Entry.category_id)
        .outerjoin(Genre, Genre.id == Entry.genre_id)
        .outerjoin(Topic, Topic.id == Entry.topic_id)
        .outerjoin(Newsroom, Newsroom.id == Entry.newsroom_id)
        .where(*where)
    )


def places(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Of each entry only where its files go, and what opens it: what everybody who begins to send a file waits for."""
    return select(*_holding()).select_from(Entry).where(*where)


def _holding(counts: Counts | None = None) -> tuple[ColumnElement[Any], ...]:
    return (
        _parts(counts).label("parts"),
        _slots().label("slots"),
        _files().label("files"),
        last_request(func.coalesce(Entry.revises_id, Entry.id)).label("mend"),
        own_deadline(Entry.edition_id, Entry.owner_id).label("own_deadline"),
        came_how().label("came"),
    )


def _rows(
    of: type[Any],
    where: ColumnElement[bool],
    order: Sequence[Any],
    *,
    beside: tuple[type[Any], ColumnElement[bool]] | None = None,
    **columns: Any,
) -> ScalarSelect[Any]:
    """The rows of a table that belong to the entry, as one JSON list."""
    pairs: list[Any] = []
    for name, column in columns.items():
        pairs += [literal_column(f"'{name}'"), column]
    built = func.jsonb_agg(aggregate_order_by(func.jsonb_build_object(*pairs), *order))
    found = select(func.coalesce(built, cast(literal_column("'[]'"), JSONB))).select_from(of)
    if beside is not None:
        found = found.join(*beside)
    return found.where(where).correlate(Entry).scalar_subquery()


def _parts(counts: Counts | None) -> ScalarSelect[Any]:
    counted = {} if counts is None else _counted_outlet(counts)
    return _rows(
        Part,
        Part.entry_id == Entry.id,
        [Part.ordinal, Part.id],
        id=Part.id,
        key=Part.public_id,
        ordinal=Part.ordinal,
        title=Part.title,
        published_on=Part.published_on,
        issue=Part.issue,
        page=Part.page,
        place=Part.place,
        channel=Part.channel,
        aired_at=Part.aired_at,
        link=Part.link,
        outlet=func.coalesce(_newsroom_name(Part.newsroom_id), Part.newsroom_text),
        outlet_licensed=_of_newsroom(Newsroom.licensed),
        outlet_kinds=_of_newsroom(Newsroom.kinds),
        **counted,
    )


def _counted_outlet(counts: Counts) -> dict[str, Any]:
    """Other works in the organ that a part names as its own; of most parts, which name none, nothing is counted."""
    named = or_(Part.newsroom_id.is_not(None), Part.newsroom_text != "")
    return {
        "outlet_works": case((named, counts.outlet_works()), else_=0),
        "outlet_works_here": case((named, counts.outlet_works(here=True)), else_=0),
    }


def _of_newsroom(column: Any) -> ScalarSelect[Any]:
    """What the register says of the organ of a part."""
    organ = aliased(Newsroom)
    return select(getattr(organ, column.key)).where(organ.id == Part.newsroom_id).correlate(Part).scalar_subquery()


def _authors(counts: Counts | None) -> ScalarSelect[Any]:
    counted = {} if counts is None else _counted(counts)
    return _rows(
        Authorship,
        Authorship.entry_id == Entry.id,
        [Authorship.ordinal, Authorship.id],
        key=Authorship.public_id,
        person_id=Authorship.person_id,
        legal_name=Authorship.legal_name,
        pen_name=Authorship.pen_name,
        role=Authorship.role,
        employer=func.coalesce(_newsroom_name(Authorship.employer_id), Authorship.employer_text),
        phone=Authorship.phone,
        minor=Authorship.minor,
        guardian=Authorship.guardian,
        guardian_relation=Authorship.guardian_relation,
        consent_withdrawn=func.coalesce(consent_withdrawn(Authorship.person_id), False),
        contact=Authorship.contact,
        share=Authorship.share,
        invited=Authorship.invite_key.is_not(None),
        fills=Authorship.fills,
        joined=Authorship.joined_at.is_not(None),
        **counted,
    )


def _slots() -> ScalarSelect[Any]:
    return _rows(
        FileSlot,
        FileSlot.category_id == Entry.category_id,
        [FileSlot.ordinal, FileSlot.id],
        id=FileSlot.id,
        code=FileSlot.code,
        label=FileSlot.label,
        kinds=FileSlot.kinds,
        at_least=FileSlot.at_least,
        at_most=FileSlot.at_most,
        max_bytes=FileSlot.max_bytes,
        per_part=FileSlot.per_part,
        for_judges=FileSlot.for_judges,
        blind=FileSlot.blind,
        captions=FileSlot.captions,
        proof=FileSlot.proof,
        for_minors=FileSlot.for_minors,
        lengths=FileSlot.lengths,
    )


def _files() -> ScalarSelect[Any]:
    return _rows(
        EntryFile,
        EntryFile.entry_id == Entry.id,
        [EntryFile.ordinal, EntryFile.id],
        beside=(File, File.id == EntryFile.file_id),
        id=File.id,
        key=File.public_id,
        name=File.name,
        size=File.size,
        state=File.state,
        fingerprint=File.fingerprint,
        sha256=File.sha256,
        stored_at=File.stored_at,
        slot_id=EntryFile.slot_id,
        part_id=EntryFile.part_id,
        ordinal=EntryFile.ordinal,
        caption=EntryFile.caption,
        facts=func.jsonb_build_object(
            *("duration", File.facts["duration"], "pages", File.facts["pages"], "words", _words_of_file())
        ),
    )


def _words_of_file() -> ColumnElement[Any]:
    """How many words the text of a file has, counted only where its place limits them."""
    paragraph = func.jsonb_array_elements_text(Rendition.facts["paragraphs"]).table_valued("value")
    counted = func.sum(func.regexp_count(paragraph.c.value, r"\S+"))
    found = select(counted).select_from(Rendition).join(paragraph, true())
    found = found.where(Rendition.file_id == File.id, Rendition.kind == "text")
    limited = exists().where(FileSlot.id == EntryFile.slot_id, FileSlot.lengths["words"].as_integer() > 0)
    return case((limited.correlate(EntryFile), found.correlate(File).scalar_subquery()), else_=None)


def _prizes() -> ScalarSelect[Any]:
    return _rows(
        PriorPrize,
        PriorPrize.entry_id == Entry.id,
        [PriorPrize.id],
        key=PriorPrize.public_id,
        award_name=PriorPrize.award_name,
        level=PriorPrize.level,
        organiser=PriorPrize.organiser,
        year=PriorPrize.year,
    )


def _texts() -> ScalarSelect[Any]:
    """Matter → the edition's own words of what entrants declare."""
    text = func.jsonb_object_agg(Clause.code, Clause.value["text"].as_string())
    ours = (Clause.edition_id == Entry.edition_id, Clause.code.in_([matter_of(code) for code in PURPOSES]))
    found = select(func.coalesce(text, cast(literal_column("'{}'"), JSONB)))
    return found.where(*ours, Clause.value.is_not(None)).correlate(Entry).scalar_subquery()


def _prized() -> ScalarSelect[Any]:
    """Prizes on record for a work of the entry's title, in the same award's house; its own edition's are its own."""
    names = (
        select(func.jsonb_agg(PastAuthor.name_folded))
        .where(PastAuthor.work_id == PastWork.id)
        .correlate(PastWork)
        .scalar_subquery()
    )
    house = select(Edition.award_id).where(Edition.id == Entry.edition_id).correlate(Entry).scalar_subquery()
    title = func.btrim(func.regexp_replace(Entry.title_folded, "[^a-z0-9]+", " ", "g"))
    return _rows(
        PastWork,
        and_(
            PastWork.award_id == house,
            PastWork.title_words == title,
            title != "",
            PastWork.edition_id.is_distinct_from(Entry.edition_id),
        ),
        [PastWork.year.desc(), PastWork.id],
        id=PastWork.id,
        award_name=PastWork.award_name,
        ordinal=PastWork.ordinal,
        year=PastWork.year,
        level=PastWork.level,
        names=func.coalesce(names, cast(literal_column("'[]'"), JSONB)),
    )


def _confirmed_before() -> ScalarSelect[Any]:
    """Of a revision: what the organ says of the work as it was submitted."""
    standing = aliased(Entry)
    return select(standing.confirmed).where(standing.id == Entry.revises_id).correlate(Entry).scalar_subquery()


def lets_in(person_id: Any, entry_id: Any) -> ColumnElement[bool]:
    """The person is an author of the entry who was invited to fill it in and joined."""
    joined = exists().where(
        Authorship.entry_id == entry_id, Authorship.person_id == person_id, Authorship.joined_at.is_not(None)
    )
    return joined.correlate(Entry)


def last_request(entry_id: Any) -> ScalarSelect[Any]:
    """The last request to mend the submitted entry, as one JSON object; null where nothing was ever asked."""
    asked = func.jsonb_build_object(
        *("items", Correction.items, "parts", Correction.parts, "ended", Correction.ended),
        *("due_day", Correction.due_day, "due_at", Correction.due_at),
    )
    found = select(asked).where(Correction.entry_id == entry_id).order_by(Correction.id.desc()).limit(1)
    return found.correlate(Entry).scalar_subquery()


def own_deadline(edition_id: Any, person_id: Any) -> ScalarSelect[Any]:
    """The deadline of one's own that stands for the person, as one JSON object; null for everybody else."""
    until = func.jsonb_build_object("until", PersonalDeadline.until, "last_day", PersonalDeadline.last_day)
    ours = (PersonalDeadline.edition_id == edition_id, PersonalDeadline.person_id == person_id)
    found = select(until).where(*ours, PersonalDeadline.ended_at.is_(None))
    return found.correlate(Entry).scalar_subquery()


def came_how() -> ColumnElement[Any]:
    """How the entry came that was not entered online, as one JSON object; null of any other."""
    told = func.jsonb_build_object(
        *("channel", Entry.channel, "at", Entry.came_at, "postmark", Entry.postmark_on), type_=JSONB
    )
    return case((Entry.came_at.is_not(None), told), else_=None)


def _newsroom_name(newsroom_id: Any) -> ScalarSelect[Any]:
    """The name an organ bears now."""
    return (
        select(NewsroomName.name)
        .where(NewsroomName.newsroom_id == newsroom_id)
        .order_by(NewsroomName.valid_from.desc())
        .limit(1)
        .correlate(Entry, Authorship, Part)
        .scalar_subquery()
    )


def _counted(counts: Counts) -> dict[str, Any]:
    """Of one author: other works, and whether the person, or one of that name, helps to run the edition or to judge."""
    return {
        "works": counts.works(),
        "works_here": counts.works(here=True),
        "namesakes": counts.namesakes(),
        "namesakes_here": counts.namesakes(here=True),
        "employer_works": counts.employer_works(),
        "employer_works_here": counts.employer_works(here=True),
        "organiser": _holds(RUNNING),
        "organiser_namesake": _namesake_holds(RUNNING),
        "judge": _holds(COUNCIL),
        "judge_namesake": _namesake_holds(COUNCIL),
    }


def _holds(roles: Collection[str]) -> ColumnElement[bool]:
    """The author, by account, holds one of the roles."""
    found = exists().where(*_standing(roles), Appointment.person_id == Authorship.person_id)
    return found.correlate(Entry, Authorship)


def _namesake_holds(roles: Collection[str]) -> ColumnElement[bool]:
    """Somebody of the author's name does, where no account tells who the author is."""
    named = (Person.id == Appointment.person_id, Person.name_folded == Authorship.name_folded)
    found = exists().where(*_standing(roles), *named).where(Authorship.person_id.is_(None))
    return found.correlate(Entry, Authorship)


def _standing(roles: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    ours = (Appointment.edition_id == Entry.edition_id, Appointment.ended_at.is_(None))
    return (*ours, Appointment.role.in_(sorted(roles)))
