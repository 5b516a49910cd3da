"""What dealing promises, whatever the panels and works."""

import hashlib
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from judging.panels.dealing import Dealt, Pair, Share, common_works, deal, lacking, shuffled
from judging.panels.linking import groups

seeds = st.text("0123456789abcdef", min_size=1, max_size=32)


@st.composite
def panels(draw: st.DrawFn, *, everybody: bool | None = None) -> tuple[list[Share], set[Pair]]:
    """Up to three panels with works of their own, and some pairs that conflicts block."""
    shares: list[Share] = []
    for panel in range(draw(st.integers(1, 3))):
        seats = [panel * 10 + number for number in range(1, draw(st.integers(1, 7)) + 1)]
        numbers = draw(st.sets(st.integers(1, 40), max_size=25))
        works = {panel * 100 + number: draw(st.integers(1, 90)) for number in numbers}
        all_read = draw(st.booleans()) if everybody is None else everybody
        readings = None if all_read else draw(st.integers(1, 5))
        common = set() if all_read or not works else draw(st.sets(st.sampled_from(sorted(works)), max_size=3))
        shares.append(Share(seats, works, readings, frozenset(common)))
    pairs = [(seat, work) for share in shares for seat in share.seats for work in share.works]
    return shares, draw(st.sets(st.sampled_from(pairs), max_size=len(pairs) // 3)) if pairs else set()


def dealt(shares: list[Share], blocked: set[Pair], seed: str, standing: dict[Pair, bool] | None = None) -> list[Dealt]:
    return deal(shares, blocked=blocked, standing=standing or {}, last={}, seed=seed)


def pairs_of(found: list[Dealt]) -> list[Pair]:
    return [(one.seat_id, one.entry_id) for one in found]


def readings_of(found: list[Dealt]) -> dict[Pair, bool]:
    return {(one.seat_id, one.entry_id): not one.blocked for one in found}


def last_of(found: list[Dealt]) -> dict[int, int]:
    last: dict[int, int] = {}
    for one in found:
        last[one.seat_id] = max(one.ordinal, last.get(one.seat_id, 0))
    return last


@given(panels(everybody=True), seeds)
def test_where_all_read_all_every_seat_gets_every_work_once(case: tuple[list[Share], set[Pair]], seed: str) -> None:
    shares, blocked = case
    found = dealt(shares, blocked, seed)
    assert sorted(pairs_of(found)) == sorted((seat, work) for s in shares for seat in s.seats for work in s.works)
    assert {(one.seat_id, one.entry_id) for one in found if one.blocked} == blocked


@given(panels(), seeds)
def test_every_work_has_its_readers_and_nobody_reads_what_a_conflict_blocks(
    case: tuple[list[Share], set[Pair]], seed: str
) -> None:
    shares, blocked = case
    found = dealt(shares, blocked, seed)
    assert len(set(pairs_of(found))) == len(found)
    assert {(one.seat_id, one.entry_id) for one in found if one.blocked} == blocked
    readers = Counter(one.entry_id for one in found if not one.blocked)
    for share in shares:
        for work in share.works:
            free = sum((seat, work) not in blocked for seat in share.seats)
            assert readers[work] == min(share.wanted(work), free)


@given(panels(), seeds)
def test_the_same_seed_deals_the_same_and_places_are_one_to_n(case: tuple[list[Share], set[Pair]], seed: str) -> None:
    shares, blocked = case
    found = dealt(shares, blocked, seed)
    turned = [Share(s.seats[::-1], dict(reversed(s.works.items())), s.readings, s.common) for s in shares]
    assert sorted(map(repr, dealt(turned, blocked, seed))) == sorted(map(repr, found))
    for seat in {one.seat_id for one in found}:
        places = sorted(one.ordinal for one in found if one.seat_id == seat)
        assert places == list(range(1, len(places) + 1))


@given(panels(), seeds)
def test_works_that_everybody_reads_come_first(case: tuple[list[Share], set[Pair]], seed: str) -> None:
    shares, blocked = case
    found = dealt(shares, blocked, seed)
    for share in shares:
        for seat in share.seats:
            order = sorted((one for one in found if one.seat_id == seat), key=lambda one: one.ordinal)
            common = [one.entry_id in share.common for one in order]
            assert common == sorted(common, reverse=True)


@given(panels(), seeds, seeds)
def test_dealing_again_adds_nothing(case: tuple[list[Share], set[Pair]], seed: str, other: str) -> None:
    shares, blocked = case
    before = readings_of(dealt(shares, blocked, seed))
    assert dealt(shares, blocked, other, before) == []


@given(panels(), st.dictionaries(st.integers(501, 520), st.integers(1, 60), min_size=1), seeds)
def test_late_works_come_after_those_dealt_before(
    case: tuple[list[Share], set[Pair]], late: dict[int, int], seed: str
) -> None:
    shares, blocked = case
    first = dealt(shares, blocked, seed)
    grown = [Share(s.seats, {**s.works, **late}, s.readings, s.common) for s in shares[:1]]
    added = deal(grown, blocked=blocked, standing=readings_of(first), last=last_of(first), seed=seed)
    assert {one.entry_id for one in added} == set(late)
    for one in added:
        assert one.ordinal > last_of(first).get(one.seat_id, 0)


@given(panels(everybody=False), seeds, st.data())
def test_who_leaves_is_replaced_and_what_was_sent_still_counts(
    case: tuple[list[Share], set[Pair]], seed: str, data: st.DataObject
) -> None:
    shares, blocked = case
    share = shares[0]
    first = readings_of(dealt([share], blocked, seed))
    leaver = data.draw(st.sampled_from(share.seats))
    open_pairs = sorted(pair for pair, reads in first.items() if pair[0] == leaver and reads)
    sent = data.draw(st.sets(st.sampled_from(open_pairs))) if open_pairs else set()
    standing = {pair: reads and (pair[0] != leaver or pair in sent) for pair, reads in first.items()}
    rest = Share([seat for seat in share.seats if seat != leaver], share.works, share.readings, share.common)
    added = dealt([rest], blocked, seed, standing)
    after = standing | readings_of(added)
    assert leaver not in {one.seat_id for one in added}
    for work in share.works:
        readers = sum(reads for (_, of), reads in after.items() if of == work)
        free = sum((seat, work) not in after and (seat, work) not in blocked for seat in rest.seats)
        assert readers >= rest.wanted(work) or not free


@given(st.integers(2, 9), st.integers(1, 4), st.lists(st.integers(1, 90), min_size=1, max_size=60), seeds)
def test_without_conflicts_counts_differ_by_one_and_minutes_by_less_than_the_longest_work(
    members: int, readings: int, lengths: list[int], seed: str
) -> None:
    share = Share(range(members), dict(enumerate(lengths)), min(readings, members))
    found = dealt([share], set(), seed)
    counts = Counter(dict.fromkeys(range(members), 0)) + Counter(one.seat_id for one in found)
    every = [counts[seat] for seat in range(members)]
    assert max(every) - min(every) <= 1
    minutes = [sum(lengths[one.entry_id] for one in found if one.seat_id == seat) for seat in range(members)]
    assert max(minutes) - min(minutes) <= max(lengths)


@given(st.integers(3, 8), st.integers(2, 3), seeds)
def test_enough_works_link_all_members(members: int, readings: int, seed: str) -> None:
    share = Share(range(members), dict.fromkeys(range(100, 100 + 12 * members), 10), readings)
    found = dealt([share], set(), seed)
    readers: dict[int, set[int]] = {}
    for one in found:
        readers.setdefault(one.entry_id, set()).add(one.seat_id)
    assert groups(readers.values(), range(members)) == [frozenset(range(members))]


def test_what_was_taken_back_goes_to_the_same_member_where_that_is_as_even() -> None:
    share = Share([1, 2, 3, 4], dict.fromkeys(range(40), 10), 2)
    first = {(one.seat_id, one.entry_id) for one in dealt([share], set(), "a")}
    again = deal([share], blocked=set(), standing={}, last={}, seed="b", before=first)
    assert {(one.seat_id, one.entry_id) for one in again} == first


def test_a_member_who_came_late_takes_over_a_fair_share_and_others_keep_theirs() -> None:
    share = Share([1, 2, 3], dict.fromkeys(range(30), 10), 2)
    first = {(one.seat_id, one.entry_id) for one in dealt([share], set(), "a")}
    grown = Share([1, 2, 3, 4], share.works, 2)
    again = deal([grown], blocked=set(), standing={}, last={}, seed="a", before=first)
    counts = Counter(one.seat_id for one in again)
    assert set(counts.values()) == {15}
    assert len(first - {(one.seat_id, one.entry_id) for one in again}) == 15


def test_one_missing_reading_goes_to_who_has_least_to_read() -> None:
    works = {1: 60, 2: 50, 3: 5, 4: 5, 5: 20}
    standing = {(10, 1): True, (10, 3): True, (11, 2): True, (11, 4): True}
    found = deal([Share([10, 11], works, 1)], blocked=set(), standing=standing, last={}, seed="5eed")
    assert pairs_of(found) == [(11, 5)]


def test_only_the_named_works_are_dealt() -> None:
    share = Share([1, 2, 3], {7: 10, 8: 10, 9: 10}, 2)
    found = deal([share], blocked={(1, 8)}, standing={}, last={}, seed="a", only={8})
    assert sorted(pairs_of(found)) == [(1, 8), (2, 8), (3, 8)]
    assert [one.blocked for one in sorted(found, key=lambda one: one.seat_id)] == [True, False, False]


def test_what_lacks_readers_is_told_by_work() -> None:
    share = Share([1, 2], {7: 10, 8: 10, 9: 10}, 3, common=frozenset({9}))
    assert lacking(share, {(1, 7): True, (2, 7): False}) == {7: 2, 8: 3, 9: 2}


@given(st.dictionaries(st.integers(1, 200), st.integers(1, 90), min_size=12), st.integers(0, 12), seeds)
def test_common_works_are_of_all_lengths(works: dict[int, int], count: int, seed: str) -> None:
    chosen = common_works(works, dict.fromkeys(works, 1), [], count, seed)
    assert len(chosen) == count
    order = sorted(works.values())
    if count > 1:
        assert min(works[work] for work in chosen) <= order[len(order) // count]
        assert max(works[work] for work in chosen) >= order[(count - 1) * len(order) // count]


@given(
    st.dictionaries(st.integers(1, 60), st.integers(1, 90), min_size=12),
    st.dictionaries(st.integers(1, 6), st.integers(1, 20), max_size=5),
    st.integers(1, 3),
    seeds,
)
def test_nobody_is_given_more_than_they_take_where_others_can_read_it(
    works: dict[int, int], most: dict[int, int], readings: int, seed: str
) -> None:
    seats = list(range(1, 7))
    found = deal([Share(seats, works, readings, most=most)], blocked=set(), standing={}, last={}, seed=seed)
    counts, take = Counter(one.seat_id for one in found), {seat: min(most.get(seat, 99), len(works)) for seat in seats}
    assert sum(counts.values()) == readings * len(works), "every work has its readers"
    if sum(take.values()) >= readings * len(works):
        assert all(counts[seat] <= take[seat] for seat in seats)
        free = [counts[seat] for seat in seats if counts[seat] < take[seat]]
        assert max(free, default=0) - min(free, default=0) <= 1, "the others share alike"


@given(seeds)
def test_common_works_are_of_all_loai_hinh_by_their_share(seed: str) -> None:
    """Print is read in minutes, films take long: by length alone all common works would soon be of one kind."""
    kinds = {work: 1 if work <= 60 else 2 for work in range(1, 91)}
    chosen = common_works({work: 5 if kinds[work] == 1 else 40 for work in kinds}, kinds, [], 6, seed)
    assert Counter(kinds[work] for work in chosen) == {1: 4, 2: 2}
    same = common_works(dict.fromkeys(kinds, 10), kinds, [], 6, seed)
    assert Counter(kinds[work] for work in same) == {1: 4, 2: 2}


def test_common_works_are_those_that_most_may_read() -> None:
    works = dict.fromkeys(range(1, 11), 10)
    assert common_works(works, dict.fromkeys(works, 1), [(1, work) for work in range(1, 10)], 1, "a") == {10}


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
    by_hand = sorted([7, 8, 9], key=lambda entry: hashlib.sha256(f"5eed/3/{entry}".encode()).hexdigest())
    assert shuffled("5eed", 3, [7, 8, 9]) == by_hand


PINNED = "0959ebc3fe643207"
"""Drawn before fields were known of."""


def printed(shares: list[Share], seed: str) -> str:
    return hashlib.sha256(repr(sorted(pairs_of(dealt(shares, set(), seed)))).encode()).hexdigest()


@given(panels(everybody=False), seeds, st.data())
def test_fields_leave_every_promise_standing(
    case: tuple[list[Share], set[Pair]], seed: str, data: st.DataObject
) -> None:
    shares, blocked = case
    said = []
    for share in shares:
        seats = data.draw(st.sets(st.sampled_from(share.seats)))
        works = st.frozensets(st.sampled_from(sorted(share.works))) if share.works else st.just(frozenset())
        said.append(replace(share, fields={seat: data.draw(works) for seat in sorted(seats)}))
    found = dealt(said, blocked, seed)
    reads = {pair for pair, counts in readings_of(found).items() if counts}
    assert not reads & blocked
    for share in said:
        for work in share.works:
            free = sum((seat, work) not in blocked for seat in share.seats)
            assert sum((seat, work) in reads for seat in share.seats) == min(share.wanted(work), free)


def test_works_go_to_who_knows_their_field_as_far_as_numbers_stay_even() -> None:
    """Two of four members know the first half, two the second: everybody reads the own half."""
    works = dict.fromkeys(range(40), 10)
    halves = {1: range(20), 2: range(20), 3: range(20, 40), 4: range(20, 40)}
    share = Share([1, 2, 3, 4], works, 2, fields={seat: frozenset(known) for seat, known in halves.items()})
    found = dealt([share], set(), "a")
    assert all(one.entry_id in halves[one.seat_id] for one in found)
    assert set(Counter(one.seat_id for one in found).values()) == {20}


def test_where_few_know_a_field_each_of_its_works_has_one_of_them() -> None:
    """Lengths differ, so exchanges for minutes would take the one who knows away."""
    works = {work: 5 + work % 17 for work in range(60)}
    known = frozenset(works)
    share = Share(range(6), works, 3, fields={0: known, 1: known, **{seat: frozenset() for seat in range(2, 6)}})
    found = pairs_of(dealt([share], set(), "b"))
    assert {work for seat, work in found if seat in (0, 1)} == set(works)
    assert set(Counter(seat for seat, _work in found).values()) == {30}


def test_who_said_nothing_is_dealt_every_field_alike() -> None:
    works = dict.fromkeys(range(30), 10)
    silent = Share([1, 2, 3], works, 1)
    one_said = replace(silent, fields={1: frozenset(range(10))})
    mine = {one.entry_id for one in dealt([one_said], set(), "c") if one.seat_id == 1}
    assert mine == set(range(10))
    assert set(Counter(one.seat_id for one in dealt([one_said], set(), "c")).values()) == {10}


def test_where_nobody_said_anything_the_dealing_is_the_one_of_ever() -> None:
    share = Share(range(7), {work: 3 + work * 7 % 41 for work in range(90)}, 3)
    assert printed([share], "5eed").startswith(PINNED)
