"""The local outbox: where letters can be read when no mail server is set."""

from flask import Blueprint, render_template, request

from award.messages.links import pieces
from award.messages.queries import newest_first
from award.paging import Turn

blueprint = Blueprint("messages", __name__)


@blueprint.get("/hop-thu")
def outbox() -> str:
    return render_template("messages/outbox.html", page=newest_first(Turn.read(request.args)), pieces=pieces)
