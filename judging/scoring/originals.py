"""The way from a sheet to where its work was published."""

from flask import redirect

from award.db import unit_of_work
from award.doors import found
from award.people.signin import sign_in_required
from judging.scoring import operations
from judging.scoring.views import Answer, assignment_of, blueprint, chair_at


@blueprint.get("/<slug>/vong/<int:ordinal>/cham/<assignment_id>/bai-da-dang/<int:part>")
@sign_in_required
def original(slug: str, ordinal: int, assignment_id: str, part: int) -> Answer:
    """Leads out of the house, to the one address that the entrant gave for this part of an own work."""
    chair = chair_at(slug, ordinal)
    assignment = assignment_of(chair, assignment_id)
    with unit_of_work():
        address = operations.open_original(by=chair.by, edition=chair.edition, assignment=assignment, ordinal=part)
    return redirect(found(address or None), code=303)
