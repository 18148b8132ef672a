"""What is to go wrong with a request, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """Befalls the next `times` requests that it matches.

    Attributes:
        path: A regular expression that the path is searched for, after `/api/v10`.
        stored: Whether a message is stored all the same, before things go wrong.
        status: The status to answer with; 0 resets the connection instead.
        code: Discord's error code.
        hang: Seconds to wait before answering, after storing.
        retry_after: For 429: seconds; `is_global` and `scope` as in Discord's body and header.
        via: Whether the answer passed through Discord's own proxy; without it a 429 is Cloudflare's ban.
    """

    method: str = "POST"
    path: str = r"/channels/\d+/messages$"
    times: int = 1
    stored: bool = False
    status: int | None = 500
    code: int = 0
    message: str = "scripted"
    hang: float = 0
    retry_after: float | None = None
    is_global: bool = False
    scope: str = "user"
    via: bool = True
    struck: int = field(default=0, init=False)

    def strikes(self, method: str, path: str) -> bool:
        if self.struck >= self.times or method != self.method or not re.search(self.path, path):
            return False
        self.struck += 1
        return True

    def body(self) -> dict[str, Any]:
        if self.status == 429 and not self.code:
            return {"message": "rate limited", "retry_after": self.retry_after or 0, "global": self.is_global}
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body | ({"retry_after": self.retry_after} if self.retry_after is not None else {})

    def headers(self) -> dict[str, str]:
        headers = {"Via": "1.1 google"} if self.via else {}
        if self.status == 429:
            headers |= {"X-RateLimit-Scope": self.scope, "Retry-After": str(self.retry_after or 0)}
            if self.is_global:
                headers["X-RateLimit-Global"] = "true"
        return headers
