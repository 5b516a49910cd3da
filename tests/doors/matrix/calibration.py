"""Doors of calibration works."""

from tests.doors.matrix import Row, staff

NOBODY = {"anonymous": 401}
SEATED = ("judge", "other_judge", "recused_judge", "chair", "deputy", "judge_and_entrant")
SECRETARIAT = ("organiser", "secretary")
LOOKING = (*SECRETARIAT, "chair", "deputy", "auditor")
ROUND = "/{slug}/vong/1"
TRY = ROUND + "/cham-thu/{calibration_work}"
FILE = ROUND + "/bai-cham-thu/tep/{calibration_work}"
NAMED = ROUND + "/bai-cham-thu/{panel}"

ROWS = [
    Row("calibration.own", "GET", f"{ROUND}/cham-thu", 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("calibration.sheet", "GET", TRY, 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("calibration.sheet", "GET", TRY, 403, NOBODY | staff(200, *SEATED), "closed"),
    Row("calibration.save", "POST", TRY, 403, NOBODY | staff(303, *SEATED), "judging"),
    Row("calibration.save", "POST", TRY, 403, NOBODY, "closed"),
    Row("calibration.finish", "POST", f"{TRY}/gui", 403, NOBODY | staff(422, *SEATED), "judging"),
    Row("calibration.finish", "POST", f"{TRY}/gui", 403, NOBODY, "closed"),
    Row("calibration.desk", "GET", f"{ROUND}/bai-cham-thu", 403, NOBODY | staff(200, *LOOKING), "judging"),
    Row("calibration.desk", "GET", f"{ROUND}/bai-cham-thu", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("calibration.naming", "GET", NAMED, 403, NOBODY | staff(200, *SECRETARIAT), "open"),
    Row("calibration.naming", "GET", NAMED, 403, NOBODY, "judging"),
    Row("calibration.naming", "POST", NAMED, 403, NOBODY | staff(409, *SECRETARIAT), "open"),
    Row("calibration.naming", "POST", NAMED, 403, NOBODY, "judging"),
    Row("calibration.file_of", "GET", FILE, 403, NOBODY | staff(200, *SECRETARIAT), "open"),
    Row("calibration.file_of", "GET", FILE, 403, NOBODY, "judging"),
    Row("calibration.begin_file", "POST", FILE, 403, NOBODY | staff(400, *SECRETARIAT), "open"),
    Row("calibration.drop_file", "POST", f"{FILE}/bo", 403, NOBODY | staff(303, *SECRETARIAT), "open"),
    Row("calibration.drop_file", "POST", f"{FILE}/bo", 403, NOBODY, "judging"),
    Row("calibration.end", "POST", f"{NAMED}/dong", 403, NOBODY | staff(303, "chair", "deputy"), "judging"),
    Row("calibration.end", "POST", f"{NAMED}/dong", 403, NOBODY, "closed"),
]
