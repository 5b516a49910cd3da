"""What this package builds on, promise by promise: each is tried out on the store itself and raises Unmet when it is
not kept.

Stores differ where it matters most: in what a signed address lets through, and in what they tell of unfinished uploads.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from uploads.probing import DATA, FIRST_PART, PIECES, ROOM, SHORT, Probe, Unmet, taken_whole
from uploads.protocol import fingerprint
from uploads.storage import NoSuchObject, NoSuchUpload, PartsDiffer

Check = Callable[[Probe], None]
CHECKS: list[tuple[str, bool, Check]] = []


def promise(sentence: str, *, needed: bool = True) -> Callable[[Check], Check]:
    """The decorated function raises Unmet when the store does not keep the promise."""

    def register(check: Check) -> Check:
        CHECKS.append((sentence, needed, check))
        return check

    return register


def _refused(what: str, status: int, *answers: int) -> None:
    """The request was answered with one of these; by default with 403."""
    if status not in (answers or (403,)):
        raise Unmet(f"{what} was answered with {status}")


# Parts


@promise("Two parts sent out of order become one object with every byte")
def _whole(probe: Probe) -> None:
    if b"".join(probe.storage.stream(probe.stored)) != DATA:
        raise Unmet("other bytes came back")


@promise("The object has the type that was fixed when the upload began")
def _type_is_ours(probe: Probe) -> None:
    found = probe.storage.stat(probe.stored).content_type
    if found != "video/mp4":
        raise Unmet(f"the type is “{found}”")


@promise("The unfinished upload tells which parts it holds, and how long they are")
def _parts_are_listed(probe: Probe) -> None:
    upload = probe.begun()
    upload.is_empty()
    upload.send(2)
    told = [(part.number, part.size) for part in upload.parts()]
    if told != [(2, len(PIECES[1]))]:
        raise Unmet(f"it told {told} of one part with number 2")


@promise("A list of parts that is longer than a page is told whole")
def _parts_in_pages(probe: Probe) -> None:
    upload = probe.begun()
    upload.send(1)
    upload.send(2)
    told = [part.number for part in upload.parts(page_size=1)]
    if told != [1, 2]:
        raise Unmet(f"page by page it told of the parts {told}")


@promise("The list of parts tells the SHA-256 of each", needed=False)
def _parts_have_hashes(probe: Probe) -> None:
    upload = probe.begun()
    upload.send(2)
    if [part.sha256 for part in upload.parts()] != [hashlib.sha256(PIECES[1]).hexdigest()]:
        raise Unmet("it does not; a part that was changed is found when the file is verified, and not before")


@promise("A part that is sent again is one part, and the object has its bytes once")
def _part_again(probe: Probe) -> None:
    upload = probe.begun()
    for number in (2, 1, 2, 1):
        upload.send(number)
    upload.join()
    if b"".join(probe.storage.stream(upload.key)) != DATA:
        raise Unmet("other bytes came back")


@promise("A part longer than signed is refused")
def _longer(probe: Probe) -> None:
    upload = probe.begun()
    _refused("one byte more", upload.put(upload.sign(2), PIECES[1] + b"x"))
    upload.is_empty()


@promise("A part shorter than signed is refused")
def _shorter(probe: Probe) -> None:
    upload = probe.begun()
    _refused("one byte less", upload.put(upload.sign(2), PIECES[1][:-1]))
    upload.is_empty()


@promise("A part with other bytes than signed is refused")
def _other_bytes(probe: Probe) -> None:
    upload = probe.begun()
    _refused("a part of zeros", upload.put(upload.sign(2), bytes(len(PIECES[1]))), 400, 403)
    upload.is_empty()


@promise("The signed SHA-256 of a part cannot be replaced by another")
def _forged_hash(probe: Probe) -> None:
    upload, zeros = probe.begun(), bytes(len(PIECES[1]))
    forged = upload.sign(2, body=zeros).headers["x-amz-checksum-sha256"]
    _refused("another hash", upload.put(upload.sign(2), zeros, x_amz_checksum_sha256=forged))
    upload.is_empty()


@promise("A part under another type than signed is refused")
def _other_type(probe: Probe) -> None:
    upload = probe.begun()
    _refused("text/html", upload.put(upload.sign(2), PIECES[1], content_type="text/html"))


@promise("An address is good for one part of one upload under one key, by one method")
def _one_part(probe: Probe) -> None:
    upload, other = probe.begun(), probe.begun()
    part = upload.sign(2)
    changed = {
        "another part": part.url.replace("partNumber=2", "partNumber=1"),
        "another key": part.url.replace(upload.key, other.key),
        "another upload": part.url.replace(upload.upload_id, other.upload_id),
        "a longer life": part.url.replace("X-Amz-Expires=900", "X-Amz-Expires=90000"),
        "a whole object": part.url.split("?")[0],
    }
    for what, url in changed.items():
        _refused(what, probe.status("PUT", url, PIECES[1], part.headers))
    for method in ("GET", "DELETE"):
        _refused(method, probe.status(method, part.url, headers=part.headers))


@promise("An address to send a part dies after fifteen minutes")
def _part_address_dies(probe: Probe) -> None:
    upload = probe.begun()
    past = probe.storage.at(lambda: datetime.now(UTC) - timedelta(minutes=16))
    _refused("a part signed sixteen minutes ago", upload.put(upload.sign(2, past), PIECES[1]))
    upload.is_empty()


@promise("Once the parts are joined, an address of before is worth nothing and the object stays as it is")
def _replayed(probe: Probe) -> None:
    upload = probe.begun()
    kept = [upload.sign(number) for number in (1, 2)]
    for part in kept:
        upload.put(part, PIECES[part.number - 1])
    upload.join()
    for part in kept:
        _refused("a part sent once more", upload.put(part, PIECES[part.number - 1]), 403, 404)
    if b"".join(probe.storage.stream(upload.key)) != DATA:
        raise Unmet("the object has other bytes now")


@promise("An upload that is given up keeps nothing and takes nothing")
def _given_up(probe: Probe) -> None:
    upload = probe.begun()
    upload.send(2)
    kept = upload.sign(2)
    probe.storage.abort(upload.key, upload.upload_id)
    with suppress(NoSuchUpload):
        upload.parts()
        raise Unmet("its parts are still listed")
    _refused("a part sent afterwards", upload.put(kept, PIECES[1]), 403, 404)


@promise("Parts are not joined under other hashes than theirs")
def _joined_wrongly(probe: Probe) -> None:
    upload = probe.begun()
    upload.send(1)
    upload.send(2)
    wrong = [replace(part, sha256=hashlib.sha256(SHORT).hexdigest()) for part in upload.parts()]
    with suppress(PartsDiffer):
        probe.storage.complete(upload.key, upload.upload_id, wrong)
        raise Unmet("they were joined")


@promise("Parts are joined once")
def _joined_once(probe: Probe) -> None:
    upload = probe.begun()
    upload.send(1)
    upload.send(2)
    parts = upload.parts()
    upload.join()
    with suppress(NoSuchUpload):
        upload.parts()
        raise Unmet("the upload is still open afterwards")
    with suppress(NoSuchUpload, PartsDiffer):
        probe.storage.complete(upload.key, upload.upload_id, parts)
        found = probe.storage.stat(upload.key).size  # to say yes twice is harmless while the bytes are the same
        if found != len(DATA):
            raise Unmet(f"joined twice, the object has {found} bytes")


@promise("The object tells the hash of its parts' hashes", needed=False)
def _object_has_hash(probe: Probe) -> None:
    told = probe.storage.stat(probe.stored).fingerprint
    if told != fingerprint(hashlib.sha256(piece).hexdigest() for piece in PIECES):
        raise Unmet("it does not; bytes that were changed are found when the file is verified, and not before")


# A file of one part goes whole


@promise("A file of one part goes as one request, and has its type and every byte")
def _whole_at_once(probe: Probe) -> None:
    key = probe.whole()
    found = probe.storage.stat(key)
    if b"".join(probe.storage.stream(key)) != SHORT or found.content_type != "image/png":
        raise Unmet(f"{found.size} bytes of the type “{found.content_type}” came back")


@promise("Sent whole, other bytes, another length or another type than signed are refused, and nothing stands there")
def _whole_as_signed(probe: Probe) -> None:
    key, part = probe.signed_whole()
    for what, body, said in (
        ("one byte more", SHORT + b"x", {}),
        ("one byte less", SHORT[:-1], {}),
        ("other bytes", bytes(len(SHORT)), {}),
        ("text/html", SHORT, {"content-type": "text/html"}),
    ):
        _refused(what, probe.status("PUT", part.url, body, {**part.headers, **said}), 400, 403)
    with suppress(NoSuchObject):
        probe.storage.stat(key)
        raise Unmet("the store kept what it had refused")


@promise("A file that stands there is not written again by the address it came by", needed=False)
def _whole_once(probe: Probe) -> None:
    _key, part = probe.signed_whole()
    answers = [probe.status("PUT", part.url, SHORT, part.headers) for _twice in range(2)]
    taken_whole(answers[0])
    if answers[1] not in (403, 409, 412):
        raise Unmet(f"twice the same was answered with {answers}; no other bytes are taken, so what stands there stays")


@promise("An object that was sent whole tells the hash of its bytes", needed=False)
def _whole_has_hash(probe: Probe) -> None:
    if probe.storage.stat(probe.whole()).sha256 != hashlib.sha256(SHORT).hexdigest():
        raise Unmet("it does not; bytes that were changed are found when the file is verified, and not before")


@promise("Unfinished uploads are listed with the instant they began")
def _unfinished(probe: Probe) -> None:
    upload = probe.begun()
    begun = [each.begun for each in probe.storage.unfinished(f"{ROOM}/") if each.upload_id == upload.upload_id]
    if len(begun) != 1:
        raise Unmet("an upload that had just begun is not among them, so none would ever be given up")
    if abs(begun[0] - datetime.now(UTC)) > timedelta(hours=1):
        raise Unmet(f"it is said to have begun at {begun[0]:%Y-%m-%d %H:%M} UTC")


# Objects


@promise("Objects are listed with their length and the instant they were written")
def _objects(probe: Probe) -> None:
    found = [each for each in probe.storage.objects(f"{ROOM}/") if each.key == probe.stored]
    if [each.size for each in found] != [len(DATA)]:
        raise Unmet("an object that stands there is not listed with its length")
    if abs(found[0].modified - datetime.now(UTC)) > timedelta(hours=1):
        raise Unmet(f"it is said to have been written at {found[0].modified:%Y-%m-%d %H:%M} UTC")


@promise("What is deleted is gone, and deleting it again is no fault")
def _deleted(probe: Probe) -> None:
    key = probe.new_key()
    probe.storage.put_small(key, SHORT, "text/plain")
    probe.storage.delete(key)
    probe.storage.delete(key)
    with suppress(NoSuchObject):
        probe.storage.stat(key)
        raise Unmet("it still stands there")


@promise("A key that is taken can be kept from being written again", needed=False)
def _written_once(probe: Probe) -> None:
    key = probe.new_key()
    probe.storage.put_small(key, SHORT, "text/plain")
    if not probe.storage.is_kept_from_overwriting(key):
        raise Unmet("it was written again; keys are random and given once, so nothing depends on it")


@promise("Any range of an object is read: its beginning, its end, and across parts")
def _ranges(probe: Probe) -> None:
    address, end = probe.address(probe.stored), len(DATA)
    wanted = {
        "bytes=0-0": (0, 1),
        f"bytes={FIRST_PART - 10}-{FIRST_PART + 9}": (FIRST_PART - 10, FIRST_PART + 10),
        f"bytes={end - 5}-": (end - 5, end),
        "bytes=-7": (end - 7, end),
    }
    for asked, (first, beyond) in wanted.items():
        answer = probe.ask("GET", address, headers={"Range": asked})
        told = f"bytes {first}-{beyond - 1}/{end}"
        if answer.status != 206 or answer.data != DATA[first:beyond]:
            raise Unmet(f"{asked} was answered with {answer.status} and {len(answer.data)} bytes")
        if answer.headers.get("Content-Range") != told:
            raise Unmet(f"{asked} was called “{answer.headers.get('Content-Range')}”, not “{told}”")


@promise("A range beyond the end is refused as such")
def _range_beyond(probe: Probe) -> None:
    answer = probe.status("GET", probe.address(probe.stored), headers={"Range": f"bytes={len(DATA)}-"})
    _refused("a range that begins at the end", answer, 416)
    if probe.storage.read(probe.stored, len(DATA), 1) != b"":
        raise Unmet("the server's own way in reads something there")


@promise("An object is given back under the type and the name that its address says")
def _disposition(probe: Probe) -> None:
    address = probe.address(probe.stored)
    headers = probe.ask("GET", address).headers
    if not headers.get("Content-Type", "").startswith("application/pdf"):
        raise Unmet(f"its type was “{headers.get('Content-Type')}”")
    if not headers.get("Content-Disposition", "").startswith("attachment"):
        raise Unmet(f"its disposition was “{headers.get('Content-Disposition')}”")
    _refused("another type in its address", probe.status("GET", address.replace("%2Fpdf", "%2Fhtml")))


@promise("An address to read dies after five minutes")
def _read_address_dies(probe: Probe) -> None:
    past = probe.storage.at(lambda: datetime.now(UTC) - timedelta(minutes=6))
    _refused("an address of six minutes ago", probe.status("GET", probe.address(probe.small, past)))


@promise("An address to read neither writes nor deletes, and reads nothing else")
def _read_only(probe: Probe) -> None:
    address = probe.address(probe.small)
    for method in ("PUT", "DELETE"):
        _refused(method, probe.status(method, address, SHORT), 403, 405)
    _refused("another key", probe.status("GET", address.replace(probe.small, probe.new_key())), 403)


# Who is not let in


@promise("Without an address nobody reads, writes or deletes")
def _anonymous(probe: Probe) -> None:
    url = f"{probe.storage.public_address}/{probe.small}"
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        _refused(method, probe.status(method, url, SHORT if method == "PUT" else None))
    _refused("a new object", probe.status("PUT", f"{probe.storage.public_address}/{probe.new_key()}", SHORT))


@promise("Nobody lists the bucket, its uploads or its rules without a key")
def _listing(probe: Probe) -> None:
    for query in ("?list-type=2", "?uploads", "?policy", "?acl", "?versions", ""):
        _refused(query or "the bucket itself", probe.status("GET", f"{probe.storage.public_address}{query}"), 403, 405)


@promise("Who has another secret is refused")
def _other_secret(probe: Probe) -> None:
    stranger = probe.storage.with_other_secret()
    _refused("an address signed with another secret", probe.status("GET", probe.address(probe.small, stranger)))
