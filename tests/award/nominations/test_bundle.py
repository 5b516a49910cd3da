"""The dossier's ZIP: the same bytes twice, sums that `sha256sum` accepts, flat memory."""

import io
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from award.nominations.bundle import CHUNK, Member, Written, stream


def members() -> list[Member]:
    return [
        Member("01-III-IN-001-giu-loi-hua/III-IN-001-ky-1.pdf", [b"%PDF-1.7\n", b"x" * 70_000]),
        Member("01-III-IN-001-giu-loi-hua/THONG-TIN.txt", ["Giữ lời hứa với dân\n".encode()]),
        Member("DANH-SACH.csv", [b""]),
    ]


def test_two_builds_are_the_same_bytes() -> None:
    first, second = Written([]), Written([])
    built = b"".join(stream(members(), first))
    assert built == b"".join(stream(members(), second))
    assert first.sha256 == second.sha256
    assert first.size == len(built)


def test_sha256sum_accepts_it_and_finds_a_flipped_byte(tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    assert program
    built = b"".join(stream(members(), Written([])))
    with zipfile.ZipFile(io.BytesIO(built)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    check = [program, "-c", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    page = tmp_path / "01-III-IN-001-giu-loi-hua" / "III-IN-001-ky-1.pdf"
    page.write_bytes(page.read_bytes()[:-1] + b"y")
    told = subprocess.run(check, cwd=tmp_path, check=False, capture_output=True)
    assert told.returncode == 1
    assert b"III-IN-001-ky-1.pdf: FAILED" in told.stdout


@pytest.mark.parametrize("megabytes", [64])
def test_memory_does_not_grow_with_the_files(megabytes: int) -> None:
    def pieces() -> Iterator[bytes]:
        for number in range(megabytes):
            yield bytes([number % 256]) * CHUNK

    tracemalloc.start()
    total = sum(len(piece) for piece in stream([Member("phim.mp4", pieces())], Written([])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > megabytes * CHUNK
    assert peak < 8 * CHUNK
