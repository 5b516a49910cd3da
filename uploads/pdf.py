"""PDF: whole, open to be read, and quiet: nothing in it runs, opens another program or carries another file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from uploads import signatures
from uploads.verdict import Facts, Unfit

HEAD_BYTES = 1024
TAIL_BYTES = 4096
_DEEDS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute", "/Movie",
}  # fmt: skip
_KEYS = {"/JS", "/EF", "/XFA"}
_ANNOTATIONS = {"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound", "/FileAttachment"}
_MARKUP = (b"<script", b"<html", b"<!doctype", b"<iframe", b"<?php")


def check(path: Path) -> Facts:
    """Pages and the size of the first, in points; or Unfit."""
    _check_ends(path)
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise Unfit("encrypted")
            if any(map(_acts, _containers(document))):
                raise Unfit("active_content")
            pages = len(document.pages)
            signed = signatures.said(document, path.stat().st_size)
    except pikepdf.PasswordError as fault:
        raise Unfit("encrypted") from fault
    except pikepdf.PdfError as fault:
        raise Unfit("truncated") from fault
    if not pages:
        raise Unfit("truncated")
    return replace(_drawn(path, pages), signatures=signed or None)


def _check_ends(path: Path) -> None:
    """The first bytes are a PDF's and no web page's; the last are its end mark, and nothing of weight after it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES))
        tail = file.read()
    if not head.startswith(b"%PDF-"):
        raise Unfit("disguised")
    if any(mark in head.lower() for mark in _MARKUP):
        raise Unfit("disguised")
    _before, end, after = tail.rpartition(b"%%EOF")
    if not end:
        raise Unfit("truncated")
    if after.strip(b"\r\n\t \x00"):
        raise Unfit("disguised")


def _containers(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, inner ones included. With a stack of our own: files nest as deep as they like."""
    waiting: list[Any] = []
    for top in document.objects:
        waiting.append(top)
        while waiting:
            each = waiting.pop()
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                yield each
                inner = [value for _key, value in each.items()]
            elif isinstance(each, pikepdf.Array):
                inner = list(each)
            else:
                continue
            waiting.extend(
                value
                for value in inner
                if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
            )


def _acts(each: Any) -> bool:
    keys = set(each.keys())
    if keys & _KEYS:
        return True
    return _name(each, keys, "/S") in _DEEDS or _name(each, keys, "/Subtype") in _ANNOTATIONS


def _name(each: Any, keys: set[str], key: str) -> str:
    value = each[key] if key in keys else None
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _drawn(path: Path, pages: int) -> Facts:
    """First, middle and last page can be drawn by the library that will make the page images."""
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            if len(document) != pages:
                raise Unfit("truncated")
            for number in {0, pages // 2, pages - 1}:
                page = document[number]
                width, height = page.get_size()
                page.render(scale=min(1.0, 200 / max(width, height, 1)))
            width, height = document[0].get_size()
        finally:
            document.close()
    except pypdfium2.PdfiumError as fault:
        raise Unfit("truncated") from fault
    return Facts(pages=pages, width=round(width), height=round(height))
