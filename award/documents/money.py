"""Sums of đồng in figures and in Vietnamese words, as papers write both."""

from award import dates

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MILLIARD = 10**9
LARGEST = 10**18
"""Sums below it have words."""


def figures(amount: int) -> str:
    """303.000.000 đồng."""
    return f"{dates.number(amount)} đồng"


def words(amount: int) -> str:
    """ba trăm linh ba triệu đồng."""
    return f"{counted(amount)} đồng"


def both(amount: int) -> str:
    """303.000.000 đồng (Ba trăm linh ba triệu đồng)."""
    said = words(amount)
    return f"{figures(amount)} ({said[0].upper()}{said[1:]})"


def counted(number: int) -> str:
    """A number from zero up in words: hai mươi mốt, một trăm linh năm, một nghìn không trăm mười lăm."""
    if not 0 <= number < LARGEST:
        raise ValueError(f"no words for {number}")
    return " ".join(_whole(number)) if number else _DIGITS[0]


def _whole(number: int) -> list[str]:
    """Milliards are counted like everything else, so that a thousand of them is một nghìn tỷ."""
    milliards, rest = divmod(number, _MILLIARD)
    if not milliards:
        return _below_milliard(rest, follows=False)
    return [*_whole(milliards), "tỷ", *_below_milliard(rest, follows=True)]


def _below_milliard(number: int, *, follows: bool) -> list[str]:
    said: list[str] = []
    for size, unit in ((10**6, ["triệu"]), (10**3, ["nghìn"]), (1, [])):
        group = number // size % 1000
        if group:
            said += [*_group(group, follows=follows or bool(said)), *unit]
    return said


def _group(number: int, *, follows: bool) -> list[str]:
    """Up to three digits. After a larger group the empty hundreds are said too: không trăm linh năm."""
    hundreds, rest = divmod(number, 100)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or follows else []
    tens, ones = divmod(rest, 10)
    if tens == 0:
        between = ["linh"] if said and ones else []
        return said + between + ([_DIGITS[ones]] if ones else [])
    said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return said + ([_last(ones, after_ten=tens == 1)] if ones else [])


def _last(ones: int, *, after_ten: bool) -> str:
    """mười một but hai mươi mốt, mười bốn but hai mươi tư; five is lăm after any ten."""
    if ones == 5:
        return "lăm"
    if after_ten:
        return _DIGITS[ones]
    return {1: "mốt", 4: "tư"}.get(ones, _DIGITS[ones])
