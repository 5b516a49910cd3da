"""Kiểm tra bản lưu trữ một lần Giải, không cần mạng: chỉ cần Python 3.11 và thư viện cryptography.

    python kiem-tra.py [THƯ MỤC] [--key KHÓA]

Không ghi thư mục thì kiểm tra thư mục chứa chính tệp này. KHÓA: tệp khóa tải từ nơi lập, hoặc mã đối chiếu
của khóa.

Checks an unpacked archive by itself. It imports nothing of the house that made it. Exit status 0: everything fits;
1: something does not, and is named.
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

SUMS, SIGNATURE, KEY = "SHA256SUMS", "SHA256SUMS.sig", "KHOA-CONG-KHAI.pem"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What computers leave in every folder somebody looked into. Nothing of it is read from an archive."""
MOST_NAMED = 20


class Mismatch(Exception):
    """What does not fit, in a sentence."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm tra bản lưu trữ một lần Giải.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", default="", help="tệp khóa tải từ nơi lập, hoặc mã đối chiếu của khóa")
    asked = parser.parse_args(arguments)
    steps: dict[str, Callable[[], str]] = {
        "1. Chữ ký": lambda: signature(asked.folder, asked.key),
        "2. Tệp": lambda: files(asked.folder),
    }
    faults = 0
    for name, check in steps.items():
        try:
            say(f"KHỚP        {name}: {check()}")
        except (Mismatch, OSError, ValueError) as fault:
            faults += 1
            say(f"KHÔNG KHỚP  {name}: {fault}")
    say("KHÔNG KHỚP" if faults else "KHỚP")
    return 1 if faults else 0


def signature(folder: Path, expected: str) -> str:
    """The key that lies there signed the table of sums, and is the one that was expected."""
    key = read(folder / KEY)
    mark = print_of(key)
    if expected:
        known = print_of(read(Path(expected))) if expected.endswith(".pem") else re.sub(r"\s", "", expected).lower()
        if known != mark:
            raise Mismatch(f"khóa trong bản này có mã đối chiếu {mark}, không phải khóa đã cho")
    try:
        key.verify((folder / SIGNATURE).read_bytes(), (folder / SUMS).read_bytes())
    except InvalidSignature:
        raise Mismatch(f"{SUMS} không phải bảng mà khóa này đã ký") from None
    told = "đúng khóa đã cho" if expected else "so khóa này với khóa nơi lập công bố"
    return f"bảng mã của từng tệp do khóa {mark} ký; {told}"


def read(pem: Path) -> Ed25519PublicKey:
    key = load_pem_public_key(pem.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise Mismatch(f"{pem.name} không phải khóa Ed25519")
    return key


def print_of(key: Ed25519PublicKey) -> str:
    """Mã đối chiếu: the SHA-256 of its DER form, as openssl writes it."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def files(folder: Path) -> str:
    """Every file of the table is there as it was, and no other."""
    table = dict(summed(folder))
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    kept = {name for name in there if not left_by_system(name)} - {SUMS, SIGNATURE}
    wrong = [f"thiếu {name}" for name in sorted(table.keys() - there.keys())]
    wrong += [f"{name} đã khác" for name in sorted(table.keys() & there.keys()) if digest(there[name]) != table[name]]
    wrong += [f"{name} không thuộc bản này" for name in sorted(kept - table.keys())]
    if wrong:
        more = f"; và {len(wrong) - MOST_NAMED} tệp khác" if len(wrong) > MOST_NAMED else ""
        raise Mismatch("; ".join(wrong[:MOST_NAMED]) + more)
    return f"{len(table)} tệp còn nguyên, không thiếu, không thừa tệp nào"


def summed(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and sum of each line of the table."""
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        read = LINE.fullmatch(line)
        if read is None:
            raise Mismatch(f"{SUMS} có dòng không đọc được")
        yield read[2], read[1]


def left_by_system(name: str) -> bool:
    last = name.rpartition("/")[2]
    return last in LEFT_BY_SYSTEMS or last.startswith("._")


def digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def say(line: str) -> None:
    sys.stdout.buffer.write(f"{line}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
