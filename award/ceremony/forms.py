"""What the desk sends: a row of fields for each certificate that was shown."""

from collections.abc import Mapping

from award.ceremony.operations import Noted
from award.typed import line

_HERE = {"co": True, "vang": False}
_LONGEST = 120


def read(sent: Mapping[str, str]) -> list[Noted]:
    """The rows of the form, in its order; what is not understood says nothing."""
    codes = [name.removeprefix("ban-") for name in sent if name.startswith("ban-")]
    return [
        Noted(
            code=code,
            here=_HERE.get(sent.get(f"mat-{code}", "")),
            proxy=line(f"thay-{code}", _LONGEST),
            signed=f"ky-{code}" in sent,
            version=int(version) if (version := sent[f"ban-{code}"])[:9].isdecimal() and len(version) < 10 else -1,
        )
        for code in codes
    ]
