"""Doors of the panels."""

from tests.doors.matrix import Row, staff

NOBODY = {"anonymous": 401}
SEATED = ("judge", "other_judge", "recused_judge", "chair", "deputy", "judge_and_entrant")
SECRETARIAT = ("organiser", "secretary")
LOOKING = (*SECRETARIAT, "chair", "deputy", "auditor")
ROUND = "/{slug}/vong/1"
KNOWING = staff(303, "judge", *SECRETARIAT)
CLAIMS = "/{slug}/thanh-vien-lien-quan"
OWN_CLAIMS = "/{slug}/tac-pham/{entry}/thanh-vien-lien-quan"
OWN_TIES = ROUND + "/co-lien-quan"
SEAT = ROUND + "/thanh-vien/{seat}"

ROWS = [
    Row("panels.overview", "GET", f"{ROUND}/tieu-ban", 403, NOBODY | staff(200, *LOOKING), "open"),
    Row("panels.overview", "GET", f"{ROUND}/tieu-ban", 403, NOBODY | staff(200, *LOOKING), "judging"),
    Row("panels.overview", "GET", f"{ROUND}/tieu-ban", 403, NOBODY | staff(200, *LOOKING), "published"),
    Row("panels.seat", "POST", ROUND + "/tieu-ban/{panel}", 403, NOBODY | staff(422, *SECRETARIAT), "open"),
    Row("panels.seat", "POST", ROUND + "/tieu-ban/{panel}", 403, NOBODY | staff(422, *SECRETARIAT), "judging"),
    Row("panels.seat", "POST", ROUND + "/tieu-ban/{panel}", 403, NOBODY, "closed"),
    Row("panels.unseat", "POST", f"{SEAT}/rut", 403, NOBODY, "judging"),
    Row("panels.waiver", "GET", f"{SEAT}/cho-phep", 403, NOBODY | staff(200, *SECRETARIAT), "judging"),
    Row("panels.waive", "POST", f"{SEAT}/cho-phep", 403, NOBODY | staff(422, *SECRETARIAT), "judging"),
    Row("panels.waive", "POST", f"{SEAT}/cho-phep", 403, NOBODY, "closed"),
    Row("panels.expertise", "GET", f"{SEAT}/loai-hinh", 403, NOBODY | staff(200, "judge", *SECRETARIAT), "judging"),
    Row("panels.expertise", "GET", f"{SEAT}/loai-hinh", 403, NOBODY, "closed"),
    Row(
        "panels.say_expertise", "POST", f"{SEAT}/loai-hinh", 403, NOBODY | staff(303, "judge", *SECRETARIAT), "judging"
    ),
    Row("panels.dealing", "GET", f"{ROUND}/phan-cong", 403, NOBODY | staff(200, *LOOKING), "open"),
    Row("panels.dealing", "GET", f"{ROUND}/phan-cong", 403, NOBODY | staff(200, *LOOKING), "judging"),
    Row("panels.dealing", "GET", f"{ROUND}/phan-cong", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("panels.plan", "POST", f"{ROUND}/phan-cong/cach-chia", 403, NOBODY | staff(422, *SECRETARIAT), "open"),
    Row("panels.plan", "POST", f"{ROUND}/phan-cong/cach-chia", 403, NOBODY, "judging"),
    Row("panels.deal", "POST", f"{ROUND}/phan-cong", 403, NOBODY | staff(303, *SECRETARIAT), "judging"),
    Row("panels.deal", "POST", f"{ROUND}/phan-cong", 403, NOBODY, "open"),
    Row("panels.own_claims", "GET", OWN_CLAIMS, 404, {"anonymous": 401, "entrant": 200}, "judging"),
    Row("panels.state_claim", "POST", OWN_CLAIMS, 404, {"anonymous": 401, "entrant": 422}, "judging"),
    Row("panels.conflict_claims", "GET", CLAIMS, 403, NOBODY | staff(200, *SECRETARIAT), "judging"),
    Row("panels.decide_claim", "POST", f"{CLAIMS}/khong-co", 403, NOBODY | staff(404, *SECRETARIAT), "judging"),
    Row("panels.own_ties", "GET", OWN_TIES, 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("panels.declare_ties", "POST", OWN_TIES, 403, NOBODY, "judging"),
    Row("panels.take_tie_back", "POST", f"{OWN_TIES}/khong-co/rut", 403, NOBODY | staff(404, *SEATED), "judging"),
    Row("panels.pledge", "GET", f"{ROUND}/cam-ket", 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("panels.give_pledge", "POST", f"{ROUND}/cam-ket", 403, NOBODY | staff(303, *SEATED), "judging"),
    Row("panels.give_pledge", "POST", f"{ROUND}/cam-ket", 403, NOBODY, "closed"),
]
