"""Changing rules that are frozen: only by a paper with its number, its day and a reason, and told to everybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from award.clock import now
from award.db import session
from award.editions.amended import Change, changes_between, structure_words, words_of
from award.editions.clauses import BY_CODE, MOVES_PLACES, MOVES_VOTES, rule
from award.editions.deadlines import Deadline
from award.editions.matters import Stage, Value
from award.editions.models import Amendment, Category, Edition, Genre
from award.editions.operations.locking import lock
from award.editions.operations.prizes import PrizeSpec, say_prizes
from award.editions.operations.setup import say_clause, say_dates
from award.editions.outlets import chosen_of
from award.editions.permissions import Capacity, can_amend, can_amend_now
from award.features import against_amending, against_prizes, tell_rooms_of_amendment
from award.log.operations import record
from award.text import canonical, one_line
from award.verdicts import Refused, Verdict, require
from uploads.kinds import BY_CODE as KINDS


@dataclass(frozen=True)
class Paper:
    """The paper by which rules change."""

    number: str
    day: date
    reason: str


@dataclass(frozen=True)
class ClauseSaid:
    """What the rules say of one matter from now on."""

    value: Value | None
    unregulated: bool = False
    source: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class Days:
    """The dates of the rules of entry: window of publication, deadline, deadline of confirmation."""

    window: tuple[date | None, date | None]
    deadline: Deadline | None
    confirmation: Deadline | None


@dataclass(frozen=True)
class PlaceSaid:
    """What a place for files takes from now on."""

    label: str
    at_least: int
    at_most: int
    max_bytes: int
    lengths: Mapping[str, int]


@dataclass(frozen=True)
class CategorySaid:
    """What a loại hình says from now on. `places`: by the number of the slot."""

    genres: Sequence[str]
    limits: Mapping[str, int]
    limits_source: str
    outlets: Sequence[str]
    places: Mapping[int, PlaceSaid]


def record_amendment(*, by: Capacity, edition: Edition, paper: Paper, changes: Sequence[Change]) -> Amendment:
    """The change stands on record with its number in the order of changes, and every room has told its people.

    The caller has changed what the lines speak of in the same unit of work. Raises Refused `paper` or `changes` when
    something of either is missing.
    """
    lock(edition)
    require(can_amend(by, edition))
    number, reason = one_line(paper.number), canonical(paper.reason)
    if not number or not reason:
        require(Verdict("paper", str(_("Sửa đổi cần có số, ngày văn bản và lý do."))))
    if not changes:
        require(Verdict("changes", str(_("Chưa có nội dung nào thay đổi."))))
    last = session.scalar(select(func.max(Amendment.ordinal)).where(Amendment.edition_id == edition.id)) or 0
    assert by.person_id is not None, "whoever may amend is somebody"
    made = Amendment(
        edition_id=edition.id,
        ordinal=last + 1,
        number=number,
        day=paper.day,
        reason=reason,
        changes={"lines": [asdict(change) for change in changes]},
        at=now(),
        made_by_id=by.person_id,
    )
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {"edition": edition.id, "ordinal": made.ordinal, "lines": len(changes)}
    record("edition.amended", actor_id=by.person_id, award_id=edition.award_id, subject=made, facts=facts)
    made.told = tell_rooms_of_amendment(edition.id, made.id)
    session.flush()
    return made


def amend(*, by: Capacity, edition: Edition, paper: Paper, act: Callable[[], object]) -> Amendment:
    """What `act` changes of the rules is in force by the paper, with its words before and after.

    The edition comes with its rules loaded; `act` holds it and asks nothing. Raises Refused `changes` when nothing
    would be another than it was, and for what figures or votes under way rest on.
    """
    lock(edition)
    require(can_amend(by, edition))
    return record_amendment(by=by, edition=edition, paper=paper, changes=_changed(edition, act))


def would_change(edition: Edition, act: Callable[[], object]) -> list[Change]:
    """What `act` would make another than it is: done, looked at and undone. Raises what the act raises."""
    tried = session.begin_nested()
    try:
        return _changed(edition, act)
    finally:
        tried.rollback()


def _changed(edition: Edition, act: Callable[[], object]) -> list[Change]:
    before, said = _everything(edition), _values(edition)
    try:
        act()
        session.flush()
    except IntegrityError:
        raise Refused(Verdict("in_use", str(_("Không bỏ được mục đang được dùng.")))) from None
    moved = {code for code, value in _values(edition).items() if value != said[code]}
    require(can_amend_now(edition, moved))
    require(against_amending(edition.id, moved))
    return changes_between(before, _everything(edition))


def _values(edition: Edition) -> dict[str, Value | None]:
    """What is said of the matters that figures and votes rest on, whatever clause is cited for it."""
    return {code: rule(edition, code).value for code in (*MOVES_PLACES, *MOVES_VOTES)}


def _everything(edition: Edition) -> dict[str, tuple[str, str]]:
    return {**words_of(edition, "entry"), **words_of(edition, "judging"), **structure_words(edition)}


def amend_clauses(
    *,
    by: Capacity,
    edition: Edition,
    stage: Stage,
    paper: Paper,
    said: Mapping[str, ClauseSaid],
    days: Days | None = None,
) -> Amendment:
    """The rules say this from now on, and the amendment tells what they said before. Days stay without `days`."""
    act = partial(say_otherwise, by=by, edition=edition, stage=stage, said=said, days=days)
    return amend(by=by, edition=edition, paper=paper, act=act)


def say_otherwise(
    *, by: Capacity, edition: Edition, stage: Stage, said: Mapping[str, ClauseSaid], days: Days | None = None
) -> None:
    """The rules of the stage say this. Raises Refused `deadline` where that would be an extension, or comes too late.

    To give everybody longer is an act of two persons, which tells more people; here a deadline is only put right.
    """
    if days is not None:
        _require_no_extension(edition, days.deadline)
        say_dates(by=by, edition=edition, window=days.window, deadline=days.deadline, confirmation=days.confirmation)
    for code, clause in said.items():
        if BY_CODE[code].stage == stage and (BY_CODE[code].dated is None or days is not None):
            say_clause(by=by, edition=edition, code=code, **asdict(clause))


def _require_no_extension(edition: Edition, deadline: Deadline | None) -> None:
    instant = deadline.instant if deadline else None
    if instant == edition.deadline_at:
        return
    if instant is None or edition.deadline_at is None or edition.state != "open" or instant <= now():
        raise Refused(Verdict("deadline", str(_("Thời hạn nhận tác phẩm không bỏ, không đặt vào lúc đã qua."))))
    if instant > edition.deadline_at:
        sentence = _("Gia hạn là việc riêng, cần hai người xác nhận: dùng trang Gia hạn nhận tác phẩm.")
        raise Refused(Verdict("deadline", str(sentence)))


def prizes_otherwise(*, by: Capacity, edition: Edition, levels: Sequence[PrizeSpec]) -> None:
    """The prizes are these from now on. Raises Refused where a prize that is on its way to a work would not fit it."""
    say_prizes(by=by, edition=edition, levels=levels)
    require(against_prizes(edition.id))


def change_otherwise(*, by: Capacity, edition: Edition, category: Category, said: CategorySaid) -> None:
    """The loại hình says this from now on; genres and places for files stay the rows that works refer to.

    Raises Refused `genres` when there would be fewer genres than there are.
    """
    genres = [name for line in said.genres if (name := one_line(canonical(line)))]
    if len(genres) < len(category.genres):
        raise Refused(Verdict("genres", str(_("Thể loại đã công bố thì không bỏ, chỉ sửa tên hoặc thêm."))))
    for n, name in enumerate(genres, start=1):
        if n <= len(category.genres):
            category.genres[n - 1].name = name
        else:
            category.genres.append(Genre(ordinal=n, name=name))
    category.limits, category.limits_source = dict(said.limits), one_line(said.limits_source)
    category.outlets = chosen_of(edition.outlet_kinds, said.outlets)
    for slot in category.slots:
        place = said.places.get(slot.id)
        if place is not None:
            most = max(KINDS[kind].max_bytes for kind in slot.kinds)
            slot.label, slot.max_bytes = one_line(place.label), min(place.max_bytes, most)
            slot.at_least, slot.at_most, slot.lengths = place.at_least, place.at_most, dict(place.lengths)
    session.flush()
    facts: dict[str, int | str | None] = {"what": category.public_id}
    record("category.changed", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts)
