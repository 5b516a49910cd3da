"""What was left behind is found, and nothing that is still wanted."""

import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from uploads import sweep
from uploads.storage import NoSuchUpload, Storage, new_key


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def test_uploads_are_given_two_days(storage: Storage) -> None:
    key = new_key("left")
    upload_id = storage.begin(key, "text/plain")
    assert sweep.abort_old_uploads(storage, in_hours(47), prefix="left/") == []
    assert storage.list_parts(key, upload_id) == []
    (gone,) = sweep.abort_old_uploads(storage, in_hours(49), prefix="left/")
    assert (gone.key, gone.upload_id) == (key, upload_id)
    with pytest.raises(NoSuchUpload):
        storage.list_parts(key, upload_id)
    assert sweep.abort_old_uploads(storage, in_hours(49), prefix="left/") == []


def test_two_days_count_from_the_newest_part(storage: Storage) -> None:
    key = new_key("slow")
    upload_id = storage.begin(key, "text/plain")
    (begun,) = [each.begun for each in storage.unfinished("slow/")]
    while datetime.now(UTC) < begun + timedelta(seconds=2.5):  # stores tell whole seconds
        time.sleep(0.1)
    storage._put_part(key, upload_id, 1, b"x")
    (part,) = storage.list_parts(key, upload_id)
    assert part.arrived is not None
    assert part.arrived > begun + timedelta(seconds=1)
    two_days = timedelta(hours=48)
    assert sweep.abort_old_uploads(storage, part.arrived + two_days - timedelta(seconds=1), prefix="slow/") == []
    assert len(sweep.abort_old_uploads(storage, part.arrived + two_days + timedelta(seconds=1), prefix="slow/")) == 1


def test_objects_no_row_names_are_found_once_they_are_old(storage: Storage) -> None:
    keys = [new_key("rows") for _ in range(4)]
    for key in keys:
        storage.put_small(key, b"x", "text/plain")
    rows = set(keys[:2])
    asked: list[str] = []

    def named(candidates: Collection[str]) -> Collection[str]:
        asked.extend(candidates)
        return rows & set(candidates)

    assert list(sweep.unnamed(storage, named, in_hours(47), prefix="rows/")) == []
    assert asked == []
    found = [each.key for each in sweep.unnamed(storage, named, in_hours(49), prefix="rows/")]
    assert found == sorted(set(keys) - rows)
    assert sweep.delete(storage, found) == 2
    assert {each.key for each in storage.objects("rows/")} == rows
