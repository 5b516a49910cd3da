"""What the page is told when an upload begins or goes on."""

from typing import Any

import pytest
from flask import Flask

from award.db import unit_of_work
from award.files import operations
from award.files.answers import FIRST_PARTS, upload_answer
from award.files.models import File
from tests.award.files.conftest import MIB, Sender, fresh, hashes_of, pdf_of, web
from uploads.protocol import PART_BYTES

pytestmark = pytest.mark.usefixtures("ctx")


def told(app: Flask, file: File) -> dict[str, Any]:
    with app.test_request_context():
        return upload_answer(fresh(file))


def begun(app: Flask, sender: Sender, size: int, hashes: list[str]) -> tuple[File, dict[str, Any]]:
    declared = {"name": "trang.pdf", "size": size, "part_hashes": hashes, "kinds": ["pdf"], "max_bytes": 200 * MIB}
    with app.test_request_context(), unit_of_work():
        file = operations.begin(uploader=sender.person, **declared)
        return file, upload_answer(file)


def test_the_first_parts_go_without_another_question(app: Flask, sender: Sender) -> None:
    data = pdf_of("Trang 1", padding=PART_BYTES + 1000)
    file, answer = begun(app, sender, len(data), hashes_of(data))
    assert (answer["stored_parts"], [part["number"] for part in answer["parts"]]) == ([], [1, 2])
    first, second = answer["parts"]
    assert web.request("PUT", first["url"], body=data[:PART_BYTES], headers=first["headers"]).status == 200
    again = told(app, file)
    assert (again["stored_parts"], [part["number"] for part in again["parts"]]) == ([1], [2])
    assert web.request("PUT", second["url"], body=data[PART_BYTES:], headers=second["headers"]).status == 200
    assert sender.finish(file).state == "stored"
    after = told(app, file)
    assert (after["stored_parts"], after["parts"]) == ([], [])


def test_of_many_parts_only_the_first_ones_are_told(app: Flask, sender: Sender) -> None:
    count = FIRST_PARTS + 1
    _file, answer = begun(app, sender, count * PART_BYTES, ["ab" * 32] * count)
    assert [part["number"] for part in answer["parts"]] == list(range(1, FIRST_PARTS + 1))
