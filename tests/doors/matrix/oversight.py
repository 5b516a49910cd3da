"""Doors of whoever looks after the store."""

from tests.doors.matrix import Row, staff

LOOKS_AFTER = {"anonymous": 401, **staff(200, "administrator", "organiser", "stranger_organiser")}

ROWS = [
    Row("oversight.store", "GET", "/kho-tep", 403, LOOKS_AFTER),
    Row("oversight.store", "GET", "/kho-tep?doi-chieu=1", 403, LOOKS_AFTER),
]
