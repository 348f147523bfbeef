"""Where a caller wants its notifications, and how it wants to recognise them (A2A 1.0 §4.3.1, §4.3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

A2A_JSON = "application/a2a+json"
"""The content type of a notification in A2A 1.0; in 0.3 it is ``application/json``."""
TOKEN_HEADER = "X-A2A-Notification-Token"  # noqa: S105
_SENDABLE = re.compile(r"[!-~](?:[ -~]*[!-~])?")


@dataclass(frozen=True, slots=True)
class Webhook:
    """A configuration, as delivery sees it. Its secrets are in no ``repr``.

    ``configuration`` names it among all others, such as ``TASK/CONFIG``: order is kept within it.
    """

    configuration: str
    url: str = field(repr=False)
    token: str = field(default="", repr=False)
    scheme: str = ""
    credentials: str = field(default="", repr=False)

    def headers(self) -> dict[str, str]:
        """What the receiver recognises us by. Raises ``ValueError`` for what no header can carry."""
        headers: dict[str, str] = {}
        if self.token:
            headers[TOKEN_HEADER] = self.token
        if self.scheme and self.credentials:
            headers["Authorization"] = f"{self.scheme} {self.credentials}"
        if not all(_SENDABLE.fullmatch(value) for value in headers.values()):
            raise ValueError("The token or the credentials hold characters that a header cannot carry.")
        return headers

    @property
    def host(self) -> str:
        """The host and port of the URL, which logs may show; empty when it has none."""
        try:
            return urlsplit(self.url).netloc.rpartition("@")[2]
        except ValueError:
            return ""
