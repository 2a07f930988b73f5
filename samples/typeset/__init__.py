"""Typesetting of sample plans: one composed set of sheets gives PDF, scan and word positions."""
