"""The tree against the published vectors of RFC 6962 logs, and against itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.log import tree
from judging.proof.verifier.evidence import Mismatch, roots
from judging.proof.verifier.log import climbed

ENTRIES = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes.fromhex("606162636465666768696a6b6c6d6e6f")
]
LEAVES = [tree.leaf(entry) for entry in ENTRIES]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSION = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[4],
    ),
    (2, 3): (ROOTS[2],),
    (1, 5): (
        ROOTS[1],
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENCY = {
    (1, 1): (),
    (1, 8): INCLUSION[0, 8],
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[4],
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
    (6, 7): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        ROOTS[4],
    ),
}


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    assert tree.root(LEAVES[:size]).hex() == ROOTS[size]


def test_the_published_leaf_and_node() -> None:
    assert tree.leaf(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert tree.node(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


@pytest.mark.parametrize(("position", "size"), INCLUSION)
def test_the_published_proofs_of_inclusion(position: int, size: int) -> None:
    assert tuple(each.hex() for each in tree.inclusion(LEAVES[:size], position)) == INCLUSION[position, size]


@pytest.mark.parametrize(("earlier", "size"), CONSISTENCY)
def test_the_published_proofs_of_consistency(earlier: int, size: int) -> None:
    assert tuple(each.hex() for each in tree.consistency(LEAVES[:size], earlier)) == CONSISTENCY[earlier, size]


@pytest.mark.parametrize(("asked", "size"), [(-1, 8), (8, 8), (0, 0)])
def test_what_is_not_in_the_tree_has_no_proof(asked: int, size: int) -> None:
    with pytest.raises(IndexError):
        tree.inclusion(LEAVES[:size], asked)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=70))
def test_the_verifier_finds_the_same_roots_in_its_own_way(payloads: list[bytes]) -> None:
    leaves = [tree.leaf(payload) for payload in payloads]
    found = roots(payloads, range(1, len(payloads) + 1))
    assert found == {size: tree.root(leaves[:size]) for size in range(1, len(payloads) + 1)}


@pytest.mark.parametrize("size", [*range(1, 20), 64, 70])
def test_who_is_given_a_leaf_and_its_proof_finds_the_root(size: int) -> None:
    payloads = [bytes([number]) for number in range(size)]
    leaves = [tree.leaf(payload) for payload in payloads]
    found = tree.inclusions(leaves, range(size))
    for position, payload in enumerate(payloads):
        assert found[position] == tree.inclusion(leaves, position)
        assert climbed(payload, position, size, found[position]) == tree.root(leaves)


def _root_of(payload: bytes, position: int, size: int, path: list[bytes]) -> bytes | None:
    try:
        return climbed(payload, position, size, path)
    except Mismatch:
        return None


@pytest.mark.parametrize(("position", "size"), INCLUSION)
def test_a_proof_that_was_tampered_with_leads_to_another_root_or_nowhere(position: int, size: int) -> None:
    path, whole = [bytes.fromhex(each) for each in INCLUSION[position, size]], bytes.fromhex(ROOTS[size])
    entry = ENTRIES[position]
    assert _root_of(entry, position, size, path) == whole
    lies = [(entry, other, size, path) for other in (position - 1, position + 1, position ^ 2)]
    lies += [(entry, position, other, path) for other in (size * 2, size // 2, 0)]
    lies += [(b"WrongLeaf", position, size, path), (entry, position, size, [])]
    lies += [(entry, position, size, [*path, whole]), (entry, position, size, [whole, *path])]
    for at, each in enumerate(path):
        flipped = bytes([each[0] ^ 1]) + each[1:]
        lies += [(entry, position, size, [*path[:at], flipped, *path[at + 1 :]])]
        lies += [(entry, position, size, [*path[:at], *path[at + 1 :]])]
    for lie in lies:
        assert _root_of(*lie) != whole, lie


def _continues(earlier: int, before: bytes, size: int, whole: bytes, path: list[bytes]) -> bool:
    """Whether the tree of `size` leaves begins with the one of `earlier`, as RFC 9162 §2.1.4.2 says to check."""
    if earlier == size:
        return not path and before == whole
    if not 0 < earlier < size or not path:
        return False
    steps = [before, *path] if earlier & (earlier - 1) == 0 else list(path)
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = tree.node(each, old), tree.node(each, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = tree.node(new, each)
        at, last = at >> 1, last >> 1
    return (old, new, last) == (before, whole, 0)


@pytest.mark.parametrize(("earlier", "size"), CONSISTENCY)
def test_a_proof_that_a_log_was_continued_fails_once_anything_of_it_is_another(earlier: int, size: int) -> None:
    path = [bytes.fromhex(each) for each in CONSISTENCY[earlier, size]]
    before, whole, empty = (bytes.fromhex(ROOTS[at]) for at in (earlier, size, 0))
    assert _continues(earlier, before, size, whole, path)
    lies = [(earlier + 1, before, size, whole, path), (earlier - 1, before, size, whole, path)]
    lies += [(earlier ^ 2, before, size, whole, path), (size, before, earlier, whole, [*path, whole])]
    lies += [(earlier, before, other, whole, path) for other in (size * 2, size // 2)]
    lies += [(earlier, before, size, empty, path), (earlier, empty, size, whole, path)]
    lies += [(earlier, before, size, whole, [*path, whole]), (earlier, before, size, whole, [whole, *path])]
    if earlier != size:
        lies += [(earlier, whole, size, before, path), (size, whole, earlier, before, path)]
    for at, each in enumerate(path):
        flipped = bytes([each[0] ^ 1]) + each[1:]
        lies += [(earlier, before, size, whole, [*path[:at], flipped, *path[at + 1 :]])]
        lies += [(earlier, before, size, whole, [*path[:at], *path[at + 1 :]])]
    for lie in lies:
        assert not _continues(*lie)
