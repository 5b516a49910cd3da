"""Setting up a draft: name and contact, dates, clauses, categories with their slots, prizes, the national award."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.clauses import BY_CODE
from award.editions.deadlines import Deadline
from award.editions.matters import Value
from award.editions.media import needable
from award.editions.models import Category, Clause, Edition, FileSlot, Genre, NationalEdition, PanelScope
from award.editions.operations.creation import taken
from award.editions.operations.inviting import hold_invitations
from award.editions.operations.locking import flush_or_refuse, lock
from award.editions.operations.prizes import follow_letters, forget_letters
from award.editions.outlets import chosen_of
from award.editions.permissions import Capacity, can_set_judging_rules, can_set_national, can_set_up
from award.editions.queries import national_edition
from award.log.operations import record
from award.text import each_once, folded, one_line
from award.verdicts import Verdict, require
from uploads.kinds import BY_CODE as KINDS


@dataclass(frozen=True)
class SlotSpec:
    """A place for files as the organiser describes it."""

    label: str
    kinds: Sequence[str]
    max_bytes: int
    at_least: int = 1
    at_most: int = 1
    per_part: bool = True
    for_judges: bool = True
    blind: bool = False
    captions: bool = False
    proof: bool = False
    for_minors: bool = False
    lengths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class NationalSpec:
    """The national edition this one forwards to, with its rules."""

    name: str
    recipient: str = ""
    deadline_day: date | None = None
    deadline_words: str = ""
    window: tuple[date | None, date | None] = (None, None)
    quota: int | None = None
    one_per_author: bool = False
    barred_prizes: Sequence[str] = field(default_factory=tuple)
    groups: Mapping[str, str] = field(default_factory=dict)
    illustrative: bool = False


def describe(
    *,
    by: Capacity,
    edition: Edition,
    name: str,
    ordinal: int,
    ordinal_words: str,
    year: int,
    slug: str,
    code_prefix: str,
    secretariat_name: str = "Tổ Thư ký",
    help_name: str,
    help_phone: str,
    illustrative: bool = False,
) -> None:
    """The edition bears this name and number, and these people help. Raises Refused `slug`, `ordinal` when taken."""
    _begin(by, edition)
    wanted = {
        "name": one_line(name),
        "ordinal": ordinal,
        "ordinal_words": one_line(ordinal_words),
        "year": year,
        "slug": slug,
        "code_prefix": one_line(code_prefix),
        "secretariat_name": one_line(secretariat_name),
        "help_name": one_line(help_name),
        "help_phone": one_line(help_phone),
        "illustrative": illustrative,
    }
    _assign(by, edition, "edition.described", wanted, taken())


def set_dates(
    *,
    by: Capacity,
    edition: Edition,
    window: tuple[date | None, date | None],
    deadline: Deadline | None,
    confirmation: Deadline | None = None,
    grace_seconds: int = 120,
    files_follow_minutes: int = 120,
    screening_promise: date | None = None,
) -> None:
    """The window of publication, the deadlines to their second, and what still counts after them."""
    _begin(by, edition)
    say_dates(
        by=by,
        edition=edition,
        window=window,
        deadline=deadline,
        confirmation=confirmation,
        grace_seconds=grace_seconds,
        files_follow_minutes=files_follow_minutes,
        screening_promise=screening_promise,
    )


def say_dates(
    *,
    by: Capacity,
    edition: Edition,
    window: tuple[date | None, date | None],
    deadline: Deadline | None,
    confirmation: Deadline | None,
    **beside: int | date | None,
) -> None:
    """The same for a caller that holds the edition and has asked; `beside`: what else of the edition is another."""
    wanted = {
        "window_from": window[0],
        "window_to": window[1],
        "deadline_day": deadline.last_day if deadline else None,
        "deadline_at": deadline.instant if deadline else None,
        "deadline_words": deadline.wording if deadline else "",
        "confirmation_day": confirmation.last_day if confirmation else None,
        "confirmation_at": confirmation.instant if confirmation else None,
        "confirmation_words": confirmation.wording if confirmation else "",
        **beside,
    }
    _assign(by, edition, "edition.dates_set", wanted, {})
    hold_invitations(edition)


def set_clause(
    *,
    by: Capacity,
    edition: Edition,
    code: str,
    value: Value | None = None,
    unregulated: bool = False,
    source: str = "",
    illustrative: bool = False,
) -> Clause:
    """The edition says `value` on the matter, or that it is not regulated, citing `source`.

    Raises Refused `value` when the value is no answer to the matter or the matter cannot be left unregulated.
    """
    lock(edition)
    require((can_set_up if BY_CODE[code].stage == "entry" else can_set_judging_rules)(by, edition))
    return say_clause(
        by=by,
        edition=edition,
        code=code,
        value=value,
        unregulated=unregulated,
        source=source,
        illustrative=illustrative,
    )


def say_clause(
    *,
    by: Capacity,
    edition: Edition,
    code: str,
    value: Value | None,
    unregulated: bool,
    source: str,
    illustrative: bool,
) -> Clause:
    """The same for a caller that holds the edition and has asked whether its rules may change."""
    definition = BY_CODE[code]
    if unregulated:
        value = None
        if not definition.may_be_unregulated:
            require(Verdict("value", str(_("Nội dung này phải có quy định."))))
    if value is not None:
        for fault in definition.faults(value).values():
            require(Verdict("value", fault))
    clause = next((kept for kept in edition.clauses if kept.code == code), None)
    before = None if clause is None else _as_detail(clause)
    if clause is None:
        clause = Clause(edition_id=edition.id, code=code)
        edition.clauses.append(clause)
    clause.value, clause.unregulated, clause.source = value, unregulated, one_line(source)
    clause.illustrative = illustrative
    session.flush()
    if (after := _as_detail(clause)) != before:
        detail = {"before": before, "after": after}
        facts: dict[str, int | str | None] = {"code": code}
        record(
            "clause.set", actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts=facts, detail=detail
        )
    return clause


def add_category(
    *,
    by: Capacity,
    edition: Edition,
    code: str,
    name: str,
    medium: str,
    genres: Sequence[str] = (),
    slots: Sequence[SlotSpec] = (),
    needed: Sequence[str] = (),
    illustrative: bool = False,
) -> Category:
    """The edition takes works of this loại hình. Raises Refused `code` when its letters are taken."""
    _begin(by, edition)
    ordinal = 1 + max((c.ordinal for c in edition.categories), default=0)
    made = Category(edition_id=edition.id, ordinal=ordinal, code=one_line(code), name=one_line(name), medium=medium)
    made.genres = [Genre(ordinal=n, name=words) for n, words in enumerate(each_once(genres), start=1)]
    made.slots, made.needed, made.illustrative = _slots(slots), _needed(medium, needed), illustrative
    session.add(made)
    flush_or_refuse(_code_taken())
    session.expire(edition, ["categories"])
    _record_structure(by, edition, "category.added", made.public_id)
    return made


def change_category(
    *,
    by: Capacity,
    edition: Edition,
    category: Category,
    code: str,
    name: str,
    medium: str,
    genres: Sequence[str],
    slots: Sequence[SlotSpec],
    needed: Sequence[str] = (),
    limits: Mapping[str, int] | None = None,
    limits_source: str = "",
    outlets: Sequence[str] = (),
    illustrative: bool = False,
) -> None:
    """The loại hình is so; panels keep the genres that keep their name, and prizes the loại hình by its letters."""
    _begin(by, edition)
    kept, wanted = {genre.name: genre for genre in category.genres}, each_once(genres)
    gone = [genre.id for words, genre in kept.items() if words not in wanted]
    _forget_scopes(PanelScope.genre_id.in_(gone))
    follow_letters(edition, category.code, one_line(code))
    category.code, category.name, category.medium = one_line(code), one_line(name), medium
    category.genres = [kept.get(words) or Genre(name=words) for words in wanted]
    for n, genre in enumerate(category.genres, start=1):
        genre.ordinal = n
    category.slots, category.needed, category.illustrative = _slots(slots), _needed(medium, needed), illustrative
    category.limits, category.limits_source = dict(limits or {}), one_line(limits_source)
    category.outlets = chosen_of(edition.outlet_kinds, outlets)
    flush_or_refuse(_code_taken())
    _record_structure(by, edition, "category.changed", category.public_id)


def remove_category(*, by: Capacity, edition: Edition, category: Category) -> None:
    """The edition no longer takes works of this loại hình; panels no longer judge it.

    A prize for it among others is for the others. One for it alone keeps its letters, and says so before entries open.
    """
    _begin(by, edition)
    _forget_scopes(PanelScope.category_id == category.id)
    forget_letters(edition, category.code)
    session.delete(category)
    session.flush()
    session.expire(edition, ["categories"])
    _record_structure(by, edition, "category.removed", category.public_id)


def set_national(*, by: Capacity, edition: Edition, national: NationalSpec | None) -> None:
    """Works go on to this national edition under these rules; None: they go nowhere."""
    lock(edition)
    kept = national_edition(edition.id)
    require(can_set_national(by, edition, drops=national is None and kept is not None))
    if national is None:
        if kept is not None:
            session.delete(kept)
    else:
        kept = kept or NationalEdition(edition_id=edition.id)
        kept.name, kept.recipient = one_line(national.name), one_line(national.recipient)
        kept.deadline_day, kept.deadline_words = national.deadline_day, one_line(national.deadline_words)
        kept.window_from, kept.window_to = national.window
        kept.quota, kept.one_per_author = national.quota, national.one_per_author
        kept.barred_prizes, kept.illustrative = each_once(national.barred_prizes), national.illustrative
        kept.groups = {code: name for code, words in national.groups.items() if (name := one_line(words))}
        session.add(kept)
    session.flush()
    _record_structure(by, edition, "national.set", "yes" if national else "no")


def _begin(by: Capacity, edition: Edition) -> None:
    lock(edition)
    require(can_set_up(by, edition))


def _assign(by: Capacity, edition: Edition, kind: str, wanted: dict[str, Any], refusals: dict[str, Verdict]) -> None:
    before = {name: getattr(edition, name) for name in wanted}
    changed = [name for name, value in wanted.items() if before[name] != value]
    for name in changed:
        setattr(edition, name, wanted[name])
    flush_or_refuse(refusals)
    if changed:
        detail = {name: [_plain(before[name]), _plain(wanted[name])] for name in changed}
        record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=edition, detail=detail)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (int, str)) else str(value)


def _as_detail(clause: Clause) -> dict[str, Any]:
    names = ("value", "unregulated", "source", "illustrative")
    return {name: getattr(clause, name) for name in names}


def _record_structure(by: Capacity, edition: Edition, kind: str, what: str) -> None:
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts={"what": what})


def _code_taken() -> dict[str, Verdict]:
    return {"uq_category_edition_id_code": Verdict("code", str(_("Ký hiệu này đã dùng cho loại hình khác.")))}


def _forget_scopes(condition: Any) -> None:
    for scope in session.query(PanelScope).where(condition):
        session.delete(scope)
    session.flush()


def _needed(medium: str, chosen: Sequence[str]) -> list[str]:
    """Of the chosen fields those that the medium asks for, in its order."""
    return [name for name, _label in needable(medium) if name in set(chosen)]


def _slots(specs: Sequence[SlotSpec]) -> list[FileSlot]:
    made: list[FileSlot] = []
    for n, spec in enumerate(specs, start=1):
        code = folded(one_line(spec.label)).replace(" ", "-")
        if any(slot.code == code for slot in made):
            code = f"{code}-{n}"
        limit = min(spec.max_bytes, max(KINDS[kind].max_bytes for kind in spec.kinds))
        made.append(
            FileSlot(
                ordinal=n,
                code=code,
                label=one_line(spec.label),
                kinds=list(spec.kinds),
                at_least=spec.at_least,
                at_most=spec.at_most,
                max_bytes=limit,
                per_part=spec.per_part and not spec.for_minors,
                for_judges=spec.for_judges and not spec.for_minors,
                blind=spec.blind and not spec.for_minors,
                captions=spec.captions and not spec.for_minors,
                proof=spec.proof and not spec.for_minors,
                for_minors=spec.for_minors,
                lengths=dict(spec.lengths),
            )
        )
    return made
