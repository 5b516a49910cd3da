import pytest

from award.clock import now
from award.messages.smtp import Letter, NotDelivered, Server, deliver, is_this_machine
from tests.award.messages.mailserver import MailServer


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("mail.example", 587, "", "", False)),
        ("smtps://mail.example", Server("mail.example", 465, "", "", True)),
        ("smtp://a%40b.example:p%2Fw@mail.example:2525/", Server("mail.example", 2525, "a@b.example", "p/w", False)),
    ],
)
def test_a_mail_url_is_read(url: str, server: Server) -> None:
    assert Server.of(url) == server


@pytest.mark.parametrize(("host", "own"), [("localhost", True), ("127.0.0.9", True), ("[::1]", True), ("a.vn", False)])
def test_this_machine(host: str, own: bool) -> None:
    assert is_this_machine(host) is own


BY_ANOTHER_NAME = "127.1"
"""Reaches the mail server of the test, and is not known to be this machine."""


def test_a_password_does_not_go_to_another_machine_in_the_clear(mail_server: MailServer) -> None:
    assert not is_this_machine(BY_ANOTHER_NAME)
    letter = Letter("van@example.vn", "Mời", "Kính gửi.", "x", now())
    with pytest.raises(NotDelivered, match="no TLS") as fault:
        deliver(letter, server=Server(BY_ANOTHER_NAME, mail_server.port, "u", "p", False), site="giai.example")
    assert fault.value.for_good is False
    assert not any(command.startswith("AUTH") for command in mail_server.commands)


@pytest.mark.parametrize("address", ["van@example.vn\r\nBcc: khac@example.vn", "van", "a@b@c", ""])
def test_what_is_no_address_is_not_sent_to(mail_server: MailServer, address: str) -> None:
    letter = Letter(address, "Mời", "Kính gửi.", "x", now())
    with pytest.raises(NotDelivered) as fault:
        deliver(letter, server=Server("127.0.0.1", mail_server.port, "", "", False), site="giai.example")
    assert fault.value.for_good is True
    assert mail_server.taken == []
