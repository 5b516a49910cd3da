"""The season from its first draft to its last figure, at the dates of 2023."""

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TextIO, TypeVar

from award import dates
from award.clock import VIETNAM
from demonstration.plan import PANELS
from demonstration.season import councils, entrants, evidence, judges, organiser, outcome, secretariat, sittings
from demonstration.season.organiser import SLUG
from demonstration.season.outbox import Outbox
from demonstration.season.outcome import Bundle
from demonstration.season.person import Person
from demonstration.season.script import FAULTS, MEMBERS, Entered, Script, Sitting
from demonstration.season.server import Machine
from demonstration.season.telling import Stage, Telling

AT_ONCE = 4
"""So many people work at the same time."""
T = TypeVar("T")


def _at(day: int, month: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=VIETNAM)


SET_UP, OPENED = _at(10, 5), _at(22, 5)
CLOSED, SCREENED, APPROVED = _at(2, 10), _at(2, 10, 9), _at(6, 10, 16)
ROUNDS = {1: (_at(9, 10), _at(10, 10, 9), _at(18, 10)), 2: (_at(23, 10), _at(24, 10, 9), _at(30, 10))}
"""Of each round: when it is opened, judged, ended."""
COUNCIL, COUNTED, DECIDED, FORWARDED = _at(31, 10), _at(31, 10, 8, 10), _at(3, 11), _at(6, 11)
ANNOUNCED, PUBLISHED = _at(20, 11), _at(22, 11)
DECISION, LETTER = ("00-QĐ/BTCG (minh họa)", date(2023, 11, 3)), ("00-CV/BTCG (minh họa)", date(2023, 11, 6))
SENT_ON = 40
"""In a season of the published size so many works go to the national award."""
PEOPLE = {
    "organiser": ("Nguyễn Thanh Bình", "bantochuc@example.vn"),
    "secretary": ("Trần Thu Hiền", "thuky@example.vn"),
    "chair": ("Phạm Quốc Vinh", "chutich@example.vn"),
    "deputy": ("Lý Hoài Thu", "phochutich@example.vn"),
    "auditor": ("Hồ Xuân Nam", "giamsat@example.vn"),
}
READINGS = 3
"""So many read every work of a round."""
LAST_COUNCIL = 6
"""So many of the judges sit beside the chair on the council of the last round."""


