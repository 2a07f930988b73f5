"""`kehoach serve`: the web page on the plans of a folder."""

from __future__ import annotations

import argparse
import importlib.util
import os
import secrets
import socket
import sys
import webbrowser
from typing import TYPE_CHECKING

from pipeline.errors import CannotServe, MissingFile
from pipeline.writing import check_folder

if TYPE_CHECKING:
    from pipeline.web import ServeOptions

WRONG_USE = 2
SHORTEST_TOKEN = 16
MEGABYTE = 1_000_000
_PACKAGES = ("fastapi", "uvicorn", "jinja2", "python_multipart")
_PATIENCE = 3
"""Seconds that a request in work may take after Ctrl-C."""
_WAITING = 128
"""Connections that the system keeps until they are taken."""


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 0 then.

    Raises:
        CannotServe: packages are missing, or the address is taken.
        CannotWrite, MissingFile: the folder cannot be written, a folder of scans is missing.
    """
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise CannotServe(f"The web page needs {', '.join(missing)}.", "pip install kehoach[web]")
    token = options.token or os.environ.get("KEHOACH_TOKEN") or ""
    mistake = _mistake(options.host, token)
    if mistake:
        print(f"kehoach serve: {mistake}", file=sys.stderr)
        return WRONG_USE
    check_folder(options.folder)
    for folder in options.scans:
        if not folder.is_dir():
            raise MissingFile(f"{folder} is no folder.", "Name the folder that the scans are in.")
    listening = _listening(options.host, options.port)
    try:
        _serve(options, _wanted(options, token, listening.getsockname()[1]), listening)
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    return 0


def _mistake(host: str, token: str) -> str:
    from pipeline.web.options import is_loopback  # noqa: PLC0415 - packages of the web page may be missing

    if not is_loopback(host) and not token:
        return f"--host {host} lets others in: it needs --token or KEHOACH_TOKEN."
    if token and len(token) < SHORTEST_TOKEN:
        return f"the token needs {SHORTEST_TOKEN} characters or more."
    return (
        "" if token.isprintable() and token.strip() == token else "the token may not hold spaces around it."
    )


def _wanted(options: argparse.Namespace, token: str, port: int) -> ServeOptions:
    from pipeline.web import ServeOptions  # noqa: PLC0415

    return ServeOptions(
        host=options.host,
        port=port,
        scans=tuple(options.scans),
        max_upload=options.max_upload * MEGABYTE,
        token=token or secrets.token_urlsafe(),
        login=bool(token),
    )


def _listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on: the browser may come before the server is ready."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # A server that was just stopped leaves its port waiting. On Windows this would let two share it.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        raise CannotServe(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}.",
            "Perhaps kehoach runs there already: open it in the browser. Or choose another --port.",
        ) from error
    return listening


def _serve(options: argparse.Namespace, wanted: ServeOptions, listening: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415

    from pipeline.web import create_app  # noqa: PLC0415
    from pipeline.web.options import is_loopback  # noqa: PLC0415

    shown = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
    address = f"http://{shown}:{wanted.port}/"
    print(f"kehoach: {options.folder} is at {address}\nStop with Ctrl-C.", flush=True)
    if not options.no_browser and is_loopback(wanted.host) and _has_desktop():
        webbrowser.open(address)
    app = create_app(options.folder, wanted)
    config = uvicorn.Config(
        app,
        # Errors are told by the guard, without what a trace may hold of a document.
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        app.state.service.close()


def _has_desktop() -> bool:
    """Without a desktop `webbrowser` would start one in the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
