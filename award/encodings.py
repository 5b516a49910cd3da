"""Vietnamese text in the encodings of old fonts, TCVN3 (ABC) and VNI: recognised, and read as Unicode. Pure.

Such text came from a font that drew other letters than its characters name: "NguyÔn V¨n An", "Nguyeãn Vaên An". It is
recognised by spelling: its words cannot be Vietnamese as they stand, and every one of them is when read by the table.
The tables are laid out by letter and tone; no library that is kept up maps both.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

K = TypeVar("K")
Encoding = Literal["TCVN3", "VNI"]
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
"""None, sắc, huyền, hỏi, ngã, nặng."""
_TCVN3_ROWS = {
    "a": "a¸µ¶·¹",
    "ă": "¨¾»¼½Æ",
    "â": "©ÊÇÈÉË",
    "e": "eÐÌÎÏÑ",
    "ê": "ªÕÒÓÔÖ",
    "i": "iÝ×ØÜÞ",
    "o": "oãßáâä",
    "ô": "«èåæçé",
    "ơ": "¬íêëìî",
    "u": "uóïñòô",
    "ư": "\u00adøõö÷ù",
    "y": "yýúûüþ",
}
"""Letter → how it is written with each tone. Capitals with a tone are the same, in a font of capitals."""
_TCVN3_ALONE = {"đ": "®", "Đ": "§", "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦"}
_VNI_MARKS = {"": "ùøûõï", "\u0302": "áàåãä", "\u0306": "éèúüë"}
"""Shape of the letter → the marks written behind it, sắc to nặng: those of â, ê, ô and of ă say both."""
_VNI_ALONE = {"â": "aâ", "ă": "aê", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}
_VNI_ALONE |= {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_ONSETS = "ngh|ng|gh|gi|ch|kh|nh|ph|qu|th|tr|[bcdđghklmnprstvx]"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh
oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp
ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt
uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{'|'.join(sorted(_RIMES.split(), key=len, reverse=True))})")
_STOPPED = ("c", "ch", "p", "t")
_STOP_TONES = {"\u0301", "\u0323"}
_HERE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u0300-\u036f\u1ea0-\u1ef9]")
"""What Unicode alone can write: text that has it is Unicode already."""
_SURE = 10
"""Where so many words speak, one in ten may be a foreign one."""


def _tcvn3() -> dict[str, str]:
    table = {old: letter for letter, old in _TCVN3_ALONE.items()}
    for letter, row in _TCVN3_ROWS.items():
        table |= {old: _with(letter, tone) for old, tone in zip(row, _TONES, strict=True) if not old.isascii()}
    return table


def _vni() -> dict[str, str]:
    table = {old: letter for letter, old in _VNI_ALONE.items()}
    for shape, marks in _VNI_MARKS.items():
        for base in {"": "aeouy", "\u0302": "aeo", "\u0306": "a"}[shape]:
            table |= {base + mark: _with(base + shape, tone) for mark, tone in zip(marks, _TONES[1:], strict=True)}
    for base, letter in (("ô", "ơ"), ("ö", "ư")):
        table |= {base + mark: _with(letter, tone) for mark, tone in zip(_VNI_MARKS[""], _TONES[1:], strict=True)}
    del table["yï"]  # ỵ is a letter of its own
    capitals = {old.upper(): new.upper() for old, new in table.items()}
    mixed = {old[0].upper() + old[1:]: new.upper() for old, new in table.items() if len(old) > 1}
    return table | mixed | capitals


def _with(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


@dataclass(frozen=True)
class _Table:
    name: Encoding
    letters: Mapping[str, str]

    @property
    def pieces(self) -> re.Pattern[str]:
        longest = sorted(self.letters, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest)))

    @property
    def words(self) -> re.Pattern[str]:
        own = re.escape("".join(sorted(set("".join(self.letters)) - set("abcdefghijklmnopqrstuvwxyz"))))
        return re.compile(f"[A-Za-zÀ-ÖØ-öø-ÿ{own}]+")


_TABLES = (_Table("TCVN3", _tcvn3()), _Table("VNI", _vni()))
_PIECES = {table.name: table.pieces for table in _TABLES}
_WORDS = {table.name: table.words for table in _TABLES}


@dataclass(frozen=True)
class Reading:
    """The text as it reads in Unicode, and by which table."""

    encoding: Encoding
    text: str


def readings(texts: Mapping[K, str]) -> dict[K, Reading]:
    """How the texts of one row or page read that were written in an old encoding.

    Beside text in TCVN3 "phãng sù" is "phóng sự", though all of them are syllables.
    """
    found = {name: read for name, text in texts.items() if (read := reading(text)) is not None}
    if any(read.encoding == "TCVN3" for read in found.values()):
        left = {name: text for name, text in texts.items() if name not in found}
        found |= {name: read for name, text in left.items() if (read := reading(text, beside_tcvn3=True)) is not None}
    return found


def reading(text: str, *, beside_tcvn3: bool = False) -> Reading | None:
    """How the text reads, when it was written in an old encoding; None of any other text.

    What is Vietnamese as it stands is not read anew (but `beside_tcvn3`), nor is a foreign name or a sign among words.
    """
    if text.isascii() or _HERE.search(unicodedata.normalize("NFC", text)):
        return None
    tables = _TABLES[:1] if beside_tcvn3 else _TABLES
    found = [each for table in tables if (each := _read(text, table, sure=beside_tcvn3)) is not None]
    return found[0] if len(found) == 1 else None


def is_syllable(word: str) -> bool:
    """Whether the word is spelt as a Vietnamese syllable: letters that go together, and a tone its end allows."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES[1:]:
            tones.append(char)
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(_STOPPED) or (bool(tones) and tones[0] in _STOP_TONES)


