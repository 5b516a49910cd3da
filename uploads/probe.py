"""Whether a store keeps what this package builds on: each promise tried out on the store itself, one sentence each.

The probe writes under keys of its own and leaves nothing behind.
"""

from collections.abc import Iterator
from contextlib import suppress

import urllib3

from uploads import promises_of_host as _of_host  # noqa: F401 (its promises are among the checks from here on)
from uploads.probing import ROOM, Finding, Probe, Unmet
from uploads.promises import CHECKS, Check
from uploads.storage import NoSuchObject, NoSuchUpload, PartsDiffer, Storage, StoreUnavailable

__all__ = ["ROOM", "Finding", "examine"]


def examine(storage: Storage, origin: str) -> Iterator[Finding]:
    """A finding for each promise, in order; nothing of the probe is left in the store afterwards."""
    probe = Probe(storage, origin)
    try:
        for sentence, needed, check in CHECKS:
            yield Finding(sentence, _fault(check, probe), needed)
    finally:
        _clear(probe)


def _fault(check: Check, probe: Probe) -> str:
    try:
        check(probe)
    except Unmet as fault:
        return str(fault)
    except (StoreUnavailable, urllib3.exceptions.HTTPError) as fault:
        return f"the store gave no usable answer: {fault}"
    except (NoSuchUpload, NoSuchObject, PartsDiffer) as fault:
        return f"the store does not know what it was just given: {type(fault).__name__}"
    return ""


def _clear(probe: Probe) -> None:
    with suppress(StoreUnavailable):
        for upload in list(probe.storage.unfinished(f"{ROOM}/")):
            if upload.key in probe.keys:
                probe.storage.abort(upload.key, upload.upload_id)
        for key in probe.keys:
            probe.storage.delete(key)
