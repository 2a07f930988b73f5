"""What whoever starts the web page may set."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.settings import Limits, Settings

DEFAULT_PORT = 8642
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve one folder.

    Attributes:
        host: the address to listen on; any other than this machine's own loopback needs a token.
        port: TCP port.
        token: what API clients send as `Authorization: Bearer`; made up where none was given.
        login: whether a browser has to give the token before it sees a page.
        scans: further folders in which originals of converted plans lie.
        max_upload: bytes of one upload, all its files together.
        workers: conversions at a time.
        warm: whether the process that draws pages is started before it is needed.
        settings, limits: of each conversion.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    login: bool = False
    scans: tuple[Path, ...] = ()
    max_upload: int = 500 * MEGABYTE
    workers: int = 1
    warm: bool = True
    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
