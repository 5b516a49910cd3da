"""Finding what was left behind: uploads nobody finished, objects no row names."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from uploads.storage import NoSuchUpload, ObjectInfo, Storage, UnfinishedUpload

LEFT_BEHIND = timedelta(hours=48)
BATCH = 500


def abort_old_uploads(
    storage: Storage, now: datetime, *, older_than: timedelta = LEFT_BEHIND, prefix: str = ""
) -> list[UnfinishedUpload]:
    """Unfinished uploads to which no part came for longer than that are gone; they come back as a list.

    What is still on its way may take days: a slow line is not punished.
    """
    before = now - older_than
    old = [upload for upload in storage.unfinished(prefix) if upload.begun < before and _last(storage, upload) < before]
    for upload in old:
        storage.abort(upload.key, upload.upload_id)
    return old


def _last(storage: Storage, upload: UnfinishedUpload) -> datetime:
    """When the newest part of the upload came; when it began, where there is none or the store does not say."""
    try:
        parts = storage.list_parts(upload.key, upload.upload_id)
    except NoSuchUpload:  # finished meanwhile
        return upload.begun
    return max((part.arrived for part in parts if part.arrived is not None), default=upload.begun)


def unnamed(
    storage: Storage,
    named: Callable[[Collection[str]], Collection[str]],
    now: datetime,
    *,
    older_than: timedelta = LEFT_BEHIND,
    prefix: str = "",
) -> Iterator[ObjectInfo]:
    """Objects that no row names. `named` is given up to 500 keys and answers which of them a row names.

    Younger objects are left out: bytes come first and their row afterwards.
    """
    old = (found for found in storage.objects(prefix) if found.modified < now - older_than)
    while batch := list(islice(old, BATCH)):
        kept = set(named([found.key for found in batch]))
        yield from (found for found in batch if found.key not in kept)


def delete(storage: Storage, keys: Iterable[str]) -> int:
    """The objects are gone; how many were asked for."""
    count = 0
    for key in keys:
        storage.delete(key)
        count += 1
    return count
