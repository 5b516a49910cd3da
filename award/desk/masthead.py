"""What stands on every page: the person, the edition, the main navigation, the telephone number."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import request, url_for
from flask_babel import gettext as _

from award.db import once_a_request
from award.desk.called import called
from award.editions.models import Edition
from award.editions.queries import current_edition, edition_by_slug
from award.features import installed
from award.languages import LANGUAGES, chosen
from award.people.signin import current_person, on_shared_machine, type_size

SIDE_BY_SIDE = 6
"""So many links stand on one line of a desktop, beside the name of the award."""
GROUP_OF: Mapping[str, str] = {
    "history": "works",
    "intake": "works",
    "newsrooms": "works",
    "screening": "works",
    "panels": "judging",
    "ranking": "judging",
    "scoring": "judging",
    "viewings": "judging",
    "council": "judging",
    "sittings": "judging",
    "proof": "judging",
    "ceremony": "outcome",
    "payments": "outcome",
    "results": "outcome",
    "cases": "outcome",
    "nominations": "outcome",
    "reports": "outcome",
    "archive": "house",
    "editions": "house",
    "letters": "house",
    "privacy": "house",
    "oversight": "house",
}
"""Room → the group its links stand under where there are many. Links of other rooms stand by themselves."""


class Link(NamedTuple):
    label: str
    url: str
    current: bool


class Links(NamedTuple):
    """A group of links under one word."""

    label: str
    links: tuple[Link, ...]

    @property
    def current(self) -> bool:
        return any(link.current for link in self.links)


def masthead() -> dict[str, Any]:
    """Names of the layout: person, shared_machine, type_size, edition, nav, help_line, languages; once a request."""
    return once_a_request("masthead", _masthead)


def masthead_alone() -> dict[str, Any]:
    """The same names where nothing can be asked of the database: whom to call, as this machine last knew it."""
    nobody = {"person": None, "shared_machine": False, "type_size": "", "edition": None}
    return {**nobody, "nav": [], "help_line": called().known(), "languages": [], "footer_links": []}


def help_of(edition: Edition | None) -> dict[str, str] | None:
    """Whom to call, and at which number; None where none is set."""
    if edition is None or not edition.help_phone:
        return None
    return {"name": edition.help_name or edition.secretariat_name, "phone": edition.help_phone}


def _at_the_foot(edition: Edition | None, *, signed_in: bool) -> list[tuple[str, str]]:
    """What everybody may ask at any time: whether a certificate is valid, the checkpoints; signed in, to object."""
    links = [(_("Tra cứu giấy chứng nhận"), url_for("results.certificate_asked"))]
    if edition is not None and edition.state != "draft":
        links.append((_("Kiểm chứng kết quả"), url_for("proof.checkpoints", slug=edition.slug)))
    if signed_in and edition is not None and edition.state != "draft":
        links.append((_("Kiến nghị, phản ánh"), url_for("cases.own", slug=edition.slug)))
    return links


def grouped(links: Sequence[tuple[str, Link]]) -> list[Link | Links]:
    """The links as they stand in the frame, each given with its room: few side by side, many under their groups.

    A group stands where its first link would, and one of a single link is that link.
    """
    plain: list[Link | Links] = [link for _room, link in links]
    if len(links) <= SIDE_BY_SIDE:
        return plain
    members: dict[str, list[Link]] = {}
    for room, link in links:
        members.setdefault(GROUP_OF.get(room, link.label), []).append(link)
    words = {"works": _("Tác phẩm"), "judging": _("Chấm giải"), "outcome": _("Kết quả"), "house": _("Tổ chức")}
    return [each[0] if len(each) == 1 else Links(words[group], tuple(each)) for group, each in members.items()]


def _masthead() -> dict[str, Any]:
    slug = (request.view_args or {}).get("slug")
    person = current_person()
    edition = (edition_by_slug(slug) if slug else None) or current_edition()
    ids = (person.id if person else None, edition.id if edition else None)
    links = [
        (room.name, Link(label, address, request.path.startswith(address)))
        for room in installed()
        if room.navigation
        for label, address in room.navigation(*ids)
    ]
    if person is not None:
        desk = url_for("desk.home")
        links.insert(0, ("desk", Link(_("Bàn làm việc"), desk, request.path == desk)))
    else:
        door = url_for("security.login")
        links.append(("desk", Link(_("Đăng nhập"), door, request.path == door)))
    back = request.full_path.removesuffix("?") if request.method == "GET" else "/"
    languages = [
        (code, name, url_for("desk.language", code=code, ve=back), code == chosen()) for code, name in LANGUAGES.items()
    ]
    help_line = help_of(edition)
    if help_line and (slug is None or called().known() is None):  # of the present edition, where there is a choice
        called().keep(help_line)
    shared = person is not None and on_shared_machine()
    return {
        "person": person,
        "shared_machine": shared,
        "type_size": type_size(),
        "edition": edition,
        "nav": grouped(links),
        "help_line": help_line,
        "languages": languages,
        "footer_links": _at_the_foot(edition, signed_in=person is not None),
    }
