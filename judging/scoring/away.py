"""What a judge may take along to score without a network: which works, the pages' own files, and their worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from award.people.signin import on_shared_machine, session_called, session_ends, sign_in_required
from judging.scoring import queries
from judging.scoring.forms import LEVEL_FIELD
from judging.scoring.pages import STATE_WORDS
from judging.scoring.permissions import can_take_along
from judging.scoring.reading_list import Place
from judging.scoring.views import Answer, Chair, blueprint, chair_at

LARGEST_FILE, LARGEST_PARCEL = 30, 400
"""Megabytes: of one recording in its light version, and of all that is taken along."""
WORKER = ("away-store", "away-queue", "away-worker")
"""The scripts that the worker is made of, in this order."""
_PAGES = ("scripts/*.js", "styles/*.css", "vendor/be-vietnam-pro/*.woff2", "vendor/source-serif-4/*.woff2", "icon.svg")


@blueprint.get("/<slug>/vong/<int:ordinal>/cham/mang-theo")
@sign_in_required
def parcel(slug: str, ordinal: int) -> Answer:
    """What the page's script takes along; and whose session it is, for whoever has to send something again."""
    chair = chair_at(slug, ordinal)
    allowed = can_take_along(chair.seats, chair.round, shared=on_shared_machine()) and chair.begins
    listed = queries.reading_list(chair.person_id, chair.round)
    works = [_work(chair, place) for place in listed.takeable] if allowed else []
    return jsonify(
        owner=chair.person.public_id,
        csrf_token=generate_csrf(),
        until=session_ends().isoformat(),
        session=session_called(),
        endings=url_for("people.session_ended", session_id=""),
        still=[place.public_id for place in listed.to_judge],
        criteria={f"c{criterion.id}": criterion.name for criterion in chair.round.criteria}
        | ({LEVEL_FIELD: _("Mức giải đề nghị")} if chair.round.asks_level else {}),
        works=works,
        words={name: {"kind": STATE_WORDS[name][0], "word": str(STATE_WORDS[name][1])} for name in _WRITABLE},
        files=[url_for("static", filename=name) for name in pages_files(Path(current_app.static_folder or ""))],
        largest_file=LARGEST_FILE * 1024 * 1024,
        largest_parcel=LARGEST_PARCEL * 1024 * 1024,
        refused="" if allowed else allowed.sentence,
    )


_WRITABLE = ("none", "doing", "done")


def _work(chair: Chair, place: Place) -> dict[str, Any]:
    path = chair.address("sheet", assignment_id=place.public_id)
    return {"id": place.public_id, "path": path, "code": place.code, "marked": place.marked, "later": place.later}


@blueprint.get("/<slug>/vong/<int:ordinal>/cham/mang-theo.js")
@sign_in_required
def worker(slug: str, ordinal: int) -> Answer:
    """The worker's script. It may stand before the judge's own list and what lies below it, and nothing else."""
    chair_at(slug, ordinal)
    named = ", ".join(f'"{url_for("static", filename=f"scripts/{name}.js")}"' for name in WORKER)
    answer = Response(f"importScripts({named});\n", mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = url_for("scoring.queue", slug=slug, ordinal=ordinal)
    return answer


def pages_files(static: Path) -> Iterator[str]:
    """Everything the scoring page is drawn with, by its path below the static folder."""
    for pattern in _PAGES:
        for file in sorted(static.glob(pattern)):
            yield file.relative_to(static).as_posix()
