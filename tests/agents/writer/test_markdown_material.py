"""Of Markdown the writer takes the running text: code, tables and headings are no sentences."""

from __future__ import annotations

from agentia_writer.material import material
from agentia_writer.order import Order
from agentia_writer.writing import write

MARKED = """---
title: Boats
---
# How to rent a boat

Anybody may rent a **boat** at [the office](https://office.example), see `rent`.
The office opens at nine. Run this:

```sh
rent --boat 7
# a comment that looks like a heading
```

| boat | price |
|---|---|
| seven wide ones | 30 |

Older boats
-----------

The _old_ boats leak. Ask for snake_case_names instead.

    indented code that nobody reads aloud

- `--port N`: where the office answers.
- Every boat has two oars.
"""


def test_only_running_text_is_told() -> None:
    assert material([MARKED]).sentences == (
        "Anybody may rent a boat at the office, see rent.",
        "The office opens at nine.",
        "The old boats leak.",
        "Ask for snake_case_names instead.",
        "Every boat has two oars.",
    )


def test_a_brief_of_a_text_keeps_the_order_of_its_sentences() -> None:
    text = write(Order("brief", paragraphs=3), material([MARKED])).replace("\n\n", " ")
    assert text == " ".join(material([MARKED]).sentences)
