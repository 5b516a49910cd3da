"""Taking pieces of an earlier edition into a draft. The copy is the draft's own: neither changes with the other."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _
from sqlalchemy import Date, DateTime, inspect, select

from award.db import Base, session
from award.editions.clauses import BY_CODE as MATTERS
from award.editions.copying import NEVER_DESCRIBED, PIECES, Source
from award.editions.matters import Stage
from award.editions.models import (
    Category,
    Edition,
    Invitee,
    PanelScope,
    Round,
)
from award.editions.operations.inviting import hold_invitations
from award.editions.operations.locking import flush_or_refuse, lock
from award.editions.operations.rounds import in_use
from award.editions.permissions import Capacity, can_copy, can_set_up
from award.editions.queries import (
    appointments_with_people,
    national_edition,
    paper_bodies,
    paper_kinds,
    topics,
    with_rules,
)
from award.features import counted_in_rooms, take_from_rooms
from award.log.operations import record
from award.verdicts import Verdict, require

R = TypeVar("R", bound=Base)

_OWN = frozenset({"id", "public_id", "created_at", "edition_id", "version"})
_IDENTITY = frozenset(
    {"award_id", "slug", "ordinal", "ordinal_words", "year", "name", "state", "code_prefix", "last_dossier_number"}
) | frozenset({"illustrative", "trial_of_id", "clock_at", "outlet_kinds"})
_CONTACT = frozenset({"secretariat_name", "help_name", "help_phone"})


def copy_pieces(
    *, by: Capacity, edition: Edition, source: Edition, pieces: Collection[str], with_dates: bool = False
) -> None:
    """The draft has these pieces as the source has them, in the place of what it had of them.

    Days, numbers of papers and invitations of one year are left out, unless `with_dates` asks for everything. Raises
    Refused `papers` when a paper of the draft bears its number already, `in_use` when a panel of it has members.
    """
    lock(edition)
    require(can_copy(by, edition, source))
    _take(by, edition, source_of(source.id), pieces, {"from": source.id}, with_dates=with_dates)


def take_described(
    *, by: Capacity, edition: Edition, source: Source, pieces: Collection[str], sha256: str, with_dates: bool = False
) -> None:
    """The same of an edition that another house described in a file of this sum, but for what no file tells."""
    lock(edition)
    require(can_set_up(by, edition))
    told = [code for code in pieces if code not in NEVER_DESCRIBED]
    _take(by, edition, source, told, {"file_sha256": sha256}, with_dates=with_dates)


def _take(
    by: Capacity,
    edition: Edition,
    source: Source,
    pieces: Collection[str],
    known: dict[str, int | str | None],
    *,
    with_dates: bool,
) -> None:
    taken = _Taking(source, with_rules(edition.id), by, with_dates)
    for piece in PIECES:
        if piece.code in pieces:
            getattr(taken, piece.code)()
            session.flush()
            facts = {**known, "what": piece.code}
            record("edition.copied", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts)
    session.expire(edition, ["clauses", "categories", "rounds", "panels", "prize_levels"])
    hold_invitations(edition)


def source_of(edition_id: int) -> Source:
    """The edition with everything that can be taken of it."""
    return Source(
        edition=with_rules(edition_id),
        topics=topics(edition_id),
        bodies=paper_bodies(edition_id),
        kinds=list(paper_kinds(edition_id).values()),
        national=national_edition(edition_id),
        in_rooms=counted_in_rooms(edition_id),
        people=len({who.id for _held, who in appointments_with_people(edition_id) if who.user}),
    )


class _Taking:
    """One source and one draft; a method for each piece."""

    def __init__(self, source: Source, into: Edition, by: Capacity, with_dates: bool) -> None:
        self.whole, self.source, self.into, self.by, self.with_dates = source, source.edition, into, by, with_dates

    def like(self, row: R, *, without: Collection[str] = (), **said: Any) -> R:
        """A new row that says the same, but for what belongs to the row alone, to one year, or is said otherwise."""
        kind: Any = type(row)
        return kind(**{**self._values(row, _OWN | set(without)), **said})  # type: ignore[no-any-return]

    def _values(self, row: Base, without: Collection[str]) -> dict[str, Any]:
        columns = inspect(type(row)).column_attrs
        return {
            attribute.key: deepcopy(getattr(row, attribute.key))
            for attribute in columns
            if attribute.key not in without
            and (self.with_dates or not isinstance(attribute.columns[0].type, (Date, DateTime)))
        }

    def entry_rules(self) -> None:
        """The clauses, and what of the edition itself is a rule: times of grace, and whatever else is no day."""
        for name, value in self._values(self.source, _OWN | _IDENTITY | _CONTACT).items():
            if self.with_dates or not name.endswith("_words"):  # the words of a deadline go with its day
                setattr(self.into, name, value)
        self._clauses("entry")

    def judging_rules(self) -> None:
        self._clauses("judging")

    def _clauses(self, stage: Stage) -> None:
        ours = {clause.code: clause for clause in self.into.clauses if MATTERS[clause.code].stage == stage}
        for clause in ours.values():
            session.delete(clause)
        session.flush()
        for clause in self.source.clauses:
            if clause.code in MATTERS and MATTERS[clause.code].stage == stage:
                session.add(self.like(clause, edition_id=self.into.id))

    def categories(self) -> None:
        """The loại hình, and the kinds of press organ they choose among."""
        self.into.outlet_kinds = deepcopy(self.source.outlet_kinds)
        for category in list(self.into.categories):
            for scope in session.scalars(select(PanelScope).where(PanelScope.category_id == category.id)):
                session.delete(scope)
            session.flush()
            session.delete(category)
        session.flush()
        for panel in self.into.panels:
            session.expire(panel, ["scopes"])
        for category in self.source.categories:
            made = self.like(category, edition_id=self.into.id)
            made.genres = [self.like(genre, without=("category_id",)) for genre in category.genres]
            made.slots = [self.like(slot, without=("category_id",)) for slot in category.slots]
            session.add(made)

    def topics(self) -> None:
        ours = list(topics(self.into.id))
        for topic in ours:
            topic.parent_id = None
        session.flush()
        for topic in ours:
            session.delete(topic)
        session.flush()
        made: dict[int, int] = {}
        for topic in self.whole.topics:
            copy = self.like(topic, edition_id=self.into.id, parent_id=made.get(topic.parent_id or 0))
            session.add(copy)
            session.flush()
            made[topic.id] = copy.id

    def prizes(self) -> None:
        for level in list(self.into.prize_levels):
            session.delete(level)
        session.flush()
        for level in self.source.prize_levels:
            session.add(self.like(level, edition_id=self.into.id))

    def rounds(self) -> None:
        """Rounds and their panels; what a panel judges is found again by the letters of the loại hình and by name."""
        for panel in list(self.into.panels):
            session.delete(panel)
        for in_round in list(self.into.rounds):
            session.delete(in_round)
        flush_or_refuse(in_use())
        scopes = _scopes(self.source, session.scalars(_categories_of(self.into)).unique().all())
        for in_round in self.source.rounds:
            made = Round(edition_id=self.into.id, ordinal=in_round.ordinal, name=in_round.name, blind=in_round.blind)
            made.shortlist_size = in_round.shortlist_size
            if self.with_dates:
                made.opens_on, made.ends_on = in_round.opens_on, in_round.ends_on
            session.add(made)
            session.flush()
            for panel in self.source.panels:
                if panel.round_id == in_round.id:
                    kept = self.like(panel, edition_id=self.into.id, round_id=made.id)
                    kept.scopes = [PanelScope(category_id=c, genre_id=g) for c, g in scopes.get(panel.id, ())]
                    session.add(kept)

    def criteria(self) -> None:
        """Scale and criteria of each round go to the round of the same number; one that is not there is made."""
        ours = {r.ordinal: r for r in session.scalars(select(Round).where(Round.edition_id == self.into.id))}
        for in_round in self.source.rounds:
            into = ours.get(in_round.ordinal)
            if into is None:
                into = Round(edition_id=self.into.id, ordinal=in_round.ordinal, name=in_round.name)
                session.add(into)
                session.flush()
            into.scale_max, into.steps_per_point = in_round.scale_max, in_round.steps_per_point
            into.blind, into.illustrative = in_round.blind, in_round.illustrative
            into.asks_level, into.calibration = in_round.asks_level, in_round.calibration
            into.unranked_list = in_round.unranked_list
            into.criteria = [self.like(criterion, without=("round_id",)) for criterion in in_round.criteria]

    def papers(self) -> None:
        kinds = paper_kinds(self.into.id)
        if any(kind.number for kind in kinds.values()):
            require(Verdict("papers", str(_("Dự thảo đã có văn bản ghi số, không lấy mẫu văn bản của lần trước."))))
        for kind in kinds.values():
            session.delete(kind)
        session.flush()
        for body in paper_bodies(self.into.id):
            session.delete(body)
        session.flush()
        made: dict[int | None, int] = {}
        for body in self.whole.bodies:
            copy = self.like(body, edition_id=self.into.id)
            session.add(copy)
            session.flush()
            made[body.id] = copy.id
        for kind in self.whole.kinds:
            session.add(self.like(kind, edition_id=self.into.id, body_id=made.get(kind.body_id), number="", day=None))

    def national(self) -> None:
        if (ours := national_edition(self.into.id)) is not None:
            session.delete(ours)
            session.flush()
        if (theirs := self.whole.national) is not None:
            said = {} if self.with_dates else {"deadline_words": ""}
            session.add(self.like(theirs, edition_id=self.into.id, **said))

    def contact(self) -> None:
        for name in _CONTACT:
            setattr(self.into, name, getattr(self.source, name))

    def texts(self) -> None:
        self._from_rooms("texts")

    def payments(self) -> None:
        """What is withheld goes over; what a sheet is paid goes to the round of the same number."""
        self._from_rooms("payments")

    def _from_rooms(self, code: str) -> None:
        assert self.by.person_id is not None
        take_from_rooms(code, self.source.id, self.into.id, self.by.person_id)

    def people(self) -> None:
        """Whoever has an account and holds no such role here yet is to be asked; nobody is told."""
        standing = {(held.person_id, held.role) for held, _who in appointments_with_people(self.into.id)}
        listed = select(Invitee.person_id, Invitee.role).where(Invitee.edition_id == self.into.id)
        standing |= {(row.person_id, row.role) for row in session.execute(listed)}
        for held, who in appointments_with_people(self.source.id):
            if who.user is not None and (who.id, held.role) not in standing:
                session.add(Invitee(edition_id=self.into.id, person_id=who.id, role=held.role))


def _categories_of(edition: Edition) -> Any:
    return select(Category).where(Category.edition_id == edition.id).order_by(Category.ordinal)


def _scopes(source: Edition, ours: Collection[Category]) -> dict[int, list[tuple[int, int | None]]]:
    """Panel of the source → what it judges, in the numbers of the draft's own categories and genres."""
    by_code = {category.code: category for category in ours}
    codes = {category.id: category.code for category in source.categories}
    genres = {genre.id: genre.name for category in source.categories for genre in category.genres}
    found: dict[int, list[tuple[int, int | None]]] = {}
    for panel in source.panels:
        for scope in panel.scopes:
            category = by_code.get(codes.get(scope.category_id, ""))
            if category is None:
                continue
            if scope.genre_id is None:
                found.setdefault(panel.id, []).append((category.id, None))
                continue
            named = next((g for g in category.genres if g.name == genres.get(scope.genre_id)), None)
            if named is not None:
                found.setdefault(panel.id, []).append((category.id, named.id))
    return found
