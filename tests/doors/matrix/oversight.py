"""Doors of whoever looks after the store, and of those who read what happened."""

from tests.doors.matrix import Row, staff

LOOKS_AFTER = {"anonymous": 401, **staff(200, "administrator", "organiser", "stranger_organiser")}

READS = {"anonymous": 401, **staff(200, "organiser", "auditor")}

ROWS = [
    Row("oversight.store", "GET", "/kho-tep", 403, LOOKS_AFTER),
    Row("oversight.store", "GET", "/kho-tep?doi-chieu=1", 403, LOOKS_AFTER),
    *(Row("oversight.log", "GET", "/{slug}/nhat-ky", 403, READS, world) for world in ("open", "judging", "published")),
    Row("oversight.log", "GET", "/{slug}/nhat-ky?tai-ve=csv", 403, READS, "judging"),
    Row("oversight.given", "GET", "/{slug}/nhat-ky/tep", 403, READS, "judging"),
    Row("oversight.given", "GET", "/{slug}/nhat-ky/tep?tai-ve=csv", 403, READS, "published"),
]
