"""Live the season:  python -m demonstration.season [--works N] [--port N] [--folder F]"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from award.local.children import CannotRun, say
from demonstration.season import outcome
from demonstration.season.browser import Unexpected
from demonstration.season.organiser import SLUG
from demonstration.season.outbox import Outbox
from demonstration.season.person import Person
from demonstration.season.script import PUBLISHED, scaled, script
from demonstration.season.season import SET_UP, Season
from demonstration.season.server import machine


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py season", description="Live the season of 2023 again over HTTP.")
    parser.add_argument("--works", type=int, default=PUBLISHED.received, help="a smaller season of so many works")
    parser.add_argument("--port", type=int, default=8023, help="port of its pages (8023)")
    parser.add_argument("--dossier", type=Path, help="where to keep the dossier that went to the national award")
    parser.add_argument("--evidence", type=Path, help="where to keep the ZIP with which the judging is verified")
    parser.add_argument("--folder", type=Path, help="keep its logs and files in this empty folder; its database never")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    begun = time.monotonic()

    try:
        with tempfile.TemporaryDirectory(prefix="giai-season-") as folder:
            planned = script(scaled(options.works))
            with machine(options.folder or Path(folder) / "data", options.port, SET_UP) as running:
                season = Season(running, planned, sys.stderr)
                dossier = season.lived()
                if options.dossier is not None:
                    options.dossier.write_bytes(dossier.content)
                if options.evidence is not None:
                    options.evidence.write_bytes(season.evidence)
                reader = Person(running.origin, Outbox(running.origin), "Bạn đọc", "")
                told = outcome.figures(reader, SLUG)
            say(outcome.line(told, dossier, time.monotonic() - begun))
        return 0
    except KeyboardInterrupt:
        say("Đã dừng.", "Stopped.")
    except (CannotRun, Unexpected) as reason:
        say(str(reason))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
