"""Promises of the host that browsers reach and of the bucket's own rules, beside those of parts and objects."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import urllib3

from uploads.probing import Probe, Unmet
from uploads.promises import promise

MOST_CLOCK_SECONDS = 60
FOREIGN = "https://elsewhere.example"


# Browsers


def _preflight(probe: Probe, origin: str) -> urllib3.BaseHTTPResponse:
    asks = {
        "Origin": origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type,if-none-match,x-amz-checksum-sha256",
    }
    return probe.ask("OPTIONS", f"{probe.storage.public_address}/{probe.small}", headers=asks)


@promise("Pages of this site may send parts")
def _own_pages(probe: Probe) -> None:
    answer = _preflight(probe, probe.origin)
    if answer.status >= 300 or answer.headers.get("Access-Control-Allow-Origin") != probe.origin:
        raise Unmet(f"a browser on {probe.origin} would be kept from it: set the bucket's CORS rules")
    if "Access-Control-Allow-Credentials" in answer.headers:
        raise Unmet("the store asks browsers for their cookies, which are nobody's business there")


@promise("Pages of other sites may not")
def _other_pages(probe: Probe) -> None:
    for origin in (FOREIGN, "null", f"{probe.origin}.elsewhere.example"):
        allowed = _preflight(probe, origin).headers.get("Access-Control-Allow-Origin", "")
        if allowed in ("*", origin):
            raise Unmet(f"a page of {origin} may: narrow the bucket's CORS rules to {probe.origin}")


@promise(f"Its clock and this machine's are less than {MOST_CLOCK_SECONDS} seconds apart")
def _clock(probe: Probe) -> None:
    told = probe.ask("HEAD", probe.storage.public_address).headers.get("Date", "")
    if not told:
        raise Unmet("it does not tell its time")
    apart = abs((parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    if apart > MOST_CLOCK_SECONDS:
        raise Unmet(f"they are {apart:.0f} seconds apart, and addresses die that much too early or too late")


# What becomes of what was sent and of what was erased


@promise("Whatever is shown from here runs as nobody's page", needed=False)
def _nothing_runs(probe: Probe) -> None:
    policy = probe.ask("GET", probe.address(probe.small)).headers.get("Content-Security-Policy", "")
    words = [each.split() for each in policy.lower().split(";")]
    if not any(each[:1] == ["sandbox"] and "allow-scripts" not in each for each in words):
        raise Unmet(
            "it sends no sandbox with what it serves, so only types and dispositions keep a file from being a page: "
            "deploy/nginx/files-host.conf is a host that does"
        )


@promise("Browsers are told not to guess another type than the one given", needed=False)
def _nothing_is_guessed(probe: Probe) -> None:
    told = probe.ask("GET", probe.address(probe.small)).headers.get("X-Content-Type-Options", "")
    if told.lower() != "nosniff":
        raise Unmet("it does not send nosniff: deploy/nginx/files-host.conf is a host that does")


@promise("What is erased is not kept as an older version without an end", needed=False)
def _no_endless_versions(probe: Probe) -> None:
    versioning = probe.storage.rules("versioning")
    if versioning is None or versioning.findtext("{*}Status", "") != "Enabled":
        return
    rules = probe.storage.rules("lifecycle")
    if rules is None or rules.find("{*}Rule/{*}NoncurrentVersionExpiration") is None:
        raise Unmet("versions are kept and nothing ends them: what was erased on request is still there. Set a rule")


@promise("Uploads that nobody finishes end by the store's own rule", needed=False)
def _unfinished_end(probe: Probe) -> None:
    rules = probe.storage.rules("lifecycle")
    if rules is None or rules.find("{*}Rule/{*}AbortIncompleteMultipartUpload") is None:
        raise Unmet("it has no such rule; the application gives them up after 48 hours, as long as its worker runs")
