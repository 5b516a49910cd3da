"""Sittings of the council: who came, what was before them, what was voted on, and ballots nobody can trace."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base, Numbered
from judging.readings.agreement import Read
from judging.readings.models import Reading, Scanned


class Sitting(Numbered, Base):
    """The council meets. It is prepared, opened by who leads it, and closed; one at a time."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("state IN ('prepare', 'open', 'closed')", name="state"),
        Index("uq_sitting_running", "edition_id", unique=True, postgresql_where=text("state <> 'closed'")),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="prepare")
    turn: Mapped[int] = mapped_column(default=0)
    """How often something changed: what devices in the room ask for. Never moved by a ballot."""
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    quorum: Mapped[str | None]
    """The share of the members that has to be there, as it stood when the sitting was opened. None of one that was
    opened before this was kept: then only what the rules say is asked."""


class Attendance(Base):
    """A member of the council in a sitting, and whether the roll call found the member present."""

    __tablename__ = "attendance"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    present: Mapped[bool] = mapped_column(default=False)


class HallCode(Numbered, Base):
    """Mã vào phiên họp: printed for one member, for a machine of the hall; of the code itself only a hash is kept."""

    __tablename__ = "hall_code"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    used_at: Mapped[datetime | None]


class Teller(Base):
    """Somebody on the committee that counts the ballots of a sitting."""

    __tablename__ = "teller"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class AgendaItem(Numbered, Base):
    """A work on the agenda of a sitting. At most one is on the table: what the devices of the room show."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("sitting_id", "entry_id"),
        Index("uq_agenda_item_on_table", "sitting_id", unique=True, postgresql_where=text("on_table")),
    )

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ordinal: Mapped[int]
    on_table: Mapped[bool] = mapped_column(default=False)


class Recusal(Base):
    """A member who takes no part in an item, as it was known when the item was last put on the table."""

    __tablename__ = "recusal"

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    relation: Mapped[str]


class SittingRemark(Numbered, Base):
    """What was said of a work in the sitting, as it was written down; or the opinion that an absent member sent.

    Where the rules count such an opinion it says yes or no to one level.
    """

    __tablename__ = "sitting_remark"
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint("says IN ('yes', 'no')", name="says"),
        CheckConstraint("(says IS NULL) = (prize_level_id IS NULL)", name="says_of_a_level"),
        CheckConstraint("says IS NULL OR person_id IS NOT NULL", name="says_of_a_member"),
        Index(
            "uq_sitting_remark_says",
            "item_id",
            "person_id",
            "prize_level_id",
            unique=True,
            postgresql_where=text("says IS NOT NULL"),
        ),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose opinion it is, who was not there; nobody's where it tells what the room said."""
    words: Mapped[str]
    prize_level_id: Mapped[int | None] = mapped_column(ForeignKey("prize_level.id"))
    says: Mapped[str | None]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Vote(Numbered, Base):
    """The council votes whether a work is proposed for a level. Counts are empty until the vote is closed; one on paper
    whose papers were called off was taken all the same, and never has any.

    A show of hands is opened by who counted it, with its counts, and closed by who leads and confirms them.

    Number 2 is the one time a vote is taken again, for a reason; number 3 is a ballot among works of one share, more
    than there are places left.
    """

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("item_id", "prize_level_id", "number"),
        CheckConstraint("number IN (1, 2, 3)", name="number"),
        CheckConstraint("number = 1 OR reason <> ''", name="again_for_a_reason"),
        CheckConstraint("method IN ('secret', 'hands', 'paper')", name="method"),
        CheckConstraint("(method = 'paper') = (stack_id IS NOT NULL)", name="on_paper"),
        CheckConstraint("state IN ('open', 'closed', 'called_off')", name="state"),
        CheckConstraint("(state = 'closed') = (passed IS NOT NULL)", name="counted"),
        CheckConstraint("yes + no + blank + invalid <= eligible", name="no_more_than_may_vote"),
        CheckConstraint("base >= eligible", name="of_no_fewer"),
        CheckConstraint("letters_yes + letters_no = 0 OR method = 'hands'", name="letters_with_hands"),
        CheckConstraint("letters_yes <= yes AND letters_no <= no", name="letters_among_them"),
        Index("uq_vote_open", "sitting_id", unique=True, postgresql_where=text("state = 'open' AND stack_id IS NULL")),
    )

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    number: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="secret")
    state: Mapped[str] = mapped_column(default="open")
    members: Mapped[int]
    present: Mapped[int]
    eligible: Mapped[int]
    """Members of the council, those present, and those of them who have nothing to do with the work."""
    base: Mapped[int | None]
    """Of how many so many have to agree, where the rules count members who are not there too; else of `eligible`."""
    yes: Mapped[int | None]
    no: Mapped[int | None]
    blank: Mapped[int | None]
    invalid: Mapped[int] = mapped_column(default=0)
    """Ballots on paper that came back and say nothing that may be counted."""
    letters_yes: Mapped[int] = mapped_column(default=0)
    letters_no: Mapped[int] = mapped_column(default=0)
    """How many of yes and no absent members had said in writing, where hands were shown and the rules count them."""
    letters_present: Mapped[bool] = mapped_column(default=False)
    """Whether those who wrote count as there, so that enough are."""
    passed: Mapped[bool | None]
    stack_id: Mapped[int | None] = mapped_column(ForeignKey("ballot_stack.id"), index=True)
    """The papers that it is taken on; works of one stack are voted on together."""
    begun_anew: Mapped[int] = mapped_column(default=0)
    """How often the ballots given so far could not be opened any more and everybody voted again."""
    lost: Mapped[int] = mapped_column(default=0)
    """How many ballots had come in those times."""
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    @property
    def counted_of(self) -> int:
        """The number of whom the share that agreed is taken."""
        return self.eligible if self.base is None else self.base

    @property
    def letters(self) -> int:
        """How many voices of absent members it counts."""
        return self.letters_yes + self.letters_no


