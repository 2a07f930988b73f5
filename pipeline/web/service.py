"""Everything that one served folder needs, in one place: pages and API ask here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from fastapi import Request

from pipeline.errors import KehoachError
from pipeline.plan_files import files_in
from pipeline.web.answers import Overview, Review, Summary, Upload
from pipeline.web.jobs import Jobs, State
from pipeline.web.library import Library
from pipeline.web.messages import Language, say
from pipeline.web.options import ServeOptions
from pipeline.web.originals import SCANS, Originals
from pipeline.web.overviews import Overviews
from pipeline.web.page_store import PageStore
from pipeline.web.plan_ids import plan_id
from pipeline.web.refusals import Refusal
from pipeline.web.reviewing import Fields
from pipeline.web.summaries import Summaries
from pipeline.web.uploads import Uploads, clean_name
from schemas import Plan, PlanFileError


class Service:
    """The plans of one folder: list, review, uploads, conversions, pages."""

    def __init__(self, folder: Path, options: ServeOptions, today: Callable[[], date] = date.today) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self.options = options
        self.today = today
        self.library = Library(folder)
        self.originals = Originals(folder, options.scans)
        self.listing = Summaries(folder, self.library, self.originals)
        self.pages = PageStore(folder)
        self.jobs = Jobs(folder, options, self.pages, self.listing.note)
        self.uploads = Uploads(folder, self.originals)
        self._overviews = Overviews(folder)
        self._coming: dict[str, str] = {}

    def start(self) -> None:
        """Begin what need not be waited for."""
        if not self.options.warm:
            return
        threading.Thread(target=self.pages.warm, daemon=True).start()

    def close(self) -> None:
        """End all that was started."""
        self.listing.close()
        self._overviews.close()
        self.jobs.close()
        self.pages.close()

    def summaries(self) -> tuple[Summary, ...]:
        """The plans that can be read, the latest change first."""
        return tuple(one for one in self.listing.all() if one.problem is None)

    def damaged(self) -> int:
        """How many plan files cannot be read."""
        return sum(one.problem is not None for one in self.listing.all())

    def summary(self, plan: str) -> Summary:
        """A plan's line in the list.

        Raises:
            UnknownPlan: there is none.
            PlanFileError, DamagedCorrections: it cannot be read.
        """
        return self.listing.one(self.library.open(plan))

    def plan(self, plan: str) -> Plan:
        """A plan with its corrections. Raises as `summary` does."""
        return self.library.open(plan).plan

    def review(self, plan: str) -> Review:
        """A plan with all its fields."""
        held = self.library.open(plan)
        source = held.plan.source
        there = self.originals.seems_there(source.sha256, source.file, held.path.parent)
        return Review.model_construct(
            id=held.id,
            name=held.name,
            version=held.version,
            plan=held.plan,
            units=held.plan.units,
            fields=tuple(Fields(held).all()),
            corrections=len(held.kept.entries),
            has_original=there,
        )

    def overview(self, days: int) -> Overview:
        """What is due in the folder.

        Raises:
            Refusal: 409 while many plans are being read for the first time.
        """
        if not self.folder.is_dir():
            return overview_of_nothing(self.today())
        return self._overviews.of(self.today(), days)

    def receive(self, name: str, content: BinaryIO, language: Language) -> Upload:
        """Keep a file that was sent and begin its conversion."""
        shown = clean_name(name)
        try:
            scan, sha256 = self.uploads.keep(name, content)
        except Refusal as refusal:
            return Upload(name=shown, error=" ".join(filter(None, say(refusal.code, language))))
        plan = self.listing.of_digest(sha256)
        if plan is not None:
            return Upload(name=shown, job=self.jobs.already(shown, plan).job)
        with self._lock:
            coming = self.jobs.state(self._coming.get(sha256, ""))
            if coming is None or coming.state not in ("waiting", "running"):
                target = self.uploads.target(scan)
                coming = self.jobs.begin(scan, sha256, target, shown, uploaded=True)
                self._coming[sha256] = coming.job
        return Upload(name=shown, job=coming.job)

    def convert_anew(self, plan: str) -> State:
        """Convert a plan's original again; its corrections are applied again.

        Raises:
            Refusal: the original is not found.
        """
        held = self.library.open(plan)
        original = self.originals.find(held)
        if original is None:
            raise Refusal(409, "no-original", file=held.plan.source.file)
        return self.jobs.begin(original, held.plan.source.sha256, held.path, held.plan.source.file)

    def every_plan(self) -> list[Plan]:
        """The plans of the folder that can be read, for exports of the whole; `damaged` counts the rest."""
        found = []
        scans = self.folder / SCANS
        for path in files_in(self.folder):
            if not path.is_relative_to(scans):
                with suppress(KehoachError, PlanFileError):
                    found.append(self.library.open(plan_id(self.folder, path)).plan)
        return found


def overview_of_nothing(today: date) -> Overview:
    """Of a folder that does not exist yet."""
    day = today.isoformat()
    return Overview(today=day, until=day, due=(), overdue=0, units=(), plans=0, tasks=0)


def service_of(request: Request) -> Service:
    """The service that the application serves."""
    service: Service = request.app.state.service
    return service
