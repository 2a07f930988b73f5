"""How much each sign counts when lines are cut into cells: logarithms, like the fit of the words.

Settled by hand on the typeset tables of the tests and on the seed plan; what matters is their
order of size, not the last digit.
"""

# How a cell begins, in the main column (work, indicator) and in others: with a capital, a small letter.
MAIN_OPENS, MAIN_GOES_ON, NO_MAIN = 1.6, -3.0, -1.0
CELL_OPENS, CELL_GOES_ON = 0.7, -2.0
OPENS_INSIDE = -0.8

# Words that stand together elsewhere in the document, or nowhere: from line to line, side by side.
FOLLOWS, STRANGE = 1.0, -0.7
FOLLOWS_BESIDE, STRANGE_BESIDE = 0.5, -0.25
TWICE = -2.5
SHORT_WORD = 3
"""Words up to this length are too easily taken for each other to be called the same twice."""

# Lines of a cell.
SKIPPED_LINE = -0.3
TOO_SHORT, TOO_LONG = -1.2, -0.5
"""For a line that left room for the next word; for each letter beyond the column's width."""
WIDER, NARROWER = 1.1, 0.8
"""Within these parts of the usual width a line is neither too long nor too short."""
BRACKET = -2.0
"""A cell that closes a bracket which it has not opened."""

# A row as a whole: its number, and that in the middle or at the top of it; what its cells hold.
BLANK = 0.3
NO_NUMBER, LOST_NUMBER, UNNUMBERED = -4.0, -1.0, -0.7
OFF_CENTRE, BELOW_TOP = -0.6, -2.0
KNOWN_CELL, ODD_CELL, KNOWN_SPAN = 0.8, -0.6, 0.7
"""For each word of a cell that recurs; for a cell unlike the others of a column of such cells;
for each word of a recurring line of a cell."""
WORDS_THAT_COUNT = 8
EMPTY, BARE, NO_FIGURE, SECOND_FIGURE = -1.5, -0.5, -2.5, -1.5
"""A unit or target, another cell, missing where most rows have one; a target with no figure, with two."""

# What makes a cut worth a trial, and a row in hand worth keeping; neither is in the final score.
LURE, PROMISE = 0.8, 0.8

# A heading across the table.
GROUP, GROUP_PIECE, GROUP_CAPITALS, GROUP_WIDE, GROUP_TAIL = -2.5, -0.9, 5.0, 3.0, -1.5
GROUP_BEGINS_AGAIN, GROUP_GOES_ON, GROUP_IN_RUN = -2.5, -6.0, -6.0
"""It begins anew inside itself; begins with a small letter; has the number that the next row should have."""
