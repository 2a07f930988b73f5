"""What every request passes before it reaches the application, and every answer on its way out.

Host: a name that is not ours may be another site's that was pointed at this machine (DNS
rebinding). Origin: a page of another site must not act here. Then the session or token, the
token against cross-site requests, and the size of what is sent.
"""

from __future__ import annotations

import html
import ipaddress
import logging
import socket
import traceback
from pathlib import PurePath
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web.options import MEGABYTE, ServeOptions, is_loopback
from pipeline.web.refusals import Refusal, answer, wants_page
from pipeline.web.sessions import CSRF_HEADER, Doorkeeper, Session

_log = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/login", "/static/")
"""What may be asked for before logging in."""
_UPLOADS = "/api/uploads"
_MOST_OTHER = MEGABYTE
"""Bytes of any request that is no upload."""


class Guard:
    """The application behind its guard (ASGI)."""

    def __init__(self, app: ASGIApp, options: ServeOptions, doorkeeper: Doorkeeper) -> None:
        self._app = app
        self._options = options
        self._doorkeeper = doorkeeper
        self._names = _own_names(options.host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        session: Session | None = None
        try:
            session = self._admitted(request)
            early = self._by_address(request)
        except Refusal as refusal:
            early = self._refused(request, refusal)
        scope.setdefault("state", {})["session"] = session
        out = _Out(send, session, self._doorkeeper, secure=request.url.scheme == "https")
        if early is not None:
            await early(scope, receive, out.send)
            return
        bounded = _Bounded(receive, self._limit(request))
        try:
            await self._app(scope, bounded.receive, out.send)
        except Exception as error:
            # Whatever it is, nobody sees its trace; the message may hold a document's text.
            _log.error("internal error: %s in %s", type(error).__name__, _place(error))
            if not out.started:
                await self._refused(request, Refusal(500, "internal"))(scope, receive, out.send)

    def _admitted(self, request: Request) -> Session | None:
        """The browser's session, a new one where that is all it takes; null for a program with the token.

        Raises:
            Refusal: the request does not come in.
        """
        self._check_host(request)
        self._check_origin(request)
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._limit(request):
            raise Refusal(413, "too-large")
        if "authorization" in request.headers:
            if not self._doorkeeper.bears_token(request):
                raise Refusal(401, "login")
            return None
        session = self._doorkeeper.session_of(request)
        if request.method not in _SAFE and request.url.path != "/login":
            if session is None:
                raise Refusal(401, "login")
            if request.headers.get(CSRF_HEADER, "") != session.csrf:
                raise Refusal(403, "csrf")
        if session is not None:
            return session
        path = request.url.path
        if self._doorkeeper.must_login:
            if path.startswith(_OPEN) or ("token" in request.query_params and not path.startswith("/api")):
                return None
            raise Refusal(401, "login")
        if path.startswith("/api"):
            raise Refusal(401, "login")
        return self._doorkeeper.new_session()

    def _by_address(self, request: Request) -> Response | None:
        """`?token=` in the address of a page, once, becomes a session.

        The next address is asked for by a page of ours, not by a redirect: after a click in a
        mail a browser would not send the cookie along with that.
        """
        given = request.query_params.get("token")
        if given is None or not self._doorkeeper.must_login or request.method != "GET":
            return None
        if self._doorkeeper.too_many_wrong(request):
            raise Refusal(429, "too-many-logins")
        if not self._doorkeeper.is_token(given, request):
            return RedirectResponse("/login?wrong=1", 303)
        there = html.escape(quote(request.url.path))
        page = f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={there}">'
        response = HTMLResponse(page)
        secure = request.url.scheme == "https"
        self._doorkeeper.hand_over(self._doorkeeper.new_session(), response, secure=secure)
        return response

    def _check_host(self, request: Request) -> None:
        host = request.headers.get("host", "")
        name = urlsplit(f"//{host}").hostname if _plain(host) else None
        if name is None or not self._is_ours(name):
            raise Refusal(421, "host")

    def _is_ours(self, name: str) -> bool:
        """A name of this machine. An address by figures cannot be pointed elsewhere, but on a
        loopback server only the loopback's own make sense."""
        if is_loopback(name) or name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return not is_loopback(self._options.host)

    def _check_origin(self, request: Request) -> None:
        origin = request.headers.get("origin")
        host = request.headers.get("host", "")
        if origin is not None and origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower()):
            raise Refusal(403, "origin")
        site = request.headers.get("sec-fetch-site", "none")
        link = request.method == "GET" and request.headers.get("sec-fetch-mode") == "navigate"
        if site in ("cross-site", "same-site") and not (link and not request.url.path.startswith("/api")):
            raise Refusal(403, "origin")

    def _limit(self, request: Request) -> int:
        return self._options.max_upload if request.url.path == _UPLOADS else _MOST_OTHER

    def _refused(self, request: Request, refusal: Refusal) -> Response:
        if refusal.code == "login" and wants_page(request) and not request.url.path.startswith("/api"):
            return RedirectResponse("/login", 303)
        return answer(request, refusal)


class _Out:
    """What goes out: with our headers, and with the cookie of a fresh session."""

    def __init__(self, send: Send, session: Session | None, doorkeeper: Doorkeeper, *, secure: bool) -> None:
        self._send = send
        self._session = session if session and session.fresh else None
        self._doorkeeper = doorkeeper
        self._secure = secure
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            if self._session is not None:
                carrier = Response()
                self._doorkeeper.hand_over(self._session, carrier, secure=self._secure)
                headers.append("Set-Cookie", carrier.headers["set-cookie"])
        await self._send(message)


class _Bounded:
    """What comes in, up to a limit; its length may not have been said before."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise HTTPException(413)
        return message


def _place(error: Exception) -> str:
    """File and line of ours where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "pipeline" in frame.filename or "schemas" in frame.filename]
    return f"{PurePath(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"


def _plain(host: str) -> bool:
    return bool(host) and all(letter.isalnum() or letter in ".-:[]_" for letter in host) and host.isascii()


def _own_names(host: str) -> frozenset[str]:
    """What this machine is called, where it serves others than itself."""
    if is_loopback(host):
        return frozenset()
    return frozenset(name.lower() for name in (host, socket.gethostname(), socket.getfqdn()))
