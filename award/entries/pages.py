"""The doors to the pages of the form: each shows, saves while typing, and saves by its button without any script."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.db import unit_of_work
from award.doors import came_in, found, wants_json
from award.editions.contents import flat, tree
from award.editions.lengths import length_words
from award.editions.media import ASKS
from award.editions.models import Edition
from award.editions.queries import topics
from award.entries import attaching, filling, forms, old_letters, queries, saving, showing
from award.entries.contested import contested, in_part
from award.entries.dossiers import Dossier, pen_names
from award.entries.hands import hand_of, locked_rows
from award.entries.merging import stamp
from award.entries.outlets import newsroom_names
from award.entries.passes import standing_at
from award.entries.permissions import (
    can_arrange,
    can_edit,
    can_follow_with_file,
    can_invite,
    files_may_follow,
    hurry_words,
)
from award.entries.progress import captioned, onward, state_of
from award.entries.views import Answer, blueprint, edition_at, locked_at, work_at
from award.files.answers import upload_answer
from award.files.forms import declared
from award.files.models import File
from award.files.reading import readings
from award.people.signin import sign_in_required, signed_in
from award.rules.eligibility import Finding
from award.verdicts import require

ROWS: dict[str, filling.Rows] = {"parts": "parts", "authors": "authors", "declarations": "prior_prizes"}


@blueprint.route("/<slug>/tac-pham/<entry_id>/khai", methods=["GET", "POST"])
@sign_in_required
def work(slug: str, entry_id: str) -> Answer:
    return _door(forms.WORK, slug, entry_id)


@blueprint.route("/<slug>/tac-pham/<entry_id>/cac-ky", methods=["GET", "POST"])
@sign_in_required
def parts(slug: str, entry_id: str) -> Answer:
    return _door(forms.PARTS, slug, entry_id)


@blueprint.route("/<slug>/tac-pham/<entry_id>/tac-gia", methods=["GET", "POST"])
@sign_in_required
def authors(slug: str, entry_id: str) -> Answer:
    return _door(forms.AUTHORS, slug, entry_id)


@blueprint.route("/<slug>/tac-pham/<entry_id>/cam-ket", methods=["GET", "POST"])
@sign_in_required
def declarations(slug: str, entry_id: str) -> Answer:
    return _door(forms.DECLARATIONS, slug, entry_id)


@blueprint.route("/<slug>/tac-pham/<entry_id>/chu-thich", methods=["GET", "POST"])
@sign_in_required
def captions(slug: str, entry_id: str) -> Answer:
    """Only a work whose category asks for pictures with captions has this page."""
    _edition, own = work_at(slug, entry_id)
    found(own if captioned(own.working) else None)
    return _door(forms.CAPTIONS, slug, entry_id)


@blueprint.get("/<slug>/tac-pham/<entry_id>/tep")
@sign_in_required
def files(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    editing = showing.editable(own.working, signed_in().id, edition, "files")
    due = not editing and _due(own.standing, edition)
    if not editing and not due:
        return redirect(url_for("entries.tasks", slug=slug, entry_id=entry_id))
    rows, places = queries.files_of(own.working.id), own.working.places
    return render_template(
        "entries/files.html",
        own=own,
        work=own.working,
        editing=editing,
        may_follow=files_may_follow(edition),
        open_=showing.open_parts(own.working, signed_in().id, edition),
        places=places,
        hurry=hurry_words(edition, now()) if editing else "",
        files_at={place.key: [rows[file.id] for file in place.files if file.id in rows] for place in places},
        passes=standing_at(own.working),
        begin_url=url_for("entries.begin_file", slug=slug, entry_id=entry_id),
        remove_urls=_remove_urls(rows.values(), slug, entry_id) if editing else {},
        length_words=length_words,
        **_around(own, edition, entry_id),
    )


def _around(own: queries.OwnWork, edition: Edition, entry_id: str) -> dict[str, Any]:
    """What stands around the files of a work: its state, what its medium asks for, what rules say, what comes next."""
    return {
        "asks": ASKS[own.working.medium],
        "onward": url_for(f"entries.{onward(own.working, 'files')}", slug=edition.slug, entry_id=entry_id),
        "state": state_of(own.standing, revised=own.revision is not None),
        "said": showing.messages(showing.found_in(own.working, edition), "files"),
    }


def _due(read: Dossier, edition: Edition) -> bool:
    """Whether files of what was submitted are on their way, or may still begin."""
    if any(file.state == "uploading" for file in read.files):
        return True
    return any(can_follow_with_file(signed_in().id, read, edition, now(), place) for place in read.places)


@blueprint.post("/<slug>/tac-pham/<entry_id>/tep/bat-dau")
@sign_in_required
def begin_file(slug: str, entry_id: str) -> Answer:
    """JSON {name, size, part_hashes, slot, part, resuming} -> where to send the parts."""
    edition = edition_at(slug)
    with unit_of_work():
        standing, revision = locked_at(edition, entry_id)
        entry, file_declared, body = revision or standing, declared(), request.get_json()
        key = ".".join(str(body[name]) for name in ("slot", "part") if body.get(name))
        places, leave = queries.places(entry.id)
        place = found(next((each for each in places if each.key == key), None))
        file = attaching.begin_file(
            uploader=signed_in(), edition=edition, entry=entry, place=place, leave=leave, **file_declared
        )
    remove_url = url_for("entries.remove_file", slug=slug, entry_id=entry_id, file_id=file.public_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


@blueprint.post("/<slug>/tac-pham/<entry_id>/tep/<file_id>/bo")
@sign_in_required
def remove_file(slug: str, entry_id: str, file_id: str) -> Answer:
    edition = edition_at(slug)
    with unit_of_work():
        standing, revision = locked_at(edition, entry_id)
        attaching.remove_file(by_id=signed_in().id, edition=edition, entry=revision or standing, key=file_id)
    if wants_json():
        return jsonify(removed=file_id)
    return redirect(url_for("entries.files", slug=slug, entry_id=entry_id), 303)


def _door(page: forms.Page[Any], slug: str, entry_id: str) -> Answer:
    """Shows the page of a work that may be edited; saves what comes back."""
    if request.method == "POST":
        return _save(page, slug, entry_id)
    edition, own = work_at(slug, entry_id)
    if not showing.editable(own.working, signed_in().id, edition, page.name):
        return redirect(url_for("entries.tasks", slug=slug, entry_id=entry_id))
    shown = page.shown(own.working)
    return _page(page, edition, own.standing.key, saving.Saved(own.working, stamp(shown), shown, {}, {}))


def _save(page: forms.Page[Any], slug: str, entry_id: str) -> Answer:
    edition, person = edition_at(slug), signed_in()
    act, _colon, key = request.form.get("act", "").partition(":")
    with unit_of_work():
        standing, revision = locked_at(edition, entry_id)
        entry = revision or standing
        require(can_edit(person.id, entry, edition, now(), queries.leave_of(entry), page.name))
        typed = old_letters.as_read(request.form) if act == "unicode" else request.form
        saved = saving.save(page, entry, person, typed)
        if act in {"add", "remove", "up", "down"} and not saved.conflicts and not saved.messages:
            if page is forms.AUTHORS:
                require(can_arrange(person.id, entry, act, key))
            key = _row_act(page, entry, act, key)
    if wants_json():
        return _json(page, edition, saved)
    if saved.conflicts:
        return _page(page, edition, entry_id, saved), 409
    if saved.messages:
        return _page(page, edition, entry_id, saved), 422
    if act in {"add", "remove", "up", "down", "unicode"}:
        anchor = f"row-{key}" if key else None
        there = url_for(f"entries.{page.name}", slug=slug, entry_id=entry_id, _anchor=anchor)
    else:
        next_page = "tasks" if act == "tasks" else onward(saved.dossier, page.name)
        there = url_for(f"entries.{next_page}", slug=slug, entry_id=entry_id)
    return came_in(redirect(there, 303), request.path)


def _remove_urls(files: Iterable[File], slug: str, entry_id: str) -> dict[int, str]:
    return {
        file.id: url_for("entries.remove_file", slug=slug, entry_id=entry_id, file_id=file.public_id) for file in files
    }


def _rows_of(page: forms.Page[Any]) -> filling.Rows:
    """The rows of a page; a page without any has no acts on rows."""
    return found(ROWS.get(page.name))


def _row_act(page: forms.Page[Any], entry: Any, act: str, key: str) -> str:
    """Adds, removes or moves a row; the key of the row to show next, if there is one."""
    entry.changed_at = now()
    if page is forms.CAPTIONS and act in {"up", "down"}:
        filling.move_picture(entry, key, -1 if act == "up" else 1)
        return key
    rows = _rows_of(page)
    if act == "add":
        return filling.add_row(entry, rows)
    if act == "remove":
        filling.remove_row(entry, rows, key)
        return ""
    filling.move_row(entry, rows, key, -1 if act == "up" else 1)
    return key


def _json(page: forms.Page[Any], edition: Edition, saved: saving.Saved) -> Answer:
    if saved.conflicts:
        both = {name: {"yours": yours, "theirs": theirs} for name, (yours, theirs) in saved.conflicts.items()}
        answer = jsonify(conflict=both, version=saved.version, said=_whose(saved), others=saved.others)
        answer.status_code = 409
        return answer
    found_ = showing.found_in(saved.dossier, edition)
    said, old = _said(page, found_, saved)
    return jsonify(
        version=saved.version,
        others=saved.others,
        saved_at=saved.dossier.changed_at.isoformat(),
        messages=said,
        cautions=showing.cautions(said),
        states=showing.states(found_, page.name),
        old=old,
    )


def _page(page: forms.Page[Any], edition: Edition, entry_id: str, saved: saving.Saved, **more: Any) -> str:
    dossier: Dossier = saved.dossier
    found_ = showing.found_in(dossier, edition)
    said, old = _said(page, found_, saved)
    beside: dict[str, Any] = {}
    if page is forms.WORK:
        beside["contents"] = tree(topics(edition.id))
        beside["topics"] = [(str(each.id), each.name) for each in flat(beside["contents"]) if each.chosen]
        beside["genres"] = [(str(number), name) for number, name in dossier.genres]
    if page in {forms.WORK, forms.PARTS, forms.AUTHORS}:
        beside["newsrooms"] = newsroom_names()
    if page is forms.AUTHORS:
        beside |= _hands(dossier, edition)
    if page is forms.CAPTIONS:
        beside["pictures"] = {file.key: file for file in dossier.pictures}
        shown = readings({file.id: file.name for file in dossier.pictures}).values()
        beside["shown"] = {one.file_id: one for one in shown}
    return render_template(
        f"entries/{page.name}.html",
        work=dossier,
        entry_id=entry_id,
        page=page.name,
        version=saved.version,
        value=saved.typed,
        rows=showing.row_keys(page, saved.typed),
        said=said,
        old=old,
        faults=_faults(page, saved),
        conflicts=contested(page.name, saved, beside.get("topics", [])),
        whose=_whose(saved),
        closing=showing.closing(dossier, edition),
        now=now(),
        rules=showing.rule_lines(found_, page.name),
        declarations=list(dossier.asked.values()),
        state=state_of(dossier, revised=dossier.revises_id is not None),
        asks=ASKS[dossier.medium],
        needs=ASKS[dossier.medium].needs(dossier.needed) | set(dossier.needed),
        **beside,
        **more,
    )


def _faults(page: forms.Page[Any], saved: saving.Saved) -> list[tuple[str, str]]:
    """Sentence and field of what could not be read; of a series with the part in which it stands."""
    faults = [(sentence, name) for name, told in saved.messages.items() for sentence in told]
    if page is not forms.PARTS:
        return faults
    keys = showing.row_keys(page, saved.typed)
    return [(in_part(sentence, name, keys), name) for sentence, name in faults]


def _hands(dossier: Dossier, edition: Edition) -> dict[str, Any]:
    """Which rows of authors somebody else keeps, and who may be invited."""
    person = signed_in()
    return {
        "by_key": {author.key: author for author in dossier.authors},
        "locked": locked_rows(person.id, dossier.owner_id, dossier.authors),
        "whole": hand_of(person.id, dossier) == "whole",
        "me": person,
        "pen_names": pen_names(person.pen_name),
        "may_invite": can_invite(person.id, dossier, edition, now(), dossier.leave),
    }


def _whose(saved: saving.Saved) -> str:
    """Who changed the contested fields meanwhile, and when; in general words where it was the same person."""
    if not saved.other:
        return str(_("Nội dung vừa được sửa ở nơi khác. Cả hai nội dung đều được giữ; chọn nội dung sử dụng."))
    words = {"name": saved.other, "at": dates.time(saved.dossier.changed_at)}
    return str(
        _("Hồ sơ vừa được %(name)s sửa lúc %(at)s. Cả hai nội dung đều được giữ; chọn nội dung sử dụng.", **words)
    )


def _said(page: forms.Page[Any], found_: Sequence[Finding], saved: saving.Saved) -> tuple[forms.Messages, int]:
    """What is said beside the fields, and how many of their texts an old encoding wrote.

    What could not be read outweighs what the rules say of the old value.
    """
    said, old = showing.messages(found_, page.name), old_letters.told(saved.typed)
    together = {name: said.get(name, []) + old.get(name, []) for name in [*said, *(set(old) - set(said))]}
    return {**together, **saved.messages}, len(old)
