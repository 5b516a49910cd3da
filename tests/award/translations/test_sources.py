"""What people read goes through the catalogue: no Vietnamese stands in code, templates or scripts outside of it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import config

ROOT = config.ROOT
MARKED = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
LOOKED_UP = {"gettext", "lazy_gettext", "ngettext", "pgettext", "lazy_pgettext"}
NOT_FOR_READERS = {
    # Vietnamese by law or by nature: papers, what is read or typed, data that an edition begins with
    **dict.fromkeys(("award/documents", "award/history", "award/encodings.py", "award/telex.py"), "papers and lists"),
    **dict.fromkeys(("award/editions/known.py", "award/editions/outlets.py"), "what a new edition begins with"),
    "award/editions/operations": "what a new edition begins with",
    **dict.fromkeys(("award/editions/papers.py", "award/editions/issuing.py", "award/results/papers.py"), "papers"),
    **dict.fromkeys(("award/results/lines.py", "judging/council/papers.py"), "how papers name a prize"),
    **dict.fromkeys(("award/intake/pieces.py", "award/entries/forms.py", "award/editions/forms/fields.py"), "is typed"),
    "award/editions/deadlines.py": "the words of a deadline as they are kept",
    "award/newsrooms/permissions.py": "the beginning of a deadline's words",
    **dict.fromkeys(("award/editions/models.py", "award/people/models.py"), "what a row begins with"),
    "award/dates.py": "is the Vietnamese form",
    "award/languages.py": "names of languages",
    "award/text.py": "letters",
    "award/personal.py": "stands in rows from now on",
    "award/people/browsers.py": "names of programs",
    "award/people/library_settings.py": "the name an app on the phone keeps",
    # the console of the operator, who reads both languages there
    **dict.fromkeys(("award/local", "award/people/commands.py"), "the console"),
    "wsgi.py": "the last word when no page can be made",
    "award/results/signers.py": "how a post begins, to be known by it",
    # what goes along with evidence, and what is told of files below the house
    "judging/proof": "the bundle, which is evidence",
    "award/archive/checker.py": "the program that lies in an archive",
    "uploads": "the ground floor; the house has words of its own for kinds of file",
    "demonstration": "invented data, and commands",
}
ALPHABET = ("templates/desk/living",)
"""Samples of the page of components: invented data."""


def excused(path: str) -> bool:
    return any(path == known or path.startswith(f"{known}/") for known in NOT_FOR_READERS)


@cache
def code() -> list[tuple[str, ast.Module]]:
    """Every module that has Vietnamese or looks something up, read once for all tests."""
    folders = ("award", "judging", "uploads", "demonstration")
    paths = [ROOT / "wsgi.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))]
    texts = [(str(path.relative_to(ROOT)), path.read_text()) for path in paths]
    return [(path, ast.parse(text)) for path, text in texts if "flask_babel" in text or MARKED.search(text)]


def lookups(tree: ast.Module) -> dict[str, str]:
    """Name in this file → the function it is."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
        for alias in node.names
        if alias.name in LOOKED_UP
    }


def bare(tree: ast.Module) -> Iterator[str]:
    """Vietnamese literals that are neither looked up nor the docstring of something."""
    names, passed = lookups(tree), set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            passed |= {id(below) for argument in node.args for below in ast.walk(argument)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in passed else None
        if isinstance(text, str) and MARKED.search(text):
            yield text


def test_code_says_nothing_bare() -> None:
    found = {path: list(bare(tree)) for path, tree in code() if not excused(path)}
    assert {path: said for path, said in found.items() if said} == {}


def test_every_excuse_is_needed() -> None:
    with_some = {path for path, tree in code() if any(bare(tree))}
    idle = [known for known in NOT_FOR_READERS if not any(p == known or p.startswith(f"{known}/") for p in with_some)]
    assert idle == []


def at_import(node: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    """Calls that run when the module is read: everything outside of functions, and their defaults."""
    for below in ast.iter_child_nodes(node):
        if isinstance(below, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for early in (*getattr(below, "decorator_list", ()), *below.args.defaults, *below.args.kw_defaults):
                if early is not None:
                    yield from at_import(early, names)
            continue
        if isinstance(below, ast.Call) and isinstance(below.func, ast.Name) and below.func.id in names:
            yield below
        yield from at_import(below, names)


def test_nothing_is_looked_up_before_there_is_a_reader() -> None:
    """A sentence looked up while modules are read would be Vietnamese for everybody: there it must be lazy."""
    early = {}
    for path, tree in code():
        names = {name for name, function in lookups(tree).items() if not function.startswith("lazy_")}
        if found := [call.lineno for call in at_import(tree, names)]:
            early[path] = found
    assert early == {}


def test_templates_say_nothing_bare() -> None:
    """Comments and what is looked up are taken out; what is left is English or nothing."""
    said = re.compile(r"""\b(?:_|n?p?gettext)\(\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s*,\s*"[^"]*")?""")
    found = {}
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = str(path.relative_to(ROOT))
        text = said.sub("", re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL))
        lines = [line.strip() for line in text.splitlines() if MARKED.search(line)]
        if lines and not name.startswith(ALPHABET):
            found[name] = lines
    assert found == {}


def test_scripts_and_styles_have_no_words_of_their_own() -> None:
    """They take their words from the page. Comments may say how something looks."""
    found = {}
    for folder, comment in (("scripts", r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$"), ("styles", r"/\*.*?\*/")):
        for path in sorted((ROOT / "award" / "static" / folder).glob("*.*s")):
            text = re.sub(comment, "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
            text = text.replace('"đ"', "")  # a letter that is folded
            if lines := [line.strip() for line in text.splitlines() if MARKED.search(line)]:
                found[path.name] = lines
    assert found == {}
