"""Numbers of editions as they are written: III."""

_PARTS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The number in Roman figures; below four hundred, which no award reaches."""
    written = ""
    for value, figure in _PARTS:
        written += figure * (number // value)
        number %= value
    return written
