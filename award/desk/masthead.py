"""What stands on every page: the person, the edition, the main navigation, the telephone number."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from award.db import once_a_request
from award.editions.queries import current_edition, edition_by_slug
from award.features import installed
from award.people.signin import current_person


def masthead() -> dict[str, Any]:
    """Template names of the layout: person, edition, nav, help_line. Put together once a request."""
    return once_a_request("masthead", _masthead)


def _masthead() -> dict[str, Any]:
    slug = (request.view_args or {}).get("slug")
    person, edition = current_person(), edition_by_slug(slug) if slug else current_edition()
    ids = (person.id if person else None, edition.id if edition else None)
    links = [
        (label, address, request.path.startswith(address))
        for room in installed()
        if room.navigation
        for label, address in room.navigation(*ids)
    ]
    if person is not None:
        desk = url_for("desk.home")
        links.insert(0, (_("Bàn làm việc"), desk, request.path == desk))
    else:
        door = url_for("security.login")
        links.append((_("Đăng nhập"), door, request.path == door))
    help_line = None
    if edition and edition.help_phone:
        help_line = {"name": edition.help_name or edition.secretariat_name, "phone": edition.help_phone}
    return {"person": person, "edition": edition, "nav": links, "help_line": help_line}
