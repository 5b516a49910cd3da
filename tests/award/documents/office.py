"""A word processor that is not ours, as it sets our DOCX on pages."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from award.documents.evening import FONTS

OFFICE = shutil.which("soffice")


def printed(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Name → the PDF it makes of that DOCX. Letters as wide as Times New Roman stand in for it, on both sides."""
    assert OFFICE is not None, "apt install libreoffice-writer-nogui"
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder}/cache</cachedir><match><test name='family'><string>Times New Roman</string></test>"
        "<edit name='family' mode='assign' binding='strong'><string>Tinos</string></edit></match></fontconfig>",
        encoding="utf-8",
    )
    for number, content in enumerate(files.values()):
        (folder / f"{number}.docx").write_bytes(content)
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *sorted(str(path) for path in folder.glob("*.docx"))]
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return {name: (folder / f"{number}.pdf").read_bytes() for number, name in enumerate(files)}
