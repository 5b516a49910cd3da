"""Mending words of a code that were read wrongly: Reed-Solomon over 256 values, as QR codes use it. Pure."""

from collections.abc import Sequence

_POWERS = [1]
for _ in range(254):
    _next = _POWERS[-1] << 1
    _POWERS.append(_next ^ 0x11D if _next & 0x100 else _next)
_LOG = {value: power for power, value in enumerate(_POWERS)}


def _times(one: int, other: int) -> int:
    return _POWERS[(_LOG[one] + _LOG[other]) % 255] if one and other else 0


def _over(one: int, other: int) -> int:
    return _POWERS[(_LOG[one] - _LOG[other]) % 255] if one else 0


def _at(polynomial: Sequence[int], x: int) -> int:
    """The value of a polynomial, its constant first."""
    value = 0
    for coefficient in reversed(polynomial):
        value = _times(value, x) ^ coefficient
    return value


def corrected(words: Sequence[int], correction: int) -> list[int] | None:
    """The words as they were written, `correction` of them at the end for mending; None when too many are wrong."""
    backwards = list(reversed(words))
    syndromes = [_at(backwards, _POWERS[n]) for n in range(correction)]
    if not any(syndromes):
        return list(words)
    locator = _locator(syndromes)
    wrong = [n for n in range(len(words)) if _at(locator, _POWERS[-n % 255]) == 0]
    if len(wrong) != len(locator) - 1 or len(wrong) > correction // 2:
        return None
    evaluator = [0] * correction
    for n, syndrome in enumerate(syndromes):
        for m, coefficient in enumerate(locator[: correction - n]):
            evaluator[n + m] ^= _times(syndrome, coefficient)
    slope = [coefficient if n % 2 == 0 else 0 for n, coefficient in enumerate(locator[1:])]
    for n in wrong:
        inverse = _POWERS[-n % 255]
        error = _times(_POWERS[n % 255], _over(_at(evaluator, inverse), _at(slope, inverse)))
        backwards[n] ^= error
    if any(_at(backwards, _POWERS[n]) for n in range(correction)):
        return None
    return backwards[::-1]


def _locator(syndromes: Sequence[int]) -> list[int]:
    """The polynomial whose roots tell which words are wrong (Berlekamp and Massey)."""
    locator, before, length, gap, last = [1], [1], 0, 1, 1
    for n, syndrome in enumerate(syndromes):
        off = syndrome
        for m in range(1, length + 1):
            if m < len(locator):
                off ^= _times(locator[m], syndromes[n - m])
        if off == 0:
            gap += 1
            continue
        share = _over(off, last)
        kept = list(locator)
        locator += [0] * (len(before) + gap - len(locator))
        for m, coefficient in enumerate(before):
            locator[m + gap] ^= _times(share, coefficient)
        if 2 * length <= n:
            length, before, last, gap = n + 1 - length, kept, off, 1
        else:
            gap += 1
    while len(locator) > 1 and locator[-1] == 0:
        locator.pop()
    return locator
