"""Doors of the ledger of what arrives: the staff of the edition and its auditor read it, the secretariat writes."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, SECRETARIAT

LEDGER = "/{slug}/tiep-nhan"
PARCEL = LEDGER + "/{parcel}"
READING = (*SECRETARIAT, "auditor")
READERS = NOBODY | staff(200, *READING)
THERE = NOBODY | staff(302, *READING)
WRITERS = NOBODY | staff(422, *SECRETARIAT)

ROWS = [
    Row("intake.ledger", "GET", LEDGER, 403, READERS),
    Row("intake.ledger", "GET", LEDGER, 403, READERS, "published"),
    Row("intake.ledger", "GET", f"{LEDGER}?tai-ve=xlsx", 403, READERS),
    Row("intake.ledger", "GET", "/khong-co/tiep-nhan", 404, NOBODY),
    Row("intake.open_code", "GET", f"{LEDGER}/mo?ma=1", 403, THERE),
    Row("intake.label", "GET", f"{LEDGER}/ma/KH3-TN0001", 403, THERE),
    Row("intake.register", "GET", f"{LEDGER}/ghi", 403, NOBODY | staff(200, *SECRETARIAT)),
    Row("intake.register", "POST", f"{LEDGER}/ghi", 403, WRITERS),
    Row("intake.register", "POST", f"{LEDGER}/ghi", 403, WRITERS, "judging"),
    Row("intake.look", "POST", f"{LEDGER}/xet", 403, NOBODY | staff(200, *SECRETARIAT)),
    Row("intake.parcel", "GET", PARCEL, 403, READERS),
    Row("intake.parcel", "GET", f"{LEDGER}/khong-co", 403, NOBODY | staff(404, *READING)),
    Row("intake.correct", "POST", PARCEL, 403, WRITERS),
    Row("intake.void", "POST", f"{PARCEL}/ghi-nham", 403, WRITERS),
    Row("intake.begin", "POST", f"{PARCEL}/tac-pham", 403, WRITERS),
    Row("intake.begin", "POST", f"{PARCEL}/tac-pham", 403, NOBODY, "judging"),
    Row("intake.attach", "POST", f"{PARCEL}/ghep", 403, NOBODY | staff(404, *SECRETARIAT)),
    Row("intake.drop", "POST", PARCEL + "/tac-pham/{entry}/bo", 403, NOBODY | staff(303, *SECRETARIAT)),
    # The dossier beside the parcel was entered online: its author keeps it.
    Row("intake.keep", "POST", PARCEL + "/tac-pham/{entry}/nhan", 403, NOBODY),
    Row("intake.parcel_label", "GET", f"{PARCEL}/nhan.pdf", 403, READERS),
    Row("intake.labels", "GET", f"{LEDGER}/nhan.pdf?tu=1", 403, READERS),
    Row("intake.receipt", "GET", f"{PARCEL}/bien-nhan.pdf", 403, READERS),
    Row("intake.receipt", "GET", f"{PARCEL}/bien-nhan.exe", 403, NOBODY | staff(404, *READING)),
    Row("intake.loose", "GET", f"{LEDGER}/ban-quet", 403, READERS),
    Row("intake.begin_loose", "POST", f"{LEDGER}/ban-quet", 400, NOBODY),
    Row("intake.place_scans", "POST", f"{LEDGER}/ban-quet/ghep", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("intake.drop_loose", "POST", f"{LEDGER}/ban-quet/khong-co/bo", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("intake.disk_files", "GET", f"{LEDGER}/tep", 403, READERS),
    Row("intake.place_files", "POST", f"{LEDGER}/tep", 400, NOBODY),
    Row("intake.begin_scan", "POST", f"{PARCEL}/ban-quet", 400, NOBODY),
    Row("intake.remove_scan", "POST", f"{PARCEL}/ban-quet/khong-co/bo", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("intake.things", "GET", f"{LEDGER}/hien-vat", 403, READERS),
    Row("intake.give_back", "POST", f"{LEDGER}/hien-vat", 403, WRITERS),
    Row("intake.handover", "GET", LEDGER + "/tra/{handover}", 403, READERS),
    Row("intake.handover_sheet", "GET", LEDGER + "/tra/{handover}.docx", 403, READERS),
    Row("intake.blank", "GET", f"{LEDGER}/mau.xlsx", 403, READERS),
    Row("intake.bringing", "GET", f"{LEDGER}/nap", 403, READERS),
    Row("intake.read", "POST", f"{LEDGER}/nap", 403, WRITERS),
    Row("intake.read", "POST", f"{LEDGER}/nap", 403, NOBODY, "judging"),
    Row("intake.draft", "GET", LEDGER + "/nap/{parcels_draft}", 403, READERS),
    Row("intake.draft", "GET", LEDGER + "/nap/{works_draft}", 403, NOBODY | staff(404, *READING)),
    # The draft has no row that brings anything, and only its reader takes it in.
    Row("intake.take_in", "POST", LEDGER + "/nap/{parcels_draft}", 403, NOBODY | {"secretary": 422}),
    Row("intake.in_unicode", "POST", LEDGER + "/nap/{parcels_draft}/doi-ma", 403, NOBODY | {"secretary": 303}),
    Row("intake.discard", "POST", LEDGER + "/nap/{parcels_draft}/bo", 403, NOBODY | {"secretary": 303}),
]
