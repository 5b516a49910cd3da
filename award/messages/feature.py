"""What the room messages hands to the house."""

from urllib.parse import urlsplit

from flask import Flask

from award.features import Feature
from award.messages import tasks
from award.messages.personal import personal
from award.messages.smtp import is_this_machine
from award.messages.views import blueprint


def _install(app: Flask) -> None:
    """The outbox page exists only where its letters reach nobody else: no mail server, and a trial or this machine."""
    settings = app.extensions["settings"]
    alone = settings.demonstration or is_this_machine(urlsplit(settings.base_url).hostname or "")
    if not settings.mail_url and alone:
        app.register_blueprint(blueprint)


feature = Feature(name="messages", install=_install, personal=personal)

__all__ = ["feature", "tasks"]
