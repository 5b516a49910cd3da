"""The application as the browser's tests start it: what was compiled of the templates is read, by any process of the
run. All of them take six seconds of a processor, and each web process would compile those it shows."""

import os

from flask import Flask
from jinja2 import FileSystemBytecodeCache

import wsgi

COMPILED = "COMPILED_TEMPLATES"
"""In the environment of such a process: the folder."""


def create_app() -> Flask:
    app = wsgi.create_app()
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[COMPILED])
    return app
