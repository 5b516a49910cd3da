"""What happens in the season: who enters which work when, and what is wrong with it. Pure, and always the same.

The figures are those that were published of edition III (2023). Works, people and press organs are invented.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random

from award.clock import VIETNAM
from award.editions.operations.prizes import PrizeSpec
from demonstration import works
from demonstration.plan import CLAUSES, PANELS, PRIZES
from demonstration.works import MadeAuthor, MadeWork, ideas, off_theme, told

MEDIA = ("print", "online", "radio", "television", "photo")
WINDOW = (date(2022, 11, 1), date(2023, 9, 30))
FIRST_DAY, LAST_DAY = date(2023, 6, 5), WINDOW[1]
A_SESSION = 14
"""So many works come in one after the other, some minutes apart."""
MINUTES_APART = 6
HOURS = (time(8, 30), time(14, 0), time(20, 0))
LAST_HOUR = time(22, 0)

LICENSED = (*works.ORGANS, "Báo Cửa Biển", "Tạp chí Văn nghệ Biển Xanh", "Báo Tin Chiều", "Truyền hình Cao Nguyên Nam")
MEMBERS: Mapping[str, int] = {plan.name: 3 for plan in PANELS[0]} | {
    "Tiểu ban Báo in 2": 5,
    "Tiểu ban Báo điện tử": 5,
}
"""How many sit on each panel of the first round: three read every work, where there are many works they are shared."""
LEAST_JUDGES = 5
UNLICENSED = ("Trang tin Nhịp Phố", "Kênh Biển Gọi", "Bản tin Cầu Ván")


@dataclass(frozen=True)
class Fault:
    """Why a work will not be eligible. `seen_by` is who notices: the automatic check, or a person."""

    code: str
    clause: str
    seen_by: str
    reason: str = ""
    """What the secretary writes where no rule has said it."""


FAULTS: Mapping[str, Fault] = {
    "early": Fault("window", CLAUSES["window"][1], "rule"),
    "too_many": Fault("max_works_per_author", CLAUSES["max_works_per_author"][1], "rule"),
    "no_file": Fault("files", "khoản 1 Điều 6", "lacking", "Hồ sơ thiếu tệp bắt buộc, quá hạn không bổ sung"),
    "unlicensed": Fault("licensed_outlet", CLAUSES["licensed_outlet"][1], "rule"),
    "prior_prize": Fault("prior_prizes", CLAUSES["prior_prizes"][1], "rule"),
    "large_group": Fault("max_group_size", CLAUSES["max_group_size"][1], "rule"),
    "many_parts": Fault("max_parts", CLAUSES["max_parts"][1], "rule"),
    "off_theme": Fault("theme", "Điều 2", "person", "Nội dung không thuộc chủ đề xây dựng Đảng"),
    "elsewhere": Fault("theme", "Điều 2", "person", "Nội dung không viết về địa phương theo Thể lệ"),
}


@dataclass(frozen=True)
class Figures:
    """How many works of each kind, of how many authors or groups, and how many fall by which fault."""

    eligible: Mapping[str, int]
    ineligible: Mapping[str, int]
    faults: Mapping[str, int]
    eligible_sets: int

    @property
    def received(self) -> int:
        return sum(self.eligible.values()) + sum(self.ineligible.values())

    @property
    def sets(self) -> int:
        """Every work that falls is of a group of its own."""
        return self.eligible_sets + sum(self.ineligible.values())

    def in_small(self, count: int) -> int:
        """What is counted so in the season that was published has this count here: in proportion, and never none."""
        whole = sum(PUBLISHED.eligible.values())
        return max(1, round(count * sum(self.eligible.values()) / whole))

    @property
    def prizes(self) -> tuple[PrizeSpec, ...]:
        """The prizes of the plan, fewer in a smaller season."""
        return tuple(replace(each, quota=self.in_small(each.quota)) for each in PRIZES)

    @property
    def judges(self) -> int:
        """How many sit on the panels of the first round; in a smaller season one person sits on several."""
        return max(LEAST_JUDGES, self.in_small(sum(MEMBERS[plan.name] for plan in PANELS[0])))


PUBLISHED = Figures(
    eligible={"print": 117, "online": 80, "television": 25, "radio": 10, "photo": 4},
    ineligible={"print": 35, "online": 28, "television": 11, "radio": 6, "photo": 3},
    faults={
        "early": 20,
        "too_many": 15,
        "no_file": 12,
        "unlicensed": 9,
        "prior_prize": 4,
        "large_group": 2,
        "many_parts": 3,
        "off_theme": 11,
        "elsewhere": 7,
    },
    eligible_sets=133,
)
LEAST_WORKS = 14


def scaled(received: int) -> Figures:
    """The published season in small: every kind and every fault still happens."""
    if received >= PUBLISHED.received:
        return PUBLISHED
    faults = dict.fromkeys(PUBLISHED.faults, 1)
    out = Counter(dict.fromkeys(MEDIA, 1))
    out["print"] = len(faults) - (len(MEDIA) - 1)
    left = max(received, LEAST_WORKS) - sum(out.values()) - len(MEDIA)
    share = {medium: left * count // sum(PUBLISHED.eligible.values()) for medium, count in PUBLISHED.eligible.items()}
    eligible = {medium: 1 + share[medium] for medium in PUBLISHED.eligible}
    eligible["print"] += left - sum(share.values())
    sets = max(1, sum(eligible.values()) * PUBLISHED.eligible_sets // sum(PUBLISHED.eligible.values()))
    return Figures(eligible, {medium: out[medium] for medium in PUBLISHED.ineligible}, faults, sets)


@dataclass(frozen=True)
class Account:
    """Who enters works: one author, or the contact of a group."""

    name: str
    email: str
    phone: str
    organ: str


@dataclass(frozen=True)
class Entered:
    """A work as it will be entered. `quality`, of a hundred, is what judges will find in it."""

    number: int
    medium: str
    owner: Account
    work: MadeWork
    quality: int
    topic: int
    genre: int
    fault: str = ""
    prior_prize: tuple[str, str, str, int] | None = None

    @property
    def title(self) -> str:
        return self.work.title


@dataclass(frozen=True)
class Sitting:
    """Works that come in one after the other, the first of them some minutes after `begins`."""

    begins: datetime
    works: tuple[Entered, ...]

    def arrives(self, place: int) -> datetime:
        return self.begins + timedelta(minutes=MINUTES_APART * (place + 1), seconds=17 * place % 60)


@dataclass(frozen=True)
class Script:
    figures: Figures
    sittings: tuple[Sitting, ...]
    judges: tuple[str, ...]
    """Their names, which no author has."""
    by_title: Mapping[str, Entered] = field(repr=False)

    @property
    def works(self) -> tuple[Entered, ...]:
        """Every work in the order in which it is submitted."""
        return tuple(work for sitting in self.sittings for work in sitting.works)


def script(figures: Figures, seed: int = 2023) -> Script:
    """The season with these figures; another seed gives other works and people."""
    author = _Author(figures, seed)
    judges = author.judges()
    sittings = tuple(author.sittings())
    everything = [work for sitting in sittings for work in sitting.works]
    by_title = {work.title: work for work in everything}
    assert len(by_title) == figures.received, "no two works have one title"
    return Script(figures, sittings, judges, by_title)


@dataclass
class _Group:
    """Authors, their contact first, and how many works of theirs are eligible."""

    authors: tuple[MadeAuthor, ...]
    account: Account
    works: int


class _Author:
    """Writes the season. Everything by chance comes out of one seed, in one order."""

    def __init__(self, figures: Figures, seed: int) -> None:
        self._figures = figures
        self._random = Random(seed)  # noqa: S311 - an invented season
        self._ideas, self._off_theme = ideas(self._random), off_theme(self._random)
        names = [" ".join(parts) for parts in product(works.FAMILY, works.MIDDLE, works.GIVEN)]
        self._random.shuffle(names)
        self._names = iter(names[figures.judges :])
        self._judges = tuple(names[: figures.judges])
        self._accounts = 0
        self._numbers = 0

    def judges(self) -> tuple[str, ...]:
        return self._judges

    def sittings(self) -> Iterator[Sitting]:
        """The works in their order, cut into sittings that come thicker towards the end of the time."""
        groups = self._groups()
        ordered = self._in_order(self._eligible(groups) + self._fallen(groups))
        count = -(-len(ordered) // A_SESSION)
        days = (LAST_DAY - FIRST_DAY).days
        for number in range(count):
            left = (count - 1 - number) / max(count - 1, 1)
            day = LAST_DAY - timedelta(days=round(days * left**1.8))
            hour = LAST_HOUR if number == count - 1 else HOURS[number % len(HOURS)]
            begins = datetime.combine(day, hour, VIETNAM)
            yield Sitting(begins, tuple(ordered[number * A_SESSION : (number + 1) * A_SESSION]))

    def _groups(self) -> list[_Group]:
        """The groups whose works are eligible: many with one work, some with two, some with three."""
        over = sum(self._figures.eligible.values()) - self._figures.eligible_sets
        three = max(min(over // 2, round(over * 0.291)), min(over // 2, 1))
        two = over - 2 * three
        sizes = [3] * three + [2] * two + [1] * (self._figures.eligible_sets - two - three)
        self._random.shuffle(sizes)
        return [self._group(size) for size in sizes]

    def _group(self, works_of_theirs: int = 0, people: int = 0) -> _Group:
        organ = self._random.choice(LICENSED)
        people = people or self._random.choices((1, 2, 3, 4), (55, 28, 12, 5))[0]
        authors = tuple(self._person(organ) for _ in range(people))
        return _Group(authors, self._account(authors[0]), works_of_theirs)

    def _person(self, organ: str) -> MadeAuthor:
        pen = works.pen_name(self._random) if self._random.random() < 0.4 else ""
        return MadeAuthor(next(self._names), pen, organ)

    def _account(self, author: MadeAuthor) -> Account:
        self._accounts += 1
        phone = f"0905 {self._accounts // 1000:03d} {self._accounts % 1000:03d}"
        return Account(author.legal_name, f"tacgia{self._accounts:03d}@example.vn", phone, author.organ)

    def _eligible(self, groups: Sequence[_Group]) -> list[Entered]:
        media = [medium for medium, count in self._figures.eligible.items() for _ in range(count)]
        self._random.shuffle(media)
        owners = [group for group in groups for _ in range(group.works)]
        return [self._entered(medium, group) for medium, group in zip(media, owners, strict=True)]

    def _fallen(self, groups: Sequence[_Group]) -> list[Entered]:
        media = [medium for medium, count in self._figures.ineligible.items() for _ in range(count)]
        faults = [code for code, count in self._figures.faults.items() for _ in range(count)]
        self._random.shuffle(media)
        full = iter([group for group in groups if group.works == 3])
        made = []
        for medium, fault in zip(media, faults, strict=True):
            if fault == "too_many":
                made.append(self._one_too_many(medium, next(full)))
            else:
                people = 8 if fault == "large_group" else 0
                made.append(self._entered(medium, self._group(people=people), fault))
        return made

    def _one_too_many(self, medium: str, group: _Group) -> Entered:
        """The fourth work of the contact of a group, with somebody who has none."""
        contact = group.authors[0]
        return self._entered(medium, _Group((contact, self._person(contact.organ)), group.account, 0), "too_many")

    def _entered(self, medium: str, group: _Group, fault: str = "") -> Entered:
        self._numbers += 1
        idea = next(self._off_theme if fault == "off_theme" else self._ideas)
        organ = self._random.choice(UNLICENSED) if fault == "unlicensed" else group.account.organ
        work = told(self._random, idea, organ=organ, authors=group.authors, days=self._days(medium, fault))
        won = ("Giải Báo chí quốc gia", "Giải C", "Hội Nhà báo Việt Nam", 2022) if fault == "prior_prize" else None
        return Entered(
            number=self._numbers,
            medium=medium,
            owner=group.account,
            work=work,
            quality=self._random.randrange(20, 100),
            topic=0 if fault == "off_theme" else works.THEMES.index(idea.theme) + 1,
            genre=self._random.randrange(100),
            fault=fault,
            prior_prize=won,
        )

    def _days(self, medium: str, fault: str) -> list[date]:
        """When the parts appeared: a series at some days' distance, within the time that the rules name."""
        parts = 1
        if fault == "many_parts":
            parts = 6
        elif medium == "print":
            parts = self._random.choices((1, 2, 3, 5), (62, 14, 16, 8))[0]
        elif medium == "online":
            parts = self._random.choices((1, 2, 3), (75, 10, 15))[0]
        if fault == "early":
            return [date(2022, 10, 1) + timedelta(days=self._random.randrange(28) + number) for number in range(parts)]
        first = WINDOW[0] + timedelta(days=self._random.randrange(200))
        return [first + timedelta(days=3 * number) for number in range(parts)]

    def _in_order(self, entered: list[Entered]) -> list[Entered]:
        """By chance, but what is one too many comes when the others are there."""
        self._random.shuffle(entered)
        ordered = [each for each in entered if each.fault != "too_many"]
        for late in (each for each in entered if each.fault == "too_many"):
            last = max(place for place, each in enumerate(ordered) if each.owner == late.owner)
            ordered.insert(self._random.randrange(last + 1, len(ordered) + 1), late)
        return ordered
