"""How lists of results are worded: what was given, and each work with its authors and its press organ. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award.documents.paper import Block, Heading, Paragraph
from award.editions.roman import roman
from award.results.front import LevelShown
from award.results.works import Honoured, PrizeWork


@dataclass(frozen=True)
class Given:
    """One prize level within a group, with a line for each who has it."""

    level: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A part of an annexed list: a category with its ladder, or one prize that stands beside the ladder."""

    title: str
    given: tuple[Given, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(each.level, len(each.lines)) for each in self.given if each.lines]


def groups(levels: Sequence[LevelShown]) -> list[Group]:
    """Every category with a prize of the ladder, in the edition's order; then each prize beside it that was given."""
    ladder = [shown for shown in levels if shown.level.kind == "main"]
    categories = {work.category.id: work.category for shown in ladder for work in shown.works}
    found = []
    for category in sorted(categories.values(), key=lambda each: (each.ordinal, each.id)):
        given = [
            Given(shown.level.name, tuple(line(work) for work in shown.works if work.category.id == category.id))
            for shown in ladder
        ]
        found.append(Group(category.name, tuple(given)))
    beside = [shown for shown in levels if shown.level.kind != "main" and shown.given]
    return found + [Group(shown.level.name, (Given(shown.level.name, _beside(shown)),)) for shown in beside]


def _beside(shown: LevelShown) -> tuple[str, ...]:
    return (*(line(work) for work in shown.works), *(honour(each) for each in shown.honours))


def blocks(listed: Sequence[Group]) -> list[Block]:
    """The annexed list: each group under its number with what it was given, then line by line."""
    made: list[Block] = []
    for number, group in enumerate(listed, start=1):
        made.append(Heading(f"{roman(number)}. {group.title}"))
        made.append(Paragraph(_("Có %(prizes)s.", prizes=counted(group.counts))))
        for given in group.given:
            if given.lines and given.level != group.title:
                made.append(Heading(given.level, 2))
            made += [Paragraph(f"{n}. {words}") for n, words in enumerate(given.lines, start=1)]
    return made


def counted(counts: Sequence[tuple[str, int]]) -> str:
    """1 giải A, 3 giải B và 5 giải Khuyến khích."""
    said = [f"{count} {within(level)}" for level, count in counts]
    if len(said) < 2:
        return "".join(said)
    return str(_("%(first)s và %(last)s", first=", ".join(said[:-1]), last=said[-1]))


def within(level: str) -> str:
    """The level within a sentence: giải A, bằng khen; a level that is called Nhất is a giải Nhất."""
    if level.lower().startswith(("giải ", "bằng ", "giấy ")):
        return level[:1].lower() + level[1:]
    return str(_("giải %(level)s", level=level))


def honour(honoured: Honoured) -> str:
    """A body or a person with a prize: who, in which work, what for."""
    words = honoured.recipient
    if honoured.work:
        words = _("%(who)s, nhân vật trong tác phẩm “%(title)s”", who=words, title=honoured.work)
    reason = honoured.reason.rstrip(" .")
    return f"{words}: {reason}." if reason else f"{words}."


def line(work: PrizeWork) -> str:
    """Loạt 5 bài “Giữ lời hứa với dân” của nhóm tác giả Nguyễn Thị Vân (Hà Vân), Trần Minh - Báo Biển Xanh."""
    words = {"title": titled(work), "authors": work.author_words}
    if len(work.authors) > 1:
        told = _("%(title)s của nhóm tác giả %(authors)s", **words)
    else:
        told = _("%(title)s của tác giả %(authors)s", **words)
    if work.newsroom:
        told = f"{told} - {work.newsroom}"
    return str(_("%(work)s (chuyên đề: %(theme)s).", work=told, theme=work.theme)) if work.theme else f"{told}."


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
