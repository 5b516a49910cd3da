"""What heads of councils and organisers do with a round: seats, opening, its end by two, the shortlist, prizes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from demonstration.season.browser import Form, Page, Unexpected, plain
from demonstration.season.organiser import moves
from demonstration.season.person import Person
from demonstration.season.script import Script

_SECTION = re.compile(r'<section class="section" id="tb-([^"]+)"')
_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
_RANK = re.compile(r'data-label="Hạng">(.*?)</td>', re.DOTALL)
_CODE_AND_TITLE = re.compile(r".*?</span>(.*?)(?:<br>|</th>)", re.DOTALL)
_CHOICE = re.compile(r'name="advanced" value="([^"]+)"')
_PROPOSING = re.compile(r'action="([^"]*/de-nghi-giai/[^"]+)"')
REASON = "Tiểu ban thảo luận, chọn theo tính phát hiện"


@dataclass(frozen=True)
class Ranked:
    """A work on the ranking as its page draws it. `key` is what its boxes and forms are called by."""

    rank: int
    title: str
    key: str


def seats(organiser: Person, slug: str, ordinal: int, members: Mapping[str, Sequence[tuple[Person, str]]]) -> None:
    """By the name of a panel, who sits on it and as what."""
    address = f"/{slug}/vong/{ordinal}/tieu-ban"
    page = organiser.opens(address)
    for key, name, _inside in _sections(page):
        for person, role in members[name]:
            form = _seat_form(page, f"{address}/{key}", f"{key}-person")
            form.choose(f"{key}-person", person.name).fill_all({f"{key}-role": role})
            page = organiser.browser.send(page, form, "Thêm vào tiểu ban")


def shares_out(organiser: Person, slug: str, ordinal: int, readings: int) -> None:
    """Every work of the round will be read by so many; who reads which is drawn when the round opens."""
    page = organiser.opens(f"/{slug}/vong/{ordinal}/phan-cong")
    form = page.form(button="Xem phương án").fill(who="some", readings=str(readings), common="0")
    page = organiser.browser.send(page, form, "Xem phương án")
    if page.form(button="Xem phương án").fields["readings"] != [str(readings)]:
        raise Unexpected(f"{page.address} does not show the plan that was asked for")
    if any("Lưu cách phân công" in button.words for form in page.forms() for button in form.buttons):
        organiser.presses(page, "Lưu cách phân công")


def opens_round(organiser: Person) -> Page:
    return moves(organiser, "open_round")


def ends(slug: str, ordinal: int, first: Person, second: Person) -> None:
    """The sheets are frozen and the round is closed, each proposed by one and confirmed by another."""
    address = f"/{slug}/vong/{ordinal}/tien-do"
    for act in ("khoa", "ket-thuc"):
        for person, door in ((first, f"{address}/{act}"), (second, f"{address}/{act}/xac-nhan")):
            page = person.opens(address)
            person.sends(page, page.form(action=door))


def draws_shortlist(chair: Person, slug: str, ordinal: int, script: Script, sizes: Mapping[str, int]) -> int:
    """The best of every panel go on; out of a tie those that the script finds better, with a reason."""
    page = chair.opens(f"/{slug}/vong/{ordinal}/xep-hang")
    form = page.form(field="advanced")
    chosen: list[str] = []
    for _key, name, inside in _sections(page):
        ranked = sorted(_ranked(inside, _CHOICE), key=lambda each: _better(each, script))
        if not ranked:
            continue
        size = min(sizes[name], len(ranked))
        chosen += [each.key for each in ranked[:size]]
        last = ranked[size - 1].rank
        cut = [each.key for each in ranked if each.rank == last]
        if any(key not in chosen for key in cut):
            form.fill_all({f"reason-{key}": REASON for key in cut if key in chosen})
    chair.browser.send(page, form.fill(advanced=chosen), "Lập danh sách")
    return len(chosen)


def best(chair: Person, slug: str, script: Script) -> str:
    """The title of the work at the top of the ranking; of equals the one in which the script finds more."""
    return _in_order(chair.opens(f"/{slug}/de-nghi-giai"), script)[0].title


def proposes_prizes(chair: Person, slug: str, script: Script, *, voted: int) -> tuple[int, int]:
    """From the top of the ranking down, level by level; equals by what the script finds in them. Then it ends.

    So many at the top were `voted` and are proposed. A thematic prize names the theme its work tells of; collective
    ones go to the organs whose works came so far. Gives how many are proposed for works, and how many for organs.
    """
    address = f"/{slug}/de-nghi-giai"
    page = chair.opens(address)
    ranked, prizes = _in_order(page, script), script.figures.prizes
    places = [prize for prize in prizes if prize.kind in {"main", "thematic"} for _n in range(prize.quota)]
    for each, level in zip(ranked[voted:], places[voted:], strict=False):
        form = page.form(action=each.key)
        value = next((value for value, words in form.choices["level"] if words.startswith(level.name)), None)
        if value is None:
            raise Unexpected(f"no level {level.name!r} is left for {each.title}: {form.choices['level']}")
        theme = script.by_title[each.title].work.content if level.kind == "thematic" else ""
        page = chair.browser.send(page, form.fill(level=value, theme=theme), "Lưu")
    honours = _proposes_honours(chair, page, script, ranked)
    page = chair.opens(f"{address}/ket-thuc")
    chair.sends(page, page.form(action=f"{address}/ket-thuc"))
    return min(len(ranked), len(places)), honours


def _in_order(page: Page, script: Script) -> list[Ranked]:
    """The works that prizes are proposed for, best first."""
    ranked = [each for _key, _name, inside in _sections(page) for each in _ranked(inside, _PROPOSING)]
    return sorted(ranked, key=lambda each: _better(each, script))


def _proposes_honours(chair: Person, page: Page, script: Script, ranked: Sequence[Ranked]) -> int:
    quota = next(prize.quota for prize in script.figures.prizes if prize.kind == "collective")
    organs = list(dict.fromkeys(script.by_title[each.title].work.organ for each in ranked))[:quota]
    asked = next(href for href, _words in page.links() if "/de-nghi-giai/khen/" in href)
    for organ in organs:
        words = {"recipient": organ, "reason": "Có nhiều tác phẩm dự Giải, chất lượng đồng đều"}
        chair.presses(chair.opens(asked), "Đề nghị", words)
    return len(organs)


def _better(each: Ranked, script: Script) -> tuple[int, int, int]:
    entered = script.by_title[each.title]
    return each.rank, -entered.quality, entered.number


def _seat_form(page: Page, action: str, field: str) -> Form:
    """The form that adds somebody: those that change a seat name its person already."""
    found = [form for form in page.forms() if form.action == action and form.choices.get(field)]
    if not found:
        raise Unexpected(f"{page.address} has no form to add somebody to {action}")
    return found[-1]


def _sections(page: Page) -> Iterator[tuple[str, str, str]]:
    """Key, name and inside of every panel's part of the page."""
    starts = list(_SECTION.finditer(page.text))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(page.text)
        inside = page.text[start.start() : end]
        heading = _HEADING.search(inside)
        assert heading is not None
        yield start[1], plain(heading[1]), inside


def _ranked(inside: str, named: re.Pattern[str]) -> Iterator[Ranked]:
    """The works of a ranking that can be chosen, in its order. A row may hold tables of its own."""
    before, *rows = inside.split('<span class="code">')
    for row in rows:
        key, title = named.search(row), _CODE_AND_TITLE.match(row)
        ranks = _RANK.findall(before)
        if key is not None and title is not None and ranks:
            rank = plain(ranks[-1])
            yield Ranked(int(rank) if rank.isdigit() else 10**6, plain(title[1]), key[1])
        before = row
