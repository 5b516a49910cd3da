"""What dealing promises, whatever the panels and works."""

from hypothesis import given
from hypothesis import strategies as st

from judging.panels.dealing import Dealt, deal, shuffled

Scopes = dict[int, set[int]]
scopes_of = st.dictionaries(st.integers(1, 6), st.sets(st.integers(1, 30)), max_size=6)
seeds = st.text("0123456789abcdef", min_size=1, max_size=32)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Scopes, set[tuple[int, int]]]:
    scopes = draw(scopes_of)
    pairs = [(seat, entry) for seat, entries in scopes.items() for entry in entries]
    return scopes, draw(st.sets(st.sampled_from(pairs)) if pairs else st.just(set()))


def standing(dealt: list[Dealt]) -> dict[tuple[int, int], int]:
    return {(one.seat_id, one.entry_id): one.ordinal for one in dealt}


@given(rounds(), seeds)
def test_every_seat_gets_every_work_of_its_scope_once(case: tuple[Scopes, set[tuple[int, int]]], seed: str) -> None:
    scopes, blocked = case
    dealt = deal(scopes, blocked=blocked, standing={}, seed=seed)
    pairs = [(one.seat_id, one.entry_id) for one in dealt]
    assert sorted(pairs) == sorted((seat, entry) for seat, entries in scopes.items() for entry in entries)
    assert {(one.seat_id, one.entry_id) for one in dealt if one.blocked} == blocked


@given(rounds(), seeds)
def test_places_of_a_seat_are_one_to_n(case: tuple[Scopes, set[tuple[int, int]]], seed: str) -> None:
    scopes, blocked = case
    dealt = deal(scopes, blocked=blocked, standing={}, seed=seed)
    for seat, entries in scopes.items():
        assert sorted(one.ordinal for one in dealt if one.seat_id == seat) == list(range(1, len(entries) + 1))


@given(rounds(), seeds, seeds)
def test_dealing_again_adds_nothing(case: tuple[Scopes, set[tuple[int, int]]], seed: str, other: str) -> None:
    scopes, blocked = case
    before = standing(deal(scopes, blocked=blocked, standing={}, seed=seed))
    assert deal(scopes, blocked=blocked, standing=before, seed=other) == []


@given(rounds(), st.sets(st.integers(31, 40), min_size=1), seeds, seeds)
def test_late_works_come_after_those_dealt_before(
    case: tuple[Scopes, set[tuple[int, int]]], late: set[int], seed: str, other: str
) -> None:
    scopes, blocked = case
    before = standing(deal(scopes, blocked=blocked, standing={}, seed=seed))
    grown = {seat: entries | late for seat, entries in scopes.items()}
    added = deal(grown, blocked=blocked, standing=before, seed=other)
    assert {(one.seat_id, one.entry_id) for one in added} == {(seat, entry) for seat in scopes for entry in late}
    for one in added:
        assert one.ordinal > max((n for (seat, _), n in before.items() if seat == one.seat_id), default=0)


@given(st.sets(st.integers(1, 400)), seeds, st.integers(1, 9), st.randoms())
def test_an_order_depends_on_seed_and_seat_and_nothing_else(
    entries: set[int], seed: str, seat: int, chance: object
) -> None:
    listed = list(entries)
    chance.shuffle(listed)  # type: ignore[attr-defined]
    assert shuffled(seed, seat, listed) == shuffled(seed, seat, sorted(entries))
    assert sorted(shuffled(seed, seat, listed)) == sorted(entries)


def test_seats_read_in_different_orders_and_so_do_seeds() -> None:
    works = range(1, 41)
    orders = {tuple(shuffled(seed, seat, works)) for seed in ("a", "b") for seat in (1, 2, 3)}
    assert len(orders) == 6
    assert tuple(works) not in orders


def test_the_order_can_be_repeated_by_hand() -> None:
    import hashlib

    by_hand = sorted([7, 8, 9], key=lambda entry: hashlib.sha256(f"5eed/3/{entry}".encode()).hexdigest())
    assert shuffled("5eed", 3, [7, 8, 9]) == by_hand
