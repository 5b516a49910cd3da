"""What a room hands to the house: one frozen value per feature, read by rooms that may not import it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import click
from flask import Blueprint, Flask, current_app
from sqlalchemy import ColumnElement, ScalarSelect

from award.correspondence import Audience, LetterKind, ReminderRule, ShortText
from award.icalendar import Dated
from award.keeping import NOTHING, Kept
from award.personal import PersonalData
from award.verdicts import YES, Verdict


@dataclass(frozen=True)
class NextAct:
    """One line of somebody's queue: what to do, where, and how many or until when in words."""

    sentence: str
    url: str
    detail: str = ""
    weight: int = 0
    """Lower comes first."""


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of a step of an edition, and where it is removed."""

    sentence: str
    url: str


@dataclass(frozen=True)
class FileSight:
    """Leave to see a file, under the name its owner wants shown (a neutral one when the round is blind).

    Without `original` only what was made of it may be seen: the file as it came may name its author within. With
    `unchecked` it may be had, to be saved, although no program could open it: whoever screens has to look at it.
    """

    shown_name: str
    original: bool = True
    unchecked: bool = False


@dataclass(frozen=True)
class StoredObject:
    """What a row relies on. `what` says in English whose it is; `owner` is the public id of the file or paper.

    `sha256` is known of originals that were verified and of papers that were issued.
    """

    key: str
    size: int
    what: str
    owner: str
    sha256: str | None = None


@dataclass(frozen=True)
class Lead:
    """A work that leads the front page of an edition whose results are public, and where it is read."""

    level: str
    title: str
    sentence: str
    url: str


OPENLY = ("judges", "agreement", "ties", "recusals")
"""What everybody may read of the judging: how many judged always, the others once the organiser has decided so."""


@dataclass(frozen=True)
class Openly:
    """One table of how the judging went, counted, that names neither a person nor a work. `part`: one of `OPENLY`."""

    part: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | int | Decimal]]
    note: str = ""
    shares: Sequence[tuple[str, Decimal]] = ()
    """Name and value, of 1, of what is drawn above the table."""


@dataclass(frozen=True)
class OwnPiece:
    """Rows of a room that a draft takes from an earlier edition with the piece of the set-up they belong to."""

    counted: Callable[[int], int]
    """(edition_id) -> how many there are to take."""
    take: Callable[[int, int, int], object]
    """(edition_id of who has them, edition_id of the draft, person_id) -> done in the deed in which it takes them."""


Words = tuple[str, str]
"""Subject and text of a letter."""


@dataclass(frozen=True)
class Feature:
    """The doors and answers of one room. Callables get ids, so that lower rooms can ask without importing it."""

    name: str
    blueprint: Blueprint | None = None
    commands: tuple[click.Command, ...] = ()
    install: Callable[[Flask], object] | None = None
    """What the room must set up on the application before its doors open."""
    next_acts: Callable[[int, int], Sequence[NextAct]] | None = None
    """(person_id, edition_id) -> lines of the person's queue."""
    acts_without_office: bool = False
    """Its `next_acts` may be anybody's. Those of other rooms wait for who holds an office in the edition, and for
    nobody else they are asked: before a deadline entrants open their desk by the hundred."""
    acts_in_archived: bool = False
    """Its `next_acts` may still wait for who pays when the edition is archived."""
    obstacles: Callable[[int, str, int | None], Sequence[Obstacle]] | None = None
    """(edition_id, step, round_id or None) -> what stands in the way. Steps: `STEPS`."""
    may_read_file: Callable[[int, int | None], FileSight | None] | None = None
    """(file_id, person_id) -> leave, or None when this room knows no reason to allow it."""
    shows_confined: bool = False
    """Its `may_read_file` alone is asked in a session that is confined to one place of it, whatever offices its person
    holds and whoever sent the file."""
    keeps_files: Callable[[Collection[int]], Collection[int]] | None = None
    """(file ids) -> those that this room alone says who may see, even to who sent them: a scan of what others wrote."""
    may_send_file: Callable[[int, int], Verdict | None] | None = None
    """(file_id, person_id) -> whether more of the file's bytes may come in now, or None when it is not this room's."""
    navigation: Callable[[int | None, int | None], Sequence[tuple[str, str]]] | None = None
    """(person_id, edition_id) -> (label, address) entries of the main navigation."""
    glances: Mapping[str, ScalarSelect[Any]] = field(default_factory=dict)
    """Name -> what the navigation must know, asked of `award.glance.READER` and `EDITION` with all others at once."""
    on_round_opened: Callable[[int, int | None], object] | None = None
    """(round_id, person_id) -> done in the unit of work that opens a round, such as dealing its works."""
    against_appointing: Callable[[int, int, str], Verdict | None] | None = None
    """(edition_id, person_id, role) -> why the person may not hold the role, or None."""
    against_ending: Callable[[int], Verdict | None] | None = None
    """(edition_id) -> why the council may not end yet, or None."""
    against_silence: Callable[[int, int, int | None, Collection[str]], Verdict | None] | None = None
    """(edition_id, entry_id, prize_level_id or None, kinds) -> why a work is not proposed by hand for the level, or
    taken off what it is proposed for of these kinds, without a reason; None where none is needed."""
    against_ruling: Callable[[int, Collection[int]], Verdict | None] | None = None
    """(round_id, entry_ids) -> why nobody decides or draws yet in which order these equal works stand, or None."""
    beside_votes: Callable[[int], Sequence[str]] | None = None
    """(edition_id) -> what the council proposes, or leaves out, otherwise than it was voted, each with its reason."""
    against_prizes: Callable[[int], Verdict | None] | None = None
    """(edition_id) -> why the prizes may not be as the present unit of work has made them, or None."""
    against_amending: Callable[[int, Collection[str]], Verdict | None] | None = None
    """(edition_id, codes of matters) -> why the rules may not say anything else of one of these now, or None."""
    rests_on_opinion: Callable[[int], bool] | None = None
    """(opinion_id) -> whether something was done on what the body answered, so that the answer stays as it is."""
    sheets_begun: Callable[[int], Mapping[int, bool]] | None = None
    """(round_id) -> assignment id → whether its sheet was sent; only of those that have one."""
    before_judging: Callable[[int, int], Verdict | None] | None = None
    """(person_id, round_id) -> what the judge has to do before any work of the round may be marked, or None."""
    on_file: Callable[[int], object] | None = None
    """(file_id) -> done in the unit of work that says of a file whether it can be used."""
    on_entry: Callable[[int, str], object] | None = None
    """(entry_id, what) -> done in the unit of work that takes an entry in or gives it back. What: `ENTRY_MOVES`."""
    on_ties: Callable[[], object] | None = None
    """() -> done in the unit of work after which other people may have to do with a work: co-authors, organs."""
    has_to_do: Callable[[int, int], bool] | None = None
    """(entry_id, person_id) -> whether this room knows that the person has to do with the work."""
    standings: Callable[[Sequence[int]], Mapping[int, tuple[str, str]]] | None = None
    """(ids of submitted entries) -> id → mark and word of where each stands, as far as its owner has been told."""
    told_owner: Callable[[int, int], Sequence[NextAct]] | None = None
    """(entry_id, person_id) -> what is told on the work's own page to whose it is, once they may know it."""
    told_of_draft: Callable[[int], Sequence[NextAct]] | None = None
    """(entry_id) -> what is told on the page of a work that was never submitted to whose it is."""
    origins: Callable[[int], Sequence[tuple[str, str]]] | None = None
    """(entry_id) -> (name, words): where the work came from and what became of it, shown to the staff beside it."""
    on_extended: Callable[[int, str], object] | None = None
    """(edition_id, public id of the act) -> done in the unit of work that extends the time for entries."""
    papers: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    """Kind of paper -> (edition_id) -> the paper as it stands, or None while there is nothing to write in it."""
    papers_about: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """The same of a kind of which an edition has several: (edition_id, about=public id of what it decides)."""
    on_paper_settled: Callable[[int, str, int | None, str], object] | None = None
    """(edition_id, kind, person_id, about) -> done in the deed that records a paper's number, or takes it off."""
    suggested_number: Callable[[int, str], str] | None = None
    """(edition_id, kind) -> a sentence that says which number the register would give next, or nothing."""
    number_remark: Callable[[int, str], str] | None = None
    """(edition_id, kind) -> what is odd among the numbers of the kind: one twice, one missing; or nothing."""
    stored_objects: Callable[[], Iterable[StoredObject]] | None = None
    """What must stand in the store by the rows of this room."""
    on_amended: Callable[[int, int], int] | None = None
    """(edition_id, amendment_id) -> how many people get a letter, in the unit of work that changes the rules."""
    told_of_amendments: Callable[[int], int] | None = None
    """(edition_id) -> how many people a letter would go to."""
    followed: Callable[[int, int], str | None] | None = None
    """(person_id, edition_id) -> address of the line that says what the person's panel has before it now, or None."""
    on_prize_revoked: Callable[[int, int | None], object] | None = None
    """(result_id, person_id) -> done in the unit of work that takes the prize of a work back."""
    pieces: Mapping[str, OwnPiece] = field(default_factory=dict)
    """Code of a piece of the set-up (`award.editions.copying`) -> how a draft takes this room's rows of it."""
    letter_kinds: tuple[LetterKind, ...] = ()
    """Letters of this room that an edition may word itself."""
    words_letter: Callable[[int, str, Mapping[str, str], Callable[[], Words]], Words] | None = None
    """(edition_id, code of a letter kind, values, the letter as the house writes it) -> as the edition words it."""
    audiences: tuple[Audience, ...] = ()
    """Whom the staff may write to at once."""
    reminders: tuple[ReminderRule, ...] = ()
    """Letters that go out by themselves before a day."""
    on_taken_back: Callable[[int], object] | None = None
    """(person_id) -> done in the unit of work that signs the person out everywhere: what opens without signing in."""
    own_dates: Callable[[int], Sequence[Dated]] | None = None
    """(person_id) -> dates this room knows to be the person's own, over all editions that run."""
    short_texts: Callable[[int], Sequence[ShortText]] | None = None
    """(edition_id) -> lines to paste into a chat, saying nothing that is not public or the reader's own."""
    figures: Callable[[int], Sequence[tuple[str, int]]] | None = None
    """(edition_id) -> (name, number) that the edition's public front page may show."""
    leads: Callable[[int], Sequence[Lead]] | None = None
    """(edition_id) -> the works of the highest level given, once the results are public."""
    openly: Callable[[int, Collection[str]], Sequence[Openly]] | None = None
    """(edition_id, parts) -> these parts of how the edition was judged, for everybody to read."""
    kept: Callable[[int], Kept] | None = None
    """(edition_id) -> what the room gives to the archive of an edition whose results are public."""
    sealed_events: Mapping[str, Callable[[int, int | None], ColumnElement[bool]]] = field(default_factory=dict)
    """How kinds of events begin -> (edition_id, person_id of who reads) -> whether they may be told by now; until then,
    and to whom no page would tell them, the log is silent."""
    reads_unseen: Callable[[ColumnElement[int], ColumnElement[int]], ColumnElement[bool]] | None = None
    """(column of editions, column of persons) -> whether it is not told by now what the person reads of its works."""
    personal: PersonalData | None = None
    """What each column of the room's tables is to a person, and how one person's data are told and erased."""


