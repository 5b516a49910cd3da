"""What a page that takes many files at once asks the house, and is answered: where each of them belongs."""

from collections.abc import Sequence

from flask import Response, abort, jsonify, request

from award.newsrooms.finding import SoughtWork, placed

MOST_PATHS = 5000
"""So many names are asked for at once: more than a disk of a season holds."""


def paths_asked() -> list[str]:
    """The names and paths that JSON {names} asks of; 400 for anything else."""
    names = (request.get_json() if request.is_json else {}).get("names")
    if not isinstance(names, list) or len(names) > MOST_PATHS or not all(isinstance(each, str) for each in names):
        abort(400)
    return [name[:1000] for name in names]


def told(paths: Sequence[str], works: Sequence[SoughtWork]) -> Response:
    """JSON {places: of each path in turn the id of its place on the page, or null}.

    In turn, and not by name: a name is composed on its way in, the browser may have it in pieces.
    """
    found = placed(paths, works)
    spots = [found[path] for path in paths]
    return jsonify(places=[spot and f"{spot.work}-{spot.place.replace('.', '-')}" for spot in spots])
