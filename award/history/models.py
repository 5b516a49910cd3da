"""Works prized in editions that were held before, and the lists they were read from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from award.db import Base, Numbered
from award.history.naming import award_key, award_words, edition_words, prize_words
from award.links import link_key
from award.text import folded, one_line, sort_key, words


class HistoryImport(Numbered, Base):
    """A list that was read in: shown first, then taken in as a whole, or thrown away; taken back as a whole."""

    __tablename__ = "history_import"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'done', 'taken_back')", name="state"),
        CheckConstraint("(state = 'draft') = (draft IS NOT NULL)", name="only_a_draft_keeps_cells"),
        Index("ix_history_import_award", "award_id", "id"),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    state: Mapped[str] = mapped_column(default="draft")
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The rows as typed, until the list is taken in or thrown away."""
    read_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime | None]
    works: Mapped[int] = mapped_column(default=0)
    """How many works the list brought."""
    known: Mapped[int] = mapped_column(default=0)
    """How many of its rows were there already and brought nothing."""
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PastWork(Numbered, Base):
    """One prize of one work: told by a list that was read in, or handed down when an edition held here was published.

    `public`: everybody may read it on the award's pages.
    """

    __tablename__ = "past_work"
    __table_args__ = (
        UniqueConstraint("award_id", "identity"),
        Index("ix_past_work_title", "award_id", "title_words"),
        Index(
            "ix_past_work_near_title",
            "title_words",
            postgresql_using="gist",
            postgresql_ops={"title_words": "gist_trgm_ops(siglen=32)"},
        ),
        Index("ix_past_work_link", "award_id", "link_key", postgresql_where="link_key <> ''"),
        Index("ix_past_work_import", "import_id", "source_row"),
        Index("ix_past_work_edition", "edition_id", "entry_key"),
        CheckConstraint("(import_id IS NULL) <> (edition_id IS NULL)", name="one_source"),
    )

    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    """The award whose people keep this list; the prize itself may be another award's."""
    import_id: Mapped[int | None] = mapped_column(ForeignKey("history_import.id"))
    source_row: Mapped[int | None]
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    """The edition held here whose published result this is."""
    entry_key: Mapped[str] = mapped_column(default="")
    """Public id of its entry."""
    identity: Mapped[str]
    """The same for one prize of one work, however a list writes it."""
    award_name: Mapped[str]
    award_key: Mapped[str]
    award_words: Mapped[str]
    """Every name of the award, for search."""
    ordinal: Mapped[str]
    """III, or empty where the list does not say."""
    year: Mapped[int]
    level: Mapped[str]
    """As written."""
    level_rank: Mapped[int]
    unit: Mapped[str] = mapped_column(default="")
    """Loạt 5 bài."""
    title: Mapped[str]
    title_words: Mapped[str]
    title_key: Mapped[bytes]
    authors_words: Mapped[str]
    newsroom_words: Mapped[str] = mapped_column(default="")
    """As written."""
    newsroom_folded: Mapped[str] = mapped_column(default="")
    newsroom_id: Mapped[int | None] = mapped_column(ForeignKey("newsroom.id"), index=True)
    """The organ that bore the name then, when it is listed."""
    category: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(default="")
    link_key: Mapped[str] = mapped_column(default="")
    public: Mapped[bool] = mapped_column(default=False)
    authors: Mapped[list["PastAuthor"]] = relationship(
        order_by="(PastAuthor.ordinal, PastAuthor.id)", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def prize(self) -> str:
        """Giải A."""
        return prize_words(self.level)

    @property
    def edition_words(self) -> str:
        """lần thứ III - năm 2023."""
        return edition_words(self.ordinal, self.year)

    @validates("title")
    def _keep_title(self, _key: str, title: str) -> str:
        title = one_line(title)
        self.title_words, self.title_key = words(title), sort_key(title)
        return title

    @validates("award_name")
    def _keep_award(self, _key: str, name: str) -> str:
        self.award_key, self.award_words = award_key(name), award_words(name)
        return name

    @validates("newsroom_words")
    def _keep_newsroom(self, _key: str, name: str) -> str:
        self.newsroom_folded = words(name)
        return name

    @validates("link")
    def _keep_link(self, _key: str, link: str) -> str:
        self.link_key = link_key(link)
        return link


class PastAuthor(Base):
    """One name of one author of a work: the printed name, and a row more for each pen name beside it."""

    __tablename__ = "past_author"
    __table_args__ = (Index("ix_past_author_work", "work_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("past_work.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    """Which author of the work."""
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    pen: Mapped[bool] = mapped_column(default=False)

    @validates("name")
    def _keep_folded(self, _key: str, name: str) -> str:
        self.name_folded = folded(name)
        return name
