"""The notice of the front door gets the telephone number of those who help, and keeps what else was written on it."""

import pytest
from flask import Flask

import config
from award.db import unit_of_work
from tests import factories

pytestmark = pytest.mark.db
SHIPPED = (config.ROOT / "deploy" / "nginx" / "notice" / "index.html").read_text()


def test_the_notice_names_whom_to_call_and_can_be_written_again(app: Flask) -> None:
    run = app.test_cli_runner()
    assert run.invoke(args=["notice"], input=SHIPPED).exit_code == 1, "nobody to call"
    with app.app_context(), unit_of_work():
        factories.edition(state="open", help_name="Lê <Hạnh>", help_phone="0257 3841 234")
    edited = SHIPPED.replace("Thử lại sau ít phút", "Thử lại lúc 15 giờ")
    first = run.invoke(args=["notice"], input=edited)
    line = 'Hỗ trợ: Lê &lt;Hạnh&gt;, <a href="tel:02573841234">0257 3841 234</a>'
    assert (first.exit_code, first.output.count(line)) == (0, 1)
    assert "Thử lại lúc 15 giờ" in first.output
    assert "ghi trong Thể lệ" not in first.output
    assert run.invoke(args=["notice"], input=first.output).output == first.output
    assert run.invoke(args=["notice"], input="<p>Tạm dừng</p>").exit_code == 1
