"""What the room people hands to the house."""

from flask import Flask, request

from award.features import Feature
from award.people import demonstration, signin, tasks
from award.people.commands import create_administrator, forget_second_factor
from award.people.personal import personal
from award.people.views import blueprint
from award.people.within import application


def _install(app: Flask) -> None:
    signin.install(app)
    app.jinja_env.globals["open_within"] = lambda: application(request.user_agent.string)
    app.extensions.setdefault("demonstration_accounts", list)
    if app.extensions["settings"].demonstration:
        app.register_blueprint(demonstration.blueprint)


feature = Feature(
    name="people",
    blueprint=blueprint,
    commands=(create_administrator, forget_second_factor),
    install=_install,
    personal=personal,
)

__all__ = ["feature", "tasks"]
