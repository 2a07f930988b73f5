"""Who is asking: a browser with a session, or a program with the token.

A session is a random id signed with a key that lives as long as the server; nothing about it is
stored. Its cookie is not sent along from other sites (SameSite=Strict) nor seen by scripts
(HttpOnly). The token that pages send against cross-site requests is derived from the id.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from pipeline.web.options import ServeOptions

COOKIE = "kehoach-session"
CSRF_HEADER = "x-csrf-token"
_DAY = 86_400
_A_WHILE = 60.0
_MOST_WRONG = 10
"""Wrong tokens from one address within a minute, before it has to wait."""
_ADDRESSES = 1_000
"""Addresses whose wrong tokens are remembered."""


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session; `fresh` where the cookie has yet to be set."""

    id: str
    csrf: str
    fresh: bool = False


class Doorkeeper:
    """Makes and checks sessions and the token of one server."""

    def __init__(self, options: ServeOptions) -> None:
        self._token = options.token.encode("utf-8")
        self._key = secrets.token_bytes(32)
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._cookie = f"{COOKIE}-{options.port}"
        self._everybody = secrets.token_urlsafe(18)
        self.must_login = options.login

    def session_of(self, connection: HTTPConnection) -> Session | None:
        """The session that the cookie stands for; null where there is none of ours."""
        name, _, seal = connection.cookies.get(self._cookie, "").partition(".")
        if name and hmac.compare_digest(seal.encode("utf-8"), self._seal("session", name).encode("utf-8")):
            return Session(name, self._seal("csrf", name))
        return None

    def new_session(self) -> Session:
        """One that no browser has yet. Where nobody logs in, all get the same: two windows that open
        at once must not take each other's away."""
        name = secrets.token_urlsafe(18) if self.must_login else self._everybody
        return Session(name, self._seal("csrf", name), fresh=True)

    def hand_over(self, session: Session, response: Response, *, secure: bool) -> None:
        """Set the session's cookie."""
        value = f"{session.id}.{self._seal('session', session.id)}"
        response.set_cookie(
            self._cookie, value, max_age=30 * _DAY, httponly=True, samesite="strict", secure=secure, path="/"
        )

    def forget(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(self._cookie, httponly=True, samesite="strict", path="/")

    def is_token(self, given: str, connection: HTTPConnection) -> bool:
        """Whether `given` is the token; takes the same time for any that is not."""
        right = hmac.compare_digest(given.encode("utf-8", "replace"), self._token)
        if not right:
            wrong = self._wrong.setdefault(_address(connection), deque(maxlen=_MOST_WRONG))
            wrong.append(time.monotonic())
            while len(self._wrong) > _ADDRESSES:
                self._wrong.popitem(last=False)
        return right

    def too_many_wrong(self, connection: HTTPConnection) -> bool:
        """Whether somebody is trying out tokens."""
        wrong = self._wrong.get(_address(connection))
        if wrong is None or len(wrong) < _MOST_WRONG:
            return False
        return time.monotonic() - wrong[0] < _A_WHILE

    def bears_token(self, connection: HTTPConnection) -> bool:
        """Whether a program sent the token along."""
        kind, _, given = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or self.too_many_wrong(connection):
            return False
        return self.is_token(given.strip(), connection)

    def _seal(self, purpose: str, name: str) -> str:
        return hmac.new(self._key, f"{purpose} {name}".encode(), "sha256").hexdigest()


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""
