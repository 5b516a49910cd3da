"""Questions about screening: the queue, decisions, codes, and what people did last. What came of it all: `refusals`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, union
from sqlalchemy.dialects.postgresql import aggregate_order_by

from award.clock import now
from award.db import session
from award.editions.models import Category, Edition
from award.editions.queries import capacity
from award.entries.models import Authorship, Correction, Entry
from award.newsrooms.models import NewsroomChoice
from award.paging import FIRST, ROWS, Order, Page, Turn, page
from award.people.models import Newsroom, NewsroomName, Person
from award.screening.filters import UNLISTED, QueueFilter
from award.screening.models import QueueView, RuleVerdict, SavedFilter, Screening, ScreeningAct
from award.screening.rulings import Said
from award.telex import meant
from award.text import as_spelt, folded, one_line, sort_key

RECEIVED = ("submitted", "withdrawn")


def decision_of(entry_id: int) -> Screening | None:
    return session.scalar(select(Screening).where(Screening.entry_id == entry_id))


def decisions(entry_ids: Sequence[int]) -> dict[int, Screening]:
    """Entry id → its decision, for those that have one."""
    found = session.scalars(select(Screening).where(Screening.entry_id.in_(entry_ids)))
    return {each.entry_id: each for each in found}


def eligible(edition_id: int) -> Select[int]:
    """Ids of the works that may be judged: eligible and not withdrawn."""
    return (
        select(Screening.entry_id)
        .join(Entry, Entry.id == Screening.entry_id)
        .where(Screening.edition_id == edition_id, Screening.decision == "eligible", Entry.state == "submitted")
    )


def blind_codes(entry_ids: Sequence[int]) -> dict[int, str]:
    """Entry id → the code judges know it by."""
    found = session.execute(
        select(Screening.entry_id, Screening.blind_code).where(
            Screening.entry_id.in_(entry_ids), Screening.blind_code.is_not(None)
        )
    )
    return {entry_id: code for entry_id, code in found if code is not None}


def state() -> ColumnElement[str]:
    """Where a dossier stands with the secretariat: one of `filters.STATES`. Of an entry joined with its screening."""
    asked = Screening.decision == "correction"
    return case(
        (Entry.state == "withdrawn", "withdrawn"),
        (and_(asked, Screening.due_at <= now()), "overdue"),
        (and_(Screening.decision == "pending", Screening.answered_at.is_not(None)), "answered"),
        else_=func.coalesce(Screening.decision, "pending"),
    )


def counts(edition_id: int) -> dict[str, int]:
    """Dossiers by where they stand; those nobody has looked at count as pending."""
    return dict(session.execute(_counts(edition_id)).tuples().all())


def _counts(edition_id: int) -> Select[str, int]:
    where = state().label("state")
    return (
        select(where, func.count().label("dossiers"))
        .select_from(Entry)
        .outerjoin(Screening, and_(Screening.entry_id == Entry.id, Screening.edition_id == edition_id))
        .where(Entry.edition_id == edition_id, Entry.state.in_(RECEIVED))
        .group_by(where)
    )


def queue(edition_id: int, wanted: QueueFilter = QueueFilter()) -> Select[Entry, Screening]:
    """Dossiers with their decisions as `wanted` narrows and orders them.

    Withdrawn ones come only when they are asked for. Words are looked for without marks and case in titles, author
    names and both codes; what is written the same comes first, then the same letters.
    """
    found = (
        select(Entry, Screening)
        .outerjoin(Screening, Screening.entry_id == Entry.id)
        .where(Entry.edition_id == edition_id, *_narrowed(wanted))
    )
    return order_of(edition_id, wanted).turned(found, FIRST)


def listed(edition_id: int, wanted: QueueFilter) -> Select[Entry, Screening, int]:
    """The queue with the place that its newsroom gave each work before others."""
    given = select(NewsroomChoice.place).where(NewsroomChoice.entry_id == Entry.id).correlate(Entry).scalar_subquery()
    return queue(edition_id, wanted).add_columns(given.label("place"))


def order_of(edition_id: int, wanted: QueueFilter) -> Order:
    """The order of the queue; in addresses a dossier's code stands for it."""
    columns = [*_closeness(wanted.words), *_order(wanted.order), Entry.code]
    return Order(columns, lambda code: and_(Entry.edition_id == edition_id, Entry.code == code))


