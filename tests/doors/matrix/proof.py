"""Doors of proof: anybody keeps a checkpoint, the evidence opens sheets."""

from tests.doors.matrix import ACTORS, Row, staff
from tests.doors.matrix.panels import LOOKING, NOBODY, ROUND, SEATED

PAGE = "/{slug}/kiem-chung"
CORRECTIONS = f"{ROUND}/dinh-chinh"
EVERYBODY = staff(200, *ACTORS)

ROWS = [
    Row("proof.checkpoints", "GET", PAGE, 200, EVERYBODY, "open"),
    Row("proof.checkpoints", "GET", PAGE, 200, EVERYBODY, "published"),
    Row("proof.note", "GET", f"{PAGE}/9.txt", 404, {}, "open"),
    Row("proof.verifier", "GET", f"{PAGE}/verify.py", 200, EVERYBODY, "open"),
    *(
        Row("proof.own_receipts", "GET", f"{PAGE}/vong/1/bien-nhan.txt", 403, NOBODY | staff(200, *SEATED), world)
        for world in ("open", "judging", "closed")
    ),
    Row("proof.corrections", "GET", CORRECTIONS, 403, NOBODY, "judging"),
    Row("proof.corrections", "GET", CORRECTIONS, 403, NOBODY | staff(200, *LOOKING, *SEATED), "closed"),
    Row("proof.former", "GET", f"{CORRECTIONS}/ban-1", 403, NOBODY, "judging"),
    Row("proof.former", "GET", f"{CORRECTIONS}/ban-1", 403, NOBODY | staff(404, *LOOKING, *SEATED), "closed"),
    Row("proof.propose_correction", "POST", CORRECTIONS, 403, NOBODY, "judging"),
    Row("proof.propose_correction", "POST", CORRECTIONS, 403, NOBODY | staff(422, "chair", "deputy"), "closed"),
    Row("proof.propose_correction", "POST", CORRECTIONS, 403, NOBODY, "published"),
    Row("proof.confirm_correction", "POST", f"{CORRECTIONS}/xac-nhan", 403, NOBODY, "judging"),
    Row("proof.confirm_correction", "POST", f"{CORRECTIONS}/xac-nhan", 403, NOBODY, "closed"),
    Row("proof.withdraw_correction", "POST", f"{CORRECTIONS}/rut", 403, NOBODY, "closed"),
    Row("proof.evidence", "GET", f"{PAGE}/bo-kiem-chung.zip", 403, NOBODY, "open"),
    Row("proof.evidence", "GET", f"{PAGE}/bo-kiem-chung.zip", 403, NOBODY, "judging"),
    Row("proof.evidence", "GET", f"{PAGE}/bo-kiem-chung.zip", 403, NOBODY | staff(200, *LOOKING), "closed"),
]
