"""`kehoach watch`: an inbox whose new scans are converted as they come."""

from __future__ import annotations

import argparse

from pydantic import ValidationError

from pipeline.archive.stop import stop_on_signals
from pipeline.archive.watch import watch
from pipeline.commands.archive import archive_options, listener_for, where, wrong_options


def run(options: argparse.Namespace) -> int:
    """Watch until SIGINT or SIGTERM; 0 then.

    Raises:
        KehoachError: the watch cannot begin, or the output folder fails.
    """
    try:
        wanted = archive_options(options)
    except ValidationError as error:
        return wrong_options("watch", error)
    with stop_on_signals() as stop:
        watch(
            options.inbox, options.output, wanted, where(options), listener_for(options), stop,
            every=options.every, once=options.once,
        )  # fmt: skip
    return 0
