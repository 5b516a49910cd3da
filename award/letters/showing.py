"""What the pages of letters show: who was chosen, the letter as that person would have it, what may stand in it."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

from flask_babel import gettext as _

from award.correspondence import HOUSE_SUBJECT, HOUSE_WORDS, Audience, LetterKind, Recipient, ShortText
from award.editions.models import Edition
from award.letters.filling import filled, placeholders
from award.letters.models import Mailing
from award.letters.queries import SHARED, Written, in_words, marked, shared
from award.text import one_line


def chosen(people: Sequence[Recipient], key: str) -> Recipient | None:
    """The one of this key, else the first."""
    return next((each for each in people if each.key == key), people[0] if people else None)


def preview(edition: Edition, words: Written, one: Recipient | None) -> Written:
    """The letter as this recipient would have it; with its placeholders where there is nobody yet."""
    if one and one.house and words == (f"{{{HOUSE_SUBJECT}}}", f"{{{HOUSE_WORDS}}}"):
        return marked(edition, one.house())
    return in_words(edition, words, one.values if one else {}, one.house if one else None)


def title(edition: Edition, mailing: Mailing) -> str:
    """What a mailing was called: filled as in every letter, open where one letter differed from the next."""
    open_ = dict.fromkeys(placeholders(mailing.subject), "…")
    return one_line(filled(mailing.subject, {**open_, **shared(edition)}))


def sample(edition: Edition, words: Written, offer: LetterKind) -> Written:
    """The letter where nobody has had it yet: what its event fills stands in brackets, in words."""
    values = {code: f"[{name}]" for code, name in places(offer) if code not in SHARED}
    house = partial(offer.unsent, edition.id, values) if offer.unsent else None
    return in_words(edition, words, values, house)


def places(offer: LetterKind | Audience) -> list[tuple[str, str]]:
    """(placeholder, what stands in its place), the letter's own before those of every letter."""
    house = [
        (HOUSE_SUBJECT, _("Tiêu đề theo mẫu chung")),
        (HOUSE_WORDS, _("Toàn bộ nội dung theo mẫu chung")),
    ]
    return [
        *(house if isinstance(offer, LetterKind) else ()),
        *((code, str(words)) for code, words in offer.placeholders.items()),
        ("giai", _("Tên Giải, lần tổ chức")),
        ("nam", _("Năm")),
        ("co_quan", _("Tên Tổ Thư ký")),
        ("lien_he", _("Dòng liên hệ: tên, điện thoại")),
    ]


def marked_texts(edition: Edition, texts: Sequence[ShortText]) -> list[ShortText]:
    """Texts of invented data say so, wherever they are pasted."""
    told = "\n" + _("Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.") if edition.illustrative else ""
    return [ShortText(each.name, each.text + told) for each in texts]


def print_of(people: Sequence[Recipient], words: Mapping[str, str]) -> str:
    """Of whom and of what was looked at, one after the other: the same for the same addresses and the same words."""
    listed = "\n".join(sorted(each.address.lower() for each in people))
    return f"{_digest(listed)}-{_digest(repr(sorted(words.items())))}"


def differs(print_: str, looked_at: str) -> str:
    """What is not as it was looked at: "people", "words", or nothing."""
    now, then = print_.split("-"), looked_at.split("-")
    if now == then:
        return ""
    return "people" if len(then) == 2 and now[1] == then[1] else "words"


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def whole(typed: str) -> int:
    """A number from a hidden field; anything else is none that was ever given out."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
