"""Words of a page → lines, columns, furniture and tables in reading order.

    straighten ─▶ tables (rules → grids, their words) ─▶ lines ─▶ furniture ─▶ columns ─▶ alignment

Each step is a function of its own module whose result can be drawn. Plain text has its lines
already; `grids_in_text` finds the tables in them.
"""

from pipeline.layout.page import lay_out
from pipeline.layout.text_tables import grids_in_text

__all__ = ["grids_in_text", "lay_out"]