def _read(text: str, table: _Table, *, sure: bool) -> Reading | None:
    lost = table.name == "TCVN3" and "\u00ad" not in text
    capitals = _in_capitals(text)

    def read(word: str) -> str:
        found = _in_unicode(word, table, capitals=capitals)
        return _regained(found) if lost else found

    odd, right, wrong = 0, 0, 0
    for word in _speaking(text, table):
        if _has_all(word, table) and is_syllable(read(word)):
            right += 1
            odd += 0 if is_syllable(word) else len(word) - 1
        else:
            wrong += 1
    if not (sure and right) and (not odd or odd + right < 3):
        return None
    if wrong and wrong * _SURE > right + wrong:
        return None
    told = _WORDS[table.name].sub(lambda word: read(word[0]), text)
    return Reading(table.name, unicodedata.normalize("NFC", told))


def _speaking(text: str, table: _Table) -> Iterator[str]:
    """The words that say something of the encoding: signs that stand alone, as ½ or ©, do not."""
    for found in _WORDS[table.name].finditer(text):
        word = found[0]
        if not word.isascii() and (word.isalpha() or any(char.isascii() for char in word)):
            yield word


def _has_all(word: str, table: _Table) -> bool:
    """Whether the encoding could write every letter of the word."""
    return _PIECES[table.name].sub("", word).isascii()


def _in_unicode(word: str, table: _Table, *, capitals: bool) -> str:
    read = _PIECES[table.name].sub(lambda piece: table.letters[piece[0]], word)
    return read.upper() if capitals or any(char.isascii() and char.isupper() for char in word[1:]) else read


def _in_capitals(text: str) -> bool:
    """Whether all of it is in capitals: a capital with a tone is written as the small letter, in another font."""
    plain = [letters for letters in re.findall("[A-Za-z]+", text) if len(letters) > 1]
    return bool(plain) and all(letters.isupper() for letters in plain)


_LOST = re.compile(rf"\b(?P<onset>(?:{_ONSETS})?)(?P<vowel>[ơớờởỡợ])(?P<end>ng|c|u)\b", re.IGNORECASE)
_BARE = re.compile(rf"\b(?:(nh|th)|({_ONSETS})(ng|c))\b")
_PERSON = re.compile(r"\b(ng)ời\b", re.IGNORECASE)


def _regained(text: str) -> str:
    """ư is the soft hyphen in TCVN3, which much on the way takes out: where no word is without it, it is put back."""
    text = _LOST.sub(lambda m: f"{m['onset']}{'Ư' if m['vowel'].isupper() else 'ư'}{m['vowel']}{m['end']}", text)
    text = _PERSON.sub(lambda m: f"{m[1]}{'Ư' if m[1].isupper() else 'ư'}{'ỜI' if m[1].isupper() else 'ời'}", text)
    return _BARE.sub(lambda m: f"{m[1]}ư" if m[1] else f"{m[2]}ư{m[3]}", text)
