"""How many sheets a work needs before it is set against others: fewer, and it has a score but no place. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Minimum:
    """The rule of one round: `least` sheets as the regulations ask; where everybody reads, two thirds of those who may.

    A work that hardly anybody read would otherwise win or lose by one person's word.
    """

    least: int
    everybody: bool

    def of(self, readers: int) -> int:
        """For a work that so many members may read: at least one, so that no work has a place without a sheet."""
        share = -(-2 * readers // 3) if self.everybody else 0
        return max(self.least, share, 1)
