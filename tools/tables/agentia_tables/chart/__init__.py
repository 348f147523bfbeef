"""Charts as SVG: `reading` takes points from a result, `drawing` composes, the others draw."""
