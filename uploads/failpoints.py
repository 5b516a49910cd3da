"""Places on a file's way where a process may die or a neighbour be gone: by these names tests make it happen there.

Nothing is armed by a setting or from outside: only code in the same process can, and only tests do. Otherwise passing
one of them costs a look at a name.
"""

from collections.abc import Callable

WEB = ("begun", "signed", "before_joining", "joined", "stored", "stored_for_good")
"""An upload stands in the store and no row names it yet; addresses are signed; the parts are about to be joined; they
are, and no row says so; the row says so, uncommitted; committed and not yet answered."""
WORKER = (
    "verifying",
    "pages_made",
    "verified",
    "lightening",
    "light_made",
    "lightened",
    "fingerprinting",
    "prints_made",
)
"""The file is in a worker's hands; its pictures stand in the store without rows; its verdict is committed. The same for
its light versions, and for what it is known again by, where nothing is made in the store."""

SWEEP = ("sweeping",)
"""The sweep of files has its turn, and others wait for it."""

armed: Callable[[str], object] | None = None


def reach(name: str) -> None:
    """This place is passed, unless a test has something happen here."""
    if armed is not None:
        armed(name)
