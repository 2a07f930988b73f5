"""Sample plans: what they say, how they are typeset, what the right answer is."""
