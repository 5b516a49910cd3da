"""When the works come in before a deadline: as one over the time that is left (design of the load, pure).

Registrations and applications that were counted elsewhere come in at a rate of 1/(T − t): as many in the last hour as
in all the hours between one and sixty before it. Nobody presses the button in the very last minute by this law, which
would have to end at infinity: it is cut off there, and what is measured here is the minute before that cut, the worst.
"""

import math
import random
from dataclasses import dataclass

WINDOW_MINUTES = 60 * 24 * 60
"""Works are taken for sixty days."""
CUT_MINUTES = 1.0


@dataclass(frozen=True)
class Client:
    """One entrant: when the button is pressed, in seconds before the end, and what kind of person it is."""

    presses: float
    panics: bool
    clicks_twice: bool
    loses_network: bool
    sends_film: bool
    """The file is large and the line slow: it is begun and promised, and is still on its way at the end."""


PANICS, CLICKS_TWICE, LOSES_NETWORK, SENDS_FILM = 0.10, 0.05, 0.03, 0.10


def share(minutes: float, nearest: float = CUT_MINUTES) -> float:
    """The part of all works that come between so many minutes before the end and the nearest that counts."""
    return math.log(minutes / nearest) / math.log(WINDOW_MINUTES / CUT_MINUTES)


def crowd(entries: int, seconds: float, times: float, seed: int) -> list[Client]:
    """Who comes in the last `seconds` before the cut when `times` as many works come as the law gives for `entries`."""
    chance = random.Random(seed)
    many = round(times * entries * share(CUT_MINUTES + seconds / 60))
    return [
        Client(
            presses=_left(chance.random(), seconds),
            panics=chance.random() < PANICS,
            clicks_twice=chance.random() < CLICKS_TWICE,
            loses_network=chance.random() < LOSES_NETWORK,
            sends_film=chance.random() < SENDS_FILM,
        )
        for _each in range(many)
    ]


def _left(drawn: float, seconds: float) -> float:
    """Seconds before the cut: distributed as 1/(time left) over the interval that is played."""
    cut = CUT_MINUTES * 60
    return cut * ((cut + seconds) / cut) ** drawn - cut
