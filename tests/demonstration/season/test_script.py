"""The season is written before it is lived: always the same, and with the figures that were published of 2023."""

from collections import Counter

from demonstration.season.script import FAULTS, LEAST_WORKS, PUBLISHED, WINDOW, Script, scaled, script


def _sets(whole: Script, *, eligible: bool) -> int:
    return len({tuple(a.legal_name for a in e.work.authors) for e in whole.works if not (eligible and e.fault)})


def test_the_published_season_has_the_published_figures() -> None:
    whole = script(PUBLISHED)
    assert len(whole.works) == 319
    assert _sets(whole, eligible=False) == 216
    assert _sets(whole, eligible=True) == 133
    kinds = Counter(entered.medium for entered in whole.works if not entered.fault)
    assert kinds == {"print": 117, "online": 80, "television": 25, "radio": 10, "photo": 4}
    assert sum(PUBLISHED.faults.values()) == 83
    assert sum(prize.quota for prize in PUBLISHED.prizes if prize.kind != "collective") == 38


def test_a_smaller_season_still_has_every_kind_of_work_and_every_fault() -> None:
    small = script(scaled(LEAST_WORKS))
    assert {entered.fault for entered in small.works} == {"", *FAULTS}
    assert {entered.medium for entered in small.works if not entered.fault} == set(PUBLISHED.eligible)
    assert len(small.works) == LEAST_WORKS


def test_it_is_written_the_same_twice() -> None:
    assert script(scaled(40)) == script(scaled(40))


def test_nobody_judges_who_enters_a_work() -> None:
    whole = script(PUBLISHED)
    authors = {author.legal_name for entered in whole.works for author in entered.work.authors}
    assert not authors & set(whole.judges)
    assert len(whole.judges) == PUBLISHED.judges == 22


def test_works_come_in_the_order_of_time_and_within_it() -> None:
    whole = script(PUBLISHED)
    arrivals = [sitting.arrives(place) for sitting in whole.sittings for place in range(len(sitting.works))]
    assert arrivals == sorted(arrivals)
    assert arrivals[-1].date() <= WINDOW[1]


def test_a_fourth_work_comes_when_three_are_there() -> None:
    seen: Counter[str] = Counter()
    for entered in script(PUBLISHED).works:
        assert (entered.fault == "too_many") == (seen[entered.owner.email] == 3)
        seen[entered.owner.email] += 1
