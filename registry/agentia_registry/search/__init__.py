"""Search: one document per skill, found by words, scored so that a number means the same for every query."""
