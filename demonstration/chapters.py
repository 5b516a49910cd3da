"""The editions of the demonstration: outline, works and dates of each, told by the script of the season in small."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from award.clock import VIETNAM, now
from demonstration.plan import FIRST_WINDOW, Outline
from demonstration.season.script import PUBLISHED, WINDOW, Entered, Figures, Script, script

_LIGHT_MEDIA = frozenset({"print", "online"})
"""Their files are made in no time."""
JUDGED_AFTER = timedelta(days=17)
"""So long after the last entry the first round of the edition that is judged now was opened."""
BARE_COPIES = 3
"""Every third entrant also sends pages without a byline; where a round is blind now, everybody."""


@dataclass(frozen=True)
class Chapter:
    """One edition of the demonstration: its outline, its works, and when they came in."""

    code: str
    outline: Outline
    script: Script
    first: datetime
    last: datetime
    rounds: Mapping[int, tuple[datetime, datetime]] = field(default_factory=dict)
    """When each of its rounds that are over opened and ended."""

    def arrivals(self) -> Iterator[tuple[datetime, Entered]]:
        """The works with the instant at which each came in, thicker towards the end."""
        works = self.script.works
        for number, entered in enumerate(works, start=1):
            left = (len(works) - number) / len(works)
            day = (self.last - (self.last - self.first) * left**1.6).astimezone(VIETNAM).date()
            at = datetime.combine(day, time(8 + number * 5 % 13, number * 7 % 60), VIETNAM)
            yield min(at, self.last), self._dated(entered)

    @property
    def own(self) -> str:
        """The account with the most works without a fault: they belong to the entrant who has a button."""
        counted = Counter(entered.owner.email for entered in self.script.works if not entered.fault)
        return counted.most_common(1)[0][0]

    def drafts(self) -> set[str]:
        """Titles of what is only begun: while entries come in, the last work of the entrant who has a button."""
        if self.code != "taking":
            return set()
        return {[entered.title for entered in self.script.works if entered.owner.email == self.own][-1]}

    def is_first(self, entered: Entered) -> bool:
        """Whether it stands at the first page: what the entrant with a button has, as far as it is made in no time."""
        return entered.owner.email == self.own and entered.medium in _LIGHT_MEDIA

    def has_bare_copy(self, entered: Entered) -> bool:
        return self.code == "judged" or entered.number % BARE_COPIES == 0

    def _dated(self, entered: Entered) -> Entered:
        """The work as if written for this edition: the script writes all for the first."""
        later = self.outline.window[0] - WINDOW[0]
        parts = tuple(replace(part, published_on=part.published_on + later) for part in entered.work.parts)
        return replace(entered, work=replace(entered.work, parts=parts))


def _fewer(count: int) -> int:
    return max(1, round(count / 8))


def _figures(eligible: Sequence[int], *, sets: int, faults: dict[str, int], ineligible: dict[str, int]) -> Figures:
    media = dict(zip(PUBLISHED.eligible, eligible, strict=True))
    return Figures(media, {medium: ineligible.get(medium, 0) for medium in media}, faults, sets)


def archived() -> Chapter:
    """Edition III, from the first entry to the archive. Counts are of print, online, television, radio, photo."""
    figures = _figures(
        (7, 5, 2, 2, 2),
        sets=14,
        faults={"early": 1, "off_theme": 1, "unlicensed": 1, "prior_prize": 1},
        ineligible={"print": 2, "online": 1, "television": 1},
    )
    outline = Outline(3, "III", 2023, FIRST_WINDOW, ("VIII", 2023), _fewer)
    first, last = at(2023, 6, 12), at(2023, 9, 30, 22)
    return Chapter("archived", outline, script(figures, 2023), first, last, ending(2023).rounds)


def published() -> Chapter:
    """Edition II, whose results are public: little of it, of works that are made in no time, and what came after."""
    figures = _figures((5, 3, 0, 0, 0), sets=6, faults={"off_theme": 1}, ineligible={"print": 1})
    outline = Outline(2, "II", 2022, (date(2021, 11, 1), date(2022, 9, 30)), ("VII", 2022), _fewer)
    first, last = at(2022, 6, 13), at(2022, 9, 30, 22)
    return Chapter("published", outline, script(figures, 2022), first, last, ending(2022).rounds)


def meeting() -> Chapter:
    """Edition IV, whose council comes together today: little of it, of works that are made in no time."""
    figures = _figures((4, 3, 0, 0, 0), sets=6, faults={"off_theme": 1}, ineligible={"print": 1})
    last_day = now().astimezone(VIETNAM).date() - timedelta(days=75)
    outline = Outline(4, "IV", 2024, (last_day - timedelta(days=330), last_day), ("IX", 2024), _fewer)
    last = datetime.combine(last_day, time(16, 30), VIETNAM)
    first_round, last_round = (
        (last + timedelta(days=opened), last + timedelta(days=ended)) for opened, ended in ((12, 40), (45, 70))
    )
    rounds = {1: first_round, 2: last_round}
    return Chapter("meeting", outline, script(figures, 2024), last - timedelta(days=60), last, rounds)


def judged() -> Chapter:
    """Edition V: works of every kind are read by judges these days, and tomorrow is the last of them."""
    faults, ineligible = {"off_theme": 1, "early": 1}, {"print": 1, "online": 1}
    figures = _figures((5, 3, 2, 2, 2), sets=12, faults=faults, ineligible=ineligible)
    today = now().astimezone(VIETNAM)
    last_day = today.date() - timedelta(days=26)
    window, judging = (last_day - timedelta(days=330), last_day), (last_day + JUDGED_AFTER, today.date() + timedelta(1))
    outline = Outline(5, "V", 2025, window, ("X", 2025), _fewer, first_round=judging)
    last = datetime.combine(last_day, time(16, 30), VIETNAM)
    return Chapter("judged", outline, script(figures, 2025), last - timedelta(days=60), last)


def taking() -> Chapter:
    """Edition VI, which takes entries for some weeks more."""
    figures = _figures((4, 2, 1, 1, 1), sets=7, faults={}, ineligible={})
    today = now().astimezone(VIETNAM).date()
    window = (today - timedelta(days=330), today + timedelta(days=30))
    outline = Outline(6, "VI", 2026, window, ("XI", 2026), _fewer)
    return Chapter("taking", outline, script(figures, 2026), now() - timedelta(days=20), now() - timedelta(hours=2))


def at(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Ending:
    """When an edition that is over was judged, decided, sent on and published. `rounds`: when each opened and ended."""

    rounds: Mapping[int, tuple[datetime, datetime]]
    decided: datetime
    forwarded: datetime
    published: datetime


def ending(year: int) -> Ending:
    """The autumn of that year."""
    rounds = {1: (at(year, 10, 9), at(year, 10, 18)), 2: (at(year, 10, 23), at(year, 10, 30))}
    return Ending(rounds, at(year, 11, 3), at(year, 11, 6), at(year, 11, 22))


CHAPTERS: dict[str, Callable[[], Chapter]] = {
    "judged": judged,
    "taking": taking,
    "meeting": meeting,
    "archived": archived,
    "published": published,
}
"""In the order in which they are made: judges look first for their works."""
