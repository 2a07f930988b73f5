"""The tasks of many plans: an index that keeps itself fresh, and the search in it.

from pipeline.tasklist import Wanted, find_tasks
for task in find_tasks(Path("output"), Wanted(unit="Văn phòng")):
    print(task.due, task.title)
"""

from __future__ import annotations

from pipeline.tasklist.listed import Listed, Wanted
from pipeline.tasklist.search import find_tasks

__all__ = ["Listed", "Wanted", "find_tasks"]
