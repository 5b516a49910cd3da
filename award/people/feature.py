"""What the room people hands to the house."""

from flask import Flask

from award.features import Feature
from award.people import signin


def _install(app: Flask) -> None:
    signin.install(app)


feature = Feature(name="people", install=_install)
