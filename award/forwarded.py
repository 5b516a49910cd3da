"""Behind a reverse proxy: who the visitor is, and when a form was here whole, as the proxy says.

Anybody can write such headers. They count when the connection itself comes from a proxy that the settings name, and
are gone from the request otherwise, so that nothing further in can be deceived by them.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Network = IPv4Network | IPv6Network

ADDRESS, SCHEME, MOMENT = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_ARRIVED"
SAID = "house.said_to_have_arrived"
"""The moment a proxy of ours had all of the request, where one said so."""
PASSED_ON = "house.passed_on"
"""Whether the request says that somebody speaks for somebody else, believed or not."""
_OTHERS = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PREFIX")


class Forwarded:
    """Wraps the application. `proxies` are the addresses from which a proxy of ours connects."""

    def __init__(self, application: Callable[..., Iterable[bytes]], proxies: tuple[Network, ...]) -> None:
        self._application = application
        self._proxies = proxies

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = {name: environ.pop(name, "") for name in (ADDRESS, SCHEME, MOMENT, *_OTHERS)}
        environ[PASSED_ON] = any(said.values())
        if self._is_ours(environ.get("REMOTE_ADDR", "")):
            self._believe(environ, said)
        return self._application(environ, start_response)

    def _is_ours(self, address: str) -> bool:
        with suppress(ValueError):
            return any(ip_address(address) in proxy for proxy in self._proxies)
        return False

    def _believe(self, environ: dict[str, Any], said: dict[str, str]) -> None:
        nearest = said[ADDRESS].rpartition(",")[2].strip()  # what stands before it the visitor may have written
        with suppress(ValueError):
            environ["REMOTE_ADDR"] = str(ip_address(nearest))
        if said[SCHEME] in {"http", "https"}:
            environ["wsgi.url_scheme"] = said[SCHEME]
        if re.fullmatch(r"[0-9]{1,11}(\.[0-9]{1,6})?", said[MOMENT]):
            environ[SAID] = datetime.fromtimestamp(float(said[MOMENT]), UTC)
