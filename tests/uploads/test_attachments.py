"""What a PDF carries along is read by name, in a child; too much of it, or no PDF at all, carries nothing."""

import io

import pikepdf

from uploads.attachments import MOST_BYTES, carried
from uploads.ranges import HeldRanges


def test_small_files_are_read_by_name_and_nothing_else_is() -> None:
    out = io.BytesIO()
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    for name, content in {"lời.json": b"{}", "khac.txt": b"x", "lon.bin": bytes(MOST_BYTES + 1)}.items():
        document.attachments[name] = content
    document.save(out)
    whole = out.getvalue()
    assert carried(HeldRanges(whole), "lời.json", "lon.bin", "khong-co") == {"lời.json": b"{}"}
    assert carried(HeldRanges(whole[:200]), "lời.json") == {}
