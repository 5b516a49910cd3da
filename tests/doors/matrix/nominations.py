"""Doors of the national list. The organiser chooses, the secretariat makes dossiers, the auditor reads."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READING = ("organiser", "secretary", "auditor")
READ = {**ANONYMOUS, **staff(200, *READING)}
LIST = "/{slug}/gui-trung-uong"
COME = "/{slug}/ho-so-gui-den"
DELIVERY = COME + "/{delivery}"

ROWS = [
    *(
        Row(
            f"nominations.{door}",
            method,
            f"{LIST}/hoan-thien/{{nomination}}{end}",
            403,
            {**ANONYMOUS, **staff(status, "organiser", "secretary")},
            world="closed",
        )
        for door, method, end, status in (
            ("complete", "GET", "", 200),
            ("complete", "POST", "", 422),
            ("completed", "POST", "/xong", 303),
        )
    ),
    Row("nominations.packs", "GET", "/{slug}/goi-tac-pham", 403, READ),
    Row("nominations.pack", "POST", "/{slug}/goi-tac-pham", 403, ANONYMOUS),
    Row("nominations.pack", "POST", "/{slug}/goi-tac-pham", 403, {**ANONYMOUS, "organiser": 303}, world="closed"),
    Row("nominations.key", "GET", "/khoa-ho-so.pem", 200),
    Row("nominations.list", "GET", LIST, 403, READ),
    Row("nominations.list", "GET", LIST, 403, READ, world="closed"),
    Row("nominations.list", "GET", f"{LIST}?tai-ve=xlsx", 403, READ, world="closed"),
    *(
        Row("nominations.paper", "GET", f"{LIST}/van-ban/{name}", 403, READ, world="closed")
        for name in ("cong-van.pdf", "cong-van.docx", "danh-sach.pdf", "danh-sach.docx", "giao-nhan.docx")
    ),
    Row(
        "nominations.paper",
        "GET",
        f"{LIST}/van-ban/cong-van.exe",
        403,
        {**ANONYMOUS, **staff(404, "organiser", "secretary", "auditor")},
        world="closed",
    ),
    Row("nominations.consents", "GET", f"{LIST}/hoi-y-kien", 403, {**ANONYMOUS, **staff(404, *READING)}),
    Row(
        "nominations.preview_consents",
        "POST",
        f"{LIST}/hoi-y-kien/xem-truoc",
        403,
        {**ANONYMOUS, **staff(404, *READING)},
    ),
    Row("nominations.ask_consents", "POST", f"{LIST}/hoi-y-kien", 403, {**ANONYMOUS, **staff(404, *READING)}),
    # The edition asks nobody whether works may go on: there is no such page, and its owner is told so.
    Row("nominations.agree", "GET", "/{slug}/tac-pham/{entry}/gui-trung-uong", 404, ANONYMOUS),
    Row("nominations.agree", "POST", "/{slug}/tac-pham/{entry}/gui-trung-uong", 404, {**ANONYMOUS, "entrant": 403}),
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
    Row("nominations.news", "GET", f"{LIST}/tin", 403, READ, world="closed"),
    Row("nominations.news", "POST", f"{LIST}/tin", 403, {**ANONYMOUS, **staff(422, *READING[:2])}, world="published"),
    Row("nominations.arrived", "GET", COME, 403, READ),
    Row("nominations.arrived", "GET", COME, 403, READ, world="closed"),
    Row("nominations.begin_delivery", "POST", COME, 400, ANONYMOUS),
    Row("nominations.delivery", "GET", DELIVERY, 403, READ),
    Row("nominations.delivery", "GET", f"{COME}/khong-co", 403, {**ANONYMOUS, **staff(404, *READING)}),
    Row("nominations.delivery_status", "GET", f"{DELIVERY}/trang-thai", 403, READ),
    # The secretariat is let in: what it says is not yet decided where the key is not known.
    Row("nominations.take_in", "POST", DELIVERY, 403, {**ANONYMOUS, **staff(422, "organiser", "secretary")}),
    Row("nominations.take_in", "POST", DELIVERY, 403, ANONYMOUS, world="closed"),
    Row("nominations.let_go", "POST", f"{DELIVERY}/bo", 403, {**ANONYMOUS, **staff(303, "organiser", "secretary")}),
    # It is still being built: nobody has it yet.
    Row("nominations.download", "GET", LIST + "/ho-so/{dossier}/tep", 403, ANONYMOUS, world="closed"),
    *(
        Row("nominations.printed", "GET", LIST + "/ho-so/{dossier}/" + name, 403, ANONYMOUS, world="closed")
        for name in ("nhan-usb.pdf", "bo-in.pdf")
    ),
]
