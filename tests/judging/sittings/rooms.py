"""A council of seven around a closed round: five judges, the chair, the deputy; two levels of one and two prizes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from award.db import session
from award.editions.models import PrizeLevel
from award.people.models import Person
from judging.sittings import queries
from judging.sittings.majorities import Choice, Count
from judging.sittings.models import AgendaItem, Sitting, Vote
from judging.sittings.operations import meeting, voting
from tests import factories
from tests.judging.ranking.halls import Hall, hall
from tests.judging.rows import clause


@dataclass
class Council:
    """The hall with its members in the order of `members`; deeds are done inside a unit of work of the caller."""

    hall: Hall

    @property
    def members(self) -> list[Person]:
        return [*self.hall.bench.judges, self.hall.chair, self.hall.deputy]

    @property
    def sitting(self) -> Sitting:
        found = select(Sitting).where(Sitting.edition_id == self.hall.edition.id).order_by(Sitting.number.desc())
        return session.scalars(found.execution_options(populate_existing=True)).first() or self.prepare()

    def prepare(self, *, works: int = 3) -> Sitting:
        listed = [entry.id for entry in self.hall.works[:works]]
        return meeting.prepare(by=self.hall.by(self.hall.secretary), edition=self.hall.edition, works=listed)

    def call_roll(self, *people: Person) -> None:
        present = [person.id for person in people or self.members]
        by = self.hall.by(self.hall.secretary)
        meeting.call_roll(by=by, edition=self.hall.edition, sitting=self.sitting, present=present)

    def name_tellers(self, *people: Person) -> None:
        chosen = [person.id for person in people or self.hall.bench.judges[:2]]
        by = self.hall.by(self.hall.secretary)
        meeting.name_tellers(by=by, edition=self.hall.edition, sitting=self.sitting, people=chosen)

    def begin(self, *people: Person) -> None:
        """The sitting is open: roll called, committee named, the first work on the table."""
        self.prepare()
        self.call_roll(*people)
        self.name_tellers()
        meeting.open_sitting(by=self.hall.by(self.hall.chair), edition=self.hall.edition, sitting=self.sitting)
        self.turn_to(0)

    def item(self, number: int) -> AgendaItem:
        return queries.agenda(self.sitting.id)[number]

    def turn_to(self, number: int, *, by: Person | None = None) -> None:
        hand = self.hall.by(by or self.hall.chair)
        meeting.turn_to(by=hand, edition=self.hall.edition, sitting=self.sitting, item=self.item(number))

    def level(self, code: str) -> PrizeLevel:
        return session.scalars(select(PrizeLevel).where(PrizeLevel.code == code)).one()

    def open_vote(self, number: int = 0, code: str = "A", *, reason: str = "", by: Person | None = None) -> Vote:
        hand = self.hall.by(by or self.hall.chair)
        where = {"edition": self.hall.edition, "sitting": self.sitting, "item": self.item(number)}
        return voting.open_vote(by=hand, level=self.level(code), reason=reason, **where)

    def cast(self, vote: Vote, *choices: Choice) -> None:
        """The first members give these ballots, one each."""
        for person, choice in zip(self.members, choices, strict=False):
            voting.cast(by=self.hall.by(person), vote=vote, choice=choice)

    def close_vote(self, vote: Vote, *, by: Person | None = None) -> Count:
        hand = self.hall.by(by or self.hall.chair)
        return voting.close_vote(by=hand, edition=self.hall.edition, sitting=self.sitting, vote=vote)

    def close(self) -> None:
        meeting.close_sitting(by=self.hall.by(self.hall.chair), edition=self.hall.edition, sitting=self.sitting)


def council(*, quorum: str = "two_thirds", ties: Sequence[str] = ("ballot",)) -> Council:
    """The last round gave 6, 5 and 5 points. `ties`: the steps by which the rules part equal works."""
    of = hall(works=3, judges=5, later=False, shortlist=None)
    factories.prize_level(of.bench.edition, rank=1, code="A", name="Giải A", quota=1)
    factories.prize_level(of.bench.edition, rank=2, code="B", name="Giải B", quota=2)
    clause(of.bench.edition, "quorum", choice=quorum)
    if ties:
        clause(of.bench.edition, "tie_steps", several=list(ties))
    of.mark_all(*((steps,) * 5 for steps in ((10, 8, 6), (8, 6, 6), (6, 8, 6))))
    of.freeze()
    of.close()
    return Council(of)
