"""The hash tree of RFC 6962 §2.1 over the leaf hashes of events: one number for all of them, and short proofs.

Pure. Leaves are hashes already; positions count from 0.
"""

import hashlib
from collections.abc import Iterable, Sequence


def leaf(payload: bytes) -> bytes:
    """The hash of one entry. The first byte keeps it apart from the hash of a node."""
    return hashlib.sha256(b"\x00" + payload).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The number that stands for all leaves in their order; the hash of nothing when there are none."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def inclusion(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """With these and its leaf anybody finds the root again: the leaf is the one at `position` of the tree."""
    if not 0 <= position < len(leaves):
        raise IndexError(position)
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if position < half:
        return [*inclusion(leaves[:half], position), root(leaves[half:])]
    return [*inclusion(leaves[half:], position - half), root(leaves[:half])]


def inclusions(leaves: Sequence[bytes], positions: Iterable[int]) -> dict[int, list[bytes]]:
    """`inclusion` of each position; the tree is built once for all of them."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        level = levels[-1]
        paired = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        levels.append(paired + level[len(paired) * 2 :])
    found = {}
    for position in positions:
        if not 0 <= position < len(leaves):
            raise IndexError(position)
        beside = ((level, (position >> height) ^ 1) for height, level in enumerate(levels))
        found[position] = [level[at] for level, at in beside if at < len(level)]
    return found


def consistency(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """With these anybody sees that the tree of the first `earlier` leaves was only added to."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _added(leaves, earlier, whole=True)


def _added(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    """`whole`: the subtree is the earlier tree itself, whose root the reader has."""
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    half = _half(len(leaves))
    if earlier <= half:
        return [*_added(leaves[:half], earlier, whole=whole), root(leaves[half:])]
    return [*_added(leaves[half:], earlier - half, whole=False), root(leaves[:half])]


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
