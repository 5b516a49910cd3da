"""A mail server on loopback that says what a test tells it to, and keeps what it took."""

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class MailServer:
    """`refuse` maps the first word of a command to the answer given instead of the ordinary one.

    While `speaks` is cleared, whoever calls waits for the first word.
    """

    refuse: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    port: int = 0
    speaks: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "MailServer":
        keeper = self
        self.speaks.set()

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                keeper.speaks.wait()
                self.say("220 loopback")
                while line := self.rfile.readline():
                    word = line.decode().strip()
                    keeper.commands.append(word)
                    verb = word.split(":")[0].split(" ")[0].upper()
                    if verb in keeper.refuse:
                        self.say(keeper.refuse[verb])
                    elif verb == "EHLO":
                        self.say("250-loopback")
                        self.say("250 AUTH PLAIN")
                    elif verb == "DATA":
                        self.say("354 go on")
                        self.take()
                    elif verb == "QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("235 welcome" if verb == "AUTH" else "250 fine")

            def take(self) -> None:
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
                keeper.taken.append(message_from_bytes(b"".join(lines), policy=default))  # type: ignore[arg-type]
                self.say("250 taken")

            def say(self, words: str) -> None:
                self.wfile.write(f"{words}\r\n".encode())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
