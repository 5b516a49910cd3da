"""How lists of results are worded: what was given, and each work with its authors and its press organ. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award.documents.paper import Block, Heading, Paragraph
from award.editions.models import PrizeLevel
from award.editions.roman import roman
from award.results.works import Honoured, PrizeWork


@dataclass(frozen=True)
class Given:
    """One prize level within a group, with a line for each who has it."""

    level: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A part of an annexed list: a category, or prizes that belong to none."""

    title: str
    given: tuple[Given, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(each.level, len(each.lines)) for each in self.given if each.lines]


def by_category(works: Sequence[PrizeWork], levels: Iterable[PrizeLevel]) -> list[Group]:
    """A group for every category that has a prize, in the edition's order; in it the levels from the top."""
    levels = list(levels)
    categories = {work.category.id: work.category for work in works}
    groups = []
    for category in sorted(categories.values(), key=lambda each: (each.ordinal, each.id)):
        given = []
        for level in levels:
            ours = [work for work in works if work.category.id == category.id and work.level.id == level.id]
            given.append(Given(level.name, tuple(line(work) for work in ours)))
        groups.append(Group(category.name, tuple(given)))
    return groups


def of_others(honoured: Sequence[tuple[PrizeLevel, Sequence[Honoured]]]) -> list[Group]:
    """One group for the bodies and persons with a prize; none where nobody has one."""
    given = tuple(Given(level.name, tuple(honour_line(each) for each in ours)) for level, ours in honoured)
    return [Group(str(_("Tập thể, cá nhân")), given)] if given else []


def honour_line(honoured: Honoured) -> str:
    """Chi hội Nhà báo Biển Xanh: nhiều tác phẩm chất lượng; a person with the work that depicts them."""
    work = _(", nhân vật trong tác phẩm “%(title)s”", title=honoured.work) if honoured.work else ""
    return f"{honoured.recipient}{work}" + (f": {honoured.reason.rstrip(' .')}" if honoured.reason else "")


def blocks(groups: Sequence[Group]) -> list[Block]:
    """The annexed list: each group under its number with what it was given, then line by line."""
    listed: list[Block] = []
    for number, group in enumerate(groups, start=1):
        listed.append(Heading(f"{roman(number)}. {group.title}"))
        listed.append(Paragraph(_("Có %(prizes)s.", prizes=counted(group.counts))))
        for given in group.given:
            if not given.lines:
                continue
            listed.append(Heading(given.level, 2))
            listed += [Paragraph(f"{n}. {words}") for n, words in enumerate(given.lines, start=1)]
    return listed


def counted(counts: Sequence[tuple[str, int]]) -> str:
    """1 giải A, 3 giải B và 5 giải Khuyến khích."""
    said = [f"{count} {within(level)}" for level, count in counts]
    if len(said) < 2:
        return "".join(said)
    return str(_("%(first)s và %(last)s", first=", ".join(said[:-1]), last=said[-1]))


def within(level: str) -> str:
    """The level within a sentence: giải A."""
    return level[:1].lower() + level[1:] if level.lower().startswith("giải ") else level


def line(work: PrizeWork) -> str:
    """Loạt 5 bài “Giữ lời hứa với dân” của nhóm tác giả Nguyễn Thị Vân (Hà Vân), Trần Minh - Báo Biển Xanh."""
    words = {"title": titled(work), "authors": work.author_words}
    if len(work.authors) > 1:
        told = _("%(title)s của nhóm tác giả %(authors)s", **words)
    else:
        told = _("%(title)s của tác giả %(authors)s", **words)
    return f"{told} - {work.newsroom}." if work.newsroom else f"{told}."


def titled(work: PrizeWork) -> str:
    """The title in its quotes, after what the work is a set of."""
    unit = _unit(work)
    return f"{unit} “{work.title}”" if unit else f"“{work.title}”"


def _unit(work: PrizeWork) -> str:
    """Photographs bear their genre (Chùm ảnh, Phóng sự ảnh); other works only when they are a series."""
    if work.category.medium == "photo":
        return work.genre
    if len(work.parts) < 2:
        return ""
    if work.category.medium in {"radio", "television"}:
        return str(_("Loạt %(n)s kỳ", n=len(work.parts)))
    return str(_("Loạt %(n)s bài", n=len(work.parts)))
