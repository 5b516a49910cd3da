"""The steps in their order, and the command."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from judging.proof.verifier.evidence import Evidence, Key, Mismatch, say
from judging.proof.verifier.frozen import check_frozen
from judging.proof.verifier.log import (
    check_checkpoints,
    check_events,
    check_note,
    check_receipt,
    check_rules,
    check_signature,
)
from judging.proof.verifier.paper import check_paper
from judging.proof.verifier.places import check_places, check_sheets
from judging.proof.verifier.shortlists import check_corrections, check_shortlists
from judging.proof.verifier.votes import check_prizes, check_votes

STEPS: tuple[tuple[str, Callable[[Evidence], str]], ...] = (
    ("Sổ sự kiện", check_events),
    ("Mốc đã ký", check_checkpoints),
    ("Quy định", check_rules),
    ("Phiếu chấm", check_sheets),
    ("Thứ hạng", check_places),
    ("Vào vòng sau", check_shortlists),
    ("Giải", check_prizes),
    ("Chữ ký kết quả", check_signature),
    ("Khi đã khóa phiếu", check_frozen),
    ("Bỏ phiếu", check_votes),
    ("Đính chính", check_corrections),
    ("Phiếu giấy", check_paper),
)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm tra bộ kiểm chứng kết quả chấm giải.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--key", help="khóa in trong biên bản hoặc trong thư")
    parser.add_argument(
        "--note", type=Path, action="append", default=[], help="mốc lưu từ thư hoặc từ trang Kiểm chứng"
    )
    parser.add_argument("--receipt", type=Path, action="append", default=[], help="biên nhận phiếu chấm của thành viên")
    options = parser.parse_args(arguments)
    alone = bool(options.receipt) and not (options.folder / "key.txt").exists()
    try:
        all_ = None if alone else Evidence(options.folder, options.key)
        key = Key(options.key) if alone and options.key else None if all_ is None else all_.key
        notes, receipts = (
            [(file.name, file.read_text(encoding="utf-8")) for file in files]
            for files in (options.note, options.receipt)
        )
        if all_ is None and notes:
            raise Mismatch("cần có bộ kiểm chứng để đối chiếu mốc")
    except (OSError, ValueError, KeyError, Mismatch) as fault:
        say(f"KHÔNG KHỚP  Bộ kiểm chứng: {fault}")
        return 1
    steps: list[tuple[str, Callable[[], str]]] = []
    if all_ is not None:
        steps += [(f"{number}. {name}", partial(check, all_)) for number, (name, check) in enumerate(STEPS, start=1)]
        steps += [(f"Mốc đã lưu {name}", partial(check_note, all_, text)) for name, text in notes]
    steps += [(f"Biên nhận {name}", partial(check_receipt, text, key, all_)) for name, text in receipts]
    faults = 0
    for name, check in steps:
        try:
            say(f"KHỚP        {name}: {check()}")
        except (Mismatch, LookupError, TypeError, ValueError) as fault:
            faults += 1
            say(f"KHÔNG KHỚP  {name}: {fault}")
    say("KHỚP" if not faults else "KHÔNG KHỚP")
    return 1 if faults else 0
