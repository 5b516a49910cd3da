"""The sentences of the product as its sources say them now, and the catalogues that follow them.

Templates and code are read where they stand; nothing is kept between. A catalogue holds every sentence once, under the
file that says it first, without line numbers, so that it changes only where the words do.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
FLOORS = ("award", "demonstration", "judging", "templates", "uploads")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_pgettext": DEFAULT_KEYWORDS["pgettext"]}
HEAD = """# English sentences of the product. Vietnamese is the source; docs/english.md has the glossary.
# A word that goes with a number is written %(n:work|works)s beside %(n)s."""


def sources() -> Catalog:
    """Every sentence that templates and code ask for."""
    found = Catalog(project="giai-bao-chi", version="1", charset="utf-8", fuzzy=False)
    for folder in [*FLOORS, "."]:
        taken = extract_from_dir(
            ROOT / folder,
            METHODS,
            keywords=KEYWORDS,
            directory_filter=_outside if folder == "." else None,
        )
        for name, _line, message, _comments, context in taken:
            found.add(message, locations=[(f"{folder}/{name}" if folder != "." else name, 0)], context=context)
    return found


def _outside(path: str) -> bool:
    """Of the root only its own files: the floors are read one by one."""
    return Path(path).resolve() == ROOT


def catalogue_of(code: str) -> Path:
    return HERE / code / "LC_MESSAGES" / "messages.po"


def kept(code: str) -> Catalog:
    with catalogue_of(code).open("rb") as text:
        return read_po(text, locale=code)


def update(code: str) -> list[str]:
    """The catalogue holds exactly the sentences of the sources; those that lack a translation are returned."""
    fresh, known = sources(), kept(code)
    made = Catalog(
        locale=code, project=fresh.project, version=fresh.version, header_comment=HEAD, fuzzy=False, charset="utf-8"
    )
    made.creation_date = made.revision_date = known.creation_date  # a day would be another in every update
    made.msgid_bugs_address = made.last_translator = made.language_team = ""
    for message in fresh:
        if message.id:
            old = known.get(message.id, message.context)
            said = old.string if old is not None else None
            made.add(message.id, said, locations=message.locations[:1], context=message.context, flags=message.flags)
    with catalogue_of(code).open("wb") as text:
        write_po(text, made, width=120, include_lineno=False, sort_by_file=True)
    return [_first(message.id) for message in made if message.id and not _complete(message.string)]


def _first(said: str | tuple[str, ...] | list[str]) -> str:
    return said if isinstance(said, str) else said[0]


def _complete(said: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(said) if isinstance(said, str) or said is None else all(said)
