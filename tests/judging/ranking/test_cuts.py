"""Where a shortlist is cut: by the count of a panel, by the count of the round over panels that have none."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.aggregate import Place, ranks
from judging.ranking.cuts import cuts, linked_panels, seats


def panel(first: int, *scores: int | None) -> list[Place]:
    """Places of works first, first + 1, … with these scores, best first."""
    given = {number: None if score is None else Fraction(score) for number, score in enumerate(scores, start=first)}
    found = ranks(given)
    rows = [Place(entry, found[entry], score, None, 3) for entry, score in given.items()]
    return sorted(rows, key=lambda place: (place.rank is None, place.rank or 0, place.entry_id))


PRINT, FILM, PHOTO = panel(1, 9, 8, 7), panel(11, 8, 8, 6), panel(21, 5)
EVERY = {1: PRINT, 2: FILM, 3: PHOTO}


def test_each_panel_sends_on_its_own_count() -> None:
    found = cuts(EVERY, {1: 2, 2: 1, 3: 1}, None)
    assert found[1].cut.inside == (1, 2)
    assert (found[2].cut.inside, found[2].cut.tied, found[2].cut.left) == ((), (11, 12), 1)
    assert found[3].cut.inside == (21,)
    assert not any(each.shared for each in found.values())


def test_a_panel_without_a_count_in_a_round_without_one_is_not_cut() -> None:
    assert set(cuts(EVERY, {1: 2, 2: None, 3: None}, None)) == {1}


def test_one_panel_takes_the_count_of_the_round() -> None:
    (found,) = cuts({1: PRINT}, {1: None}, 2).values()
    assert (found.cut.inside, found.size, found.shared) == ((1, 2), 2, False)


def test_panels_without_a_count_share_what_is_left_of_the_round() -> None:
    found = cuts(EVERY, {1: None, 2: None, 3: 1}, 3, linked=[frozenset({1, 2})])
    assert found[3].cut.inside == (21,)
    assert found[1] is found[2]
    assert (found[1].cut.inside, found[1].cut.tied, found[1].cut.left) == ((1,), (2, 11, 12), 1)
    assert (found[1].size, found[1].panels, found[1].shared) == (2, {1, 2}, True)


def test_panels_that_nothing_links_get_places_by_their_number_of_works() -> None:
    found = cuts(EVERY, {1: None, 2: None, 3: None}, 3)
    assert {panel: (each.size, each.shared, each.divided) for panel, each in found.items()} == {
        1: (1, False, True),
        2: (1, False, True),
        3: (1, False, True),
    }
    assert found[2].cut.tied == (11, 12), "eight points there are not set against eight points here"


def test_the_largest_remainders_get_the_places_that_are_left() -> None:
    works = dict(enumerate((70, 80, 45, 25, 20), start=1))
    assert list(seats(works, 40).values()) == [12, 13, 8, 4, 3]
    assert list(seats(works, 25).values()) == [7, 8, 5, 3, 2]
    assert seats({1: 3, 2: 3, 3: 4}, 2) == {1: 1, 2: 0, 3: 1}, "of equal remainders the larger list, then the first"
    assert seats({1: 3, 2: 1}, 9) == {1: 3, 2: 1}


def test_nothing_below_the_floor_is_inside() -> None:
    found = cuts(EVERY, {1: 3, 2: 2, 3: None}, None, floor=Fraction(8))
    assert {panel: each.cut.inside for panel, each in found.items()} == {1: (1, 2), 2: (11, 12), 3: ()}


def test_persons_who_read_together_link_panels() -> None:
    readers = {1: [{7, 8}, {8, 9}], 2: [{9, 10}], 3: [{11, 12}], 4: [set()]}
    assert {frozenset(group) for group in linked_panels(readers) if len(group) > 1} == {frozenset({1, 2})}


def test_counts_that_use_the_round_up_leave_nothing_to_share() -> None:
    found = cuts(EVERY, {1: 3, 2: 3, 3: None}, 5)
    assert (found[3].cut.inside, found[3].cut.tied, found[3].size) == ((), (), 0)


def test_a_panel_that_judged_nothing_has_no_cut() -> None:
    assert set(cuts({1: PRINT}, {1: 1, 9: 4}, None)) == {1}


@given(
    st.lists(st.lists(st.integers(0, 5) | st.none(), max_size=8), min_size=1, max_size=4),
    st.data(),
    st.integers(0, 30) | st.none(),
)
def test_no_more_go_on_than_the_counts_say(
    scores: list[list[int | None]], data: st.DataObject, size: int | None
) -> None:
    places = {n: panel(100 * n, *given) for n, given in enumerate(scores, start=1)}
    counts = {n: data.draw(st.integers(0, 9) | st.none()) for n in places}
    found = cuts(places, counts, size)
    shared = {id(each): each for each in found.values()}.values()
    for each in shared:
        assert len(each.cut.inside) + each.cut.left <= each.size
        of_them = {place.entry_id for n in each.panels for place in places[n]}
        assert set(each.cut.inside) | set(each.cut.tied) <= of_them
    own = sum(count for count in counts.values() if count is not None)
    if size is not None:
        assert sum(
            each.size for each in shared if not each.panels & {n for n in counts if counts[n] is not None}
        ) <= max(size - own, 0)
