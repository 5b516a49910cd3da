"""Whether a dossier is what its sender vouched for: every name and sum, the signature, nothing missing, nothing more.

Pure: bytes by ranges in, what it says out, or which file is wrong and how.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from award import house_key
from award.house_key import PublicKey
from award.nominations import described
from award.nominations.described import Told
from uploads import archives
from uploads.archives import Broken, Member
from uploads.ranges import Ranges

MOST_SUMS_BYTES = 8 * 1024 * 1024
_SMALL = 64 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Wrong(Exception):
    """Codes: those of uploads.archives.Broken, and missing, extra, sums, key, signature, changed, form, other_file.

    `name` is the file it is about; of `form` it is the place in the description.
    """

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code, name)
        self.code, self.name = code, name


@dataclass(frozen=True)
class Checked:
    """A dossier whose every byte is as its sender signed it."""

    told: Told
    key: PublicKey
    sums: str
    signature: bytes


def check(source: Ranges, on_progress: Callable[[int], object] = lambda _percent: None) -> Checked:
    """The dossier, read to its last byte. Raises Wrong, naming the first file that is not right."""
    try:
        return _check(source, on_progress)
    except Broken as broken:
        raise Wrong(broken.code, broken.name) from broken


def sentence(wrong: Wrong, archive: str) -> str:
    """What is wrong, with the name of the file it is about; `archive` is what the whole came as."""
    name = wrong.name or archive
    said = {
        "not_archive": _("“%(name)s” không phải tệp nén ZIP.", name=archive),
        "cut_off": _("“%(name)s” bị cắt ngang, thiếu phần cuối. Đề nghị tải lên lại cả tệp.", name=name),
        "stray": _("“%(name)s”: tệp nén có phần dữ liệu không thuộc tệp nào hoặc chồng lên nhau.", name=name),
        "too_many": _("“%(name)s” có quá nhiều tệp.", name=archive),
        "name": _("“%(name)s”: tên tệp không được phép (dẫn ra ngoài thư mục hoặc có ký tự lạ).", name=name),
        "twice": _("“%(name)s” có hai lần trong tệp nén.", name=name),
        "packed": _("“%(name)s” bị nén hoặc khóa: hồ sơ đã được đóng gói lại, cần tệp gốc nơi gửi lập.", name=name),
        "link": _("“%(name)s” là liên kết, không phải tệp.", name=name),
        "differs": _("“%(name)s”: tên, cỡ ghi ở hai nơi trong tệp nén khác nhau.", name=name),
        "missing": _("Thiếu tệp “%(name)s”.", name=name),
        "extra": _("Thừa tệp “%(name)s”: không có trong bảng mã kiểm chứng.", name=name),
        "sums": _("“%(name)s” không đúng dạng bảng mã kiểm chứng.", name=name),
        "key": _("“%(name)s” không phải khóa công khai Ed25519.", name=name),
        "signature": _("“%(name)s”: dấu kiểm chứng không khớp với bảng mã kiểm chứng và khóa trong hồ sơ.", name=name),
        "changed": _("“%(name)s” khác tệp nơi gửi đã ký: mã kiểm chứng không khớp.", name=name),
        "form": _("“%(file)s” chưa đọc được ở chỗ “%(place)s”.", file=described.NAME, place=wrong.name),
        "other_file": _("“%(name)s”: %(file)s ghi khác bảng mã kiểm chứng.", name=name, file=described.NAME),
    }
    return str(said[wrong.code])


def _check(source: Ranges, on_progress: Callable[[int], object]) -> Checked:
    lying = {member.name: member for member in archives.members(source)}

    def small(name: str, most: int, code: str) -> bytes:
        if name not in lying:
            raise Wrong("missing", name)
        content = archives.whole(source, lying[name], most)
        if content is None:
            raise Wrong(code, name)
        return content

    pem, signature = small(house_key.KEY, _SMALL, "key"), small(house_key.SIGNATURE, _SMALL, "signature")
    table = small(house_key.SUMS, MOST_SUMS_BYTES, "sums")
    key = _signed(pem, table, signature)
    sums = _sums(table)
    _same_names(lying, sums)
    told = _told(small(described.NAME, described.MOST_BYTES, "form"))
    for file in told.files:
        if file.path not in sums or (file.sha256, file.size) != (sums[file.path], lying[file.path].size):
            raise Wrong("other_file", file.path)
    if len({file.path for file in told.files}) != len(told.files):
        raise Wrong("form", "works")
    _read_all(source, lying, sums, on_progress)
    return Checked(told, key, table.decode(), signature)


def _signed(pem: bytes, table: bytes, signature: bytes) -> PublicKey:
    try:
        if not house_key.holds(pem, table, signature):
            raise Wrong("signature", house_key.SIGNATURE)
        return house_key.read(pem)
    except house_key.NoKey as fault:
        raise Wrong("key", house_key.KEY) from fault


def _sums(table: bytes) -> dict[str, str]:
    """Path → SHA-256 of every line, as sha256sum writes them."""
    try:
        lines = table.decode().split("\n")
    except UnicodeDecodeError as fault:
        raise Wrong("sums", house_key.SUMS) from fault
    found: dict[str, str] = {}
    for line in lines[:-1]:
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found:
            raise Wrong("sums", house_key.SUMS)
        found[match[2]] = match[1]
    if lines[-1] or not found:
        raise Wrong("sums", house_key.SUMS)
    return found


def _same_names(lying: Mapping[str, Member], sums: Mapping[str, str]) -> None:
    for name in sums:
        if name not in lying:
            raise Wrong("missing", name)
    for name in lying:
        if name not in sums and name not in (house_key.SUMS, house_key.SIGNATURE):
            raise Wrong("extra", name)


def _told(content: bytes) -> Told:
    try:
        return described.read(content)
    except described.Unreadable as unreadable:
        raise Wrong("form", unreadable.where or "–") from unreadable


def _read_all(
    source: Ranges, lying: Mapping[str, Member], sums: Mapping[str, str], on_progress: Callable[[int], object]
) -> None:
    """Every byte once, in the order in which it lies."""
    done = 0
    for name, member in lying.items():
        if name not in sums:
            continue
        digest = hashlib.sha256()
        for piece in archives.pieces(source, member):
            digest.update(piece)
            done += len(piece)
            on_progress(100 * done // max(source.size, 1))
        if digest.hexdigest() != sums[name]:
            raise Wrong("changed", name)
