"""Grave acts ask for the password again, before anything is done, and lead back to the page they are asked on."""

from datetime import timedelta

from flask import Flask

from tests.award.people.conftest import member
from tests.visitor import Visitor

GRAVE = {
    "/iii-2023/vong/1/tien-do/ket-thuc/xac-nhan": "/iii-2023/vong/1/tien-do",
    "/iii-2023/phien-hop/ket-thuc": "/iii-2023/phien-hop/ket-thuc",
    "/iii-2023/de-nghi-giai/ket-thuc": "/iii-2023/de-nghi-giai/ket-thuc",
    "/iii-2023/cong-bo/xac-nhan": "/iii-2023/cong-bo",
    "/iii-2023/chi-tra/xem": "/iii-2023/chi-tra",
    "/tai-khoan/du-lieu/xoa": "/tai-khoan/du-lieu/xoa",
}
"""What is posted, and where the password leads back to."""


def test_ending_handing_on_and_publishing_ask_for_the_password_after_a_while(app: Flask) -> None:
    visitor = Visitor(app, member(app))
    for act in GRAVE:
        assert "nhap-lai-mat-khau" not in (visitor.post(act).location or ""), "not right after signing in"
    with visitor.client.session_transaction(base_url=visitor.origin) as kept:
        kept["fs_paa"] -= timedelta(minutes=16).total_seconds()
        kept.pop("fs_gexp", None)
    led = {act: visitor.post(act).location for act in GRAVE}
    assert led == {act: f"/nhap-lai-mat-khau?next={page}" for act, page in GRAVE.items()}
