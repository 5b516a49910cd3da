"""What the season leaves behind is checked as an outsider would: by the verifier alone, in a folder of its own."""

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from demonstration.season.browser import Unexpected
from demonstration.season.person import Person


def fits(auditor: Person, judge: Person, slug: str) -> tuple[str, bytes]:
    """The evidence of the season fits, with the receipts a judge took along; gives what was checked, and the ZIP."""
    page = f"/{slug}/kiem-chung"
    content = auditor.opens(f"{page}/bo-kiem-chung.zip").content
    receipt = judge.opens(f"{page}/vong/1/bien-nhan.txt").content
    with tempfile.TemporaryDirectory(prefix="giai-evidence-") as folder:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(folder)
        (Path(folder) / "bien-nhan.txt").write_bytes(receipt)
        checked = subprocess.run(
            [sys.executable, "-I", "verify.py", "--receipt", "bien-nhan.txt"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    *steps, whole = [line for line in checked.stdout.splitlines() if line.startswith("KH")] or [""]
    if checked.returncode or whole != "KHỚP":
        raise Unexpected(f"the evidence does not fit: {checked.stdout}{checked.stderr}")
    words = f"KHỚP: {len(steps) - 1} bước, {steps[0].partition(': ')[2]}; {steps[3].partition(': ')[2]}; biên nhận"
    return words, content
