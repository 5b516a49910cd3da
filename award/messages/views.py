"""The local outbox: where letters can be read when no mail server is set."""

from flask import Blueprint, render_template, request

from award.db import session
from award.messages.links import pieces
from award.messages.queries import newest_first

blueprint = Blueprint("messages", __name__)

A_PAGE = 50


@blueprint.get("/hop-thu")
def outbox() -> str:
    letters = session.scalars(newest_first(request.args.get("truoc")).limit(A_PAGE + 1)).all()
    shown, more = letters[:A_PAGE], len(letters) > A_PAGE
    return render_template("messages/outbox.html", letters=shown, pieces=pieces, older=shown[-1] if more else None)
