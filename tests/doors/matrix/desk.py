"""Doors of the desk."""

from tests.doors.matrix import Row

ROWS = [
    Row("desk.front", "GET", "/", 302),
    Row("desk.editions", "GET", "/cac-lan", 200),
    Row("desk.language", "GET", "/ngon-ngu/en?ve=/cac-lan", 303),
    Row("desk.home", "GET", "/ban-lam-viec", 200, {"anonymous": 401}),
    Row("desk.components", "GET", "/thanh-phan", 200),
    Row("desk.health", "GET", "/healthz", 200),
    Row("desk.ready", "GET", "/readyz", 200),
    Row("desk.figures", "GET", "/metrics", 200),
]
