"""What a door answers when somebody takes a paper or a list along.

A list is asked for at its own address, with its own filter, by `tai-ve`; so its page and its file can never differ.
"""

from collections.abc import Callable, Sequence
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import urlencode

from flask import Response, abort, request
from flask_babel import force_locale
from werkzeug.wsgi import wrap_file

from award.documents.certificate import Certificate, Issuer
from award.documents.certificate import pdf as draw_certificates
from award.documents.paper import Paper
from award.documents.tables import Sheet, write_csv, write_xlsx
from award.languages import OWN

TAKE, PART = "tai-ve", "bang"
"""What stands in an address that asks for a list as a file; and, of a page with several lists, for which of them."""
_PAGING = ("sau", "truoc")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HELD = 1024 * 1024
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def take_address(kind: str, part: str = "") -> str:
    """This page's own address, asking for the whole of its list as a file of that kind."""
    own = {TAKE, PART, *_PAGING}
    kept = [(key, value) for key, value in request.args.items(multi=True) if value and key not in own]
    named = [(PART, part)] if part else []
    return f"{request.path}?{urlencode([*kept, *named, (TAKE, kind)])}"


def list_asked(name: str, sheet: Callable[[], Sheet]) -> Response | None:
    """The list as a workbook or as CSV where the address asks for one; None where it asks for the page."""
    asked = request.args.get(TAKE, "")
    return file_asked(name, asked, sheet=sheet) if asked in {"xlsx", "csv"} else None


def file_asked(
    name: str, ending: str, *, paper: Callable[[], Paper] | None = None, sheet: Callable[[], Sheet] | None = None
) -> Response:
    """The paper as PDF or DOCX, the sheet as XLSX or CSV, as the address ends; any other ending is not there.

    Both are in Vietnamese whatever language their reader uses: they go on to offices, and come back into forms.
    """
    with force_locale(OWN):
        if sheet is not None and ending == "xlsx":
            return _sent(partial(write_xlsx, [sheet()]), f"{name}.xlsx", _XLSX)
        if sheet is not None and ending == "csv":
            return _sent(partial(write_csv, sheet()), f"{name}.csv", "text/csv; charset=utf-8")
    if paper is None or ending not in {"pdf", "docx"}:
        abort(404)
    from award.documents import typeset, word  # heavier than the rest of a web process

    draw, content_type = (typeset.pdf, "application/pdf") if ending == "pdf" else (word.docx, _DOCX)
    with force_locale(OWN):
        content = draw(paper())
    return _file(content, f"{name}.{ending}", content_type)


def certificates_asked(
    name: str, given: Sequence[Certificate], issuer: Issuer, *, stock: bool, shift: tuple[float, float]
) -> Response:
    """The certificates in one file to print; none to print is not there."""
    if not given:
        abort(404)
    with force_locale(OWN):
        drawn = draw_certificates(given, issuer, stock=stock, shift=shift)
    return _file(drawn, f"{name}.pdf", "application/pdf")


def drawn_asked(name: str, draw: Callable[[], bytes]) -> Response:
    """What is drawn page by page and is no paper of an office: labels, several papers in one file."""
    with force_locale(OWN):
        content = draw()
    return _file(content, f"{name}.pdf", "application/pdf")


def kept_asked(name: str, ending: str, kept: Callable[[str], bytes]) -> Response:
    """A paper that is kept as it was issued, as PDF or DOCX; any other ending is not there."""
    if ending not in {"pdf", "docx"}:
        abort(404)
    return _file(kept(ending), f"{name}.{ending}", "application/pdf" if ending == "pdf" else _DOCX)


def _sent(write: Callable[[BinaryIO], None], name: str, content_type: str) -> Response:
    """What is written, held in memory while it is small and on the disk when it is not, sent in pieces."""
    held = SpooledTemporaryFile(_HELD)  # noqa: SIM115 - the response closes it
    write(cast(BinaryIO, held))
    size = held.tell()
    held.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return Response(
        wrap_file(request.environ, held), content_type=content_type, headers=headers, direct_passthrough=False
    )


def _file(content: bytes, name: str, content_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=content_type, headers=headers)
