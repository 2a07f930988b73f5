"""`kehoach doctor`: what is installed, what is missing and how to get it."""

from __future__ import annotations

import argparse

from pipeline.doctor import examine, render


def run(options: argparse.Namespace) -> int:
    """Print the diagnosis; 0 if scans can be read, else 1."""
    diagnosis = examine()
    print(render(diagnosis).rstrip())
    return 0 if diagnosis.healthy else 1
