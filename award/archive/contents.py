"""What an archive holds: copied pages, lists, papers and evidence, works with their files, a way in, sums to check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from award import house_key
from award.archive import asking, checker, looks, queries, telling
from award.archive.asking import Answered
from award.archive.copied import Around, copied, normal, placed, relative
from award.archive.models import Archive
from award.archive.queries import KeptWork
from award.clock import now
from award.db import session
from award.documents.tables import Sheet, csv, words, xlsx
from award.editions.models import Edition
from award.features import kept_of
from award.house_key import PublicKey
from award.keeping import Kept, KeptList
from award.nominations.contents import Original, Page, Plan, files_of, folder_name, originals_of
from award.results.queries import public_since

INDEX, BY_NEWSROOM, WORKS = "index.html", "ket-qua-theo-co-quan.html", "tac-pham.html"
LISTS, FILES = "danh-sach", "tac-pham"
NEEDED = frozenset(f"{asking.FOLDER}/{name}.html" for name in ("trang-chu", "the-le", "ket-qua"))
"""Front page, rules and results: without them it is no archive."""


@dataclass(frozen=True)
class WorkFolder:
    """A work with its folder in the archive, the files that lie in it, the names of those that are lacking."""

    work: KeptWork
    folder: str
    held: tuple[Original, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        return f"{self.folder}/index.html"


@dataclass(frozen=True)
class ListKept:
    """A list as it lies in the archive: to read, and for other programs."""

    kept: KeptList
    sheet: Sheet

    @property
    def shown(self) -> list[list[tuple[str, str]]]:
        """Cells with their kinds, in words."""
        kinds = [column.kind for column in self.sheet.columns]
        return [[(kind, words(kind, value)) for kind, value in zip(kinds, row, strict=True)] for row in self.sheet.rows]

    def path(self, ending: str) -> str:
        return f"{LISTS}/{self.kept.name}.{ending}"


@dataclass
class Setting:
    """Everything that the pages written for the archive are drawn from."""

    archive: Archive
    edition: Edition
    kept: Kept
    answered: Sequence[Answered]
    lists: Sequence[ListKept]
    folders: Sequence[WorkFolder]
    links: Sequence[tuple[str, str]] = field(default_factory=list)
    """(label, path) of the navigation."""

    @property
    def public(self) -> bool:
        return self.archive.audience == "public"

    @property
    def own_pages(self) -> dict[str, str]:
        """Key of a work → where its public page lies."""
        ends = {each.path.rpartition("/")[2].removesuffix(".html"): each.path for each in self.answered if each.html}
        return {each.work.key: ends[each.work.key] for each in self.folders if each.work.key in ends}


def plan(archive: Archive, key: PublicKey, address: str) -> Plan:
    """What the archive holds of its edition as it now stands; asked in a request of nobody.

    It names the `key` it will be signed with, and the `address` where the house shows that key to everybody.
    """
    edition = session.get_one(Edition, archive.edition_id)
    around = _setting(archive, edition)
    originals = tuple(original for each in around.folders for original in each.held)
    files = [Page(each.path, each.content()) for each in around.kept.files]
    unnamed = around.public and queries.somebody_unnamed(edition.id)
    pages = [*_looks(), *_copies(around), *_lists(around), *_works(around), *files, *_ways_in(around)]
    pages += [
        Page(house_key.KEY, key.pem),
        Page(telling.CHECKER, Path(checker.__file__).read_bytes()),
        Page(house_key.README, telling.read_first(archive, edition, key, address, unnamed)),
    ]
    return Plan(tuple(pages), originals)


def _setting(archive: Archive, edition: Edition) -> Setting:
    public, kept = archive.audience == "public", kept_of(edition.id)
    since = public_since(edition.id, now())
    assert since is not None, "an archive is asked for only once the results are public"
    kept = kept.for_public(somebody_unnamed=queries.somebody_unnamed(edition.id)) if public else kept
    base: str = current_app.extensions["settings"].base_url
    answered = asking.answered(current_app._get_current_object(), base, edition.slug, kept.pages)  # type: ignore[attr-defined]
    if lacking := NEEDED - {each.path for each in answered}:
        raise asking.Unanswered(f"nobody is shown {', '.join(sorted(lacking))}")
    lists = [ListKept(each, _whole(each.sheet())) for each in kept.lists]
    folders = _folders(archive, queries.works(edition.id, since.at, public=public))
    made = Setting(archive, edition, kept, answered, lists, folders)
    made.links = _links(made)
    return made


def _whole(sheet: Sheet) -> Sheet:
    """Its rows can be gone through more than once."""
    return replace(sheet, rows=list(sheet.rows))


def _links(around: Setting) -> list[tuple[str, str]]:
    named = [
        (each.page.label, each.path) for each in around.answered if each.page.label and "?" not in each.page.address
    ]
    works_of = [(_("Tác phẩm"), WORKS)] if around.folders else []
    return [(pgettext("archive", "Mục lục"), INDEX), *named, (_("Theo cơ quan báo chí"), BY_NEWSROOM), *works_of]


def _folders(archive: Archive, listed: Sequence[KeptWork]) -> list[WorkFolder]:
    """Every work in its folder, with its originals where the archive holds them."""
    wanted = [work.entry_id for work in listed if _with_files(archive, work)]
    attached, digits = files_of(wanted) if wanted else {}, max(2, len(str(len(listed))))
    found = []
    for number, work in enumerate(listed, start=1):
        folder = f"{FILES}/{folder_name(number, digits, work.code, work.title)}"
        files = attached.get(work.entry_id, [])
        if archive.audience == "public":  # declarations and papers of authors are nobody else's
            files = [each for each in files if each.slot.for_judges]
        held = originals_of(folder, work.code, len(work.parts), files)
        there = tuple(each for each in held if each.ready)
        found.append(
            WorkFolder(work, folder, there, tuple(each.path.rpartition("/")[2] for each in held if not each.ready))
        )
    return found


def _with_files(archive: Archive, work: KeptWork) -> bool:
    """Files bear names that nobody can take out: those of an author who is not to be named stay in the house."""
    if archive.audience == "public" and work.unnamed:
        return False
    return archive.works == "eligible" or (archive.works == "winners" and bool(work.prizes))


def _looks() -> list[Page]:
    return looks.looks(Path(current_app.static_folder or ""))


def _copies(around: Setting) -> list[Page]:
    """The pages everybody reads, each with links to the others as they lie here."""
    places = {normal(each.page.address): each.path for each in around.answered} | {"/": INDEX}
    static = url_for("static", filename="")
    host = current_app.extensions["settings"].base_url.rstrip("/")
    place = placed(places, looks.FOLDER, static, host)
    pages = []
    for each in around.answered:
        content = each.content
        if each.html:
            frame = Around(_drawn("nav", around, each.path), _drawn("foot", around, each.path))
            content = copied(content.decode(), here=each.path, host=host, place=place, around=frame).encode()
        pages.append(Page(each.path, content))
    return pages


def _lists(around: Setting) -> list[Page]:
    pages = []
    for each in around.lists:
        drawn = _drawn("list", around, each.path("html"), table=each)
        pages.append(Page(each.path("html"), drawn.encode()))
        pages += [Page(each.path("csv"), csv(each.sheet)), Page(each.path("xlsx"), xlsx([each.sheet]))]
    return pages


def _works(around: Setting) -> list[Page]:
    """A page for each work, the list of them, and the prizes by newsroom."""
    pages = [Page(each.page, _drawn("work", around, each.page, each=each).encode()) for each in around.folders]
    prized = [each for each in around.folders if each.work.prizes]
    organs: dict[str, list[WorkFolder]] = {}
    for each in prized:
        organs.setdefault(each.work.newsroom or _("Không ghi cơ quan"), []).append(each)
    ordered = sorted(organs.items(), key=lambda pair: -len(pair[1]))
    pages.append(Page(BY_NEWSROOM, _drawn("newsrooms", around, BY_NEWSROOM, organs=ordered).encode()))
    if around.folders:
        pages.append(Page(WORKS, _drawn("works", around, WORKS).encode()))
    return pages


def _ways_in(around: Setting) -> list[Page]:
    return [Page(INDEX, _drawn("index", around, INDEX).encode())]


def _drawn(name: str, around: Setting, here: str, **words: Any) -> str:
    """A template of the archive as the page that lies at `here`; `to(path)` leads from there to another."""

    def to(path: str) -> str:
        return relative(path, here=here)

    known: Mapping[str, Any] = {"around": around, "edition": around.edition, "here": here, "to": to, "made_at": now()}
    page = current_app.jinja_env.get_template(f"archive/kept/{name}.html")
    return str(page.render(**known, looks=looks.FOLDER, **words))