ENTRY_MOVES = ("submitted", "changed", "withdrawn")
"""First received; other content received in place of what stood; taken back by its owner."""
STEPS = ("open_entries", "close_entries", "open_round", "decide", "publish")


def installed() -> tuple[Feature, ...]:
    """Every feature of this application, lowest room first."""
    features: tuple[Feature, ...] = current_app.extensions["features"]
    return features


def kept_of(edition_id: int) -> Kept:
    """What all rooms give to the archive of the edition, lowest room first."""
    given = (room.kept(edition_id) for room in installed() if room.kept is not None)
    return sum(given, start=NOTHING)


def kept_by_rooms(file_ids: Collection[int]) -> set[int]:
    """Those of the files that are not the sender's own: a room alone says who may see them."""
    asked = (room.keeps_files(file_ids) for room in installed() if room.keeps_files) if file_ids else ()
    return {each for kept in asked for each in kept}


def openly_of(edition_id: int, parts: Collection[str]) -> list[Openly]:
    """These parts of how the edition was judged, as every room that knows tells them, in the order of `OPENLY`."""
    told = [each for room in installed() if room.openly is not None for each in room.openly(edition_id, parts)]
    return sorted(told, key=lambda each: OPENLY.index(each.part))


def standings_of(entry_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Where submitted entries stand, in the words their owners read; of two rooms that know, the upper one says it."""
    told: dict[int, tuple[str, str]] = {}
    for room in installed() if entry_ids else ():
        if room.standings is not None:
            told |= room.standings(entry_ids)
    return told


def before_judging(person_id: int, round_id: int) -> Verdict:
    """Whether works of the round may be marked, or what the judge has to do before, as the first room says it."""
    asked = (room.before_judging(person_id, round_id) for room in installed() if room.before_judging is not None)
    return next((verdict for verdict in asked if verdict is not None), YES)


def against_prizes(edition_id: int) -> Verdict:
    """Whether the prizes may be what they are in the present unit of work, or what the first room says against it."""
    asked = (room.against_prizes(edition_id) for room in installed() if room.against_prizes is not None)
    return next((verdict for verdict in asked if verdict is not None), YES)


def against_amending(edition_id: int, matters: Collection[str]) -> Verdict:
    """Whether the rules may say something else of these matters now, or what the first room says against it."""
    asked = (room.against_amending(edition_id, matters) for room in installed() if room.against_amending is not None)
    return next((verdict for verdict in asked if verdict is not None), YES)


def told_owners(entry_id: int, state: str, person_id: int) -> list[NextAct]:
    """What every room tells to whose it is on the page of a draft or a submitted work, by weight; below 0 above all."""
    drafts = [room.told_of_draft(entry_id) for room in installed() if state == "draft" and room.told_of_draft]
    works = [room.told_owner(entry_id, person_id) for room in installed() if state == "submitted" and room.told_owner]
    return sorted((told for room in (*drafts, *works) for told in room), key=lambda told: told.weight)


def has_to_do(entry_id: int, person_id: int) -> bool:
    """Whether any room knows that the person has to do with the work, and so decides nothing about it."""
    return any(room.has_to_do(entry_id, person_id) for room in installed() if room.has_to_do is not None)


def origins_of(entry_id: int) -> list[tuple[str, str]]:
    """Where the work came from, as every room that knows says it."""
    return [told for room in installed() if room.origins is not None for told in room.origins(entry_id)]


def followed_by(person_id: int, edition_id: int) -> str | None:
    """Where a device of this person asks what the panel has before it, while it sits together."""
    told = (room.followed(person_id, edition_id) for room in installed() if room.followed is not None)
    return next((address for address in told if address is not None), None)


def tell_rooms_of_paper(edition_id: int, kind: str, person_id: int | None, about: str = "") -> None:
    """Every room that keeps papers does its part in the present unit of work: the paper's number is another now."""
    for room in installed():
        if room.on_paper_settled is not None:
            room.on_paper_settled(edition_id, kind, person_id, about)


def suggested_number(edition_id: int, kind: str) -> str:
    """Which number a paper of the kind would have next, as the room that keeps papers says it."""
    told = (room.suggested_number(edition_id, kind) for room in installed() if room.suggested_number is not None)
    return next((each for each in told if each), "")


def number_remark(edition_id: int, kind: str) -> str:
    """What is odd among the numbers of the kind, as the room that keeps papers says it."""
    told = (room.number_remark(edition_id, kind) for room in installed() if room.number_remark is not None)
    return next((each for each in told if each), "")


def tell_rooms_of_extension(edition_id: int, act: str) -> None:
    """Every room tells its people, in the present unit of work, that works are taken for longer. `act`: which time."""
    for room in installed():
        if room.on_extended is not None:
            room.on_extended(edition_id, act)


def letter_in_words(edition_id: int, kind: str, values: Mapping[str, str], house: Callable[[], Words]) -> Words:
    """A letter of a room below the one that keeps wordings: as the edition words it, or as the house writes it."""
    asked = (room.words_letter for room in installed() if room.words_letter is not None)
    return next((words(edition_id, kind, values, house) for words in asked), None) or house()


def counted_in_rooms(edition_id: int) -> dict[str, int]:
    """Code of a piece -> how many rows of it the edition has in rooms above."""
    counted = Counter[str]()
    for room in installed():
        counted.update({code: piece.counted(edition_id) for code, piece in room.pieces.items()})
    return dict(counted)


def take_from_rooms(code: str, source_id: int, edition_id: int, person_id: int) -> None:
    """In every room that has rows of the piece, in the present unit of work, the draft has them as the source does."""
    for room in installed():
        if code in room.pieces:
            room.pieces[code].take(source_id, edition_id, person_id)


def tell_rooms_of_entry(entry_id: int, what: str) -> None:
    """Every room that follows entries does its part in the present unit of work. `what`: one of `ENTRY_MOVES`."""
    for room in installed():
        if room.on_entry is not None:
            room.on_entry(entry_id, what)


def tell_rooms_of_ties() -> None:
    """Every room that keeps people from works looks again, in the present unit of work, at who has to do with which."""
    for room in installed():
        if room.on_ties is not None:
            room.on_ties()


def tell_rooms_of_taking_back(person_id: int) -> None:
    """Every room ends, in the present unit of work, what the person left open to who does not sign in."""
    for room in installed():
        if room.on_taken_back is not None:
            room.on_taken_back(person_id)


def tell_rooms_of_file(file_id: int) -> None:
    """Every room that waits for files does its part in the present unit of work: this one has its verdict."""
    for room in installed():
        if room.on_file is not None:
            room.on_file(file_id)


def tell_rooms_of_revocation(result_id: int, person_id: int | None) -> None:
    """Every room does its part in the present unit of work: the prize of a work was taken back."""
    for room in installed():
        if room.on_prize_revoked is not None:
            room.on_prize_revoked(result_id, person_id)


def tell_rooms_of_amendment(edition_id: int, amendment_id: int) -> int:
    """Every room tells its people in the present unit of work that the rules have changed; to how many."""
    return sum(room.on_amended(edition_id, amendment_id) for room in installed() if room.on_amended is not None)


def told_of_amendments(edition_id: int) -> int:
    """How many people would be told."""
    return sum(room.told_of_amendments(edition_id) for room in installed() if room.told_of_amendments is not None)
