"""An application of a few lines for tests of the web server: results are answered after a judge was."""

import threading
from collections.abc import Iterable
from typing import Any

from award.reserve import keep_for

keep_for(r"/[^/ ]+/vong/[0-9]+/cham")
_answered = threading.Semaphore(0)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    match environ["PATH_INFO"].rpartition("/")[2]:
        case "ket-qua":
            _answered.acquire()
        case "cham":
            _answered.release()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
