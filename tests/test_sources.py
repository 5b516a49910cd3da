"""What nowhere in the product is written: code that runs what somebody typed, text put into a page as markup."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = sorted(
    path
    for floor in ("award", "judging", "uploads", "demonstration")
    for path in (ROOT / floor).rglob("*.py")
    if "vendor" not in path.parts
) + [ROOT / name for name in ("wsgi.py", "config.py", "dev.py")]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
SCRIPTS = sorted((ROOT / "award" / "static" / "scripts").rglob("*.js"))
STYLES = sorted((ROOT / "award" / "static" / "styles").rglob("*.css"))

NEVER_CALLED = {"eval", "exec", "compile", "__import__", "execfile"}
NEVER_IMPORTED = {
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "xml.etree.ElementTree",
    "xml.sax",
    "xml.dom.minidom",
    "telnetlib",
}
MARKUP = {"award/languages.py", "wsgi.py"}
"""Where a sentence of ours is markup: the values put into it are escaped."""
ANSWERS_OF_THE_STORE = {"uploads/wire.py", "uploads/parts.py", "uploads/storage.py"}
"""Who reads XML that only the store writes; documents of others are read by libraries in a child process."""
OUR_OWN_NAMES = {"award/db.py", "award/local/postgres.py", "demonstration/anew.py"}
"""Who puts names of our own tables and columns into a statement, which no database takes beside it."""


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return ast.unparse(call.func)


def told(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:90]}"


def test_there_is_something_to_read() -> None:
    assert len(PYTHON) > 400 and len(TEMPLATES) > 200 and len(SCRIPTS) > 30 and STYLES


def test_nothing_runs_what_it_was_given() -> None:
    found = [
        told(path, call)
        for path in PYTHON
        for call in calls(path)
        if name_of(call) in NEVER_CALLED
        or name_of(call) in {"os.system", "os.popen", "subprocess.getoutput"}
        or any(each.arg == "shell" and getattr(each.value, "value", None) is not False for each in call.keywords)
    ]
    assert found == []


def test_nothing_reads_what_can_act_when_it_is_read() -> None:
    found = []
    for path in (path for path in PYTHON if str(path.relative_to(ROOT)) not in ANSWERS_OF_THE_STORE):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or "", *(f"{node.module}.{each.name}" for each in node.names)}
            else:
                continue
            if names & NEVER_IMPORTED:
                found.append(told(path, node))
    assert found == []


def test_no_statement_is_put_together_from_strings() -> None:
    """Values go to the database beside the statement."""
    found = []
    for path in (path for path in PYTHON if str(path.relative_to(ROOT)) not in OUR_OWN_NAMES):
        for call in calls(path):
            if name_of(call).rsplit(".", 1)[-1] in {"text", "execute", "exec_driver_sql"} and call.args:
                first = call.args[0]
                filled = isinstance(first, ast.JoinedStr) and any(
                    isinstance(each, ast.FormattedValue) for each in first.values
                )
                joined = isinstance(first, ast.BinOp) or (
                    isinstance(first, ast.Call) and name_of(first).endswith(".format")
                )
                if filled or joined:
                    found.append(told(path, call))
    assert found == []


def test_text_becomes_markup_in_two_places_only() -> None:
    used = {
        str(path.relative_to(ROOT))
        for path in PYTHON
        for call in calls(path)
        if name_of(call).rsplit(".", 1)[-1] in {"Markup", "render_template_string"}
    }
    assert used == MARKUP


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"\|\s*safe\b", "what is shown is escaped"),
        (r"autoescape\s+(false|off)", "what is shown is escaped"),
        (r"<[^>]*\son[a-z]+\s*=", "the policy runs no script that stands in a page"),
        (r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", "the policy runs no script that stands in a page"),
        (r"<[^>]*\sstyle\s*=", "the policy takes no style that stands in a page"),
        (r"(?:href|src|action)\s*=\s*[\"']javascript:", "an address leads somewhere"),
        (r"<[^>]*\s[a-z-]+=\{\{", "an attribute stands in quotes"),
        (r"<form[^>]*\saction\s*=\s*[\"']https?:", "forms are sent to this house"),
        (r"(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)", "nothing comes from another house"),
    ],
)
def test_no_template_has(pattern: str, why: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)[:80]}"
        for path in TEMPLATES
        for match in re.finditer(pattern, re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S), re.I)
    ]
    assert found == [], why


@pytest.mark.parametrize(
    "pattern",
    [
        r"\.(?:inner|outer)HTML\b",
        r"insertAdjacentHTML",
        r"document\.write",
        r"\beval\(",
        r"new Function\b",
        r"set(?:Timeout|Interval)\(\s*[\"'`]",
        r"https?://(?!www\.w3\.org)",
        r"\bpostMessage\([^)]*[\"']\*[\"']",
    ],
)
def test_no_script_has(pattern: str) -> None:
    """Text comes into a page as text; a part of a page that the house drew is read as a document first."""
    found = [f"{path.name}: {match.group(0)}" for path in SCRIPTS for match in re.finditer(pattern, path.read_text())]
    assert found == []


def test_no_style_comes_from_another_house() -> None:
    found = [
        path.name for path in STYLES if re.search(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//", path.read_text())
    ]
    assert found == []


NETWORK = {
    "asyncio",
    "ftplib",
    "http.client",
    "http.server",
    "httpx",
    "imaplib",
    "minio",
    "poplib",
    "requests",
    "smtplib",
    "socket",
}
NETWORK |= {"socketserver", "ssl", "urllib.request", "urllib3", "xmlrpc"}
"""Libraries by which one machine speaks to another."""


def _speaks(path: Path) -> bool:
    """Whether the file imports one of them, in whatever way."""
    text = path.read_text()
    if not any(name.rpartition(".")[2] in text for name in NETWORK):
        return False
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return any(name == each or name.startswith(f"{each}.") for name in names for each in NETWORK)


def test_what_speaks_to_another_machine_stands_in_the_table_of_those_that_do() -> None:
    """In docs/security.md, with whom and why. Whoever adds one says so there."""
    told_there = set(re.findall(r"^\| `([\w/]+\.py)` \|", (ROOT / "docs" / "security.md").read_text(), re.M))
    product = [each for each in PYTHON if each.name != "dev.py" and "demonstration" not in each.parts]
    assert {str(each.relative_to(ROOT)) for each in product if _speaks(each)} == told_there


SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{40,}|\bglpat-[\w-]{20}\b"
    r"|\bxox[abprs]-[A-Za-z0-9-]{20,}|\bpypi-AgE[\w-]{40,}|\bnpm_[A-Za-z0-9]{36}\b|\bAIza[\w-]{35}\b"
    r"|\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}|(?:https?|postgres(?:ql)?|smtps?)://[^\s/:@<>{}\"']+:[^\s/@<>{}\"']{12,}@"
)
"""Keys of the kinds that open something elsewhere, and addresses with a long password in them."""


MADE = {"var", "node_modules", "vendor", "output", "pictures", "__pycache__"}
"""Folders that are made here and belong to nobody else's copy."""


def test_no_secret_stands_in_the_repository() -> None:
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in MADE and not (name.startswith(".") and name != ".ci")]
        for path in (Path(folder) / name for name in names):
            if path.is_file() and not path.is_symlink() and path.suffix != ".lock":  # thousands of hashes
                text = path.read_bytes().decode(errors="replace")
                found += [f"{path.relative_to(ROOT)}: {each.group()[:12]}…" for each in SECRETS.finditer(text)]
    assert found == []


@pytest.mark.parametrize("secret", ["AKIA" + "A" * 16, "ghp_" + "a" * 36, "smtp://user:" + "x" * 14 + "@mail.internal"])
def test_a_secret_would_be_seen(secret: str) -> None:
    assert SECRETS.search(f'KEY = "{secret}"')
