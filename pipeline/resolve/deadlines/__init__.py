"""Deadlines (thời hạn): read one as printed, find one inside a sentence.

`resolve_deadline(text, year=, period=, reference_date=)` reads a printed deadline;
`find_deadline(sentence)` and `find_deadlines(text)` say where a sentence tells when;
`is_deadline(text)` says whether a bracket or a phrase is nothing but a time.
"""

from pipeline.resolve.deadlines.find import find_deadline, find_deadlines, is_deadline
from pipeline.resolve.deadlines.reading import DeadlineReading
from pipeline.resolve.deadlines.resolve import resolve_deadline

__all__ = ["DeadlineReading", "find_deadline", "find_deadlines", "is_deadline", "resolve_deadline"]
