"""A file read through a socket is the same file, and the other end gives nothing else."""

import io
import random
import socket
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploads import ranges
from uploads.ranges import BLOCK_BYTES, FileRanges, RemoteFile, StoredRanges, handed_over
from uploads.storage import Storage, new_key

DATA = random.Random(7).randbytes(3 * BLOCK_BYTES + 12_345)  # noqa: S311


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> FileRanges:
    path = tmp_path_factory.mktemp("ranges") / "file"
    path.write_bytes(DATA)
    return FileRanges(path)


def nobody_listens(_percent: int) -> None:
    """For where nothing is told."""


@given(steps=st.lists(st.tuples(st.integers(0, len(DATA) + 100), st.integers(0, 300_000)), max_size=20))
def test_every_place_of_it_reads_as_in_the_file(source: FileRanges, steps: list[tuple[int, int]]) -> None:
    with handed_over(source, nobody_listens) as end, io.BufferedReader(RemoteFile(end, source.size), 65536) as file:
        for offset, length in steps:
            file.seek(offset)
            assert file.read(length) == DATA[offset : offset + length]


def test_it_ends_where_the_file_ends(source: FileRanges) -> None:
    with handed_over(source, nobody_listens) as end:
        file = RemoteFile(end, source.size)
        assert file.seek(-5, io.SEEK_END) == len(DATA) - 5
        assert file.read(100) == DATA[-5:]
        assert file.read(100) == b""
        assert file.seek(10) == file.tell() == 10
        assert file.seek(5, io.SEEK_CUR) == 15


def test_progress_is_told_on_the_way(source: FileRanges) -> None:
    told: list[int] = []
    with handed_over(source, told.append) as end:
        file = RemoteFile(end, source.size)
        file.tell_progress(3)
        file.read(10)
        file.tell_progress(100)
    assert told == [3, 100]


@pytest.mark.parametrize(
    "question",
    [
        struct.pack(">cQI", b"r", len(DATA) + 1, 10),
        struct.pack(">cQI", b"r", 0, BLOCK_BYTES + 1),
        struct.pack(">cQI", b"w", 0, 10),
        b"r" + b"\xff" * 12,
    ],
)
def test_whoever_asks_for_anything_else_gets_nothing_more(source: FileRanges, question: bytes) -> None:
    with handed_over(source, nobody_listens) as end:
        end.settimeout(5)
        end.sendall(question)
        assert end.recv(1) == b""


def test_a_broken_off_answer_is_a_fault(source: FileRanges) -> None:
    mine, theirs = socket.socketpair()
    file = RemoteFile(theirs, source.size)
    mine.sendall(struct.pack(">I", 100) + b"half")
    mine.close()
    with pytest.raises(OSError):
        file.read(10)


def test_blocks_are_kept_and_not_asked_for_twice(source: FileRanges, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        ranges.FileRanges, "read", lambda _self, offset, length: asked.append(offset) or DATA[offset:][:length]
    )
    with handed_over(source, nobody_listens) as end:
        file = RemoteFile(end, source.size)
        for offset in (0, 100, BLOCK_BYTES, 50, BLOCK_BYTES + 9):
            file.seek(offset)
            file.read(10)
    assert asked == [0, BLOCK_BYTES]


def test_the_store_is_read_in_ranges(storage: Storage, tmp_path: Path) -> None:
    key = new_key("tests")
    storage.put_stream(key, [DATA], "video/mp4")
    stored = StoredRanges(storage, key, len(DATA))
    with handed_over(stored, nobody_listens) as end:
        file = RemoteFile(end, stored.size)
        file.seek(2 * BLOCK_BYTES + 7)
        assert file.read(1000) == DATA[2 * BLOCK_BYTES + 7 :][:1000]
