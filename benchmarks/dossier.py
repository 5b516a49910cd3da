"""How fast a dossier is built within the store, and how fast it is read again:  python3 dev.py bench dossier

    --long               8 GiB of files, built once beside one copy; without, 1 GiB three times
    --size 8192          MiB of all files of the dossier together
    --files 16           so many files
    --pairs 3            times that it is built and that the same bytes are merely copied, in turns

Ours is what the worker does: every file read from the store, hashed, put into the ZIP, the ZIP sent to the store in
parts, its table of sums signed. The control is a raw copy within the store: parts read by range and written again by a
client with the store's own key that hashes nothing, since it knows every part's checksum before. Memory is what the
process that builds grows by at its highest. Each line of results/dossier.json is one figure.
"""

import argparse
import hashlib
import multiprocessing
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import urllib3
from minio import Minio

from award import house_key
from award.nominations import checking, described
from award.nominations.bundle import ZIP, Member, Written, stream
from award.nominations.described import AuthorTold, FileTold, PartTold, Told, WorkTold
from benchmarks.figures import Figure, asked_as, line
from uploads.local import EmbeddedStore
from uploads.protocol import PART_BYTES
from uploads.ranges import StoredRanges
from uploads.storage import MIB, Part, Storage, new_key

RESULTS = Path(__file__).parent / "results" / "dossier.json"
LEAST, MOST_MEMORY = 0.6, 50 * MIB
NOISE = hashlib.shake_256(b"dossier").digest(PART_BYTES)


@dataclass(frozen=True)
class Place:
    """Where the store is, for a process of its own."""

    endpoint: str
    key: str
    secret: str

    def opened(self, bucket: str = "giai") -> Storage:
        return Storage(self.endpoint, bucket, self.key, self.secret, secure=False)

    def emptied(self, bucket: str) -> None:
        """The bucket is gone, and its room on the disk is free at once."""
        client = Minio(self.endpoint, self.key, self.secret, secure=False)
        for each in client.list_objects(bucket, recursive=True):
            client.remove_object(bucket, str(each.object_name))
        client.remove_bucket(bucket)


@dataclass(frozen=True)
class Original:
    """A file in the store: its parts' SHA-256 are known, as they are of whatever was uploaded."""

    key: str
    size: int
    sha256: str
    parts: tuple[str, ...]


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py bench dossier")
    asked.add_argument("--long", action="store_true")
    asked.add_argument("--size", type=int)
    asked.add_argument("--files", type=int, default=16)
    asked.add_argument("--pairs", type=int)
    said = asked.parse_args(words)
    size, pairs = (8192, 1) if said.long else (1024, 3)
    size, pairs = said.size or size, said.pairs or pairs
    key, secret = secrets.token_hex(10), secrets.token_urlsafe(32)
    kept: list[str] = []
    met = True
    with tempfile.TemporaryDirectory(prefix="giai-bench-") as folder:
        store = EmbeddedStore(Path(folder) / "store", "giai", key, secret)
        try:
            place = Place(store.endpoint, key, secret)
            place.opened().prepare_bucket("http://127.0.0.1")
            for figure in measured(place, size, said.files, pairs):
                met = met and figure.met is not False
                kept.append(line(figure, asked_as("dossier", words)))
                print(kept[-1], flush=True)
        finally:
            store.stop()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(f"{each}\n" for each in kept))
    return int(not met)


