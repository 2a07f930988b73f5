"""Outline to Plan: units, deadlines, targets and citations normalised; findings; evidence."""

from pipeline.resolve.plan import resolve

__all__ = ["resolve"]