@dataclass
class Season:
    """One replay. What it comes to is written to `out` stage by stage."""

    machine: Machine
    script: Script
    out: TextIO
    people: dict[str, Person] = field(default_factory=dict)
    evidence: bytes = b""
    """The ZIP with which the judging is verified, once the season is over."""
    council: list[Person] = field(default_factory=list)
    _entrants: dict[str, Person] = field(default_factory=dict)
    _everybody: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.machine.origin)
        self._telling = Telling(self.out, pages=lambda: self._pages, moment=self.machine.now)

    @property
    def _pages(self) -> int:
        """How many pages everybody together has asked for."""
        return self.outbox.asked + sum(person.browser.asked for person in self._everybody)

    def lived(self) -> Bundle:
        """Everything has happened; gives the dossier that went to the national award."""
        stage = self._telling.stage
        with stage("Thiết lập, mời người") as now:
            self._prepared(now)
        with stage("Nhận tác phẩm") as now:
            self._received(now)
        with stage("Kiểm tra hồ sơ") as now:
            self._screened(now)
        for ordinal in ROUNDS:
            with stage(f"Chấm vòng {ordinal}") as now:
                self._judged(ordinal, now)
        with stage("Hội đồng, quyết định") as now:
            self._decided(now)
        with stage("Gửi Trung ương") as now:
            dossier = self._forwarded(now)
        with stage("Công bố") as now:
            self._published(now)
        with stage("Kiểm chứng") as now:
            now.came, self.evidence = evidence.fits(self.people["auditor"], self.council[0], SLUG)
        self._telling.ended()
        return dossier

    def _person(self, name: str, email: str) -> Person:
        person = Person(self.machine.origin, self.outbox, name, email, self.machine.now)
        self._everybody.append(person)
        return person

    def _prepared(self, now: Stage) -> None:
        self.machine.says(SET_UP)
        told = self.machine.runs("create-administrator", PEOPLE["organiser"][1], PEOPLE["organiser"][0])
        link = re.search(r"http://[^/]+(/\S+)", told)
        assert link is not None, told
        self.people = {role: self._person(*named) for role, named in PEOPLE.items()}
        self.council = [
            self._person(name, f"giamkhao{n}@example.vn") for n, name in enumerate(self.script.judges, start=1)
        ]
        first = self.people["organiser"]
        first.accepts(link[1])
        organiser.sets_up(first, self.script.figures)
        invited = {role: [person] for role, person in self.people.items() if role != "organiser"}
        organiser.appoints(first, {**invited, "judge": self.council})
        _together(lambda person: person.accepts(), [*self.council, *(named[0] for named in invited.values())])
        self.machine.says(OPENED)
        organiser.moves(first, "open_entries")
        now.came = (
            f"{len(self.people) + len(self.council)} người, {sum(map(len, PANELS))} tiểu ban của {len(PANELS)} vòng"
        )

    def _received(self, now: Stage) -> None:
        received = 0
        for sitting in self.script.sittings:
            self._entered(sitting)
            received += len(sitting.works)
            now.step(received, self.script.figures.received, "tác phẩm")
        files = sum(person.browser.sent for person in self._entrants.values())
        now.came = f"{received} tác phẩm, {files} tệp, {len(self._entrants)} người nộp"

    def _entered(self, sitting: Sitting) -> None:
        """Drafts are filled in side by side; they are submitted one after the other, so that codes are the same."""
        self.machine.says(sitting.begins)
        new = {work.owner.email: work.owner for work in sitting.works if work.owner.email not in self._entrants}
        for account in new.values():
            self._entrants[account.email] = self._person(account.name, account.email)
        _together(lambda account: entrants.opens_account(self._entrants[account.email], account), new.values())
        addresses = _together(self._filled_in, _by_owner(sitting.works))
        drafts = {title: at for found in addresses for title, at in found.items()}
        for place, work in enumerate(sitting.works):
            self.machine.says(sitting.arrives(place))
            insisting = bool(work.fault) and FAULTS[work.fault].seen_by == "rule"
            entrants.submits(self._entrants[work.owner.email], drafts[work.title], insisting=insisting)

    def _filled_in(self, works: Sequence[Entered]) -> dict[str, str]:
        """Title -> address of the drafts of one entrant, who has two hands."""
        person = self._entrants[works[0].owner.email]
        return {work.title: entrants.fills_in(person, SLUG, work) for work in works}

    def _screened(self, now: Stage) -> None:
        self.machine.says(CLOSED)
        organiser.moves(self.people["organiser"], "close_entries")
        secretary = self.people["secretary"]
        self.machine.says(SCREENED)
        received = self.script.figures.received
        for looked_at in secretariat.screens(secretary, SLUG, self.script, SCREENED, self.machine.says):
            now.step(looked_at, received, "hồ sơ")
        self.machine.says(APPROVED)
        fallen = secretariat.approves(self.people["organiser"], SLUG)
        by_clause = secretariat.reasons(self.people["organiser"], SLUG, fallen)
        now.came = f"{received - fallen} đủ điều kiện, {fallen} không đủ điều kiện ({by_clause})"

    def _judged(self, ordinal: int, now: Stage) -> None:
        opened, judged, ended = ROUNDS[ordinal]
        self.machine.says(opened)
        first, chair = self.people["organiser"], self.people["chair"]
        members = self._seated(ordinal)
        councils.seats(first, SLUG, ordinal, members)
        councils.shares_out(first, SLUG, ordinal, READINGS)
        councils.opens_round(first)
        self.machine.says(judged)
        seated = {person.email: person for named in members.values() for person, _role in named}
        sheets = sum(_together(lambda one: judges.judges(one, SLUG, ordinal, self.script), seated.values()))
        self.machine.says(ended)
        councils.ends(SLUG, ordinal, chair, self.people["secretary"])
        now.came = f"{sheets} phiếu của {len(seated)} người, {len(members)} tiểu ban"
        if ordinal == 1:
            sizes = {plan.name: self.script.figures.in_small(plan.shortlist or 0) for plan in PANELS[0]}
            chosen = councils.draws_shortlist(chair, SLUG, ordinal, self.script, sizes)
            now.came += f"; {chosen} vào chung khảo"

    def _seated(self, ordinal: int) -> dict[str, list[tuple[Person, str]]]:
        """By panel, who sits on it and as what: the judges in turn, on the last council those who come first."""
        if ordinal == len(PANELS):
            (plan,) = PANELS[-1]
            return {plan.name: [(self.people["chair"], "chair"), *((j, "member") for j in self.council[:LAST_COUNCIL])]}
        taken, found = 0, {}
        for plan in PANELS[0]:
            places = range(taken, taken + MEMBERS[plan.name])
            on_it = [self.council[place % len(self.council)] for place in places]
            taken += len(on_it)
            found[plan.name] = [(one, "chair" if n == 0 else "member") for n, one in enumerate(on_it)]
        return found

    def _decided(self, now: Stage) -> None:
        self.machine.says(COUNCIL)
        ballots = self._voted(self.script.figures.prizes[0].name)
        prizes, honours = councils.proposes_prizes(self.people["chair"], SLUG, self.script, voted=1)
        self.machine.says(DECIDED)
        outcome.decides(self.people["organiser"], SLUG, *DECISION)
        now.came = f"{prizes} giải, {honours} giải tập thể; {ballots} phiếu kín"

    def _voted(self, level: str) -> int:
        """The best work has the prize by secret ballot, one voice against it; gives how many ballots there were."""
        chair, members = self.people["chair"], self.council[:LAST_COUNCIL]
        title = councils.best(chair, SLUG, self.script)
        sittings.sits(chair, SLUG, members[:2])
        sittings.asks(chair, SLUG, title, level)
        *others, last = (chair, *members)
        choices = dict.fromkeys(others, sittings.YES) | {last: sittings.NO}
        _together(lambda voter: sittings.casts(voter, SLUG, choices[voter]), choices)
        self.machine.says(COUNTED)
        sittings.counts(chair, SLUG, level)
        return len(choices)

    def _forwarded(self, now: Stage) -> Bundle:
        self.machine.says(FORWARDED)
        count = self.script.figures.in_small(SENT_ON)
        dossier = outcome.forwards(self.people["organiser"], SLUG, count, LETTER)
        now.came = f"{count} tác phẩm, {len(dossier.names)} tệp, {dates.size(len(dossier.content))}"
        return dossier

    def _published(self, now: Stage) -> None:
        self.machine.says(ANNOUNCED)
        outcome.publishes(self.people["organiser"], self.people["secretary"], SLUG, PUBLISHED)
        self.machine.says(PUBLISHED + timedelta(seconds=1))
        now.came = f"kết quả công khai từ {dates.moment(PUBLISHED)}"


def _by_owner(works: Iterable[Entered]) -> list[list[Entered]]:
    grouped: dict[str, list[Entered]] = {}
    for work in works:
        grouped.setdefault(work.owner.email, []).append(work)
    return list(grouped.values())


def _together(act: Callable[[T], object], people: Iterable[T]) -> list:  # type: ignore[type-arg]
    """What the act gives for each, in their order; a fault of one is raised when the others are done."""
    with ThreadPoolExecutor(AT_ONCE) as hands:
        return list(hands.map(act, people))
