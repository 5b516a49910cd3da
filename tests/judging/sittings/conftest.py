"""The council with its tellers, before anything was handed out."""

import pytest
from flask import Flask

from award.db import unit_of_work
from tests.judging.sittings.tellers import Tellers


@pytest.fixture
def sits(ctx: Flask) -> Tellers:
    with unit_of_work():
        return Tellers()
