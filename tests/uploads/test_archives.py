"""A ZIP read by ranges: its own members found, everything else refused by name."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from award.nominations.bundle import Member as Written_member
from award.nominations.bundle import Written, stream
from uploads.archives import Broken, members, pieces

CONTENTS = {"01-mot/trang.pdf": b"%PDF-1.7 " + b"x" * 5000, "01-mot/THONG-TIN.txt": "Giữ lời".encode(), "rong.txt": b""}


class Held:
    """Bytes in memory, as a store gives them."""

    def __init__(self, data: bytes) -> None:
        self.data, self.size, self.longest = data, len(data), 0

    def read(self, offset: int, length: int) -> bytes:
        assert offset >= 0
        return self.data[offset : offset + length]


def zipped(contents: dict[str, bytes] | None = None) -> bytes:
    """As a dossier is written."""
    listed = [Written_member(name, [content]) for name, content in (contents or CONTENTS).items()]
    return b"".join(stream(listed, Written([])))


def by_library(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", b"first")
        change(archive)
    return file.getvalue()


def fault(data: bytes) -> tuple[str, str]:
    with pytest.raises(Broken) as broken:
        members(Held(data))
    return broken.value.code, broken.value.name


def test_every_member_is_found_with_its_bytes() -> None:
    held = Held(zipped())
    found = {each.name: b"".join(pieces(held, each)) for each in members(held)}
    assert set(found) == {*CONTENTS, "SHA256SUMS"}
    assert {name: found[name] for name in CONTENTS} == CONTENTS


def test_one_that_the_library_wrote_to_a_file_is_read_too() -> None:
    data = by_library(lambda archive: archive.writestr("thư mục/bài.txt", b"second"))
    held = Held(data)
    assert [(each.name, b"".join(pieces(held, each))) for each in members(held)] == [
        ("a.txt", b"first"),
        ("thư mục/bài.txt", b"second"),
    ]


def test_the_long_form_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written as if nothing fitted into 32 bits: the same fields as in an archive of many gigabytes."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    data = zipped()
    assert b"PK\x06\x06" in data
    held = Held(data)
    assert {each.name: each.size for each in members(held)}["01-mot/trang.pdf"] == len(CONTENTS["01-mot/trang.pdf"])


@pytest.mark.parametrize(
    "name",
    ["../ra.txt", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "thu/", "a//b", "./a", "a\nb", "a/.. /b", "e\u0301.txt"],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    def add(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, b"")

    assert fault(by_library(add)) == ("name", name)


def test_one_name_twice_is_refused_whatever_its_capitals() -> None:
    data = by_library(lambda archive: archive.writestr("A.TXT", b"other"))
    assert fault(data) == ("twice", "A.TXT")


def test_what_is_compressed_or_a_link_is_refused() -> None:
    packed = by_library(lambda archive: archive.writestr("b.txt", b"b" * 999, zipfile.ZIP_DEFLATED))
    assert fault(packed) == ("packed", "b.txt")

    def link(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("lien-ket")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, b"/etc/passwd")

    assert fault(by_library(link)) == ("link", "lien-ket")


def test_bytes_that_belong_to_nobody_are_refused() -> None:
    data = zipped()
    assert fault(b"PK\x03\x04" + data)[0] in {"stray", "cut_off"}
    assert fault(data + b"more")[0] == "cut_off"
    assert fault(b"no archive at all") == ("not_archive", "")


def test_members_that_share_bytes_are_refused() -> None:
    """The list leads twice to the same member, under two names."""
    data = bytearray(by_library(lambda archive: archive.writestr("b.txt", b"first")))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    assert fault(bytes(data)) == ("stray", "b.txt")


def test_a_member_that_says_another_name_of_itself_is_refused() -> None:
    data = zipped().replace(b"01-mot/trang.pdf", b"01-mot/tranh.pdf", 1)
    assert fault(data) == ("differs", "01-mot/trang.pdf")


def test_cut_off_anywhere_it_is_refused() -> None:
    data = zipped()
    for at in range(5, len(data), 97):
        assert fault(data[:at])[0] == "cut_off"


def test_any_flipped_byte_is_refused_or_changes_only_contents() -> None:
    """No flipped byte makes another archive of it: names, places and sizes stay, or it is refused."""
    data = zipped()
    whole = [(each.name, each.size) for each in members(Held(data))]
    for at in range(0, len(data), 3):
        flipped = data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :]
        try:
            found = [(each.name, each.size) for each in members(Held(flipped))]
        except Broken:
            continue
        assert found == whole
