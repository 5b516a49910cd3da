"""Doors of proof: anybody keeps a checkpoint, the evidence opens sheets."""

from tests.doors.matrix import ACTORS, Row, staff
from tests.doors.matrix.panels import LOOKING, NOBODY, SEATED

PAGE = "/{slug}/kiem-chung"
EVERYBODY = staff(200, *ACTORS)

ROWS = [
    Row("proof.checkpoints", "GET", PAGE, 200, EVERYBODY, "open"),
    Row("proof.checkpoints", "GET", PAGE, 200, EVERYBODY, "published"),
    Row("proof.note", "GET", f"{PAGE}/9.txt", 404, {}, "open"),
    *(
        Row("proof.own_receipts", "GET", f"{PAGE}/vong/1/bien-nhan.txt", 403, NOBODY | staff(200, *SEATED), world)
        for world in ("open", "judging", "closed")
    ),
    Row("proof.evidence", "GET", f"{PAGE}/bo-kiem-chung.zip", 403, NOBODY, "open"),
    Row("proof.evidence", "GET", f"{PAGE}/bo-kiem-chung.zip", 403, NOBODY, "judging"),
    Row("proof.evidence", "GET", f"{PAGE}/bo-kiem-chung.zip", 403, NOBODY | staff(200, *LOOKING), "closed"),
]
