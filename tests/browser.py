"""A served folder and a browser that looks at it: for the browser tests and benchmarks/web_page.py."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from pipeline.web import ServeOptions, create_app

INSTALL = "sh scripts/system_packages.sh browser"
WIDTH, HEIGHT = 1366, 768
"""The screen of an office."""


class NoBrowser(Exception):
    """Chromium or its driver is missing; the message holds the command that installs both."""


@contextmanager
def served(folder: Path, scans: tuple[Path, ...] = ()) -> Iterator[str]:
    """The address at which `folder` is served, from a thread of this process."""
    app = create_app(folder, ServeOptions(scans=scans))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    ready = threading.Event()
    started = server.startup

    async def startup(sockets: list[object] | None = None) -> None:
        await started(sockets)  # type: ignore[arg-type]
        ready.set()

    server.startup = startup  # type: ignore[method-assign, assignment]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(30), "the server did not start"
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


@contextmanager
def browser(downloads: Path) -> Iterator[Chrome]:
    """Headless Chromium on an office screen; what it downloads goes to `downloads`.

    Raises:
        NoBrowser: if it is not installed.
    """
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not program or not driver:
        raise NoBrowser(f"Chromium and its driver are not installed; do: {INSTALL}")
    options = ChromeOptions()
    options.binary_location = program
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    for argument in ("--headless=new", "--disable-gpu", f"--window-size={WIDTH},{HEIGHT}"):
        options.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses its sandbox to root, which CI runs as.
        options.add_argument("--no-sandbox")
    chrome = Chrome(options=options, service=Service(driver))
    try:
        screen = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        yield chrome
    finally:
        chrome.quit()
