"""Pages to read: typeset here, so that every letter on them is known, and worn as papers are."""
