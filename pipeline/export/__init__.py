"""Hand over: plans as spreadsheet, CSV, JSON, calendar, database and meeting sheet.

One module a format, each a function from plans to the content of its file or files. None of
them writes: where results go is the business of the command line and of the web page.

    from pipeline.export import export
    content = export([plan], "xlsx")
"""

from __future__ import annotations

from pipeline.export.formats import Form, Wishes, export
from pipeline.export.identity import NamedPlan, name_plans

__all__ = ["Form", "NamedPlan", "Wishes", "export", "name_plans"]
