"""Addresses that carry their own permission (AWS Signature Version 4 in the query string).

Every header given is signed, so the bearer can send that length, that checksum and that type, or nothing.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Signer:
    """The credentials of one store, as the bearer of an address reaches it: the host is part of the signature."""

    endpoint: str
    secure: bool
    region: str
    access_key: str
    secret_key: str = field(repr=False)

    def address(
        self,
        method: str,
        path: str,
        *,
        now: datetime,
        seconds: int,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> str:
        """An address valid for `seconds` from `now` (UTC), for this method, path, query and these headers only."""
        moment = now.strftime("%Y%m%dT%H%M%SZ")
        scope = f"{moment[:8]}/{self.region}/s3/aws4_request"
        signed = {"host": self.endpoint} | {name.lower(): value for name, value in (headers or {}).items()}
        names = ";".join(sorted(signed))
        parameters = {
            "X-Amz-Algorithm": ALGORITHM,
            "X-Amz-Credential": f"{self.access_key}/{scope}",
            "X-Amz-Date": moment,
            "X-Amz-Expires": str(seconds),
            "X-Amz-SignedHeaders": names,
            **(query or {}),
        }
        canonical_query = "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in sorted(parameters.items()))
        canonical_headers = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        request = "\n".join([method, quote(path), canonical_query, canonical_headers, names, "UNSIGNED-PAYLOAD"])
        text = "\n".join([ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()])
        signature = hmac.new(self._key(moment[:8]), text.encode(), hashlib.sha256).hexdigest()
        scheme = "https" if self.secure else "http"
        return f"{scheme}://{self.endpoint}{quote(path)}?{canonical_query}&X-Amz-Signature={signature}"

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret_key}".encode()
        for word in (day, self.region, "s3", "aws4_request"):
            key = hmac.new(key, word.encode(), hashlib.sha256).digest()
        return key


def _escaped(text: str) -> str:
    return quote(text, safe="-_.~")
