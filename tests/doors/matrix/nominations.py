"""Doors of the national list. The organiser chooses, the secretariat makes dossiers, the auditor reads."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READ = {**ANONYMOUS, **staff(200, "organiser", "secretary", "auditor")}
LIST = "/{slug}/gui-trung-uong"

ROWS = [
    Row("nominations.key", "GET", "/khoa-ho-so.pem", 200),
    Row("nominations.list", "GET", LIST, 403, READ),
    Row("nominations.list", "GET", LIST, 403, READ, world="closed"),
    Row("nominations.list", "GET", f"{LIST}?tai-ve=xlsx", 403, READ, world="closed"),
    *(
        Row("nominations.paper", "GET", f"{LIST}/van-ban/{name}", 403, READ, world="closed")
        for name in ("cong-van.pdf", "cong-van.docx", "danh-sach.pdf", "danh-sach.docx")
    ),
    Row(
        "nominations.paper",
        "GET",
        f"{LIST}/van-ban/cong-van.exe",
        403,
        {**ANONYMOUS, **staff(404, "organiser", "secretary", "auditor")},
        world="closed",
    ),
    # The organiser is let in: this work is on the list already.
    Row("nominations.choose", "POST", LIST + "/chon/{entry}", 403, {**ANONYMOUS, "organiser": 422}, world="closed"),
    Row("nominations.choose", "POST", LIST + "/chon/{draft}", 403, {**ANONYMOUS, "organiser": 404}, world="closed"),
    Row("nominations.drop", "POST", LIST + "/bo/{nomination}", 403, {**ANONYMOUS, "organiser": 303}, world="closed"),
    Row(
        "nominations.move", "POST", LIST + "/thu-tu/{nomination}", 403, {**ANONYMOUS, "organiser": 303}, world="closed"
    ),
    Row(
        "nominations.ask",
        "POST",
        LIST + "/ho-so",
        403,
        {**ANONYMOUS, **staff(303, "organiser", "secretary")},
        world="closed",
    ),
    Row("nominations.dossier", "GET", LIST + "/ho-so/{dossier}", 403, READ, world="closed"),
    Row("nominations.status", "GET", LIST + "/ho-so/{dossier}/trang-thai", 403, READ, world="closed"),
    # It is still being built: nobody has it yet.
    Row("nominations.download", "GET", LIST + "/ho-so/{dossier}/tep", 403, ANONYMOUS, world="closed"),
]
