"""Which copies are kept, and which of them a moment is made from."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer

import pytest

from award.local.backup import ask_for_one
from award.local.children import CannotRun
from award.local.copies import Base, Copies, stamp
from award.local.folder import held
from award.local.restore import restore

MORNING = datetime(2023, 9, 30, 6, tzinfo=UTC)


@pytest.fixture
def copies(open_folder: Path) -> Copies:
    made = Copies(open_folder / "backups")
    made.make()
    return made


def base(copies: Copies, chain: datetime, began: datetime, *, finished: bool = True) -> Base:
    place = copies.folder / "database" / stamp(chain) / "base" / stamp(began)
    place.mkdir(parents=True)
    if finished:
        ended = stamp(began + timedelta(minutes=5))
        (place / "base.json").write_text(json.dumps({"first_segment": "000000010000000000000002", "ended": ended}))
    return Base(place)


def test_a_moment_is_made_from_the_last_base_that_ended_before_it(copies: Copies) -> None:
    first = base(copies, MORNING, MORNING)
    second = base(copies, MORNING, MORNING + timedelta(days=1))
    base(copies, MORNING, MORNING + timedelta(days=2), finished=False)
    assert copies.newest_before(None) == second
    assert copies.newest_before(MORNING + timedelta(days=1, minutes=4)) == first
    assert copies.newest_before(MORNING + timedelta(minutes=4)) is None


def test_bases_are_kept_by_their_age_and_no_empty_chain(copies: Copies) -> None:
    """Ten copies on the eve of an upgrade take none of the days before away."""
    days = [MORNING + timedelta(days=number) for number in range(5)]
    for day in days[:2]:
        base(copies, MORNING, day)
    for day in days[2:]:
        base(copies, MORNING + timedelta(days=2), day)
    eve = [days[4] + timedelta(minutes=10 * number) for number in range(1, 11)]
    for moment in eve:
        base(copies, MORNING + timedelta(days=2), moment)
    copies.forget(days[2] - timedelta(hours=1))
    assert [each.began for each in copies.bases()] == [*days[1:], *eve]
    copies.forget(days[4] + timedelta(hours=12))
    assert [each.began for each in copies.bases()] == eve[-1:], "the newest is left, however old"
    assert [chain.name for chain in copies.chains()] == [stamp(days[2])]


def test_what_was_erased_does_not_come_back(copies: Copies) -> None:
    for key in ("personal/a", "archives/b", "originals/c"):
        place = copies.place_of(key)
        place.parent.mkdir(parents=True)
        place.write_bytes(b"x")
    copies.note_missed({"personal/a": MORNING, "archives/b": MORNING + timedelta(days=2)})
    assert [key for key, _path in copies.standing(None)] == ["originals/c"]
    between = MORNING + timedelta(days=1)
    assert [key for key, _path in copies.standing(between)] == ["archives/b", "originals/c"]


def test_a_line_that_was_cut_off_takes_no_other_along(copies: Copies) -> None:
    copies.note_object("originals/a", 3, "image/jpeg")
    with (copies.folder / "objects.jsonl").open("a") as index:
        index.write('{"key": "orig')
    assert copies.types() == {"originals/a": "image/jpeg"}


def test_copies_are_closed_to_others(copies: Copies) -> None:
    assert not copies.folder.stat().st_mode & 0o077


def test_without_copies_or_into_data_nothing_is_restored(copies: Copies, open_folder: Path) -> None:
    with pytest.raises(CannotRun, match="Nothing in"):
        restore(copies, open_folder / "new", None)
    base(copies, MORNING, MORNING)
    (open_folder / "house" / "postgres").mkdir(parents=True)
    with pytest.raises(CannotRun, match="already holds data"):
        restore(copies, open_folder / "house", None)
    with pytest.raises(CannotRun, match="must be running"):
        ask_for_one(Copies(open_folder / "nowhere"), open_folder)


def test_who_asks_while_the_house_is_starting_waits_for_its_copies(
    open_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starting = Copies(open_folder / "backups")

    def begins() -> None:
        starting.make()
        base(starting, MORNING, MORNING)
        while not (wanted := starting.folder / "wanted").exists():
            time.sleep(0.01)
        (starting.folder / "answered").write_text(wanted.read_text())

    with held(open_folder, "http://127.0.0.1:8000"):
        child = Timer(0.5, begins)
        child.start()
        ask_for_one(starting, open_folder)
        child.join()
    assert "06:05:00 UTC, 0 objects" in capsys.readouterr().out
