"""The doors of co-authors: the owner invites one, takes it back; the invited one joins, and leaves."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award import dates
from award.clock import now
from award.db import session, unit_of_work
from award.doors import deed, found
from award.editions.models import Edition
from award.entries import inviting, openings, summaries
from award.entries.invite_form import InviteForm
from award.entries.models import Authorship, Entry
from award.entries.permissions import can_invite, can_join
from award.entries.views import Answer, blueprint, edition_at, locked_at, whole_address, work_at
from award.letters.queries import Written
from award.people.models import Person
from award.people.signin import current_person, sign_in_required, signed_in
from award.verdicts import require

ROW = "/<slug>/tac-pham/<entry_id>/tac-gia/<author_id>"


@blueprint.route(ROW + "/moi", methods=["GET", "POST"])
@sign_in_required
def invite_author(slug: str, entry_id: str, author_id: str) -> Answer:
    """Shows the link of an invitation that stands, otherwise asks how the author shall be invited."""
    edition, own = work_at(slug, entry_id)
    require(can_invite(signed_in().id, own.working, edition, now(), own.working.leave))
    row, form = found(openings.author_of(own.working.id, author_id)), InviteForm()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("entries/invite.html", own=own, row=row, form=form, **_standing(edition, row)), status
    with deed() as done:
        standing, revision = locked_at(edition, entry_id)
        entry = revision or standing
        inviting.invite(
            by_id=signed_in().id,
            edition=edition,
            entry=entry,
            standing=standing,
            row=_row(entry, author_id),
            fills=form.fills.data == "whole",
            email=form.email.data,
            letter=_letter(edition, entry, _row(entry, author_id), signed_in()),
        )
        return done(url_for("entries.invite_author", slug=slug, entry_id=entry_id, author_id=author_id))


def _standing(edition: Edition, row: Authorship) -> dict[str, Any]:
    """The link of the invitation that stands, for the page that shows it."""
    if row.invite_key is None or row.invited_at is None:
        return {"address": ""}
    address = whole_address(_link(edition, row.invite_key))
    return {"address": address, "qr": summaries.qr(address), "until": row.invited_at + inviting.OPEN_FOR}


@blueprint.post(ROW + "/thoi")
@sign_in_required
def end_invitation(slug: str, entry_id: str, author_id: str) -> Answer:
    """The owner takes the invitation back; who joined leaves."""
    edition, me = edition_at(slug), signed_in()
    with deed() as done:
        standing, revision = locked_at(edition, entry_id)
        row = _row(revision or standing, author_id)
        inviting.end(by_id=me.id, edition=edition, standing=standing, revision=revision, row=row)
        if me.id == standing.owner_id:
            return done(url_for("entries.authors", slug=slug, entry_id=entry_id))
        done.after(lambda: flash(_("Đã thôi cùng khai hồ sơ. Tên tác giả trong hồ sơ được giữ nguyên."), "ok"))
        return done(url_for("entries.mine", slug=slug))


@blueprint.get("/<slug>/cung-khai/<token>")
def open_invitation(slug: str, token: str) -> Answer:
    """Seen without signing in: whose work it is and what is asked. Joining asks for an account."""
    asked, person = _asked(slug, token), current_person()
    if person is not None and asked.row.joined and asked.row.person_id == person.id:
        return redirect(url_for("entries.tasks", slug=slug, entry_id=asked.entry.public_id))
    allowed = can_join(person.id if person else 0, asked.entry, asked.row, now(), inviting.OPEN_FOR)
    page = render_template(
        "entries/invited.html",
        row=asked.row,
        work=asked.entry,
        inviter=asked.inviter,
        allowed=allowed,
        token=token,
        other_name=person is not None and person.name_folded != asked.row.name_folded,
    )
    return _private(make_response(page))


@blueprint.post("/<slug>/cung-khai/<token>")
@sign_in_required
def join(slug: str, token: str) -> Answer:
    asked = _asked(slug, token)
    with unit_of_work():
        standing = inviting.join(person=signed_in(), edition=asked.edition, key=asked.row.invite_key or "")
        address = url_for("entries.tasks", slug=slug, entry_id=standing.public_id)
    return redirect(address, 303)


class _Asked(NamedTuple):
    """An invitation behind its link."""

    edition: Edition
    row: Authorship
    entry: Entry
    inviter: str


def _asked(slug: str, token: str) -> _Asked:
    edition = edition_at(slug)
    key = found(inviting.key_of(token, _secret()))
    row, entry = found(openings.invited_row(edition.id, key))
    return _Asked(edition, row, entry, session.get_one(Person, entry.owner_id).legal_name)


def _row(entry: Entry, author_id: str) -> Authorship:
    return found(next((author for author in entry.authors if author.public_id == author_id), None))


def _letter(
    edition: Edition, entry: Entry, row: Authorship, inviter: Person
) -> Callable[[str], tuple[Mapping[str, str], Callable[[], Written]]]:
    day = dates.day(dates.local(now() + inviting.OPEN_FOR))

    def written(key: str) -> tuple[Mapping[str, str], Callable[[], Written]]:
        return inviting.words(edition, entry, row, inviter, day=day, address=whole_address(_link(edition, key)))

    return written


def _link(edition: Edition, key: str) -> str:
    return url_for("entries.open_invitation", slug=edition.slug, token=inviting.token_of(key, _secret()))


def _secret() -> str:
    secret: str = current_app.extensions["settings"].secret_key
    return secret


def _private(answer: BaseResponse) -> BaseResponse:
    """The address is the key: it goes to no other site and into no index."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
