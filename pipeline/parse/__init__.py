"""Manuscript to Outline: letterhead, preamble, labelled items, fields, tables, closing block."""

from pipeline.parse.document import parse, split_documents

__all__ = ["parse", "split_documents"]
