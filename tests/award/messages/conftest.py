"""An application whose letters go to a mail server on loopback."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.award.messages.mailserver import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def mail_to(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From now on letters go to that MAIL_URL."""

    def switch(mail_url: str) -> None:
        monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mail_url=mail_url))

    return switch
