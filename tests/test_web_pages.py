"""The pages without a browser: the timeline's drawing, the choice of the language, errors in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.web import ServeOptions, create_app
from pipeline.web.answers import Timeline, TimelineTask
from pipeline.web.chart import WIDTH, chart_of, due_by_month

TODAY = date(2025, 5, 6)


def task(item: str, **parts: Any) -> TimelineTask:
    blank = dict.fromkeys(("title", "text", "kind", "start", "due"))
    return TimelineTask(**{"id": item, **blank, "lead": (), "support": (), "dates": (), **parts})


def timeline(
    *tasks: TimelineTask, start: str | None = "2025-01-01", end: str | None = "2025-12-31"
) -> Timeline:
    return Timeline(start=start, end=end, tasks=tasks, units=())


TONES = [
    ({"kind": "date", "due": "2025-05-05"}, "past"),
    ({"kind": "date", "due": "2025-05-06"}, "soon"),
    ({"kind": "date", "due": "2025-06-05"}, "soon"),
    ({"kind": "date", "due": "2025-06-06"}, "later"),
    ({"kind": "period", "start": "2025-01-01", "due": "2025-12-31"}, "later"),
    ({"kind": "continuous"}, "continuous"),
    ({"kind": "recurring", "dates": ("2025-03-31", "2025-06-30")}, "recurring"),
    ({"kind": "period", "start": "2025-01-01"}, None),  # from then on: no day to be drawn at
    ({"kind": "event", "text": "Khi có yêu cầu"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("deadline", "tone"), TONES)
def test_where_a_task_is_drawn(deadline: dict[str, Any], tone: str | None) -> None:
    chart = chart_of(timeline(task("I.1", **deadline)), TODAY, by_unit=False)
    (lane,) = chart.lanes
    assert [line.tone for line in lane.lines] == ([tone] if tone else [])
    assert [one.id for one in chart.undated] == ([] if tone else ["I.1"])
    assert all(0 <= line.x0 <= line.x1 <= WIDTH for line in lane.lines)


def test_days_lie_in_their_order() -> None:
    days = ("2025-12-31", "2025-01-01", "2025-07-15")
    chart = chart_of(timeline(*(task(day, kind="date", due=day) for day in days)), TODAY, by_unit=False)
    (lane,) = chart.lanes
    assert [line.task.id for line in lane.lines] == sorted(days)
    places = [line.x1 for line in lane.lines]
    assert places == sorted(places) and places[0] < places[-1] - WIDTH / 2
    assert chart.today is not None and places[0] < chart.today < places[1]
    assert [month.month for month in chart.months] == list(range(1, 13))


def test_a_far_year_does_not_press_the_rest_together() -> None:
    tasks = (task("near", kind="date", due="2025-06-30"), task("far", kind="date", due="2050-12-31"))
    chart = chart_of(timeline(*tasks), TODAY, by_unit=False)
    assert len(chart.months) == 12 and chart.dated == 2


def test_a_task_with_two_leads_is_in_both_lanes() -> None:
    tasks = (
        task("1", kind="date", due="2025-06-30", lead=("A", "B")),
        task("2", kind="date", due="2025-06-30", lead=("B",)),
        task("3", kind="date", due="2025-06-30"),
    )
    chart = chart_of(timeline(*tasks), TODAY, by_unit=True)
    lanes = {lane.heading: [line.task.id for line in lane.lines] for lane in chart.lanes}
    assert lanes == {"B": ["1", "2"], "A": ["1"], None: ["3"]}
    assert list(lanes)[-1] is None and chart.dated == 3


def test_a_plan_without_any_day() -> None:
    chart = chart_of(timeline(task("1"), start=None, end=None), TODAY, by_unit=False)
    assert [month.month for month in chart.months] == [5]


def test_months_between_are_counted_as_none() -> None:
    days = ("2025-11-20", "2026-01-31", "2026-01-02")
    tasks = (
        *(task(day, kind="date", due=day) for day in days),
        task("c", kind="continuous", due="2026-12-31"),
    )
    assert due_by_month(timeline(*tasks)) == [("2025-11", 1), ("2025-12", 0), ("2026-01", 2)]


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    app = create_app(tmp_path, ServeOptions())
    return TestClient(app, base_url="http://127.0.0.1:8642", headers={"Accept": "text/html"})


ASKED = [
    ("/plans/a?by=unit", "/plans/a?by=unit"),
    ("//elsewhere.example", "/"),
    ("/\\elsewhere.example", "/"),
    ("https://elsewhere.example", "/"),
    ("", "/"),
]


@pytest.mark.parametrize(("asked", "sent"), ASKED)
def test_the_language_leads_back_to_our_own_page(client: TestClient, asked: str, sent: str) -> None:
    answer = client.get("/language/en", params={"to": asked}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, sent)


def test_an_empty_folder_shows_the_first_steps(client: TestClient) -> None:
    assert "Chưa có văn bản nào" in client.get("/").text
    client.get("/language/en")
    assert "No plans yet" in client.get("/").text


@pytest.mark.parametrize("path", ["/plans/none", "/plans/none/timeline", "/plans/..~2Fx/clarity", "/nothing"])
def test_what_is_not_there_is_said_as_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert '<html lang="vi">' in answer.text and "Traceback" not in answer.text
