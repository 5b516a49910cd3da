"""The control of every page: an application of the same framework that says hello, and gives one file away."""

from pathlib import Path

from flask import Flask, Response, send_file

FILE = Path(__file__).parent.parent / "award" / "static" / "styles" / "components.css"


def create_app() -> Flask:
    app = Flask("hello")

    @app.get("/")
    def hello() -> str:
        return "hello"

    @app.get("/file")
    def file() -> Response:
        return send_file(FILE, conditional=True)

    return app