class Voter(Base):
    """A member who may vote, and whether a ballot of theirs came in. What it says is nowhere near this row."""

    __tablename__ = "voter"

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    voted: Mapped[bool] = mapped_column(default=False)


class VoteKey(Base):
    """What the ballots of an open vote are sealed with, beside the secret of the house. Gone when the vote is closed.

    Unlogged: it is in no copy and in nothing that the database writes down of its changes.
    """

    __tablename__ = "vote_key"
    __table_args__ = {"prefixes": ["UNLOGGED"]}

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    key: Mapped[bytes]


class SealedBallot(Base):
    """A ballot of an open vote, unreadable in the database. Every row is gone when the vote is closed.

    The key follows from the voter by the key of the vote and a secret of the house, so that a voter who changes the
    ballot finds it again and nobody else does.
    """

    __tablename__ = "sealed_ballot"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    sealed: Mapped[bytes]


class Ballot(Base):
    """A ballot of a closed vote. Random number, no person, no time, no order: all of a vote are written at once."""

    __tablename__ = "ballot"
    __table_args__ = (CheckConstraint("choice IN ('yes', 'no', 'blank', 'invalid')", name="choice"),)

    number: Mapped[str] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), index=True)
    choice: Mapped[str]


class Stack(Numbered, Base):
    """Xấp phiếu: papers handed out for works at one level, each line a work, all of them alike but for their codes.

    The same persons may vote on every line, so no paper tells whose it is by what is missing on it.
    """

    __tablename__ = "ballot_stack"
    __table_args__ = (CheckConstraint("called_off_at IS NULL OR called_off_reason <> ''", name="called_off"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    prize_level_id: Mapped[int] = mapped_column(ForeignKey("prize_level.id"))
    ordinal: Mapped[int]
    """Among the stacks of the sitting."""
    codes: Mapped[list[str]]
    """One for each paper printed, random, more than are handed out: who spoils one draws another from those that are
    left. Who got which is written nowhere, and so is which of them were left."""
    void: Mapped[list[str]] = mapped_column(default=list)
    """Codes of spoiled papers that were given back and exchanged."""
    given_back: Mapped[str] = mapped_column(default="")
    """The code of a spoiled paper that a teller holds, until who leads agrees that it is exchanged."""
    given_back_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unused: Mapped[list[str]] = mapped_column(default=list)
    """Codes of the spare papers that nobody drew, as a teller found them before the ballots came out of their box."""
    unused_found_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unused_agreed_at: Mapped[datetime | None]
    """When who leads agreed to these codes: from then on none of them is a ballot, and no paper is exchanged."""
    called_off_at: Mapped[datetime | None]
    called_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who wants them called off, for the reason; they are once a teller agrees."""
    called_off_reason: Mapped[str] = mapped_column(default="")

    @property
    def dead(self) -> list[str]:
        """Codes of printed papers that are no ballots: exchanged ones, and spare ones that were found unused."""
        return [*self.void, *(self.unused if self.unused_agreed_at is not None else ())]


class StackScan(Scanned, Numbered, Base):
    """The papers of a stack as they came back, until two tellers have read them alike. Where the machine took them in
    several goes each is a file, and their pages are counted on from one to the next."""

    __tablename__ = "ballot_scan"
    __table_args__ = (
        Index(
            "uq_ballot_scan_waiting",
            "stack_id",
            unique=True,
            postgresql_where=text("dropped_at IS NULL"),
        ),
        CheckConstraint("(dropped_at IS NULL) = (scan_id IS NOT NULL)", name="scan"),
        CheckConstraint("taken_at IS NULL OR dropped_at IS NULL", name="one_end"),
    )

    stack_id: Mapped[int] = mapped_column(ForeignKey("ballot_stack.id"), index=True)
    pages: Mapped[int | None]
    """How many its files have, once somebody has begun to read it; nothing again when another file came in."""
    dropped_reason: Mapped[str] = mapped_column(default="")
    nonce: Mapped[bytes] = mapped_column(default=lambda: secrets.token_bytes(32))
    """Goes into the hash of each reading that the log tells, so that nobody who has the codes tries out what the papers
    say. Gone with the readings, and in no bundle."""
    more: Mapped[list["ScanFile"]] = relationship(cascade="all, delete-orphan", order_by="ScanFile.id", lazy="selectin")
    """Files after the first, in the order in which they were sent."""
    readings: Mapped[list["StackReading"]] = relationship(
        cascade="all, delete-orphan", order_by="StackReading.ordinal", back_populates="paper"
    )

    @property
    def readers(self) -> Sequence["StackReading"]:
        return self.readings

    @property
    def files(self) -> list[int]:
        """The files of the scan in their order; none once it was set aside."""
        return [] if self.scan_id is None else [self.scan_id, *(each.file_id for each in self.more)]


class ScanFile(Base):
    """One more file of a scan of ballots, for papers that did not go through the machine in one."""

    __tablename__ = "ballot_scan_file"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("ballot_scan.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), unique=True)


class StackReading(Reading, Base):
    """One of the two tellers who read the papers of a stack, and what stands on each page of its scan."""

    __tablename__ = "ballot_reading"
    __table_args__ = (
        UniqueConstraint("paper_id", "ordinal"),
        UniqueConstraint("paper_id", "person_id"),
        CheckConstraint("ordinal IN (1, 2)", name="ordinal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("ballot_scan.id", ondelete="CASCADE"))
    paper: Mapped[StackScan] = relationship(back_populates="readings")
    papers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Page → [the code of the paper on it, what each line says]; no code where none can be read, null without a paper.
    Empty once the papers are counted: what they came to stands in the votes."""

    @property
    def read(self) -> Read | None:
        """What stands at each (page, line), and under (page, None) the code; None until every page was read."""
        pages = self.paper.pages
        if not pages or len(self.papers) < pages:
            return None
        found: dict[tuple[int, int | None], object] = {}
        for page, paper in self.papers.items():
            found[int(page), None] = paper and paper[0]
            found |= {(int(page), line): says for line, says in enumerate(paper[1] if paper else ())}
        return found