def page_of(
    edition_id: int, wanted: QueueFilter, turn: Turn, *, size: int = ROWS
) -> Page[tuple[Entry, Screening | None, int | None]]:
    """A page of the queue as filtered."""
    order = order_of(edition_id, wanted)
    return page(listed(edition_id, wanted), order, turn, lambda row: row.Entry.code, size=size)


def _standing(decision: str) -> ColumnElement[bool]:
    """The same as `state` tells, as conditions that indexes and their statistics know something of."""
    kept = func.coalesce(Screening.decision, "pending") if decision == "pending" else Screening.decision
    late = Screening.due_at <= now()
    where = {
        "pending": and_(kept == "pending", Screening.answered_at.is_(None)),
        "answered": and_(kept == "pending", Screening.answered_at.is_not(None)),
        "correction": and_(kept == "correction", or_(Screening.due_at.is_(None), ~late)),
        "overdue": and_(kept == "correction", late),
    }
    return where.get(decision, kept == decision)


def _narrowed(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    where = [Entry.state == ("withdrawn" if wanted.decision == "withdrawn" else "submitted")]
    if wanted.decision not in {"", "withdrawn"}:
        where.append(_standing(wanted.decision))
    if wanted.category:
        where.append(Entry.category_id.in_(select(Category.id).where(Category.public_id == wanted.category)))
    if wanted.newsroom == UNLISTED:
        where.append(Entry.newsroom_id.is_(None))
    elif wanted.newsroom:
        where.append(Entry.newsroom_id.in_(select(Newsroom.id).where(Newsroom.public_id == wanted.newsroom)))
    if wanted.channel:
        where.append(Entry.channel == wanted.channel)
    red, amber = func.coalesce(Screening.red, 0), func.coalesce(Screening.amber, 0)
    spoken = {"red": red > 0, "amber": amber > 0, "green": and_(red == 0, amber == 0)}
    if wanted.findings:
        where.append(spoken[wanted.findings])
    if guesses := _guesses(wanted.words):
        where.append(or_(*(_named(folded(guess)) for guess in guesses)))
    return where


def _guesses(words: str) -> list[str]:
    """What the words may have been meant to say: as they are, and as keys of Telex."""
    return [guess for guess in (words, meant(words) or "") if folded(guess)]


def _named(sought: str) -> ColumnElement[bool]:
    """Each place that is looked at has an index of its own, which one condition over all of them could not use."""
    places = (
        select(Entry.id).where(Entry.title_folded.contains(sought, autoescape=True)),
        select(Entry.id).where(func.lower(Entry.code).contains(sought, autoescape=True)),
        select(Screening.entry_id).where(func.lower(Screening.blind_code).contains(sought, autoescape=True)),
        select(Authorship.entry_id).where(Authorship.name_folded.contains(sought, autoescape=True)),
    )
    return Entry.id.in_(union(*(place.correlate(None) for place in places)))


def _closeness(words: str) -> list[ColumnElement[int]]:
    """0 where title or author is written as the words are, 1 with the same letters under other tones, 2 elsewhere;
    nothing for bare letters. Keys of Telex tell letters alone."""
    typed = one_line(words)
    sought = meant(typed) or typed
    if sought.casefold() == folded(sought):
        return []
    ranks = []
    if sought == typed:
        spelt = as_spelt(typed)
        ranks.append((_either(Entry.title.regexp_match(spelt), Authorship.legal_name.regexp_match(spelt)), 0))
    letters = sort_key(sought).partition(b"\x00")[0]
    if letters != sort_key(folded(sought)).partition(b"\x00")[0]:
        ranks.append((_either(_holds(Entry.title_key, letters), _holds(Authorship.family_key, letters)), 1))
    return [case(*ranks, else_=2)]


def _either(titled: ColumnElement[bool], named: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(titled, exists().where(Authorship.entry_id == Entry.id, named).correlate(Entry))


def _holds(key: Any, letters: bytes) -> ColumnElement[bool]:
    sought: ColumnElement[int] = func.position(literal(letters).op("IN")(key))
    return sought > 0


def _order(order: str) -> list[Any]:
    """What comes before the code in an order of the queue. Authors are ordered by the first of them."""
    if order == "title":
        return [Entry.title_key]
    if order == "submitted":
        return [Entry.submitted_at]
    if order == "name":
        return [Entry.first_name_key]
    return [Entry.first_family_key] if order == "family" else []


class LastTogether(NamedTuple):
    """An act on many dossiers that its author may still take back."""

    public_id: str
    decision: str
    dossiers: int
    at: datetime


class Saved(NamedTuple):
    """A filter the person saved under a name."""

    key: str
    name: str
    wanted: QueueFilter


class Around(NamedTuple):
    """What stands around the rows of the queue."""

    columns: list[str] | None
    """The columns the person has chosen; None for who never chose."""
    newsrooms: list[tuple[str, str]]
    """Public id and present name of every organ that dossiers of the edition name, in the order of names."""
    categories: list[tuple[str, str]]
    """Public id and name of every category, in the edition's order."""
    counts: dict[str, int]
    """The same as `counts` says."""
    last: LastTogether | None
    """The person's last act on many, as long as it was not taken back."""
    saved: list[Saved]
    """The person's own filters, in the order in which they were first saved."""


def around(edition_id: int, person_id: int) -> Around:
    """All of it in one statement."""
    named = exists().where(Entry.newsroom_id == Newsroom.id, Entry.edition_id == edition_id, Entry.state.in_(RECEIVED))
    pair = func.jsonb_build_array(Newsroom.public_id, NewsroomName.name)
    organs = (
        select(func.jsonb_agg(aggregate_order_by(pair, NewsroomName.name_key, Newsroom.id)))
        .select_from(Newsroom)
        .join(NewsroomName, NewsroomName.newsroom_id == Newsroom.id)
        .where(NewsroomName.valid_to.is_(None), named.correlate(Newsroom))
    )
    kind = func.jsonb_build_array(Category.public_id, Category.name)
    kinds = select(func.jsonb_agg(aggregate_order_by(kind, Category.ordinal, Category.id))).where(
        Category.edition_id == edition_id
    )
    chosen = select(QueueView.columns).where(QueueView.person_id == person_id)
    counted = _counts(edition_id).subquery()
    standing = select(func.jsonb_object_agg(counted.c.state, counted.c.dossiers))
    act = _last_together(edition_id, person_id)
    kept = func.jsonb_build_array(SavedFilter.public_id, SavedFilter.name, SavedFilter.asked)
    saved = select(func.jsonb_agg(aggregate_order_by(kept, SavedFilter.id))).where(
        SavedFilter.edition_id == edition_id, SavedFilter.person_id == person_id
    )
    row = session.execute(
        select(
            chosen.scalar_subquery().label("chosen"),
            organs.scalar_subquery().label("organs"),
            kinds.scalar_subquery().label("kinds"),
            standing.scalar_subquery().label("standing"),
            act.scalar_subquery().label("act"),
            saved.scalar_subquery().label("saved"),
        )
    ).one()
    last = None
    if row.act:
        public_id, decision, dossiers, at = row.act
        last = LastTogether(public_id, decision, dossiers, datetime.fromisoformat(at))
    own = [Saved(key, name, QueueFilter.saved(asked)) for key, name, asked in row.saved or ()]
    return Around(row.chosen, _pairs(row.organs), _pairs(row.kinds), row.standing or {}, last, own)


def saved_filters(edition_id: int, person_id: int) -> Sequence[SavedFilter]:
    """The person's own filters of this edition's queue."""
    own = (SavedFilter.edition_id == edition_id, SavedFilter.person_id == person_id)
    return session.scalars(select(SavedFilter).where(*own)).all()


def saved_filter(edition_id: int, person_id: int, public_id: str) -> SavedFilter | None:
    """The one at this address, if it is the person's own."""
    return next((each for each in saved_filters(edition_id, person_id) if each.public_id == public_id), None)


def _last_together(edition_id: int, person_id: int) -> Select[Any]:
    """The person's last act on many as one JSON list; null when it was taken back."""
    ours = (ScreeningAct.edition_id == edition_id, ScreeningAct.by_id == person_id, ScreeningAct.together)
    last = select(ScreeningAct).where(*ours).order_by(ScreeningAct.id.desc()).limit(1).subquery()
    many = select(func.count()).select_from(func.jsonb_object_keys(last.c.before).table_valued("number"))
    told = func.jsonb_build_array(last.c.public_id, last.c.decision, many.scalar_subquery(), last.c.created_at)
    return select(told).select_from(last).where(last.c.undone_at.is_(None))


def _pairs(told: Sequence[Sequence[str]] | None) -> list[tuple[str, str]]:
    return [(public_id, name) for public_id, name in told or ()]


def submitted_after(edition_id: int, number: int) -> Select[int]:
    """Ids of submitted dossiers behind this one, in their order."""
    ours = (Entry.edition_id == edition_id, Entry.state == "submitted", Entry.id > number)
    return select(Entry.id).where(*ours).order_by(Entry.id)


def entries_at(edition_id: int, public_ids: Sequence[str]) -> Sequence[Entry]:
    """The submitted entries at these addresses."""
    ours = (Entry.edition_id == edition_id, Entry.state == "submitted", Entry.public_id.in_(public_ids))
    return session.scalars(select(Entry).where(*ours).order_by(Entry.code)).all()


def said_of(screening: Screening | None) -> list[Said]:
    """What people said of single rules of the dossier."""
    said = screening.verdicts if screening is not None else ()
    return [Said(each.code, each.verdict, each.clause, each.remark) for each in said]  # type: ignore[arg-type]


def kept_for_authors(edition: Edition, entry: Entry) -> bool:
    """It came on paper and the secretariat fills it in: its authors have no account that a letter could reach."""
    if entry.came_at is None:
        return False
    return capacity(session.get_one(Person, entry.owner_id), edition).holds("secretary", "organiser")


def act_at(edition_id: int, public_id: str) -> ScreeningAct | None:
    return session.scalar(
        select(ScreeningAct).where(ScreeningAct.edition_id == edition_id, ScreeningAct.public_id == public_id)
    )


def last_act(edition_id: int, person_id: int | None) -> ScreeningAct | None:
    """The person's last act of deciding."""
    ours = (ScreeningAct.edition_id == edition_id, ScreeningAct.by_id == person_id)
    return session.scalar(select(ScreeningAct).where(*ours).order_by(ScreeningAct.id.desc()).limit(1))


def last_request(entry_id: int) -> Correction | None:
    """The last request to mend the dossier, whatever became of it."""
    asked = select(Correction).where(Correction.entry_id == entry_id).order_by(Correction.id.desc()).limit(1)
    return session.scalar(asked)


class Habits(NamedTuple):
    """What the secretariat of an edition did last, for a page to suggest."""

    clauses: dict[str, str]
    """Rule → the clause somebody last cited for it."""
    due_day: date | None
    """The whole day that the last request to mend named."""


def habits(edition_id: int) -> Habits:
    """Both in one statement."""
    cited = (
        select(RuleVerdict.code, RuleVerdict.clause)
        .join(Screening, Screening.id == RuleVerdict.screening_id)
        .where(Screening.edition_id == edition_id, RuleVerdict.clause != "")
        .distinct(RuleVerdict.code)
        .order_by(RuleVerdict.code, RuleVerdict.id.desc())
        .subquery()
    )
    clauses = select(func.jsonb_object_agg(cited.c.code, cited.c.clause)).scalar_subquery()
    asked = (
        select(Correction.due_day)
        .join(Entry, Entry.id == Correction.entry_id)
        .where(Entry.edition_id == edition_id)
        .order_by(Correction.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    row = session.execute(select(clauses.label("clauses"), asked.label("due_day"))).one()
    return Habits(row.clauses or {}, row.due_day)


def neighbours(edition_id: int, code: str, wanted: QueueFilter) -> tuple[str | None, str | None]:
    """Addresses (public ids) of the dossiers before and after the one with this code, in the queue one came by."""
    found, order = queue(edition_id, wanted), order_of(edition_id, wanted)
    before, after = (
        order.turned(found, Turn(code, back=back)).with_only_columns(Entry.public_id).limit(1).scalar_subquery()
        for back in (True, False)
    )
    row = session.execute(select(before.label("before"), after.label("after"))).one()
    return row.before, row.after


def next_undecided(edition_id: int, code: str, wanted: QueueFilter = QueueFilter()) -> str | None:
    """Address of the next dossier nobody has decided on, in the queue one came by: behind this code, or at the top."""
    every = replace(wanted, decision="")
    open_ = queue(edition_id, every).where(
        func.coalesce(Screening.decision, "pending") == "pending", Entry.code != code
    )
    for turn in (Turn(code), FIRST):
        found = order_of(edition_id, every).turned(open_, turn)
        following = session.scalar(found.with_only_columns(Entry.public_id).limit(1))
        if following is not None:
            return following
    return None
