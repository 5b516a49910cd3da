"""An edition judged by several panels: print split by genre, and television; then one council over everything."""

from dataclasses import dataclass, field

from award.clock import now
from award.db import session
from award.editions.clauses import missing
from award.editions.models import Category, Clause, Edition, Genre, Panel, PanelScope, Round
from award.editions.operations import calendar
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.people.models import Person
from judging.panels import operations as panels
from judging.panels.models import Assignment
from judging.ranking import operations as ranking
from judging.scoring import operations as scoring
from tests import factories
from tests.judging.rows import acting, judge, work

Marks = dict[str, tuple[int, ...]]
"""Title of a work → the steps each of its judges gives on every criterion."""


@dataclass
class Houses:
    """Three panels of two judges each in the first round; the second round has one panel over both loại hình."""

    edition_id: int
    chair: Person
    secretary: Person
    organiser: Person
    judges: dict[str, list[Person]] = field(default_factory=dict)
    """Name of the panel → who sits there."""

    @property
    def edition(self) -> Edition:
        return session.get_one(Edition, self.edition_id)

    @property
    def rounds(self) -> list[Round]:
        return list(session.query(Round).filter_by(edition_id=self.edition_id).order_by(Round.ordinal))

    def panels(self, ordinal: int = 1) -> dict[str, Panel]:
        judged = self.rounds[ordinal - 1]
        return {panel.name: panel for panel in panels.queries.panels_of(judged.id)}

    def works(self) -> dict[str, Entry]:
        return {entry.title: entry for entry in session.query(Entry).filter_by(edition_id=self.edition_id)}

    def by(self, person: Person) -> Capacity:
        return acting(session.get_one(Person, person.id), self.edition)

    def open(self, ordinal: int = 1) -> None:
        """The round was opened by the organiser; it is dealt and pledged."""
        judged = self.rounds[ordinal - 1]
        for seat in panels.queries.seats_in(judged.id):
            seat.pledged_at, seat.pledge_version = now(), panels.PLEDGE_VERSION
        session.flush()
        by, deal = self.by(self.organiser), lambda opened: panels.deal(by=None, round=opened)
        calendar.open_round(by=by, edition=self.edition, round=judged, after_opening=deal)

    def mark(self, given: Marks, ordinal: int = 1) -> None:
        """The named works' sheets hold these steps on each criterion and are sent, in the order of seats."""
        judged, works = self.rounds[ordinal - 1], self.works()
        for title, steps in given.items():
            dealt = session.query(Assignment).filter_by(round_id=judged.id, entry_id=works[title].id, state="open")
            for assignment, n in zip(dealt.order_by(Assignment.seat_id), steps, strict=True):
                person = session.get_one(Person, assignment.seat.person_id)
                marks = {criterion.id: n for criterion in judged.criteria}
                scoring.save(by=self.by(person), assignment=assignment, version=0, marks=marks, note="")
                scoring.finish(by=self.by(person), edition=self.edition, assignment=assignment)

    def end(self, ordinal: int = 1) -> None:
        """Frozen and closed by two."""
        edition, judged = self.edition, self.rounds[ordinal - 1]
        ranking.propose_freeze(by=self.by(self.chair), edition=edition, judged=judged)
        ranking.confirm_freeze(by=self.by(self.secretary), edition=edition, judged=judged)
        ranking.propose_close(by=self.by(self.chair), edition=edition, judged=judged)
        ranking.confirm_close(by=self.by(self.secretary), edition=edition, judged=judged)


def _panel(of: Edition, judged: Round, ordinal: int, name: str, *scopes: tuple[Category, Genre | None]) -> Panel:
    made = Panel(edition_id=of.id, round_id=judged.id, ordinal=ordinal, name=name)
    made.scopes = [PanelScope(category_id=c.id, genre_id=genre.id if genre else None) for c, genre in scopes]
    session.add(made)
    session.flush()
    return made


def houses() -> Houses:
    """Prepared and seated, with nine works: three a panel. The caller commits."""
    edition = factories.edition(state="screening")
    printed = factories.category(edition)
    printed.genres.append(Genre(ordinal=2, name="Bình luận"))
    film = factories.category(edition, code="TH", name="Truyền hình", medium="television")
    session.flush()
    report, comment = printed.genres
    first, last = factories.judging_round(edition), factories.judging_round(edition, ordinal=2, name="Chung khảo")
    organiser = judge(edition, "Phạm Văn Bình", "organiser")
    made = Houses(edition.id, judge(edition, "Bùi An", "chair"), judge(edition, "Bùi Cúc", "secretary"), organiser)
    edition.clauses = [Clause(code=each.code, unregulated=True) for each in missing(edition, "judging")]
    seated = {
        _panel(edition, first, 1, "Báo in 1", (printed, comment)): ("Nguyễn Thị Vân", "Trần Minh"),
        _panel(edition, first, 2, "Báo in 2", (printed, report)): ("Hoàng Thu", "Đỗ Lan"),
        _panel(edition, first, 3, "Truyền hình", (film, None)): ("Vũ Hà", "Lý Nam"),
    }
    council = _panel(edition, last, 1, "Hội đồng chung khảo", (printed, None), (film, None))
    by = acting(organiser, edition)
    for panel, names in seated.items():
        made.judges[panel.name] = [judge(edition, name) for name in names]
        for person in made.judges[panel.name]:
            panels.seat_person(by=by, edition=edition, panel=panel, person=person)
    made.judges[council.name] = [made.chair, made.judges["Báo in 1"][0], made.judges["Truyền hình"][0]]
    for person in made.judges[council.name]:
        panels.seat_person(by=by, edition=edition, panel=council, person=person)
    for category, genre, letter in ((printed, comment, "B"), (printed, report, "P"), (film, film.genres[0], "T")):
        for number in (1, 2, 3):
            work(edition, category, genre_id=genre.id, title=f"{letter}{number}", author=f"Tác giả {letter}{number}")
    return made
