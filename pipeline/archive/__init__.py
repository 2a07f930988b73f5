"""Archives: thousands of documents, unattended, none of them able to stop the rest.

    folders ──scan──▶ ledger ──queue──▶ executor ──cell──▶ worker process ──▶ outcome ──▶ YAML, ledger

The executor is a pool of threads on this machine or a Dask cluster: both take `dispatch(job)`.
Each call owns a worker process (`cell`) that can be ended at any moment, so that time and
memory are bounded in the same way everywhere. Results and ledger are written by the run
itself, never by a worker.
"""

from __future__ import annotations

from pipeline.archive.job import Job, Outcome
from pipeline.archive.queue import Archive, ArchiveOptions
from pipeline.archive.session import Where, archive_once, opened
from pipeline.archive.tally import Event, Listener, Tally

__all__ = [
    "Archive",
    "ArchiveOptions",
    "Event",
    "Job",
    "Listener",
    "Outcome",
    "Tally",
    "Where",
    "archive_once",
    "opened",
]
