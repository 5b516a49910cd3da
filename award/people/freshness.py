"""Doors that open only to who has typed the password a short while ago."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import current_app, redirect, request, url_for
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.wrappers import Response

Answer = str | Response | tuple[str, int]
P = ParamSpec("P")


def step_up(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """Who typed the password longer ago types it again first, and comes back to the page the form stood on."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Answer:
        config = current_app.config
        if check_and_update_authn_fresh(config["SECURITY_FRESHNESS"], config["SECURITY_FRESHNESS_GRACE_PERIOD"]):
            return view(*args, **kwargs)
        back = request.full_path.rstrip("?") if request.method == "GET" else _page_of_form()
        return redirect(url_for("security.verify", next=back), code=303)

    return guarded


def _page_of_form() -> str:
    """The address that was posted to where a page is read there, or else the nearest one above it."""
    routes, address = current_app.create_url_adapter(request), request.path
    assert routes is not None
    while address and not routes.test(address, method="GET"):
        address = address.rpartition("/")[0]
    return address or "/"
