"""What those who enter works do: an account, the form page by page, the files, and one button."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

from award import dates
from demonstration import media, pages
from demonstration.season.browser import Page, Unexpected
from demonstration.season.person import Person
from demonstration.season.script import Account, Entered
from demonstration.works import MadePart
from uploads.protocol import plan

CATEGORIES = {
    "print": "Báo in",
    "online": "Báo điện tử",
    "radio": "Phát thanh",
    "television": "Truyền hình",
    "photo": "Ảnh báo chí",
}
SECONDS = 6.0
"""The length of recordings and films."""
_PLACE = re.compile(r"<div[^>]*\bdata-uploader\b[^>]*>")
_ATTRIBUTE = re.compile(r'data-([a-z-]+)="([^"]*)"')
_PHOTOS = 3
WITH_BARE_COPY = 3
"""Every third entrant also sends the pages without a byline, which nobody must."""


@dataclass(frozen=True)
class Place:
    """A place for files, as the page draws it."""

    begin_url: str
    kinds: tuple[str, ...]
    slot: str
    part: str
    token: str
    label: str


@dataclass(frozen=True)
class Made:
    name: str
    content: bytes


def opens_account(person: Person, account: Account) -> None:
    """An account with a confirmed address."""
    page = person.browser.get("/dang-ky")
    organs = {words: value for value, words in page.form(field="newsroom").choices["newsroom"]}
    known = organs.get(account.organ, "")
    person.registers({"phone": account.phone, "newsroom": known, "newsroom_words": "" if known else account.organ})
    person.confirms()


def fills_in(person: Person, slug: str, entered: Entered) -> str:
    """A draft that lacks nothing but what its fault takes from it; gives its address."""
    page = person.opens(f"/{slug}/tac-pham/moi")
    form = page.form(field="category").choose("category", CATEGORIES[entered.medium])
    page = person.browser.send(page, form, "Tiếp tục")
    at = page.path.rpartition("/")[0]
    page = _work(person, page, entered)
    page = _parts(person, page, entered)
    page = _authors(person, page, entered)
    _files(person, page, entered)
    if entered.medium == "photo":
        _captions(person, person.opens(f"{at}/chu-thich"), entered)
    _declarations(person, person.opens(f"{at}/cam-ket"), entered)
    return at


def submits(person: Person, at: str, *, insisting: bool) -> str:
    """Checks and submits; gives the code on the receipt."""
    page = person.opens(f"{at}/kiem-tra")
    form = page.form(action=f"{at}/nop")
    if insisting:
        form.fill(insist="y")
    receipt = person.browser.send(page, form, "Nộp tác phẩm" if insisting else "")
    code = re.search(r'class="receipt__code">\s*([^<\s]+)', receipt.text)
    if code is None:
        raise Unexpected(f"{receipt.address} is no receipt: {receipt.words()[:800]}")
    return unescape(code[1])


def _work(person: Person, page: Page, entered: Entered) -> Page:
    form, work = page.form(field="title"), entered.work
    byline = ", ".join(author.pen_name or author.legal_name for author in work.authors)
    form.fill(title=work.title, publisher=work.organ, byline=byline, summary=work.summary)
    genres = [value for value, _words in form.choices["genre"] if value]
    form.fill(genre=genres[entered.genre % len(genres)])
    topics = [value for value, _words in form.choices.get("topic", ()) if value]
    if topics and entered.topic:
        form.fill(topic=topics[entered.topic % len(topics)])
    return person.browser.send(page, form, "Lưu và tiếp tục")


def _parts(person: Person, page: Page, entered: Entered) -> Page:
    page = _with_rows(person, page, "title", len(entered.work.parts))
    form = page.form(field="version")
    for key, part in zip(_rows(form.fields, "title"), entered.work.parts, strict=True):
        said = {"title": part.title, "published_on": dates.day(part.published_on), **_where(entered, part)}
        form.fill_all({f"{key}-{name}": value for name, value in said.items()})
    return person.browser.send(page, form, "Lưu và tiếp tục")


def _where(entered: Entered, part: MadePart) -> dict[str, str]:
    """Where a part appeared, in the words each medium is asked for."""
    if entered.medium == "online":
        return {"link": media.web_address(entered.work, part), "place": "Xây dựng Đảng"}
    if entered.medium in {"radio", "television"}:
        channel = "FM 106,5 MHz" if entered.medium == "radio" else entered.work.organ
        return {"place": "Đảng trong cuộc sống", "channel": channel, "aired_at": f"{18 + entered.number % 4}:45"}
    numbers = re.findall(r"\d+", part.place)
    return {"issue": numbers[0], "page": numbers[-1]}


def _authors(person: Person, page: Page, entered: Entered) -> Page:
    page = _with_rows(person, page, "legal_name", len(entered.work.authors))
    form = page.form(field="version")
    keys = _rows(form.fields, "legal_name")
    for number, (key, author) in enumerate(zip(keys, entered.work.authors, strict=True)):
        said = {"legal_name": author.legal_name, "pen_name": author.pen_name, "employer": author.organ}
        said["phone"] = entered.owner.phone if number == 0 else ""
        form.fill_all({f"{key}-{name}": value for name, value in said.items()})
    form.fill(contact=keys[0])
    return person.browser.send(page, form, "Lưu và tiếp tục")


def _declarations(person: Person, page: Page, entered: Entered) -> None:
    if entered.prior_prize is not None:
        page = person.presses(page, "Thêm giải thưởng đã đạt", {"no_prior_prize": "some"})
    form = page.form(field="no_prior_prize")
    if entered.prior_prize is None:
        form.fill(no_prior_prize="none")
    else:
        (key,) = _rows(form.fields, "award_name")
        award, level, organiser, year = entered.prior_prize
        won = {"award_name": award, "level": level, "organiser": organiser, "year": str(year)}
        form.fill_all({f"{key}-{name}": value for name, value in won.items()})
        form.fill(no_prior_prize="some")
    form.fill(commitment="y", consent="y")
    person.browser.send(page, form, "Lưu và tiếp tục")


def _with_rows(person: Person, page: Page, field: str, count: int) -> Page:
    """The page with so many rows: one more at a time, as the button gives them."""
    for _more in range(len(_rows(page.form(field="version").fields, field)), count):
        form = page.form(field="version")
        button = next(each for each in form.buttons if (each.name, each.value) == ("act", "add"))
        page = person.browser.send(page, form, button.words)
    return page


def _rows(fields: dict[str, list[str]], field: str) -> list[str]:
    """The keys of the rows a page shows."""
    return [name.removesuffix(f"-{field}") for name in fields if name.endswith(f"-{field}")]


def _files(person: Person, page: Page, entered: Entered) -> None:
    """Every place gets what it asks for. Of a work whose file will never come, the first is only promised."""
    begun = 0
    for place in _places(page):
        for made in _made_for(place, entered, _part_number(page, place)):
            _sends(person, place, made, promised_only=entered.fault == "no_file" and begun == 0)
            begun += 1


def _captions(person: Person, page: Page, entered: Entered) -> None:
    """Each picture says what it shows; the sentences are those of the story."""
    form, (part, *_rest) = page.form(field="version"), entered.work.parts
    keys = _rows(form.fields, "caption")
    form.fill_all({f"{key}-caption": part.paragraphs[n % len(part.paragraphs)] for n, key in enumerate(keys)})
    person.browser.send(page, form, "Lưu và tiếp tục")


def _places(page: Page) -> list[Place]:
    found = []
    for tag in _PLACE.finditer(page.text):
        told = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[0])}
        label = page.text[tag.end() : tag.end() + 2000].partition('drop__title"')[2].partition(">")[2].partition("<")[0]
        kinds = tuple(told["kinds"].split())
        found.append(Place(told["begin-url"], kinds, told["slot"], told["part"], told["csrf"], unescape(label)))
    return found


def _part_number(page: Page, place: Place) -> int:
    keys = list(dict.fromkeys(each.part for each in _places(page) if each.part))
    return keys.index(place.part) if place.part else 0


def _made_for(place: Place, entered: Entered, number: int) -> Sequence[Made]:
    """What a newsroom would put there."""
    work = entered.work
    part = work.parts[min(number, len(work.parts) - 1)]
    words = " ".join((part.title, *part.paragraphs))
    author = work.authors[0].legal_name
    if entered.medium == "online" and "mp4" in place.kinds:
        return []  # an article has no recording beside its capture
    if "mp3" in place.kinds:
        return [Made("chuong-trinh.mp3", media.recording(words, SECONDS, author=author))]
    if "mp4" in place.kinds:
        return [Made("phong-su.mp4", media.film(words, SECONDS, author=author))]
    if "gốc" in place.label.lower() and "jpeg" in place.kinds:
        shots: Callable[[int], bytes] = lambda n: media.photograph(work.title, n, author=author)  # noqa: E731
        return [Made(f"anh-{n}.jpg", shots(n)) for n in range(1, _PHOTOS + 1)]
    if "pdf" not in place.kinds:
        return []
    if "chấm" in place.label.lower():
        bare = entered.number % WITH_BARE_COPY == 0
        return [Made(f"ban-cham-{number + 1}.pdf", pages.page(work, part, byline=False))] if bare else []
    if entered.medium == "online":
        return [Made(f"ban-chup-{number + 1}.pdf", media.web_capture(work, part))]
    return [Made(f"trang-bao-{number + 1}.pdf", pages.page(work, part))]


def _sends(person: Person, place: Place, made: Made, *, promised_only: bool) -> None:
    """The parts of the file go to the store by addresses signed for their bytes, as the page's script sends them."""
    size = plan(len(made.content)).part_size
    parts = [made.content[at : at + size] for at in range(0, len(made.content), size)]
    hashes = [hashlib.sha256(part).hexdigest() for part in parts]
    declared = {"name": made.name, "size": len(made.content), "part_hashes": hashes}
    told = person.browser.post_json(
        place.begin_url, {**declared, "slot": place.slot, "part": place.part, "resuming": None}, token=place.token
    )
    if promised_only:
        return
    signed = person.browser.post_json(told["sign_url"], {"numbers": list(range(1, len(parts) + 1))}, token=place.token)
    for one, part in zip(signed["parts"], parts, strict=True):
        person.browser.put(one["url"], one["headers"], part)
    person.browser.post_json(told["finish_url"], {}, token=place.token)
