"""What somebody meant who typed Vietnamese with the Telex keys while the keyboard was left in English. Pure."""

import re

_SYLLABLE = re.compile(
    r"(dd|ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"  # how it begins
    r"([aeiouyw]+?)([fsrxj]?)(ng|nh|ch|[cmnpt])?([fsrxjw]*)"  # its vowels, its tone, how it ends, keys typed last
)
_SHAPES = (
    ("uwow", "ươ"),
    ("uow", "ươ"),
    ("uwo", "ươ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_LONGEST = 3


def meant(text: str) -> str | None:
    """The letters that these keys stand for, without tones: "dduwowngf" was to be "đương"; None of ordinary text.

    Every word must be one that Telex makes of a syllable, and one of them at least by a key for a mark.
    """
    words, marked = [], False
    for typed in text.casefold().split():
        letters = _letters(typed)
        if letters is None:
            return None
        words.append(letters)
        marked = marked or letters != typed
    return " ".join(words) if marked else None


def _letters(typed: str) -> str | None:
    parts = _SYLLABLE.fullmatch(typed)
    if parts is None:
        return None
    begins, vowels, _tone, ends, last = (part or "" for part in parts.groups())
    vowels += "w" * ("w" in last)
    for keys, letter in _SHAPES:
        vowels = vowels.replace(keys, letter)
    if "w" in vowels or len(vowels) > _LONGEST:
        return None
    return begins.replace("dd", "đ") + vowels + ends