def measured(place: Place, size: int, files: int, pairs: int) -> Iterator[Figure]:
    """Building and copying in turns, each in a process of its own; then reading what was built."""
    originals = [put(place.opened(), number, size * MIB // files) for number in range(files)]
    whole = sum(original.size for original in originals) / 10**6
    built, copied, grown = [], [], []
    for _pair in range(pairs):
        place.opened(COPIES).prepare_bucket("http://127.0.0.1")
        seconds, memory = alone(copy, place, originals)
        copied.append(whole / seconds)
        place.emptied(COPIES)
        seconds, memory = alone(build, place, originals)
        built.append(whole / seconds)
        grown.append(memory)
    ratio = median(built) / median(copied)
    size_words = f"{size} MiB in {files} files"
    yield (
        Figure(
            f"Building {size_words}: MB a second, by a raw copy within the store",
            round(median(built), 1),
            round(median(copied), 1),
            round(ratio, 3),
            f"ratio ≥ {LEAST}",
            ratio >= LEAST,
            pairs,
        )
    )
    most = max(grown)
    words = f"Building {size_words}: MiB the process grows by at most"
    yield Figure(words, round(most / MIB, 1), None, None, "≤ 50", most <= MOST_MEMORY, pairs)
    seconds, memory = alone(read, place, originals)
    words = f"Reading and checking {size_words}: MB a second"
    yield Figure(words, round(whole / seconds, 1), None, None, "", None, 1)
    words = f"Reading and checking {size_words}: MiB the process grows by at most"
    yield Figure(words, round(memory / MIB, 1), None, None, "≤ 50", memory <= MOST_MEMORY, 1)


Work = Callable[[Place, Sequence[Original]], None]


def alone(work: Work, place: Place, originals: Sequence[Original]) -> tuple[float, int]:
    """How long it takes in a process of its own, and by how many bytes that grows."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_timed, args=(work, place, list(originals), theirs))
    process.start()
    theirs.close()
    answer: tuple[float, int] = mine.recv()
    process.join()
    return answer


def _timed(work: Work, place: Place, originals: Sequence[Original], end: Connection) -> None:
    place.opened().stat(originals[0].key)  # everything that is loaded once is loaded
    before, began = _highest(), time.monotonic()
    work(place, originals)
    end.send((time.monotonic() - began, _highest() - before))


def _highest() -> int:
    """The most memory this process has had since it began. What getrusage tells is handed down by the parent."""
    told = Path("/proc/self/status").read_text()
    return int(next(each for each in told.splitlines() if each.startswith("VmHWM:")).split()[1]) * 1024


# What is measured

BUILT, COPIES = "dossiers/built", "copies"
KEY = house_key.derived("the secret of a house that is measured")


def build(place: Place, originals: Sequence[Original]) -> None:
    """The dossier stands under the one key that is built over again."""
    storage = place.opened()
    storage.put_stream(BUILT, stream(_members(storage, originals), Written([]), sign=KEY.sign), ZIP)


def copy(place: Place, originals: Sequence[Original]) -> None:
    """Every byte stands in one object, as in the dossier."""
    storage, target = place.opened(), place.opened(COPIES)
    http = urllib3.PoolManager(retries=False)
    key = new_key("copies")
    upload_id = target.begin(key, ZIP)
    parts: list[Part] = []
    for original in originals:
        source = storage.address(original.key, content_type=ZIP, disposition="attachment", seconds=6 * 3600)
        answer = http.request("GET", source, preload_content=False)
        for sha256 in original.parts:
            body = answer.read(PART_BYTES)
            signed = target.sign_part(key, upload_id, len(parts) + 1, len(body), sha256)
            put_part = http.request("PUT", signed.url, body=body, headers=dict(signed.headers))
            assert put_part.status == 200, put_part.status
            parts.append(Part(signed.number, len(body), put_part.headers["ETag"].strip('"'), sha256))
        answer.release_conn()
    target.complete(key, upload_id, parts)


def read(place: Place, _originals: Sequence[Original]) -> None:
    """Every byte was compared with the sum that was signed."""
    storage = place.opened()
    checking.check(StoredRanges(storage, BUILT, storage.stat(BUILT).size))


def put(storage: Storage, number: int, size: int) -> Original:
    """A film that no other is like."""
    whole = hashlib.sha256()
    parts: list[str] = []

    def pieces() -> Iterator[bytes]:
        for at in range(0, size, PART_BYTES):
            piece = (number.to_bytes(8, "big") + at.to_bytes(8, "big") + NOISE)[: min(PART_BYTES, size - at)]
            whole.update(piece)
            parts.append(hashlib.sha256(piece).hexdigest())
            yield piece

    key = new_key("originals")
    storage.put_stream(key, pieces(), "video/mp4")
    return Original(key, size, whole.hexdigest(), tuple(parts))


def _members(storage: Storage, originals: Sequence[Original]) -> Iterator[Member]:
    for number, original in enumerate(originals):
        yield Member(_path(number), storage.stream(original.key))
    yield Member(described.NAME, [described.written(_told(originals))])
    yield Member(house_key.KEY, [house_key.public(KEY).pem])


def _path(number: int) -> str:
    return f"01-I-TH-001/phim-{number + 1}.mp4"


def _told(originals: Sequence[Original]) -> Told:
    files = tuple(
        FileTold(_path(number), f"phim-{number + 1}.mp4", each.size, each.sha256, "film", "Phim", None, "")
        for number, each in enumerate(originals)
    )
    part = PartTold("", None, "", "", "", "", None, "")
    author = AuthorTold("Nguyễn Thị Vân", "", "", "", "", True, False, "", None)
    work = WorkTold(
        "0" * 32, "I-TH-001", "Phim", "", "Truyền hình", "television", "", "", "", "", "", True, None,
        (part,), (author,), (), files,
    )  # fmt: skip
    return Told("Nơi gửi", "Lần I", "", "", None, True, (work,))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
