"""The commands: `arguments` has their options, one module each does the work in `run`."""

from __future__ import annotations
