"""The work itself, in a worker process: one document to its plans and what the archive notes of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.archive.digest import digest_of
from pipeline.archive.job import Counts, Job, Outcome, failed
from pipeline.archive.memory import give_back
from pipeline.archive.reasons import too_much_memory
from pipeline.errors import KehoachError, TooMuchMemory
from pipeline.language.ngrams import load_ngrams
from pipeline.reading import Engine, engine_named
from pipeline.resolve.entities import load_entity_layer
from pipeline.run import READING, Conversion, Progress, convert
from pipeline.settings import Settings
from schemas import Plan, dump_plan

INTERNAL_ERROR = "InternalError"

# Before the first document: none waits for them, and none has what unpacking takes on top of its pixels.
load_entity_layer()
load_ngrams()
give_back()


def convert_document(
    job: Job,
    watch: Callable[[Progress], None],
    keep: Callable[[Sequence[Conversion]], None] = lambda conversions: None,
) -> Outcome:
    """Convert the file of `job`; every error is an outcome, none is raised.

    `keep` may put aside what else is wanted of the conversions.
    """
    started = time.perf_counter()
    try:
        settings = job.read_settings()
        conversions = convert(Path(job.path), settings, _watching(watch), _engine(settings))
        keep(conversions)
        plans = [conversion.plan for conversion in conversions]
        # The words of all pages are not needed any more, and writing the plan out takes memory too.
        del conversions
        outcome = _outcome(plans, job)
    except KehoachError as error:
        outcome = failed(type(error).__name__, str(error))
    except MemoryError:
        outcome = failed(TooMuchMemory.__name__, too_much_memory(job.read_limits().memory_bytes))
    except Exception as error:
        # One document must not take the rest along. The message may hold the document's text:
        # only the type and the line of ours it came from are told.
        outcome = failed(INTERNAL_ERROR, f"{type(error).__name__} in {_place(error)}. Please report it.")
    return replace(outcome, seconds=round(time.perf_counter() - started, 3))


def _watching(watch: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Tells `watch` the pages, and gives back what their pixels took before the whole is understood:
    a long document would need as much again for its words."""

    def told(step: Progress) -> None:
        if step.stage == READING:
            watch(step)
        else:
            give_back()

    return told


@lru_cache(maxsize=1)
def _engine(settings: Settings) -> Engine:
    """Loaded once a worker. A worker has one thread: no two documents share it at a time."""
    return engine_named(settings)


def _outcome(plans: Sequence[Plan], job: Job) -> Outcome:
    return Outcome(
        "done",
        plans=tuple(dump_plan(plan, job.form) for plan in plans),
        counts=_counts(plans),
        digest=tuple(digest_of(plan) for plan in plans),
        engine=plans[0].source.engine,
    )


def _counts(plans: Sequence[Plan]) -> Counts:
    found = Counter(finding.severity for plan in plans for finding in plan.findings)
    return Counts(
        pages=plans[0].source.pages,
        ocr_pages=sum(plan.source.reading.ocr for plan in plans),
        tasks=sum(len(plan.tasks) for plan in plans),
        indicators=sum(len(plan.indicators) for plan in plans),
        legal_bases=sum(len(plan.legal_bases) for plan in plans),
        errors=found["error"],
        warnings=found["warning"],
        notes=found["info"],
    )


def _place(error: Exception) -> str:
    """Module and line of ours where an unforeseen error came from."""
    trace = error.__traceback__
    place = "?"
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if str(module).startswith(("pipeline", "schemas")):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
