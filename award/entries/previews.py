"""The form of a loại hình before anybody may enter: the pages entrants get, around a work that is never kept."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from award.doors import found
from award.editions.lengths import length_words
from award.editions.media import ASKS
from award.editions.permissions import can_read_setup, can_see
from award.editions.queries import capacity
from award.entries import forms, queries, showing
from award.entries.dossiers import Dossier
from award.entries.merging import stamp
from award.entries.operations import blank
from award.entries.pages import _page
from award.entries.progress import captioned, state_of
from award.entries.queries import OwnWork
from award.entries.saving import Saved
from award.entries.views import Answer, blueprint
from award.people.signin import sign_in_required, signed_in
from award.verdicts import require

PAGES: dict[str, forms.Page[Any] | None] = {
    "tac-pham": forms.WORK,
    "cac-ky": forms.PARTS,
    "tac-gia": forms.AUTHORS,
    "tep": None,
    "chu-thich": forms.CAPTIONS,
    "cam-ket": forms.DECLARATIONS,
}
"""In the order of the form; files are no page of texts."""


@blueprint.get("/<slug>/thiet-lap/xem-truoc/ke-khai/<category_id>/<page>")
@sign_in_required
def preview_form(slug: str, category_id: str, page: str) -> Answer:
    edition, person = found(queries.edition_with_clauses(slug)), signed_in()
    by = capacity(person, edition)
    found(can_see(by, edition) or None)
    require(can_read_setup(by))
    category = found(next((each for each in queries.categories(edition.id) if each.public_id == category_id), None))
    found(page if page in PAGES else None)
    # The pages read their work from the database. This one is written for them and never committed: no unit of work
    # stands around it, so the end of the request takes it back.
    work = queries.dossier(blank(edition=edition, category=category, owner=person).id)
    shown, preview = PAGES[page], _preview(slug, category_id, page, work)
    if shown is None:
        return _files(work, preview)
    texts = shown.shown(work)
    return _page(shown, edition, work.key, Saved(work, stamp(texts), texts, {}, {}), preview=preview)


def _preview(slug: str, category_id: str, page: str, work: Dossier) -> SimpleNamespace:
    """Where the other pages of the form are; a work without pictures has none for captions."""
    words = {
        "tac-pham": pgettext("one", "Tác phẩm"),
        "cac-ky": ASKS[work.medium].parts,
        "tac-gia": _("Tác giả"),
        "tep": _("Tệp"),
        "chu-thich": _("Chú thích ảnh"),
        "cam-ket": _("Cam kết"),
    }
    names = [name for name in PAGES if name != "chu-thich" or captioned(work)]
    pages = [
        (words[name], url_for("entries.preview_form", slug=slug, category_id=category_id, page=name))
        for name in names
        if name != page
    ]
    after = names[names.index(page) + 1] if page in names[:-1] else None
    onward = next((address for _name, address in pages if after and address.endswith(f"/{after}")), "")
    return SimpleNamespace(back=url_for("editions.previews", slug=slug), pages=pages, onward=onward)


def _files(work: Dossier, preview: SimpleNamespace) -> str:
    return render_template(
        "entries/files.html",
        own=OwnWork(work, None),
        work=work,
        editing=True,
        open_=frozenset(f"files.{slot.code}" for slot in work.slots),
        places=work.places,
        hurry="",
        files_at={place.key: [] for place in work.places},
        passes={},
        begin_url="",
        remove_urls={},
        asks=ASKS[work.medium],
        length_words=length_words,
        onward="",
        state=state_of(work),
        said=showing.messages((), "files"),
        preview=preview,
    )
